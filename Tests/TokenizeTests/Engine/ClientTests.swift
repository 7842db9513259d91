import Testing

@testable import Tokenize

/// Typed clients count sequences for their users, however many calls are under way and whatever becomes of them.
@Suite("Clients")
struct ClientTests {
    @Test("more calls at once than the lane's window holds")
    func manyCalls() async throws {
        let market = try await Market()
        let receiver = market.people[1].account
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for _ in 0..<300 {
                group.addTask { try await market.people[0].transfer(1, of: market.asset, to: receiver) }
            }
            return try await group.reduce(into: [Receipt]()) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.position)).count == 300)
        let giver = market.people[0].account
        #expect(try await market.ledger.read { $0.nextSequence(of: giver) } == 300)
        try await market.ledger.close()
    }

    @Test("refusals among them leave no gap")
    func refusals() async throws {
        let market = try await Market()
        let receiver = market.people[1].account
        let codes = await withTaskGroup(of: RejectionCode?.self) { group in
            for number in 0..<200 {
                let units: Quantity = number % 3 == 0 ? 5_000 : 1
                group.addTask {
                    try? await refusal {
                        try await market.people[0].transfer(units, of: market.asset, to: receiver)
                    }
                }
            }
            return await group.reduce(into: [RejectionCode]()) { codes, code in code.map { codes.append($0) } }
        }
        #expect(codes.count == 67)
        #expect(codes.allSatisfy { $0 == .insufficientUnits })
        // What the refused gave back is taken first.
        for _ in 0..<70 { try await market.people[0].transfer(1, of: market.asset, to: receiver) }
        let giver = market.people[0].account
        #expect(try await market.ledger.read { $0.nextSequence(of: giver) } == 203)
        try await market.ledger.close()
    }

    @Test("a signer that declines costs no sequence")
    func decliningSigner() async throws {
        struct Declining: Signer {
            let publicKey: PublicKey
            func sign(_ digest: Digest) async throws(SigningFailure) -> Signature { throw .refused(reason: "no") }
        }
        let market = try await Market()
        let account = market.people[0].account
        let key = try Fixture.signer(Market.firstKey).publicKey
        let client = LedgerClient(ledger: market.ledger, account: account, signers: [Declining(publicKey: key)])
        for _ in 0..<70 {
            await #expect(throws: SubmissionError.signing(.refused(reason: "no"))) {
                try await client.transfer(1, of: market.asset, to: market.people[1].account)
            }
        }
        #expect(try await client.takeSequence() == 0)
        try await market.ledger.close()
    }

    @Test("sales in both directions at once")
    func oppositeSales() async throws {
        let market = try await Market()
        let cash = try await market.fixture.makeCash()
        for person in market.people[..<2] {
            try await market.fixture.ministry.transfer(10_000, of: cash, to: person.account)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                let seller = market.people[number % 2]
                let buyer = market.people[1 - number % 2]
                group.addTask {
                    try await seller.sell(
                        Settlement.Side(asset: market.asset, units: 1),
                        to: buyer,
                        for: Settlement.Side(asset: cash, units: 2)
                    )
                }
            }
            try await group.waitForAll()
        }
        let asset = market.asset
        let holdings = try await market.ledger.read { $0.holdings(of: asset) }
        #expect(holdings.allSatisfy { $0.units == Market.unitsEach })
        try await market.ledger.close()
    }

    @Test("a client made anew fills the gaps of the last one")
    func gaps() async throws {
        let market = try await Market()
        for sequence in [1, 2, 5] {
            _ = try await market.ledger.submit(try await market.transfer(from: 0, sequence: UInt64(sequence)).bytes)
        }
        let client = try Fixture.client(market.ledger, Market.firstKey, market.people[0].account)
        var taken: [UInt64] = []
        for _ in 0..<5 { taken.append(try await client.takeSequence()) }
        #expect(taken == [0, 3, 4, 6, 7])
        try await market.ledger.close()
    }
}
