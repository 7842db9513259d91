import Testing

@testable import Tokenize

@Suite("An explanation is no oracle")
struct DisclosureTests {
    /// Alice sends the foreigner more than she has and more than foreigners may hold.
    private func refused(_ scene: ExplanationScene) async throws -> SignedTransaction {
        try await scene.signed([scene.transfer(1_500, to: scene.foreigner)])
    }

    private func findings(_ client: LedgerClient, _ signed: SignedTransaction) async throws -> [RuleFinding] {
        try await client.explanation(of: signed).explanation.operations[0].findings
    }

    @Test("the own party is told its facts, and of the counterparty the rule that submitting names")
    func ownParty() async throws {
        let scene = try await ExplanationScene()
        let found = try await findings(scene.alice, refused(scene))
        // Whether there would be room for what she has not is not hers to know.
        #expect(found.map(\.code) == [.insufficientUnits])
        #expect(found[0].values(.units) == ["1000"])
        #expect(found[0].remedy == .amountThatFits(1_000))
        let covered = try await findings(scene.alice, scene.signed([scene.transfer(500, to: scene.foreigner)]))
        #expect(covered == [RuleFinding(.classShareExceeded).withheld])
    }

    @Test("the counterparty is told its own facts, and of the sender the rule alone")
    func counterparty() async throws {
        let scene = try await ExplanationScene()
        let found = try await findings(scene.foreigner, refused(scene))
        #expect(found.map(\.code) == [.insufficientUnits, .classShareExceeded])
        #expect(found.map(\.isWithheld) == [true, false])
        #expect(found[1].remedy == .amountThatFits(100))
    }

    @Test("an authority over the asset is told all; one over another asset is a stranger")
    func authority() async throws {
        let scene = try await ExplanationScene()
        let signed = try await refused(scene)
        let full = try await scene.explanation(signed)
        #expect(try await scene.issuer.explanation(of: signed).explanation == full)
        #expect(try await scene.fixture.judges[0].explanation(of: signed).explanation == full)
        let other = try await scene.fixture.makeAsset(
            nonce: 101,
            authorities: [CharterAuthority(.issuer, quorum: 1, members: [scene.bob.account])]
        )
        #expect(try await scene.ledger.read { $0.asset(other) } != nil)
        #expect(try await findings(scene.bob, signed).allSatisfy { $0.isWithheld })
    }

    @Test("a stranger is told rules alone, signed or not, and both alike")
    func stranger() async throws {
        let scene = try await ExplanationScene()
        let signed = try await refused(scene)
        let told = try await scene.bob.explanation(of: signed).explanation
        let unsigned = try await scene.ledger.explanation(of: signed.bytes).explanation
        #expect(told == unsigned)
        #expect(told.codes() == [.insufficientUnits])
        #expect(told.operations[0].findings.allSatisfy { $0.isWithheld && $0.facts == [] && $0.remedy == nil })
    }

