import Testing

@testable import Tokenize

/// What waits for business days, and what waits for notices, under clocks that jump: a clock alone makes nothing possible.
@Suite("Clock jumps and what waits")
struct ClockNoticeTests {
    static let dayCount = 31

    /// What waits, and the rule that says that it does.
    enum Wait: String, CaseIterable, Sendable {
        case encumbrance, timelock, recovery, silence, coupon

        var refusal: RejectionCode {
            switch self {
            case .encumbrance: .unitsEncumbered
            case .timelock: .timelockRunning
            case .recovery: .noticeRunning
            case .silence: .approvalMissing
            case .coupon: .notYetDue
            }
        }

        /// The number of opened days after which it waits no more, if as much time has passed.
        var dayCount: Int {
            switch self {
            case .encumbrance: 4
            case .timelock: 3
            case .recovery: 10
            case .silence: 2
            case .coupon: ClockNoticeTests.dayCount
            }
        }

        /// Those that wait for business days alone.
        static let dated: Set<Wait> = [.encumbrance, .coupon]

        static func dayCounts(_ waits: some Sequence<Wait>) -> [Wait: Int] {
            Dictionary(uniqueKeysWithValues: waits.map { ($0, $0.dayCount) })
        }
    }

    /// What a clock says: nil is the time before the first day, when everything is begun.
    enum Clock: Sendable {
        case inPace, still, ahead, atTheEndOfTime, back, aheadBefore

        func reading(_ day: Int?) -> UInt64 {
            let (start, tenYears) = (ClockTests.now, ClockTests.tenYears)
            guard let day else { return self == .aheadBefore ? start + tenYears : start }
            return switch self {
            case .inPace: start + UInt64(day) * TimedScene.secondsPerDay
            case .still: start
            case .ahead, .aheadBefore: start + tenYears
            case .atTheEndOfTime: UInt64(Int64.max)
            case .back: start - tenYears
            }
        }
    }

    /// What a run comes to.
    private struct Run: Sendable {
        /// Days that had been opened when it waited no more.
        var dayCounts: [Wait: Int] = [:]
        /// One for each day.
        var pictures: [TimelessPicture] = []
    }

    private func run(_ clock: Clock) async throws -> Run {
        let reading = Locked(clock.reading(nil))
        let story = try await WaitingStory { reading.value }
        let ledger = story.one.ledger
        var run = Run()
        for day in 0...Self.dayCount {
            reading.withLock { $0 = clock.reading(day) }
            // Headers, so that the ledger knows.
            for _ in 0..<2 { try await story.one.scene.fixture.ministry.cancelNext() }
            for wait in Wait.allCases where run.dayCounts[wait] == nil {
                let found = try await story.attempt(wait)
                if found == nil { run.dayCounts[wait] = day }
                #expect(found == nil || found == wait.refusal, "\(clock), day \(day): \(wait)")
            }
            run.pictures.append(try await ledger.read { TimelessPicture($0) })
            try await story.one.scene.pass(days: 1)
        }
        try await ledger.close()
        return run
    }

    @Test(
        "ten years ahead, or at the end of time: nothing before its day, and notices no earlier than in pace",
        arguments: [Clock.ahead, .atTheEndOfTime]
    )
    func ahead(_ clock: Clock) async throws {
        let inPace = try await run(.inPace)
        let jumping = try await run(clock)
        #expect(inPace.dayCounts == Wait.dayCounts(Wait.allCases))
        #expect(jumping.dayCounts == inPace.dayCounts)
        #expect(jumping.pictures == inPace.pictures)
    }

    @Test(
        "ten years back, or ahead before anything was begun: days alone end what waits for days, and no notice runs",
        arguments: [Clock.back, .aheadBefore]
    )
    func noTimePasses(_ clock: Clock) async throws {
        let still = try await run(.still)
        let jumping = try await run(clock)
        #expect(still.dayCounts == Wait.dayCounts(Wait.dated))
        #expect(jumping.dayCounts == still.dayCounts)
        #expect(jumping.pictures == still.pictures)
    }

