import Tokenize

/// What waits, waits as long as it must, whoever comes and goes meanwhile.
enum NoticeProperties {
    static let all = [AuditCatalogue.Entry(notices, usualCaseCount: 160)]

    static let notices = Property(
        "PRP-033",
        "Recoveries, objections, proposals and emergency powers wait as the reference model says, day by day.",
        coverage: [
            .init("refused noticeRunning", perMille: 100), .init("refused courtOrderMissing", perMille: 4),
            .init("refused courtIsFiler", perMille: 10), .init("refused timelockRunning", perMille: 100),
            .init("refused emergencyRepeated", perMille: 50), .init("recovered", perMille: 50),
            .init("executed", perMille: 20), .init("lapsed", perMille: 20),
            .init("refused allowanceAtRest", perMille: 20), .init("day opened in recovery", perMille: 50),
            .init("recovered with others", perMille: 40), .init("rotated to others", perMille: 20),
            .init("refused invalidKey", perMille: 50), .init("refused quorumNotReached", perMille: 50),
        ]
    ) { trial in
        var ledger = try await ModelledLedger()
        try await prepare(&ledger, &trial)
        let isOfRecovery = try trial.number(0...4) < 2
        for _ in 0..<45 {
            switch try trial.number(0...10) {
            case 10 where try isOfRecovery && trial.number(0...7) == 0: try await rest(&ledger, &trial)
            case 10: try await ledger.reopen(&trial)
            case 0: try await openDay(&ledger, &trial)
            case 1: for _ in 0..<(try trial.number(1...(isOfRecovery ? 4 : 1))) { try await openDay(&ledger, &trial) }
            case 2: try await ledger.pass(try trial.draw(Generator<UInt64>.integer(in: 0...100)))
            case 3...8:
                if isOfRecovery { try await recover(&ledger, &trial) } else { try await propose(&ledger, &trial) }
            default: try await freeze(&ledger, &trial)
            }
        }
        try await ledger.world.ledger.close()
    }

    private static let clerks = AuditWorld.clerks
    private static let secondCourt = AuthorityReference(.court, number: 1)
    /// Carol, who opens days even while her account is being recovered.
    private static let dayOpener = AuthorityReference(.operator, number: 1)
    /// Alice and Carol, who sign together.
    private static let pair = AuthorityReference(.regulator, number: 1)

    /// Notices that differ in both parts, a quorum of two, and a court that files nothing.
    private static func prepare(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let accounts = ledger.world.cast.members.map { $0.account }
        let (day, days) = (Notice(openedDays: 1, seconds: 60), Notice(openedDays: 2, seconds: 30))
        guard
            let registrar = Mandate(timelocks: [.init(.objectToRecovery, notice: day)]),
            let regulator = Mandate(timelocks: [.init(.objectToRecovery, notice: days)], emergencyDaysMax: 2),
            let court = Mandate(timelocks: [.init(.objectToRecovery, notice: Notice(openedDays: 0, seconds: 0))]),
            let ofClerks = Mandate(
                timelocks: [.init(.registerParty, notice: days, veto: AuthorityReference(.regulator))]
            ),
            let second = AuthorityAppointment(secondCourt, quorum: 1, members: [accounts[Cast.alice]]),
            let two = AuthorityAppointment(pair, quorum: 2, members: [accounts[Cast.alice], accounts[Cast.carol]]),
            let carol = AuthorityAppointment(dayOpener, quorum: 1, members: [accounts[Cast.carol]]),
            let agreeing = AuthorityAppointment(
                clerks,
                quorum: 2,
                members: [accounts[Cast.ministry], accounts[Cast.alice], accounts[Cast.bob]]
            )
        else { throw AuditFailure(reason: "a mandate is malformed") }
        let governor = AuthorityReference(.governor)
        let settings = [
            (AuthorityReference(.registrar), registrar), (AuthorityReference(.regulator), regulator),
            (AuthorityReference(.court), court), (clerks, ofClerks),
        ]
        let acts: [Act] =
            [second, two, carol, agreeing].map { .appointAuthority($0, under: governor) }
            + settings.map { .control(.setMandate(MandateSetting($0.0, $0.1)), under: governor) }
        try await ledger.submit(acts.map { Operation($0) }, by: [Cast.ministry], &trial)
    }

