import Testing

@testable import Tokenize

/// Whoever does not learn what became of a payment asks again with the same bytes, and has paid once.
@Suite("Unknown outcomes")
struct UnknownOutcomeTests {
    enum Accident: CaseIterable, Sendable { case beforeCommit, afterCommit, closed }

    /// A market whose ledger breaks as `accident` says once `isBroken` is set.
    private func market(_ accident: Accident, _ store: MemoryStore, _ isBroken: Locked<Bool>) async throws -> Market {
        let cause = LedgerFailure.inputOutput(operation: "append", reason: "no answer")
        var hooks = HookedStore.Hooks()
        if accident == .beforeCommit {
            hooks.beforeAppend = { _ throws(LedgerFailure) in if isBroken.value { throw cause } }
        }
        if accident == .afterCommit {
            hooks.afterAppend = { _ throws(LedgerFailure) in if isBroken.value { throw cause } }
        }
        return try await Market(store: HookedStore(base: store, hooks: hooks))
    }

    /// The transaction of a call whose outcome is unknown.
    private func unknown(_ body: () async throws -> Receipt) async throws -> SignedTransaction {
        do {
            _ = try await body()
        } catch SubmissionError.outcomeUnknown(let transaction, _) {
            return transaction
        }
        throw SubmissionError.failed(.misconfigured(reason: "the outcome is known"))
    }

    @Test("a retry after restart pays once, and gives the first receipt", arguments: Accident.allCases)
    func retry(_ accident: Accident) async throws {
        let store = MemoryStore()
        let isBroken = Locked(false)
        let market = try await market(accident, store, isBroken)
        let (giver, receiver, asset) = (market.people[0], market.people[1].account, market.asset)
        try await giver.transfer(1, of: asset, to: receiver)
        let size = try await market.ledger.size()
        if accident == .closed { try await market.ledger.close() } else { isBroken.withLock { $0 = true } }
        let transaction = try await unknown { try await giver.transfer(500, of: asset, to: receiver) }
        // As long as the ledger does not work, asking again changes nothing.
        #expect(try await unknown { try await giver.submit(transaction) } == transaction)
        try await market.ledger.close()

        let opened = try await TokenLedger.open(
            store: await MemoryStore(reopening: store),
            configuration: try Fixture.configuration(market.fixture.genesis)
        )
        #expect(try await (opened.receipt(of: transaction.id) != nil) == (accident == .afterCommit))
        let client = try Fixture.client(opened, Market.firstKey, giver.account)
        let receipt = try await client.submit(transaction)
        #expect(receipt.transaction == transaction.id)
        if accident == .afterCommit { #expect(receipt.position == size) }
        #expect(try await client.submit(transaction) == receipt)
        // The client goes on with sequences that nobody has used.
        for _ in 0..<70 { try await client.transfer(1, of: asset, to: receiver) }
        #expect(try await opened.read { $0.holding(asset: asset, account: receiver).units } == 1_571)
        let account = giver.account
        #expect(try await opened.read { $0.nextSequence(of: account) } == 72)
        try await opened.close()
    }

    @Test("a failure before anything was submitted says so")
    func nothingSubmitted() async throws {
        let isBroken = Locked(false)
        let market = try await market(.beforeCommit, MemoryStore(), isBroken)
        let giver = market.people[0]
        isBroken.withLock { $0 = true }
        _ = try await unknown { try await giver.transfer(1, of: market.asset, to: market.people[1].account) }
        let fresh = try Fixture.client(market.ledger, Market.firstKey, giver.account)
        let cause = LedgerFailure.inputOutput(operation: "append", reason: "no answer")
        await #expect(throws: SubmissionError.failed(cause)) {
            // A client that has not asked the ledger yet cannot even sign.
            _ = try await fresh.prepare([Operation(.cancelSequence)])
        }
        try await market.ledger.close()
    }

    @Test("prepared, kept, submitted in any order, or given up")
    func prepared() async throws {
        let market = try await Market()
        let (seller, buyer) = (market.people[0], market.people[1])
        let cash = try await market.fixture.makeCash()
        try await market.fixture.ministry.transfer(100, of: cash, to: buyer.account)
        let sale = Operation(
            .settle(
                Settlement(
                    buyer: 1,
                    delivery: Settlement.Side(asset: market.asset, units: 10),
                    payment: Settlement.Side(asset: cash, units: 20)
                )
            )
        )
        var kept: [SignedTransaction] = []
        for _ in 0..<3 { kept.append(try await seller.prepare([sale], with: [buyer])) }
        #expect(kept.map { $0.body.principals[0].sequence } == [0, 1, 2])
        await seller.discard(kept[1], with: [buyer])
        for transaction in [kept[2], kept[0]] {
            let receipt = try await seller.submit(transaction, with: [buyer])
            #expect(try await seller.submit(SignedTransaction(bytes: transaction.bytes), with: [buyer]) == receipt)
        }
        // What was given up is taken again, by both.
        let again = try await seller.prepare([sale], with: [buyer], memo: "another")
        #expect(again.body.principals.map { $0.sequence } == [1, 1])
        _ = try await seller.submit(again, with: [buyer])
        #expect(try await refusal { _ = try await seller.submit(kept[1], with: [buyer]) } == .sequenceUsed)
        let asset = market.asset
        let account = buyer.account
        #expect(try await market.ledger.read { $0.holding(asset: asset, account: account).units } == 1_030)
        try await market.ledger.close()
    }
}