    @Test("a rule has one form for strangers, whatever there was to say and however often")
    func oneForm() async throws {
        let scene = try await ExplanationScene()
        let legs: [BatchTransfer.Leg] = [1_100, 1_200, 0].map {
            BatchTransfer.Leg(recipient: scene.bob.account, units: $0)
        }
        let batch = BatchTransfer(asset: scene.asset, legs: legs)
        let signed = try await scene.signed([Operation(.batchTransfer(batch))])
        #expect(try await scene.explanation(signed).codes() == [.insufficientUnits, .insufficientUnits, .zeroUnits])
        let told = try await scene.ledger.explanation(of: signed.bytes).explanation
        #expect(
            told.operations[0].findings == [
                RuleFinding(.insufficientUnits).withheld, RuleFinding(.zeroUnits).withheld,
            ]
        )
    }

    @Test("without the principals' signatures a stranger learns nothing of the operations", arguments: [1, 1_500])
    func unsignedTransaction(units: UInt64) async throws {
        let scene = try await ExplanationScene()
        let body = try await scene.fixture.body(
            [scene.transfer(Quantity(UInt128(units)), to: scene.foreigner)],
            [scene.alice]
        )
        let forged = try scene.fixture.sign(body, [ExplanationScene.bobKey])
        for answer in [
            try await scene.ledger.explanation(of: forged.bytes), try await scene.bob.explanation(of: forged),
            try await scene.foreigner.explanation(of: forged),
        ] {
            #expect(answer.explanation.findings.map(\.code) == [.foreignSignature, .thresholdNotReached])
            #expect(answer.explanation.findings.allSatisfy { $0.isWithheld })
            let operation = try #require(answer.explanation.operations.first)
            #expect(operation.verdict == .undisclosed && operation.findings == [])
        }
        for client in [scene.bob, scene.foreigner] {
            let draft = try await client.explanation(ofDraft: body).explanation
            #expect(draft.operations[0].verdict == .undisclosed && draft.operations[0].findings == [])
        }
        // Her own draft she may ask about in full.
        let own = try await scene.alice.explanation(ofDraft: body).explanation
        #expect(own.operations[0].verdict == (units == 1 ? .passes : .refused))
    }

    @Test("of what two must sign nobody learns anything before both have", arguments: [1, 2_000])
    func unsignedSettlement(price: UInt64) async throws {
        let scene = try await ExplanationScene()
        let cash = try await scene.fixture.makeCash()
        try await scene.fixture.ministry.transfer(1_000, of: cash, to: scene.bob.account)
        let settlement = Settlement(
            buyer: 1,
            delivery: Settlement.Side(asset: scene.asset, units: 3_000),
            payment: Settlement.Side(asset: cash, units: Quantity(UInt128(price)))
        )
        let body = try await scene.fixture.body([Operation(.settle(settlement))], [scene.alice, scene.bob])
        // The issuer of the one asset has no say in the other.
        for client in [scene.alice, scene.bob, scene.issuer] {
            let asked = try await client.explanation(ofDraft: body).explanation.operations[0]
            #expect(asked.verdict == .undisclosed && asked.findings == [])
        }
        let judge = try await scene.fixture.judges[0].explanation(ofDraft: body).explanation
        #expect(judge.operations[0].verdict == .refused)
        let signed = try scene.fixture.sign(body, [ExplanationScene.aliceKey, ExplanationScene.bobKey])
        let seller = try await scene.alice.explanation(of: signed).explanation.operations[0]
        #expect(seller.findings.first?.remedy == .amountThatFits(1_000))
        let buyer = try await scene.bob.explanation(of: signed).explanation.operations[0]
        #expect(buyer.findings.compactMap(\.remedy) == (price == 1 ? [] : [.amountThatFits(1_000)]))
    }

    @Test("an operation of a victim who signed nothing leaves nothing behind by which to measure it")
    func unsignedVictim() async throws {
        let scene = try await ExplanationScene()
        // Whether Bob could send on what he has not would tell whether Alice has it.
        for units: Quantity in [1_000, 1_001] {
            let operations = [
                scene.transfer(units, to: scene.bob), scene.transfer(units, to: scene.alice, principal: 1),
            ]
            let body = try await scene.fixture.body(operations, [scene.alice, scene.bob])
            let draft = try await scene.bob.explanation(ofDraft: body).explanation
            #expect(draft.operations[0].verdict == .undisclosed && draft.operations[0].findings == [])
            #expect(draft.codes(1) == [.insufficientUnits])
            #expect(try await scene.alice.explanation(ofDraft: body).explanation.codes(1) == [])
        }
    }

    @Test(
        "who has no units learns nothing of those who have by asking what they may receive",
        arguments: [true, false]
    )
    func noUnits(isDraft: Bool) async throws {
        let scene = try await RulebookScene([.balanceMax(1_500), .transferMin(5)])
        let asked: [(Quantity, [RejectionCode])] = [
            (500, [.insufficientUnits]), (501, [.insufficientUnits]), (1, [.insufficientUnits, .transferTooSmall]),
        ]
        for (units, codes) in asked {
            let transfer = Transfer(asset: scene.asset, recipient: scene.alice.account, units: units)
            let body = try await scene.fixture.body([Operation(.transfer(transfer))], [scene.bob])
            if isDraft {
                #expect(try await scene.bob.explanation(ofDraft: body).explanation.codes() == codes)
                continue
            }
            // Signing it makes no difference, and neither does another's question.
            let signed = try scene.fixture.sign(body, [32])
            for client in [scene.bob, scene.carol] {
                #expect(try await client.explanation(of: signed).explanation.codes() == codes)
            }
            #expect(try await scene.ledger.explanation(of: signed.bytes).explanation.codes() == codes)
            let all = try await scene.fixture.ministry.explanation(of: signed).explanation.codes()
            #expect(all.contains(.balanceExceeded) == (units > 500))
        }
    }

    @Test("an accomplice's signature does not open a victim's holding")
    func accomplice() async throws {
        let scene = try await ExplanationScene()
        let operations = [scene.transfer(5_000, to: scene.foreigner), scene.transfer(1, to: scene.alice, principal: 1)]
        let body = try await scene.fixture.body(operations, [scene.alice, scene.bob])
        let signed = try scene.fixture.sign(body, [ExplanationScene.bobKey])
        let told = try await scene.bob.explanation(of: signed).explanation
        #expect(told.operations[0].verdict == .undisclosed && told.operations[0].findings == [])
        #expect(told.operations[1].verdict == .undisclosed)
        #expect(told.codes(1) == [.insufficientUnits])
    }
}
