import Testing

@testable import Tokenize

@Suite("A rulebook explains all that it finds")
struct RulebookExplanationTests {
    private func signed(
        _ scene: RulebookScene,
        _ units: Quantity,
        to recipient: LedgerClient
    ) async throws -> SignedTransaction {
        let transfer = Transfer(asset: scene.asset, recipient: recipient.account, units: units)
        return try scene.fixture.sign(
            try await scene.fixture.body([Tokenize.Operation(.transfer(transfer))], [scene.alice]),
            [30]
        )
    }

    @Test("every rule of the book that refuses, with its version, beside those that stand in no book")
    func allRules() async throws {
        let scene = try await RulebookScene()
        try await scene.lay([])
        try await scene.lay([.balanceMax(100), .transferMin(5_000), .memo, .nonTransferable])
        let transaction = try await signed(scene, 2_000, to: scene.bob)
        let explanation = try await scene.ledger.read { $0.explanation(of: transaction) }
        #expect(
            explanation.codes() == [
                .insufficientUnits, .balanceExceeded, .transferTooSmall, .memoMissing, .notTransferable,
            ]
        )
        #expect(explanation.operations[0].findings.map(\.version) == [1, 2, 2, 2, 2])
        #expect(explanation.finding(.balanceExceeded)?.remedy == .amountThatFits(100))
        #expect(explanation.finding(.transferTooSmall)?.remedy == .amountAtLeast(5_000))
        #expect(explanation.finding(.memoMissing)?.remedy == .memo)
        #expect(
            try await rejection { _ = try await scene.ledger.submit(transaction.bytes) }?.code == .insufficientUnits
        )
    }

    @Test("a receiver's headroom is the receiver's: the sender and strangers get the rule alone")
    func headroom() async throws {
        let scene = try await RulebookScene([.balanceMax(100)])
        let transaction = try await signed(scene, 500, to: scene.bob)
        func finding(_ client: LedgerClient) async throws -> RuleFinding? {
            try await client.explanation(of: transaction).explanation.finding(.balanceExceeded)
        }
        let sender = try #require(try await finding(scene.alice))
        #expect(sender.isWithheld && sender.facts == [] && sender.remedy == nil && sender.version == 1)
        let receiver = try #require(try await finding(scene.bob))
        #expect(!receiver.isWithheld && receiver.remedy == .amountThatFits(100))
        #expect(try await finding(scene.carol)?.isWithheld == true)
        #expect(try await finding(scene.fixture.ministry)?.remedy == .amountThatFits(100))
    }

    @Test("a movement of nothing asks nothing: what refuses the receiver besides is not told")
    func zeroUnits() async throws {
        let scene = try await RulebookScene([.resident(Statement(.residence), .receiver)])
        let nothing = try await signed(scene, 0, to: scene.bob)
        #expect(try await scene.alice.explanation(of: nothing).explanation.codes() == [.zeroUnits])
        #expect(try await scene.ledger.read { $0.explanation(of: nothing) }.codes() == [.zeroUnits])
        let something = try await signed(scene, 1, to: scene.bob)
        #expect(try await scene.alice.explanation(of: something).explanation.codes() == [.notResident])
    }

    @Test("who was joined to another party is told what its person has given")
    func joinedParty() async throws {
        let scene = try await RulebookScene([.volume(days: 30, 10)])
        let join = PartyJoin(RulebookScene.aliceParty, to: RulebookScene.bobParty)
        try await scene.registrar.regulate(.joinParties(join))
        let transaction = try await signed(scene, 500, to: scene.carol)
        let finding = try await scene.alice.explanation(of: transaction).explanation.finding(.volumeExceeded)
        #expect(try #require(finding).remedy == .amountThatFits(10))
        #expect(try await scene.carol.explanation(of: transaction).explanation.finding(.volumeExceeded)?.remedy == nil)
    }

    @Test("a rulebook's memo rule sees the memo of what is explained")
    func memo() async throws {
        let scene = try await RulebookScene([.memo])
        let transfer = Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1)
        for memo in ["", "rent"] {
            let body = try await scene.fixture.body(
                [Tokenize.Operation(.transfer(transfer))],
                [scene.alice],
                memo: memo
            )
            let explanation = try await scene.alice.explanation(ofDraft: body).explanation
            #expect(explanation.codes() == (memo.isEmpty ? [.memoMissing] : []))
        }
    }
}