    @Test("until the first notice has run, ten years ahead is the same as no time at all")
    func untilTheFirstNotice() async throws {
        let (still, ahead) = (try await run(.still), try await run(.ahead))
        let first = Wait.silence.dayCount
        #expect(ahead.pictures[..<first] == still.pictures[..<first])
        #expect(ahead.pictures[first] != still.pictures[first])
    }
}

/// A ledger on which everything has begun that waits for something; each transaction closes a block.
private struct WaitingStory {
    let one: ServicingScene
    /// Units of it move with an approval, for which silence counts.
    let approved: AssetID
    let proposal: ProposalID

    private static let until = Fixture.date(2026, 6, 1)

    init(_ clock: @escaping @Sendable () -> UInt64) async throws {
        let scene = try await RuleScene(sealing: .every(1)) { $0.clock = clock }
        one = try await ServicingScene(on: scene)
        try await scene.encumber(scene.target(one.alice), 1_000, until: Fixture.date(2026, 1, 8))
        approved = try await Self.request(one)
        proposal = try await Self.propose(one)
        let policy = KeyPolicy(try Fixture.signer(60).publicKey)
        let filing = RecoveryFiling(account: one.carol.account, policy: policy, with: scene.court.reference)
        let act = Act.control(.fileRecovery(filing), under: AuthorityReference(.registrar))
        _ = try await scene.fixture.ministry.submit([Operation(act)], with: scene.fixture.judges)
    }

    /// Bob asks to move units that somebody must approve, or be silent on.
    private static func request(_ one: ServicingScene) async throws -> AssetID {
        let issuer = one.scene.issuer
        let asset = try await one.scene.fixture.makeAsset(nonce: 700)
        try await issuer.issue(100, of: asset, to: one.bob.account)
        let silence = ApprovalRule.Silence(
            after: Notice(openedDays: 2, seconds: 100_000),
            telling: AuthorityReference(.regulator)
        )
        let rule = ApprovalRule([one.foreigner.account], dayCountMax: 10, silence: silence)
        let book = Rulebook(rules: [.approval(rule)])
        let setting = RulebookSetting(asset: asset, version: 1, rulebook: book.canonicalBytes)
        try await issuer.regulate(.setRulebook(setting))
        let movement = MovementDecision(
            .request,
            asset: asset,
            from: one.bob.account,
            to: one.alice.account,
            units: 5,
            until: Fixture.date(2026, 1, 14)
        )
        try await one.bob.regulate(.decideMovement(movement))
        return asset
    }

    /// Two clerks agree on an act that waits.
    private static func propose(_ one: ServicingScene) async throws -> ProposalID {
        let clerks = try await one.scene.appoint(.registrar, number: 1, [one.bob, one.foreigner], quorum: 2)
        let notice = Notice(openedDays: 3, seconds: 200_000)
        let mandate = try #require(Mandate(timelocks: [.init(.registerParty, notice: notice)]))
        try await one.scene.fixture.authority(.governor).control(
            .setMandate(MandateSetting(clerks.reference, mandate))
        )
        let registration = PartyRegistration(
            party: PartyID(digest: Fixture.digest(90)),
            jurisdiction: Fixture.laos,
            holderClass: .citizen
        )
        let id = try await clerks.propose(.registerParty(registration, under: clerks.reference), until: until)
        try await one.foreigner.control(.approve(id))
        return id
    }

    /// Tries what waits; the rule that refuses it, or nil if it is done.
    func attempt(_ wait: ClockNoticeTests.Wait) async throws -> RejectionCode? {
        try await refusal { try await perform(wait) }
    }

    private func perform(_ wait: ClockNoticeTests.Wait) async throws {
        let registrar = one.scene.fixture.authority(.registrar)
        switch wait {
        case .encumbrance: try await one.alice.transfer(1, of: one.scene.asset, to: one.bob.account)
        case .timelock: try await one.bob.control(.execute(proposal))
        case .recovery: try await registrar.control(.executeRecovery(one.carol.account))
        case .silence: try await one.bob.transfer(5, of: approved, to: one.alice.account)
        case .coupon: try await one.pay(.coupon, "2026-02-05")
        }
    }
}
