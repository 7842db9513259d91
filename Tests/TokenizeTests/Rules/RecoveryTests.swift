import Testing

@testable import Tokenize

@Suite("Recovery of lost and stolen keys")
struct RecoveryTests {
    /// Ministry (registrar) and court file the recovery of Alice's account for key 60; a second court hears objections.
    private struct Loss {
        let timed: TimedScene
        let secondCourt: AuthorityClient
        let newPolicy: KeyPolicy

        var scene: RuleScene { timed.scene }
        var account: AccountID { scene.alice.account }
        var registrar: AuthorityReference { AuthorityReference(.registrar) }

        init(store: any LedgerStore = MemoryStore(), units: Quantity = 1_000) async throws {
            timed = try await TimedScene(store: store, units: units)
            secondCourt = try await timed.scene.appoint(.court, number: 1, [timed.scene.carol])
            newPolicy = KeyPolicy(try Fixture.signer(60).publicKey)
        }

        func filing(with second: AuthorityReference? = nil) -> Act {
            let filing = RecoveryFiling(account: account, policy: newPolicy, with: second ?? scene.court.reference)
            return .control(.fileRecovery(filing), under: registrar)
        }

        func file() async throws {
            _ = try await scene.fixture.ministry.submit([Operation(filing())], with: scene.fixture.judges)
        }

        func execute() async throws { try await scene.fixture.authority(.registrar).control(.executeRecovery(account)) }

        func decide(_ isAllowed: Bool, by court: AuthorityClient? = nil) async throws {
            let order = Fixture.order("recovery")
            let decision = RecoveryDecision(account: account, isAllowed: isAllowed, order: order)
            try await (court ?? secondCourt).control(.decideRecovery(decision))
        }

        func renewed() throws -> LedgerClient { try Fixture.client(scene.ledger, 60, account) }
    }