    private static func openDay(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let days = try trial.number(1...2)
        guard let next = ledger.model.today.adding(days: days) else { return }
        let act = Act.openBusinessDay(next, under: AuthorityReference(.operator))
        // What a bond does then is not modelled, and changes nothing here.
        try await ledger.submit([Operation(act)], by: [Cast.ministry], &trial)
    }

    /// So long that a recovery which nobody carries out has lapsed, or nearly: 90 days after its notice, which is up to
    /// three times two.
    private static func rest(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let days = try trial.number(88...98)
        let pending = ledger.model.recoveries.keys.filter { ledger.model.pendingRecovery($0) != nil }
        for _ in 0..<days {
            guard let next = ledger.model.today.adding(days: 1) else { return }
            let act = Act.openBusinessDay(next, under: AuthorityReference(.operator))
            try await ledger.submit([Operation(act)], by: [Cast.ministry], &trial)
        }
        try await ledger.pass(UInt64(days) * 86_400)
        try await openDay(&ledger, &trial)
        trial.label("lapsed", when: pending.contains { ledger.model.pendingRecovery($0) == nil })
    }

    private static func order(_ number: Int) throws -> OrderReference {
        guard
            let order = OrderReference(reference: "order \(number)", documentDigest: .zero, legalBasis: .judgment)
        else { throw AuditFailure(reason: "an order is malformed") }
        return order
    }

    private static func freeze(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let target = EncumbranceTarget.party(ledger.world.cast.members[Cast.foreigner].opening.party)
        let days = try trial.number(0...2)
        guard let last = ledger.model.today.adding(days: days) else { return }
        let freeze = EmergencyFreeze(target: target, rank: 1, lastDate: last, order: try order(0))
        let act = Act.control(.emergencyFreeze(freeze), under: AuthorityReference(.regulator))
        try await ledger.submit([Operation(act)], by: [Cast.firstJudge], &trial)
    }

    // MARK: Recovery

