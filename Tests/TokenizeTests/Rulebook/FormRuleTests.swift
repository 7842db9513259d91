import Testing

@testable import Tokenize

@Suite("RBK-040 to RBK-045: in what form units move")
struct FormRuleTests {
    // MARK: Charges

    private func pay(_ units: Quantity, in cash: AssetID, to account: AccountID) -> Operation {
        Operation(.transfer(Transfer(asset: cash, recipient: account, partition: 0, units: units)))
    }

    @Test("RBK-040: the fee stands in what is signed, exactly, before the movement")
    func fee() async throws {
        let scene = try await RulebookScene()
        let treasury = scene.fixture.ministry.account
        // 5 kip, and 3 for every 1,000 units, rounded up: 8 for 7 units is no round number.
        let charge = Charge(in: scene.kip, to: treasury, fixed: 5, numerator: 3, denominator: 1_000)
        try await scene.lay([.fee(charge)])
        let transfer = Transfer(asset: scene.kip, recipient: scene.alice.account, partition: 0, units: 1_000)
        _ = try await scene.fixture.ministry.submit([Operation(.transfer(transfer))])
        let asset = scene.asset
        let (alice, bob) = (scene.alice.account, scene.bob.account)
        let shown = try await scene.ledger.read { $0.charges(on: asset, from: alice, to: bob, units: 334) }
        #expect(shown.map(\.amount) == [7])
        #expect(shown.map(\.treasury) == [treasury])
        let movement = Operation(.transfer(Transfer(asset: asset, recipient: bob, partition: 0, units: 334)))
        func tried(_ operations: [Operation]) async throws { _ = try await scene.alice.submit(operations) }
        try await scene.expectRefusal(.feeNotPaid) { try await tried([movement]) }
        try await scene.expectRefusal(.feeNotPaid) {
            try await tried([self.pay(6, in: scene.kip, to: treasury), movement])
        }
        try await scene.expectRefusal(.feeNotPaid) {
            try await tried([movement, self.pay(7, in: scene.kip, to: treasury)])
        }
        // One payment is for one movement.
        try await scene.expectRefusal(.feeNotPaid) {
            try await tried([self.pay(7, in: scene.kip, to: treasury), movement, movement])
        }
        try await tried([pay(14, in: scene.kip, to: treasury), movement, movement])
        // Between own accounts it costs nothing.
        let aliceToo = scene.aliceToo.account
        #expect(
            try await scene.ledger.read { $0.charges(on: asset, from: alice, to: aliceToo, units: 1) } == []
        )
        try await scene.move(1, from: scene.alice, to: scene.aliceToo)
    }

    @Test("RBK-040: a price, or what somebody else pays, meets no charge")
    func paidForSomethingElse() async throws {
        let scene = try await RulebookScene()
        let treasury = scene.fixture.ministry
        let charge = Charge(in: scene.kip, to: treasury.account, fixed: 5, numerator: 0, denominator: 1)
        try await scene.lay([.fee(charge)])
        for client in [scene.alice, scene.bob, scene.carol] {
            _ = try await treasury.submit([pay(100, in: scene.kip, to: client.account)])
        }
        let land = try await scene.fixture.makeAsset(nonce: 101)
        try await scene.issuer.issue(10, of: land, to: treasury.account)
        let bob = scene.bob.account
        func movement(by principal: Int) -> Operation {
            Operation(
                .transfer(Transfer(asset: scene.asset, recipient: bob, partition: 0, units: 1)),
                principal: principal
            )
        }
        // Alice buys land of the treasury, and lets the price stand for the fee.
        let sale = Settlement(
            buyer: 1,
            delivery: Settlement.Side(asset: land, units: 1),
            payment: Settlement.Side(asset: scene.kip, units: 50)
        )
        try await scene.expectRefusal(.feeNotPaid) {
            let operations = [Operation(.settle(sale)), movement(by: 1)]
            _ = try await treasury.submit(operations, with: [scene.alice])
        }
        // Carol has no part in the movement.
        let payment = Transfer(asset: scene.kip, recipient: treasury.account, partition: 0, units: 5)
        func submit(payer: LedgerClient) async throws {
            let operations = [Operation(.transfer(payment), principal: 1), movement(by: 0)]
            _ = try await scene.alice.submit(operations, with: [payer])
        }
        try await scene.expectRefusal(.feeNotPaid) { try await submit(payer: scene.carol) }
        // Who gets the units may pay for them.
        try await submit(payer: scene.bob)
    }

    @Test("RBK-041: stamp duty comes on top of a fee that goes the same way")
    func stampDuty() async throws {
        let scene = try await RulebookScene()
        let treasury = scene.fixture.ministry.account
        let fee = Charge(in: scene.kip, to: treasury, fixed: 5, numerator: 0, denominator: 1)
        let duty = Charge(in: scene.kip, to: treasury, fixed: 0, numerator: 1, denominator: 100)
        try await scene.lay([.fee(fee), .stampDuty(duty)])
        let transfer = Transfer(asset: scene.kip, recipient: scene.alice.account, partition: 0, units: 1_000)
        _ = try await scene.fixture.ministry.submit([Operation(.transfer(transfer))])
        let movement = Operation(
            .transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, partition: 0, units: 150))
        )
        try await scene.expectRefusal(.stampDutyNotPaid) {
            _ = try await scene.alice.submit([self.pay(6, in: scene.kip, to: treasury), movement])
        }
        _ = try await scene.alice.submit([pay(7, in: scene.kip, to: treasury), movement])
    }

    @Test("Charges are exact at the largest quantities")
    func largestCharges() {
        let digest = Fixture.digest(1)
        func charge(_ numerator: UInt64, _ denominator: UInt64, fixed: Quantity = 0) -> Charge {
            Charge(
                in: AssetID(digest: digest),
                to: AccountID(digest: digest),
                fixed: fixed,
                numerator: numerator,
                denominator: denominator
            )
        }
        #expect(charge(1, 1).amount(for: .max) == .max)
        #expect(charge(2, 1).amount(for: .max) == nil)
        #expect(charge(1, 1, fixed: 1).amount(for: .max) == nil)
        #expect(charge(.max, .max).amount(for: .max) == .max)
        #expect(charge(1, 3).amount(for: 10) == 4)
        #expect(charge(0, 1).amount(for: .max) == 0)
    }

    // MARK: Approval

    private static let days = 10

    private func conditional(
        needed: Int = 1,
        silence: ApprovalRule.Silence? = nil
    ) async throws -> RulebookScene {
        let scene = try await RulebookScene()
        let approvers = [scene.carol.account, scene.foreigner.account]
        let rule = ApprovalRule(approvers, needed: needed, dayCountMax: Self.days, silence: silence)
        try await scene.lay([.approval(rule)])
        return scene
    }

    private func decision(
        _ step: MovementDecision.Step,
        _ scene: RulebookScene,
        units: Quantity = 50,
        until last: CalendarDate = Fixture.date(2026, 1, 8)
    ) -> RulebookAct {
        .decideMovement(
            MovementDecision(
                step,
                asset: scene.asset,
                from: scene.alice.account,
                to: scene.bob.account,
                units: units,
                until: last
            )
        )
    }

    @Test("RBK-042: as many named approvers as are needed, for exactly these units, once")
    func approval() async throws {
        let scene = try await conditional(needed: 2)
        func refused(_ units: Quantity = 50) async throws {
            try await scene.expectRefusal(.approvalMissing) {
                try await scene.move(units, from: scene.alice, to: scene.bob)
            }
        }
        try await refused()
        try await scene.alice.regulate(decision(.request, scene))
        try await refused()
        try await scene.carol.regulate(decision(.approve, scene))
        try await scene.carol.regulate(decision(.approve, scene))
        try await refused()
        try await scene.foreigner.regulate(decision(.refuse, scene))
        try await refused()
        try await scene.foreigner.regulate(decision(.approve, scene))
        try await refused(49)
        try await scene.move(50, from: scene.alice, to: scene.bob)
        try await refused()
        try await scene.move(1, from: scene.alice, to: scene.aliceToo)
    }

    @Test("RBK-042: an approval lapses with its request, and a new request begins without any")
    func lapse() async throws {
        let scene = try await conditional()
        try await scene.alice.regulate(decision(.request, scene))
        try await scene.carol.regulate(decision(.approve, scene))
        try await scene.alice.regulate(decision(.request, scene))
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
        try await scene.carol.regulate(decision(.approve, scene))
        try await scene.pass(days: 4)
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
    }

    @Test("RBK-042: silence never approves, unless the rulebook says so; a refusal ends it")
    func silence() async throws {
        let plain = try await conditional()
        try await plain.alice.regulate(decision(.request, plain, until: Fixture.date(2026, 1, 12)))
        try await plain.pass(days: 5)
        try await plain.expectRefusal(.approvalMissing) { try await plain.move(50, from: plain.alice, to: plain.bob) }

        let told = AuthorityReference(.regulator)
        let silence = ApprovalRule.Silence(after: Notice(openedDays: 2, seconds: 0), telling: told)
        let scene = try await conditional(silence: silence)
        let last = Fixture.date(2026, 1, 12)
        try await scene.alice.regulate(decision(.request, scene, until: last))
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
        try await scene.pass(days: 1)
        try await scene.carol.regulate(decision(.refuse, scene, until: last))
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
        try await scene.carol.regulate(decision(.approve, scene, until: last))
        try await scene.move(50, from: scene.alice, to: scene.bob)
        try await scene.alice.regulate(decision(.request, scene, until: last))
        for _ in 0..<2 { try await scene.pass(days: 1) }
        try await scene.move(50, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-042: silence counts under the rulebook that told of the request, and under no later one")
    func silenceUnderOneVersion() async throws {
        let scene = try await conditional()
        let last = Fixture.date(2026, 1, 12)
        try await scene.alice.regulate(decision(.request, scene, until: last))
        let silence = ApprovalRule.Silence(
            after: Notice(openedDays: 2, seconds: 0),
            telling: AuthorityReference(.regulator)
        )
        let approvers = [scene.carol.account, scene.foreigner.account]
        try await scene.lay([.approval(ApprovalRule(approvers, needed: 1, dayCountMax: Self.days, silence: silence))])
        for _ in 0..<3 { try await scene.pass(days: 1) }
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
        // A word that was given counts under any version; and who asks anew is told of.
        try await scene.alice.regulate(decision(.request, scene, until: last))
        for _ in 0..<2 { try await scene.pass(days: 1) }
        try await scene.move(50, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-042: an approver whose keys are being replaced can refuse, and is not silent")
    func approverInRecovery() async throws {
        let silence = ApprovalRule.Silence(
            after: Notice(openedDays: 2, seconds: 0),
            telling: AuthorityReference(.regulator)
        )
        let scene = try await conditional(silence: silence)
        let last = Fixture.date(2026, 1, 12)
        try await scene.alice.regulate(decision(.request, scene, until: last))
        let policy = KeyPolicy(try Fixture.signer(60).publicKey)
        let filing = RecoveryFiling(account: scene.carol.account, policy: policy, with: AuthorityReference(.court))
        let act = Act.control(.fileRecovery(filing), under: AuthorityReference(.registrar))
        _ = try await scene.fixture.ministry.submit([Operation(act)], with: scene.fixture.judges)
        for _ in 0..<3 { try await scene.pass(days: 1) }
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.inRecovery) {
            try await scene.carol.regulate(self.decision(.approve, scene, until: last))
        }
        try await scene.carol.regulate(decision(.refuse, scene, until: last))
    }

    @Test("RBK-005 to RBK-008: who asks and who answers")
    func requests() async throws {
        let open = try await RulebookScene()
        try await open.expectRefusal(.noApprovalAsked) {
            try await open.alice.regulate(self.decision(.request, open))
        }
        let scene = try await conditional()
        try await scene.expectRefusal(.notAnApprover) { try await scene.bob.regulate(self.decision(.request, scene)) }
        try await scene.expectRefusal(.notAnApprover) { try await scene.bob.regulate(self.decision(.approve, scene)) }
        try await scene.expectRefusal(.unknownRequest) {
            try await scene.carol.regulate(self.decision(.approve, scene))
        }
        let first = try await scene.ledger.read { $0.businessDate }
        let tooLate = try #require(first.adding(days: Self.days))
        try await scene.expectRefusal(.requestTooLong) {
            try await scene.alice.regulate(self.decision(.request, scene, until: tooLate))
        }
        try await scene.expectRefusal(.alreadyLapsed) {
            try await scene.alice.regulate(self.decision(.request, scene, until: Fixture.date(2026, 1, 1)))
        }
        try await scene.expectRefusal(.zeroUnits) {
            try await scene.alice.regulate(self.decision(.request, scene, units: 0))
        }
        try await scene.alice.regulate(decision(.request, scene))
        // An answer is to the request as it stands.
        try await scene.expectRefusal(.unknownRequest) {
            try await scene.carol.regulate(self.decision(.approve, scene, units: 51))
        }
    }

    @Test("RBK-006, RBK-007: a holder withdraws its request; what has lapsed is cleared away by whoever had part in it")
    func withdrawal() async throws {
        let scene = try await conditional()
        let asset = scene.asset
        func requestCount() async throws -> Int {
            try await scene.ledger.read { state in state.ruleKeys.count { $0.kind == .request } }
        }
        let last = Fixture.date(2026, 1, 6)
        func request() async throws { try await scene.alice.regulate(self.decision(.request, scene, until: last)) }
        func withdraw(_ client: LedgerClient, units: Quantity = 50) async throws {
            try await client.regulate(self.decision(.withdraw, scene, units: units, until: last))
        }
        try await scene.expectRefusal(.unknownRequest) { try await withdraw(scene.alice) }
        try await request()
        try await scene.carol.regulate(decision(.approve, scene, until: last))
        // As long as it stands it is the holder's alone.
        for client in [scene.bob, scene.carol, scene.aliceToo] {
            try await scene.expectRefusal(.notAnApprover) { try await withdraw(client) }
        }
        try await scene.expectRefusal(.unknownRequest) { try await withdraw(scene.alice, units: 51) }
        try await withdraw(scene.alice)
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
        #expect(try await requestCount() == 0)
        for _ in 0..<2 {
            // Lapsed: replaced by the next, or withdrawn.
            try await request()
        }
        try await scene.pass(days: 5)
        try await scene.expectRefusal(.notAnApprover) { try await withdraw(scene.aliceToo) }
        let later = Fixture.date(2026, 1, 12)
        try await scene.alice.regulate(decision(.request, scene, until: later))
        #expect(try await requestCount() == 1)
        try await scene.pass(days: 10)
        // The rulebook has no such rule any more, and nobody can ask; what was asked still goes.
        try await scene.lay([])
        try await scene.expectRefusal(.noApprovalAsked) {
            try await scene.alice.regulate(self.decision(.request, scene, until: later))
        }
        try await scene.expectRefusal(.notAnApprover) {
            try await scene.carol.regulate(self.decision(.withdraw, scene, until: later))
        }
        try await scene.bob.regulate(decision(.withdraw, scene, until: later))
        #expect(try await requestCount() == 0)
        #expect(
            try await scene.ledger.read {
                $0.rule(.request(asset: asset, from: scene.alice.account, to: scene.bob.account))
            } == nil
        )
    }

    @Test("an approver clears away a request that has lapsed, and no other account")
    func withdrawalByApprover() async throws {
        let scene = try await conditional()
        let last = Fixture.date(2026, 1, 6)
        try await scene.alice.regulate(decision(.request, scene, until: last))
        try await scene.pass(days: 5)
        try await scene.expectRefusal(.notAnApprover) {
            try await scene.aliceToo.regulate(self.decision(.withdraw, scene, until: last))
        }
        try await scene.carol.regulate(decision(.withdraw, scene, until: last))
        try await scene.expectRefusal(.unknownRequest) {
            try await scene.alice.regulate(self.decision(.withdraw, scene, until: last))
        }
    }

    // MARK: The rest

    @Test("RBK-043: a memo")
    func memo() async throws {
        let scene = try await RulebookScene([.memo])
        try await scene.expectRefusal(.memoMissing) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.memoMissing) { try await scene.move(1, from: scene.alice, to: scene.aliceToo) }
        try await scene.move(1, from: scene.alice, to: scene.bob, memo: "sale of 2026-01-05")
    }

    @Test("RBK-044: units that do not change hands, but by order")
    func nonTransferable() async throws {
        let scene = try await RulebookScene([.nonTransferable])
        try await scene.expectRefusal(.notTransferable) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.move(1, from: scene.alice, to: scene.aliceToo)
        try await scene.force(1, from: scene.alice, to: scene.bob)
        try await scene.issuer.issue(1, of: scene.asset, to: scene.carol.account)
    }

    @Test("RBK-045: a holder refuses assets that it did not ask for")
    func optIn() async throws {
        let scene = try await RulebookScene([.optIn])
        try await scene.expectRefusal(.notWanted) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.notWanted) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.bob.regulate(.optIn(OptIn(scene.asset)))
        try await scene.move(1, from: scene.alice, to: scene.bob)
        try await scene.bob.regulate(.optIn(OptIn(scene.asset, isWanted: false)))
        try await scene.expectRefusal(.notWanted) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        // What is held can be given away.
        try await scene.expectRefusal(.notWanted) { try await scene.move(1, from: scene.bob, to: scene.carol) }
        try await scene.alice.regulate(.optIn(OptIn(scene.asset)))
        try await scene.move(1, from: scene.bob, to: scene.alice)
    }
}
