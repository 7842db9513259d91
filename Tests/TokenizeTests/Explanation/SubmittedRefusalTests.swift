import Testing

@testable import Tokenize

@Suite("A refusal of what was submitted tells facts of nobody but its principals")
struct SubmittedRefusalTests {
    private func refusal(_ scene: ExplanationScene, _ body: TransactionBody, _ keys: [Int]) async throws -> Rejection {
        let signed = try scene.fixture.sign(body, keys)
        return try #require(try await rejection { _ = try await scene.ledger.submit(signed.bytes) })
    }

    private func refusal(
        _ scene: ExplanationScene,
        _ operations: [Tokenize.Operation],
        by client: LedgerClient,
        _ key: Int
    ) async throws -> Rejection {
        try await refusal(scene, scene.fixture.body(operations, [client]), [key])
    }

    @Test("a sender is told its own facts: what it has, and under which order it is frozen")
    func own() async throws {
        let scene = try await ExplanationScene()
        let short = try await refusal(scene, [scene.transfer(1_500, to: scene.bob)], by: scene.alice, 10)
        #expect(short.code == .insufficientUnits && short.operation == 0)
        #expect(short.facts.map(\.name) == [.account, .requested, .units])
        try await scene.encumber(.account(scene.alice.account))
        let frozen = try await refusal(scene, [scene.transfer(1, to: scene.bob)], by: scene.alice, 10)
        #expect(frozen.code == .accountFrozen)
        #expect(frozen.facts.map(\.name) == [.account, .encumbrance])
    }

    @Test(
        "of a receiver who is capped by class a sender is told the rule, and the receiver's own explanation the facts"
    )
    func cappedReceiver() async throws {
        let scene = try await ExplanationScene()
        let signed = try await scene.signed([scene.transfer(500, to: scene.foreigner)])
        let found = try #require(try await rejection { _ = try await scene.ledger.submit(signed.bytes) })
        #expect(found.ruleID == "HLD-002" && found.operation == 0 && found.facts == [])
        #expect("\(found)" == "HLD-002 classShareExceeded (operation 0)")
        let own = try await scene.foreigner.explanation(of: signed).explanation
        #expect(own.finding(.classShareExceeded)?.remedy == .amountThatFits(100))
        let asset = try await scene.fixture.makeAsset(nonce: 101, rules: [.allowedClasses([.citizen, .state])])
        try await scene.fixture.authority(.issuer).issue(10, of: asset, to: scene.alice.account)
        let transfer = Transfer(asset: asset, recipient: scene.foreigner.account, units: 1)
        let barred = try await refusal(scene, [Operation(.transfer(transfer))], by: scene.alice, 10)
        #expect(barred.ruleID == "HLD-001" && barred.facts == [])
    }

    @Test("of a counterparty who is frozen or short both sides of a settlement are told the rule alone")
    func frozenCounterparty() async throws {
        let scene = try await ExplanationScene()
        let cash = try await scene.fixture.makeCash()
        func settle(_ units: Quantity) async throws -> Rejection {
            let settlement = Settlement(
                buyer: 1,
                delivery: Settlement.Side(asset: scene.asset, units: units),
                payment: Settlement.Side(asset: cash, units: 5)
            )
            let body = try await scene.fixture.body([Operation(.settle(settlement))], [scene.alice, scene.bob])
            return try await refusal(scene, body, [10, 11])
        }
        let short = try await settle(1)
        #expect(short.ruleID == "TRF-005" && short.facts == [])
        #expect(try await settle(3_000).facts == [])
        try await scene.encumber(.account(scene.bob.account))
        let frozen = try await settle(1)
        #expect(frozen.ruleID == "TRF-003" && frozen.facts == [])
    }

    @Test("an operator is told nothing of its owner: neither a freeze nor what is there")
    func operatorOfFrozen() async throws {
        let scene = try await ExplanationScene()
        let allowance = Allowance(
            asset: scene.asset,
            operator: scene.bob.account,
            units: 5_000,
            until: Fixture.date(2026, 2, 1)
        )
        _ = try await scene.alice.control(.setAllowance(allowance))
        func move(_ units: Quantity) async throws -> Rejection {
            let transfer = OperatorTransfer(units, of: scene.asset, from: scene.alice, to: scene.bob)
            return try await refusal(
                scene,
                [Operation(.control(.transferFrom(transfer), under: nil))],
                by: scene.bob,
                11
            )
        }
        let short = try await move(4_000)
        #expect(short.ruleID == "TRF-005" && short.facts == [])
        // The allowance is its own.
        let over = try await move(6_000)
        #expect(over.ruleID == "ALW-002" && over.facts.map(\.name) == [.requested, .available])
        try await scene.encumber(.account(scene.alice.account))
        let frozen = try await move(1)
        #expect(frozen.ruleID == "TRF-003" && frozen.facts == [])
    }

