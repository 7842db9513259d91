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
        #expect(Notice.longest == Notice(openedDays: 366, seconds: 31_622_400))
        let longest = Rulebook(notice: .longest)
        #expect(try Rulebook(canonicalBytes: longest.canonicalBytes) == longest)
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
        let transfer = OperatorTransfer(1, of: scene.asset, from: scene.alice, to: scene.bob)
        try await scene.expectRefusal(.allowanceAtRest) { try await scene.carol.control(.transferFrom(transfer)) }
        let renewed = try Fixture.client(scene.ledger, 61, scene.alice.account)
        try await renewed.control(.approve(id))
        try await scene.bob.control(.execute(id))
    }
}