    private static func recover(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let member = Cast.carol
        let carol = ledger.world.cast.members[member]
        let (registrar, court) = (AuthorityReference(.registrar), AuthorityReference(.court))
        let (share, bob) = (ledger.world.assets[AuditWorld.share], ledger.world.cast.members[Cast.bob].account)
        func submit(_ act: ControlAct, _ under: AuthorityReference?, _ members: [Int]) async throws -> Bool {
            try await ledger.submit([Operation(.control(act, under: under))], by: members, &trial)
        }
        switch try trial.number(0...16) {
        case 15: try await recoverThrough(&ledger, &trial)
        case 16:
            guard let next = ledger.model.today.adding(days: 1) else { return }
            let isPending = ledger.model.pendingRecovery(carol.account) != nil
            let opening = Operation(.openBusinessDay(next, under: dayOpener))
            let isDone = try await ledger.submit([opening], by: [member], &trial)
            trial.label("day opened in recovery", when: isDone && isPending)
        case 12:
            guard let last = ledger.model.today.adding(days: 200) else { return }
            let allowance = Allowance(asset: share, operator: bob, units: 9, until: last)
            _ = try await submit(.setAllowance(allowance), nil, [member])
        case 13, 14:
            let transfer = OperatorTransfer(asset: share, owner: carol.account, recipient: bob, units: 1)
            _ = try await submit(.transferFrom(transfer), nil, [Cast.bob])
        case 10, 11:
            // Whose keys may be stolen does not count among those who sign together.
            let filing = DocumentFiling(
                digest: Cast.digest(try trial.draw(Generator<UInt8>.integer(in: 1...200))),
                type: .notice,
                about: [.asset(share)]
            )
            let signing = try trial.draw(.element(of: [[Cast.alice, member], [member, Cast.alice], [Cast.alice]]))
            _ = try await submit(.fileDocument(filing), pair, signing)
        case 0, 1, 2:
            let seconds = [AuthorityReference(.regulator), court, court, registrar]
            let filing = RecoveryFiling(
                account: carol.account,
                policy: try nextPolicy(of: carol, &trial),
                with: try trial.draw(.element(of: seconds))
            )
            let judges = [Cast.firstJudge, Cast.secondJudge]
            // A judge who is a regulator too is one person.
            let isByJudges = try trial.number(0...3) == 0
            let signing = try trial.draw(.element(of: [judges, judges, []]))
            let filers = isByJudges ? judges : [Cast.ministry] + signing
            _ = try await submit(.fileRecovery(filing), isByJudges ? court : registrar, filers)
        case 3: _ = try await submit(.objectToRecovery, nil, [member])
        case 4, 5:
            let decision = RecoveryDecision(
                account: carol.account,
                isAllowed: try trial.number(0...3) > 0,
                order: try order(1)
            )
            let isSecond = try trial.draw(.bool)
            let judges = isSecond ? [Cast.alice] : [Cast.firstJudge, Cast.secondJudge]
            _ = try await submit(.decideRecovery(decision), isSecond ? secondCourt : court, judges)
        case 6:
            let rotation = try trial.draw(.element(of: carol.precommitments()))
            _ = try await submit(.precommit(rotation.commitment), nil, [member])
        case 7:
            // Mostly what was committed to.
            let committed = carol.precommitments().filter {
                $0.commitment == ledger.model.precommitments[carol.account]
            }
            let isCommitted = try trial.number(0...5) > 0 && !committed.isEmpty
            let rotation = try trial.draw(.element(of: isCommitted ? committed : carol.precommitments()))
            let before = ledger.model.accounts[carol.account]?.policy
            let isDone = try await submit(.rotateToPrecommitted(rotation), nil, [Cast.bob])
            trial.label("rotated to others", when: isDone && rotation.policy != before)
        default: try await execute(&ledger, &trial)
        }
    }

    /// A recovery from its filing to its end, with an objection or without; about as many days pass as must.
    private static func recoverThrough(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let carol = ledger.world.cast.members[Cast.carol]
        let (registrar, court) = (AuthorityReference(.registrar), AuthorityReference(.court))
        let judges = [Cast.firstJudge, Cast.secondJudge]
        func submit(_ act: ControlAct, _ under: AuthorityReference?, _ members: [Int]) async throws -> Bool {
            try await ledger.submit([Operation(.control(act, under: under))], by: members, &trial)
        }
        let filing = RecoveryFiling(account: carol.account, policy: try nextPolicy(of: carol, &trial), with: court)
        _ = try await submit(.fileRecovery(filing), registrar, [Cast.ministry] + judges)
        let isObjected = try trial.draw(.bool)
        if isObjected { _ = try await submit(.objectToRecovery, nil, [Cast.carol]) }
        for _ in 0..<(try trial.number(1...5)) { try await openDay(&ledger, &trial) }
        try await ledger.pass(try trial.draw(Generator<UInt64>.integer(in: 50...200)))
        if try isObjected && trial.number(0...2) == 0 {
            let decision = RecoveryDecision(account: carol.account, isAllowed: true, order: try order(1))
            _ = try await submit(.decideRecovery(decision), secondCourt, [Cast.alice])
        }
        try await execute(&ledger, &trial)
    }

    private static func execute(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let carol = ledger.world.cast.members[Cast.carol].account
        let before = ledger.model.accounts[carol]?.policy
        let act = Act.control(.executeRecovery(carol), under: AuthorityReference(.registrar))
        let isDone = try await ledger.submit([Operation(act)], by: [Cast.ministry], &trial)
        trial.label("recovered", when: isDone)
        trial.label("recovered with others", when: isDone && ledger.model.accounts[carol]?.policy != before)
    }

    /// The keys that a member is to have: its own, of any weight, so that it signs as ever; or none that is a point.
    private static func nextPolicy(of member: Cast.Member, _ trial: inout Trial) throws -> KeyPolicy {
        let isOffCurve = try trial.number(0...9) == 0
        let usual = try member.policy(weighing: UInt64(try trial.number(1...3)))
        return isOffCurve ? Cast.offCurve() ?? usual : usual
    }