    @Test("of a receiver who is sanctioned or whose balance is full a sender is told the rule, and what is everybody's")
    func rulebook() async throws {
        let list = ListReference(AuthorityReference(.regulator))
        let scene = try await RulebookScene([.sanctions(list, .receiver), .balanceMax(100)])
        try await scene.regulator.regulate(.changeList(ListChange([.party(RulebookScene.bobParty)])))
        let sanctioned = try #require(
            try await rejection { try await scene.move(1, from: scene.alice, to: scene.bob) }
        )
        #expect(sanctioned.ruleID == "RBK-014")
        let values = sanctioned.facts.map { "\($0.value)" }
        #expect(!values.contains("\(RulebookScene.bobParty)") && !values.contains("\(scene.bob.account)"))
        let full = try #require(try await rejection { try await scene.move(101, from: scene.alice, to: scene.carol) })
        #expect(full.ruleID == "RBK-020")
        #expect(full.facts == [Rejection.Fact(name: .limit, value: .quantity(100))])
    }

    @Test("an authority is told what its act met with, and so is a holder who redeems with it")
    func authority() async throws {
        let scene = try await ExplanationScene()
        let issuance = Issuance(asset: scene.asset, recipient: scene.foreigner.account, partition: 0, units: 500)
        let body = try await scene.fixture.body(
            [Operation(.issue(issuance, under: AuthorityReference(.issuer)))],
            [scene.issuer]
        )
        let refused = try await refusal(scene, body, [0])
        #expect(refused.ruleID == "HLD-002" && refused.facts.map(\.name) == [.units, .limit])
        let forced = try await scene.fixture.body([Operation(scene.forcedTransfer(5_000))], scene.fixture.judges)
        let short = try await refusal(scene, forced, [1, 2])
        #expect(short.ruleID == "TRF-005" && short.facts.map(\.name) == [.requested, .units])
        let redemption = Redemption(asset: scene.asset, holder: 1, units: 5_000)
        let both = try await scene.fixture.body(
            [Operation(.redeem(redemption, under: AuthorityReference(.issuer)))],
            [scene.issuer, scene.alice]
        )
        #expect(try await refusal(scene, both, [0, 10]).facts.map(\.name) == [.account, .requested, .units])
        // A third principal, who has no part in it, makes all that is told nobody's secret.
        let three = try await scene.fixture.body(
            [Operation(.redeem(redemption, under: AuthorityReference(.issuer)))],
            [scene.issuer, scene.alice, scene.bob]
        )
        let watched = try await refusal(scene, three, [0, 10, 11])
        #expect(watched.ruleID == "TRF-005" && watched.facts == [])
    }

    @Test("sequences and weights of an account go to nobody who has not signed for it")
    func unsigned() async throws {
        let scene = try await ExplanationScene()
        _ = try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        let principal = Principal(account: scene.alice.account, sequence: 0)
        let body = TransactionBody(
            ledger: scene.ledger.id,
            principals: [principal],
            lastValidDate: Fixture.firstDate,
            operations: [scene.transfer(2, to: scene.bob)]
        )
        let own = try await refusal(scene, body, [10])
        #expect(own.ruleID == "SEQ-001" && own.facts.map(\.name) == [.account, .sequence, .expected])
        let forged = try await refusal(scene, body, [11])
        #expect(forged.ruleID == "SEQ-001" && forged.facts == [])
        let next = try await scene.fixture.body([scene.transfer(2, to: scene.bob)], [scene.alice, scene.bob])
        let light = try await refusal(scene, next, [11])
        #expect(light.ruleID == "SIG-004" && light.facts == [])
        // What stands in the transaction and in the calendar is everybody's.
        let late = try await scene.fixture.body(
            [scene.transfer(2, to: scene.bob)],
            [scene.alice],
            lastValidDate: Fixture.date(2025, 12, 1)
        )
        #expect(try await refusal(scene, late, [11]).facts.map(\.name) == [.limit, .date])
    }
}
