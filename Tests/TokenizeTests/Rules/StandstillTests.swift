import Testing

@testable import Tokenize

@Suite("Powers that must not stop a ledger, or reach further than they say")
struct StandstillTests {
    @Test("RCV-003: while all who open days are being recovered days are still opened, and the recovery ends")
    func daysGoOn() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        let ministry = scene.fixture.ministry
        let policy = KeyPolicy(try Fixture.signer(60).publicKey)
        let filing = RecoveryFiling(account: ministry.account, policy: policy, with: scene.court.reference)
        let act = Act.control(.fileRecovery(filing), under: AuthorityReference(.registrar))
        _ = try await ministry.submit([Operation(act)], with: scene.fixture.judges)
        try await scene.expectRefusal(.inRecovery) { _ = try await scene.appoint(.auditor, number: 1, [scene.bob]) }
        for _ in 0..<10 {
            try await timed.advanceAndSeal(seconds: TimedScene.secondsPerDay, by: scene.alice)
            try await timed.open(days: 1)
        }
        try await scene.regulator.control(.executeRecovery(ministry.account))
        let renewed = try Fixture.client(scene.ledger, 60, ministry.account)
        try await renewed.cancelNext()
    }

    @Test("ROL-002: no day waits for a notice; and no notice is longer than a year")
    func notices() async throws {
        let timed = try await TimedScene()
        let day = Notice(openedDays: 1, seconds: 0)
        try await timed.scene.expectRefusal(.mandateDoesNotFit) {
            let mandate = Mandate(timelocks: [.init(.openBusinessDay, notice: day)])
            try await timed.bind(AuthorityReference(.operator), mandate)
        }
        let (days, seconds) = (Notice.longest.openedDays, Notice.longest.seconds)
        let tooLong = [Notice(openedDays: days + 1, seconds: 0), Notice(openedDays: 0, seconds: seconds + 1)]
        #expect(Mandate(timelocks: [.init(.issue, notice: .longest)]) != nil)
        for notice in tooLong {
            #expect(Mandate(timelocks: [.init(.issue, notice: notice)]) == nil)
            #expect(throws: DecodingFailure.self) {
                try Rulebook(canonicalBytes: Rulebook(notice: notice).canonicalBytes)
            }
        }
    }

    @Test("PRO-001, AUT-005: custody is named by those who may seize, and by no fewer")
    func custody() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        let reference = scene.court.reference
        let judge = AuthorityClient(reference, members: [scene.fixture.judges[0]])
        let custody = ControlAct.nameCustody(scene.bob.account)
        try await timed.bind(reference, Mandate(quorums: [.init(.nameCustody, quorum: 1), .init(.seize, quorum: 2)]))
        try await scene.expectRefusal(.quorumNotReached) { try await judge.control(custody) }
        try await scene.court.control(custody)
        let notice = Notice(openedDays: 1, seconds: 10)
        let lock = Mandate.Timelock(.seize, notice: notice, veto: scene.regulator.reference)
        try await timed.bind(reference, Mandate(timelocks: [lock]))
        try await scene.expectRefusal(.timelocked) { try await scene.court.control(custody) }
        let until = Fixture.date(2026, 6, 1)
        let id = try await scene.court.propose(.control(custody, under: reference), until: until)
        try await scene.fixture.judges[1].control(.approve(id))
        try await scene.expectRefusal(.timelockRunning) { try await scene.fixture.judges[0].control(.execute(id)) }
        try await scene.regulator.control(.veto(id))
    }

    @Test("EMG-003: who has been frozen rests also once its party was joined to another")
    func restAfterJoin() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        try await timed.bind(scene.court.reference, Mandate(emergencyDaysMax: 2))
        let judge = AuthorityClient(scene.court.reference, members: [scene.fixture.judges[0]])
        func freeze(until day: Int) async throws {
            let freeze = EmergencyFreeze(
                target: .account(scene.alice.account),
                rank: 1,
                lastDate: Fixture.date(2026, 1, day),
                order: Fixture.order("urgent", .emergency)
            )
            try await judge.control(.emergencyFreeze(freeze))
        }
        try await freeze(until: 6)
        let join = PartyJoin(Fixture.citizen(10), to: Fixture.citizen(11))
        try await scene.fixture.authority(.registrar).regulate(.joinParties(join))
        try await timed.open(days: 2)
        try await scene.expectRefusal(.emergencyRepeated) { try await freeze(until: 7) }
        try await timed.open(days: 2)
        try await freeze(until: 9)
    }

    @Test("keys committed beforehand take back what the old ones have said, and lay allowances to rest")
    func wordOfOldKeys() async throws {
        let scene = try await RuleScene()
        let clerks = try await scene.appoint(.registrar, number: 1, [scene.bob, scene.alice], quorum: 2)
        let rotation = PrecommittedRotation(
            account: scene.alice.account,
            policy: KeyPolicy(try Fixture.signer(61).publicKey),
            salt: Fixture.digest(5),
            next: nil
        )
        try await scene.alice.control(.precommit(rotation.commitment))
        let registration = PartyRegistration(
            party: PartyID(digest: Fixture.digest(91)),
            jurisdiction: Fixture.laos,
            holderClass: .citizen
        )
        let id = try await clerks.propose(
            .registerParty(registration, under: clerks.reference),
            until: Fixture.date(2026, 6, 1)
        )
        try await scene.alice.control(.approve(id))
        let last = Fixture.date(2027, 1, 1)
        let allowance = Allowance(asset: scene.asset, operator: scene.carol.account, units: 50, until: last)
        try await scene.alice.control(.setAllowance(allowance))
        try await scene.carol.control(.rotateToPrecommitted(rotation))
        try await scene.expectRefusal(.quorumNotReached) { try await scene.bob.control(.execute(id)) }
        let transfer = OperatorTransfer(
            asset: scene.asset,
            owner: scene.alice.account,
            recipient: scene.bob.account,
            units: 1
        )
        try await scene.expectRefusal(.allowanceAtRest) { try await scene.carol.control(.transferFrom(transfer)) }
        let renewed = try Fixture.client(scene.ledger, 61, scene.alice.account)
        try await renewed.control(.approve(id))
        try await scene.bob.control(.execute(id))
    }

    @Test("RBK-042: an approver whose keys are being replaced can refuse, and is not silent")
    func approverInRecovery() async throws {
        let scene = try await RulebookScene()
        let silence = ApprovalRule.Silence(
            after: Notice(openedDays: 2, seconds: 0),
            telling: AuthorityReference(.regulator)
        )
        let rule = ApprovalRule([scene.carol.account], needed: 1, dayCountMax: 10, silence: silence)
        try await scene.lay([.approval(rule)])
        func decide(_ step: MovementDecision.Step) -> RulebookAct {
            .decideMovement(
                MovementDecision(
                    step,
                    asset: scene.asset,
                    from: scene.alice.account,
                    to: scene.bob.account,
                    units: 50,
                    until: Fixture.date(2026, 1, 12)
                )
            )
        }
        try await scene.alice.regulate(decide(.request))
        let policy = KeyPolicy(try Fixture.signer(60).publicKey)
        let filing = RecoveryFiling(account: scene.carol.account, policy: policy, with: AuthorityReference(.court))
        let act = Act.control(.fileRecovery(filing), under: AuthorityReference(.registrar))
        _ = try await scene.fixture.ministry.submit([Operation(act)], with: scene.fixture.judges)
        for _ in 0..<3 { try await scene.pass(days: 1) }
        try await scene.expectRefusal(.approvalMissing) { try await scene.move(50, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.inRecovery) { try await scene.carol.regulate(decide(.approve)) }
        try await scene.carol.regulate(decide(.refuse))
    }
}