    // MARK: Proposals

    private static func propose(_ ledger: inout ModelledLedger, _ trial: inout Trial) async throws {
        let members = [Cast.ministry, Cast.alice, Cast.bob, Cast.carol]
        let member = try trial.draw(.element(of: members))
        let known = ledger.model.proposals.keys.sorted()
        let id = try known.isEmpty ? ProposalID(digest: .zero) : trial.draw(.element(of: known))
        var (act, under): (ControlAct, AuthorityReference?)
        var signing = [member]
        (act, under) = (.approve(id), nil)
        switch try trial.number(0...15) {
        case 15: return try await carryThrough(id, &ledger, &trial)
        case 14:
            let bob = ledger.world.cast.members[Cast.bob].account
            (act, under) = (.executeRecovery(bob), AuthorityReference(.registrar))
            signing = [Cast.ministry]
        case 12:
            // A member's account is being recovered, and what it approves does not count.
            let bob = ledger.world.cast.members[Cast.bob]
            let filing = RecoveryFiling(
                account: bob.account,
                policy: try nextPolicy(of: bob, &trial),
                with: AuthorityReference(.regulator)
            )
            (act, under) = (.fileRecovery(filing), AuthorityReference(.registrar))
            signing = [Cast.ministry, Cast.firstJudge]
        case 13:
            let decision = RecoveryDecision(
                account: ledger.world.cast.members[Cast.bob].account,
                isAllowed: false,
                order: try order(1)
            )
            (act, under) = (.decideRecovery(decision), AuthorityReference(.court))
            signing = [Cast.firstJudge, Cast.secondJudge]
        case 0, 1:
            guard let country = CountryCode("LA"), let last = ledger.model.today.adding(days: 9) else { return }
            let number = try trial.draw(Generator<UInt8>.integer(in: 60...90))
            let party = PartyRegistration(party: Cast.party(number), jurisdiction: country, holderClass: .citizen)
            act = .propose(Proposal(.registerParty(party, under: clerks), until: last))
        case 2, 3, 4, 5: break
        case 6: act = .withdraw(id)
        case 7:
            let accounts = ledger.world.cast.members.map { $0.account }
            let left = try trial.draw(.element(of: members))
            let present = members.filter { $0 != left }.map { accounts[$0] }
            guard let changed = AuthorityAppointment(clerks, quorum: 2, members: present) else { return }
            let appointing = Act.appointAuthority(changed, under: AuthorityReference(.governor))
            try await ledger.submit([Operation(appointing)], by: [Cast.ministry], &trial)
            return
        case 8:
            (act, under) = (.veto(id), AuthorityReference(try trial.draw(.bool) ? .regulator : .court))
            signing = [Cast.firstJudge, Cast.secondJudge]
        default: act = .execute(id)
        }
        let isDone = try await ledger.submit([Operation(.control(act, under: under))], by: signing, &trial)
        if case .execute = act { trial.label("executed", when: isDone) }
    }

    /// Two members approve, about as many days and seconds as must pass do, and it is carried out, if nothing refuses it.
    private static func carryThrough(_ id: ProposalID, _ ledger: inout ModelledLedger, _ trial: inout Trial)
        async throws
    {
        let members = [Cast.ministry, Cast.alice, Cast.bob, Cast.carol]
        for _ in 0..<2 {
            let approving = try trial.draw(.element(of: members))
            try await ledger.submit([Operation(.control(.approve(id), under: nil))], by: [approving], &trial)
        }
        for _ in 0..<(try trial.number(1...2)) { try await openDay(&ledger, &trial) }
        try await ledger.pass(try trial.draw(Generator<UInt64>.integer(in: 25...40)))
        let executing = try trial.draw(.element(of: members))
        let isDone = try await ledger.submit([Operation(.control(.execute(id), under: nil))], by: [executing], &trial)
        trial.label("executed", when: isDone)
    }
}
