import Testing

@testable import Tokenize

/// Whoever follows the ledger sees every entry once, in order, and only what is durable.
@Suite("Events")
struct EventTests {
    /// The first `count` events from a position on.
    private func take(_ count: Int, from start: UInt64, of ledger: TokenLedger) async throws -> [LedgerEvent] {
        var events: [LedgerEvent] = []
        for try await event in ledger.events(from: start) {
            events.append(event)
            if events.count == count { break }
        }
        return events
    }

    @Test("each once, in order, while others submit")
    func whileSubmitting() async throws {
        let market = try await Market()
        let start = try await market.ledger.size()
        let transactions = try await market.transfers(200)
        async let fromStart = take(150, from: 0, of: market.ledger)
        async let fromMiddle = take(100, from: start + 50, of: market.ledger)
        async let fromEnd = take(20, from: start + 180, of: market.ledger)
        for group in stride(from: 0, to: 200, by: 20) {
            for result in await market.ledger.submit(Array(transactions[group..<group + 20])) { _ = try result.get() }
        }
        for (events, first) in [
            (try await fromStart, 0), (try await fromMiddle, start + 50), (try await fromEnd, start + 180),
        ] {
            #expect(events.map(\.position) == (0..<UInt64(events.count)).map { first + $0 })
        }
        let events = try await fromStart
        #expect(events[0].kind == .genesis)
        guard case .block(let header) = events[1].kind else {
            Issue.record("the genesis has a block of its own")
            return
        }
        #expect(header.height == 1)
    }

    @Test("effects are those of the receipts")
    func effects() async throws {
        let market = try await Market()
        let receipt = try await market.people[0].transfer(5, of: market.asset, to: market.people[1].account)
        let event = try #require(try await take(1, from: receipt.position, of: market.ledger).first)
        let effect = Effect.transferred(
            market.asset,
            from: market.people[0].account,
            to: market.people[1].account,
            partition: 0,
            units: 5
        )
        #expect(event.kind == .transaction(receipt.transaction, effects: [effect]))
    }

    @Test("a waiting reader ends with an error when the ledger is closed")
    func close() async throws {
        let market = try await Market()
        let ledger = market.ledger
        let end = try await ledger.size()
        let reader = Task { try await take(1, from: end, of: ledger) }
        await waiting(in: ledger)
        try await ledger.close()
        await #expect(throws: LedgerFailure.storeClosed) { try await reader.value }
        await #expect(throws: LedgerFailure.storeClosed) { try await take(1, from: 0, of: ledger) }
    }

    @Test("a waiting reader that is cancelled ends")
    func cancellation() async throws {
        let market = try await Market()
        let ledger = market.ledger
        let end = try await ledger.size()
        let readers = (0..<20).map { number in
            Task { try await take(1, from: end + UInt64(number), of: ledger) }
        }
        await waiting(in: ledger, count: 20)
        for reader in readers { reader.cancel() }
        for reader in readers {
            await #expect(throws: CancellationError.self) { try await reader.value }
        }
        #expect(await ledger.durabilityWaiters.isEmpty)
        // One that is cancelled before it begins.
        let late = Task { try await take(1, from: end, of: ledger) }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(await ledger.durabilityWaiters.isEmpty)
        try await market.run(4)
        try await ledger.close()
    }

    /// Returns once `count` readers wait. Yields, since there is nothing else to wait for.
    private func waiting(in ledger: TokenLedger, count: Int = 1) async {
        while await ledger.durabilityWaiters.count < count { await Task.yield() }
    }
}
