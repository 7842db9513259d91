import Testing

@testable import Tokenize

@Suite("Recovery of lost and stolen keys")
struct RecoveryTests {
    @Test("filing freezes outgoing acts at once, also those as a member of an authority")
    func freezesAtOnce() async throws {
        let loss = try await RecoveryScene()
        let scene = loss.scene
        let clerks = try await scene.appoint(.registrar, number: 3, [scene.alice, scene.bob])
        try await loss.file()
        try await scene.expectRefusal(.inRecovery) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.inRecovery) { try await scene.alice.rotateKeys(to: loss.newPolicy) }
        try await scene.expectRefusal(.inRecovery) { try await scene.alice.control(.precommit(.zero)) }
        try await scene.expectRefusal(.inRecovery) { try await scene.alice.control(.renounce(clerks.reference)) }
        try await scene.expectRefusal(.inRecovery) {
            let opening = try Fixture.opening(95, party: Fixture.citizens)
            try await AuthorityClient(clerks.reference, members: [scene.alice]).open([opening])
        }
        // It still receives, and an order still reaches it.
        try await scene.issuer.issue(1, of: scene.asset, to: loss.account)
        try await scene.force(1, from: scene.alice, to: scene.bob)
    }

    @Test("RCV-001, RCV-002, AUT-005: two authorities file, no member counts for both, and once")
    func filing() async throws {
        let loss = try await RecoveryScene()
        let scene = loss.scene
        let ministry = scene.fixture.ministry
        try await scene.expectRefusal(.sameFiler) {
            _ = try await ministry.submit([Operation(loss.filing(with: loss.registrar))])
        }
        try await scene.expectRefusal(.quorumNotReached) {
            _ = try await ministry.submit([Operation(loss.filing())], with: [scene.fixture.judges[0]])
        }
        try await scene.expectRefusal(.roleMayNot) {
            _ = try await ministry.submit([Operation(loss.filing(with: AuthorityReference(.issuer)))])
        }
        // A second registrar of the same single member is no second authority.
        let twin = try await scene.appoint(.registrar, number: 2, [ministry])
        try await scene.expectRefusal(.quorumNotReached) {
            _ = try await ministry.submit([Operation(loss.filing(with: twin.reference))])
        }
        let unknown = RecoveryFiling(
            account: AccountID(digest: Fixture.digest(99)),
            policy: loss.newPolicy,
            with: scene.court.reference
        )
        try await scene.expectRefusal(.unknownAccount) {
            let act = Act.control(.fileRecovery(unknown), under: loss.registrar)
            _ = try await ministry.submit([Operation(act)], with: scene.fixture.judges)
        }
        try await loss.file()
        try await scene.expectRefusal(.recoveryPending) { try await loss.file() }
    }

    @Test("RCV-006: the notice is ten opened days and ten days of sealing time, and neither alone")
    func notice() async throws {
        let loss = try await RecoveryScene()
        let (timed, scene) = (loss.timed, loss.scene)
        try await scene.expectRefusal(.noRecovery) { try await loss.execute() }
        try await loss.file()
        try await timed.open(days: 12)
        try await scene.expectRefusal(.noticeRunning) { try await loss.execute() }
        try await timed.wait(seconds: 863_999)
        try await scene.expectRefusal(.noticeRunning) { try await loss.execute() }
        try await timed.wait(seconds: 1)
        try await loss.execute()
        try await loss.renewed().transfer(1, of: scene.asset, to: scene.bob.account)
        try await scene.expectRefusal(.foreignSignature) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
    }

    @Test("an account that holds nothing is recovered like any other")
    func zeroBalance() async throws {
        let loss = try await RecoveryScene(units: 0)
        try await loss.file()
        try await loss.timed.live(days: 10)
        try await loss.execute()
        try await loss.renewed().cancelNext()
    }

    @Test(
        "RCV-004, RCV-005, RCV-007: the old key objects once, lengthens the notice, needs a court, and cancels nothing"
    )
    func objection() async throws {
        let loss = try await RecoveryScene()
        let (timed, scene) = (loss.timed, loss.scene)
        try await scene.expectRefusal(.noRecovery) { try await scene.alice.control(.objectToRecovery) }
        try await loss.file()
        try await timed.live(days: 9)
        try await scene.alice.control(.objectToRecovery)
        try await scene.expectRefusal(.alreadyObjected) { try await scene.alice.control(.objectToRecovery) }
        try await scene.expectRefusal(.inRecovery) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await timed.live(days: 29)
        try await scene.expectRefusal(.noticeRunning) { try await loss.execute() }
        try await timed.live(days: 1)
        try await scene.expectRefusal(.courtOrderMissing) { try await loss.execute() }
        try await loss.decide(true)
        try await loss.execute()
        try await loss.renewed().cancelNext()
    }

    @Test("RCV-008: a court that filed does not decide; another ends the recovery, and the old keys act again")
    func denied() async throws {
        let loss = try await RecoveryScene()
        let scene = loss.scene
        try await scene.expectRefusal(.noRecovery) { try await loss.decide(false) }
        try await loss.file()
        try await scene.expectRefusal(.courtIsFiler) { try await loss.decide(true, by: scene.court) }
        try await loss.decide(false)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        try await scene.expectRefusal(.noRecovery) { try await loss.execute() }
    }

    @Test("RCV-004: a recovery that nobody carries out lapses by itself after its term, and may be filed anew")
    func lapses() async throws {
        let store = MemoryStore()
        let loss = try await RecoveryScene(store: store)
        let (timed, scene) = (loss.timed, loss.scene)
        try await loss.file()
        // Neither part of the clock alone ends it: 10 days of notice, 90 of the term.
        try await timed.open(days: 100)
        try await timed.wait(seconds: 100 * TimedScene.secondsPerDay - 1)
        try await scene.expectRefusal(.inRecovery) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.recoveryPending) { try await loss.file() }
        try await timed.wait(seconds: 1)
        try await scene.expectRefusal(.noRecovery) { try await loss.execute() }
        try await scene.expectRefusal(.noRecovery) { try await loss.decide(true) }
        try await scene.expectRefusal(.noRecovery) { try await scene.alice.control(.objectToRecovery) }
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        let (ledger, account) = (scene.ledger, loss.account)
        #expect(try await ledger.read { $0.recovery(of: account) == nil && $0.control(.recovery(account)) != nil })
        // No mandate brings it back.
        let longer = Mandate(timelocks: [.init(.objectToRecovery, notice: Notice(openedDays: 366, seconds: 0))])
        try await timed.bind(loss.registrar, longer)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        try await timed.bind(loss.registrar, Mandate())
        try await loss.file()
        try await scene.expectRefusal(.inRecovery) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await timed.live(days: 99)
        try await loss.execute()
        try await loss.renewed().cancelNext()
    }

    @Test("after an objection the term follows the longer notice; a mandate changes no notice that runs")
    func lapsesLater() async throws {
        let loss = try await RecoveryScene()
        let (timed, scene) = (loss.timed, loss.scene)
        try await loss.file()
        try await timed.bind(
            loss.registrar,
            Mandate(timelocks: [.init(.objectToRecovery, notice: Notice(openedDays: 0, seconds: 0))])
        )
        try await timed.bind(
            scene.court.reference,
            Mandate(timelocks: [.init(.objectToRecovery, notice: Notice(openedDays: 0, seconds: 0))])
        )
        try await scene.expectRefusal(.noticeRunning) { try await loss.execute() }
        try await scene.alice.control(.objectToRecovery)
        try await timed.live(days: 119)
        try await loss.decide(true)
        try await scene.expectRefusal(.inRecovery) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await timed.live(days: 1)
        try await scene.expectRefusal(.noRecovery) { try await loss.execute() }
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
    }

    @Test("what a court allowed before an objection counts no more after it")
    func allowedTooEarly() async throws {
        let loss = try await RecoveryScene()
        try await loss.file()
        try await loss.decide(true)
        try await loss.scene.alice.control(.objectToRecovery)
        try await loss.timed.live(days: 30)
        try await loss.scene.expectRefusal(.courtOrderMissing) { try await loss.execute() }
    }

    @Test("a recovery outlives a restart, and its new keys sign after another")
    func restart() async throws {
        let store = MemoryStore()
        let loss = try await RecoveryScene(store: store)
        try await loss.file()
        try await loss.timed.live(days: 10)
        try await loss.scene.ledger.close()
        let fixture = try await loss.scene.fixture.reopened(in: MemoryStore(reopening: store))
        try await fixture.authority(.registrar).control(.executeRecovery(loss.account))
        try await Fixture.client(fixture.ledger, 60, loss.account).cancelNext()
    }
}