    @Test("filing freezes outgoing acts at once, also those as a member of an authority")
    func freezesAtOnce() async throws {
        let loss = try await Loss()
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
        let loss = try await Loss()
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
        let loss = try await Loss()
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

    @Test("everything carries over: holdings, encumbrances, allowances, offices, counters, the party")
    func carriesOver() async throws {
        let store = MemoryStore()
        let loss = try await Loss(store: store)
        let (timed, scene) = (loss.timed, loss.scene)
        try await scene.encumber(scene.target(scene.alice), 300)
        try await scene.reserve(100, of: scene.alice, for: scene.bob)
        let allowance = Allowance(
            asset: scene.asset,
            operator: scene.bob.account,
            units: 50,
            until: Fixture.date(2027, 1, 1)
        )
        try await scene.alice.control(.setAllowance(allowance))
        let office = try await scene.appoint(.registrar, number: 3, [scene.alice, scene.bob])
        let before = try await scene.ledger.read { state in
            (
                state.holding(asset: scene.asset, account: loss.account), state.party(of: loss.account),
                state.nextSequence(of: loss.account), state.account(loss.account)?.encumbrances,
                state.control(.allowance(asset: scene.asset, owner: loss.account, operator: scene.bob.account)),
                state.authority(office.reference)?.members
            )
        }
        try await loss.file()
        try await timed.live(days: 10)
        try await loss.execute()
        let after = try await scene.ledger.read { state in
            (
                state.holding(asset: scene.asset, account: loss.account), state.party(of: loss.account),
                state.nextSequence(of: loss.account), state.account(loss.account)?.encumbrances,
                state.control(.allowance(asset: scene.asset, owner: loss.account, operator: scene.bob.account)),
                state.authority(office.reference)?.members
            )
        }
        #expect(after.0 == before.0)
        #expect(after.1 == before.1)
        #expect(after.2 == before.2)
        #expect(after.3 == before.3)
        // To the last unit; but until the new keys have set it anew nobody uses it.
        #expect(after.4 == .allowance(AllowanceRecord(units: 50, lastDate: allowance.lastDate, isAtRest: true)))
        #expect(after.5 == before.5)
        let transfer = OperatorTransfer(
            asset: scene.asset,
            owner: loss.account,
            recipient: scene.carol.account,
            units: 50
        )
        try await scene.expectRefusal(.allowanceAtRest) { try await scene.bob.control(.transferFrom(transfer)) }
        try await loss.renewed().control(.setAllowance(allowance))
        try await scene.bob.control(.transferFrom(transfer))
        let opening = try Fixture.opening(95, party: Fixture.citizens)
        try await AuthorityClient(office.reference, members: [try loss.renewed()]).open([opening])
    }

    @Test("ALW-005: an allowance that a thief gave is of no use while the recovery is filed, nor after it")
    func allowanceOfThief() async throws {
        let store = MemoryStore()
        let loss = try await Loss(store: store)
        let (timed, scene) = (loss.timed, loss.scene)
        func move(by trustee: LedgerClient) async throws {
            let transfer = OperatorTransfer(
                asset: scene.asset,
                owner: loss.account,
                recipient: trustee.account,
                units: 1
            )
            try await trustee.control(.transferFrom(transfer))
        }
        func allow(_ units: Quantity, _ trustee: LedgerClient, by owner: LedgerClient) async throws {
            let allowance = Allowance(
                asset: scene.asset,
                operator: trustee.account,
                units: units,
                until: Fixture.date(2027, 1, 1)
            )
            try await owner.control(.setAllowance(allowance))
        }
        for trustee in [scene.bob, scene.carol] { try await allow(.max, trustee, by: scene.alice) }
        // Of another owner, to the account that is recovered: that one stays as it is.
        try await scene.alice.transfer(10, of: scene.asset, to: scene.bob.account)
        try await allow(5, scene.alice, by: scene.bob)
        try await loss.file()
        try await scene.expectRefusal(.inRecovery) { try await move(by: scene.carol) }
        try await timed.live(days: 10)
        try await loss.execute()
        try await scene.expectRefusal(.allowanceAtRest) { try await move(by: scene.carol) }
        let renewed = try loss.renewed()
        try await allow(0, scene.carol, by: renewed)
        try await scene.expectRefusal(.noAllowance) { try await move(by: scene.carol) }
        try await scene.expectRefusal(.allowanceAtRest) { try await move(by: scene.bob) }
        try await allow(2, scene.bob, by: renewed)
        try await move(by: scene.bob)
        let transfer = OperatorTransfer(
            asset: scene.asset,
            owner: scene.bob.account,
            recipient: loss.account,
            units: 5
        )
        try await renewed.control(.transferFrom(transfer))
        // At rest after a restart as before it.
        try await allow(3, scene.foreigner, by: renewed)
        try await loss.file()
        try await timed.live(days: 10)
        try await loss.execute()
        let mark = try await scene.fixture.mark()
        try await scene.ledger.close()
        let reopened = try await scene.fixture.reopened(in: MemoryStore(reopening: store))
        #expect(try await reopened.mark().state == mark.state)
    }

    @Test("what the old keys proposed, approved or instructed does not count for the new ones")
    func wordTakenBack() async throws {
        let loss = try await Loss()
        let (timed, scene) = (loss.timed, loss.scene)
        let office = try await scene.appoint(
            .registrar,
            number: 3,
            [scene.alice, scene.bob, scene.foreigner],
            quorum: 2
        )
        let act = Act.registerParty(
            PartyRegistration(
                party: PartyID(digest: Fixture.digest(92)),
                jurisdiction: try #require(CountryCode("LA")),
                holderClass: .citizen
            ),
            under: office.reference
        )
        let own = try await office.propose(act, until: Fixture.date(2027, 1, 1))
        let bobs = AuthorityClient(office.reference, members: [scene.bob, scene.alice])
        let others = try await bobs.propose(act, until: Fixture.date(2027, 1, 1))
        try await scene.alice.control(.approve(others))
        let thief = scene.carol.account
        try await scene.alice.instruct(cashAccount: thief)
        try await loss.file()
        try await timed.live(days: 10)
        try await loss.execute()
        try await scene.expectRefusal(.unknownProposal) { try await scene.bob.control(.approve(own)) }
        try await scene.expectRefusal(.quorumNotReached) { try await scene.bob.control(.execute(others)) }
        let state = try await scene.ledger.read { $0 }
        #expect(state.servicing.instructions.isEmpty)
        guard case .proposal(let record)? = state.control(.proposal(others)) else {
            Issue.record("the proposal of another stays")
            return
        }
        #expect(record.approvals == [scene.bob.account])
        #expect(record.ready == nil)
        try await loss.renewed().control(.approve(others))
        try await scene.bob.control(.execute(others))
    }

    @Test("an account that holds nothing is recovered like any other")
    func zeroBalance() async throws {
        let loss = try await Loss(units: 0)
        try await loss.file()
        try await loss.timed.live(days: 10)
        try await loss.execute()
        try await loss.renewed().cancelNext()
    }

    @Test(
        "RCV-004, RCV-005, RCV-007: the old key objects once, lengthens the notice, needs a court, and cancels nothing"
    )
    func objection() async throws {
        let loss = try await Loss()
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
        let loss = try await Loss()
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
        let loss = try await Loss(store: store)
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
        let longer = Mandate(timelocks: [.init(.objectToRecovery, notice: Notice(openedDays: 900, seconds: 0))])
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
        let loss = try await Loss()
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
        let loss = try await Loss()
        try await loss.file()
        try await loss.decide(true)
        try await loss.scene.alice.control(.objectToRecovery)
        try await loss.timed.live(days: 30)
        try await loss.scene.expectRefusal(.courtOrderMissing) { try await loss.execute() }
    }

    @Test("a recovery outlives a restart, and its new keys sign after another")
    func restart() async throws {
        let store = MemoryStore()
        let loss = try await Loss(store: store)
        try await loss.file()
        try await loss.timed.live(days: 10)
        try await loss.scene.ledger.close()
        let fixture = try await loss.scene.fixture.reopened(in: MemoryStore(reopening: store))
        try await fixture.authority(.registrar).control(.executeRecovery(loss.account))
        try await Fixture.client(fixture.ledger, 60, loss.account).cancelNext()
    }

    // MARK: Keys committed beforehand

    @Test("RCV-009, RCV-010: committed keys replace those that a thief has put in, and a thief cannot replace them")
    func precommitted() async throws {
        let scene = try await RuleScene()
        let account = scene.alice.account
        func rotation(_ number: Int, salt: UInt8 = 5, next: Digest? = nil) throws -> PrecommittedRotation {
            PrecommittedRotation(
                account: account,
                policy: KeyPolicy(try Fixture.signer(number).publicKey),
                salt: Fixture.digest(salt),
                next: next
            )
        }
        let second = try rotation(62)
        let first = try rotation(61, next: second.commitment)
        try await scene.expectRefusal(.notPrecommitted) {
            try await scene.bob.control(.rotateToPrecommitted(first))
        }
        try await scene.alice.control(.precommit(first.commitment))
        // The thief has the old key: it rotates the keys, but commits to nothing.
        try await scene.expectRefusal(.alreadyPrecommitted) {
            try await scene.alice.control(.precommit(Fixture.digest(77)))
        }
        try await scene.alice.rotateKeys(to: KeyPolicy(try Fixture.signer(70).publicKey))
        for wrong in [try rotation(63), try rotation(61), try rotation(61, salt: 6, next: second.commitment)] {
            try await scene.expectRefusal(.notPrecommitted) {
                try await scene.bob.control(.rotateToPrecommitted(wrong))
            }
        }
        // Also while the account is frozen.
        try await scene.encumber(.account(account))
        try await scene.bob.control(.rotateToPrecommitted(first))
        let thief = try Fixture.client(scene.ledger, 70, account)
        try await scene.expectRefusal(.foreignSignature) { try await thief.cancelNext() }
        try await Fixture.client(scene.ledger, 61, account).cancelNext()
        try await scene.bob.control(.rotateToPrecommitted(second))
        try await scene.expectRefusal(.notPrecommitted) {
            try await scene.bob.control(.rotateToPrecommitted(second))
        }
        #expect(try await scene.units(scene.alice) == 1_000)
    }
}
