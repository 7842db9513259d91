import Tokenize

/// Authorities of several members each: what binds them changes, members come and go, and all that they may do is done
/// at once or by way of a proposal.
struct FewOffices {
    var ledger: ModelledLedger

    static let (governor, daily) = (AuthorityReference(.governor), AuthorityReference(.operator))
    static let (issuer, agent) = (AuthorityReference(.issuer), AuthorityReference(.payingAgent))
    static let transferAgent = AuthorityReference(.transferAgent)
    static let (regulator, court) = (AuthorityReference(.regulator), AuthorityReference(.court))
    static let clerks = AuditWorld.clerks
    /// Who may act, and may be appointed.
    static let people = [
        Cast.ministry, Cast.firstJudge, Cast.secondJudge, Cast.alice, Cast.bob, Cast.carol,
    ]

    init(ledger: ModelledLedger) { self.ledger = ledger }

    var share: AssetID { ledger.world.assets[AuditWorld.share] }
    var today: CalendarDate { ledger.model.today }
    /// A regulator of the shares alone.
    var ownRegulator: AuthorityReference { AuthorityReference(.regulator, number: 3, asset: share) }
    var offices: [AuthorityReference] {
        [
            Self.regulator, Self.court, Self.issuer, Self.agent, Self.transferAgent, Self.clerks, ownRegulator,
        ]
    }

    func account(_ member: Int) -> AccountID { ledger.world.cast.members[member].account }

    /// Members of an authority now, by their places in the cast.
    func members(of office: AuthorityReference) -> [Int] {
        (ledger.model.authorities[office]?.members ?? []).compactMap { ledger.world.cast.index(of: $0) }.sorted()
    }

    /// Every authority has members enough to differ, and shares with others; nothing is laid down yet.
    mutating func prepare(_ trial: inout Trial) async throws {
        let (ministry, alice, bob, carol) = (Cast.ministry, Cast.alice, Cast.bob, Cast.carol)
        let judges = [Cast.firstJudge, Cast.secondJudge]
        let filled: [(AuthorityReference, Int, [Int])] = [
            (Self.regulator, 1, judges + [bob]), (Self.court, 2, judges + [carol]),
            (ownRegulator, 1, [Cast.firstJudge, bob]), (Self.issuer, 1, [ministry, alice, bob]),
            (Self.agent, 1, [ministry, alice]), (Self.transferAgent, 1, [ministry, alice, carol]),
            (Self.clerks, 1, [ministry, alice, bob]), (Self.governor, 1, [ministry, alice]),
        ]
        let usual = Act.control(.setMandate(MandateSetting(Self.clerks, .usual)), under: Self.governor)
        let acts = try filled.map { Act.appointAuthority(try appointment($0, $1, $2), under: Self.governor) }
        try await submit([usual] + acts, by: [ministry], &trial)
        let custodies = [Self.regulator, Self.court, ownRegulator].map { office in
            Act.control(.nameCustody(account(carol)), under: office)
        }
        try await submit(custodies, by: judges, &trial)
        for _ in 0..<5 { try await bind(&trial) }
    }

    func appointment(_ office: AuthorityReference, _ quorum: Int, _ members: [Int]) throws -> AuthorityAppointment {
        guard let made = AuthorityAppointment(office, quorum: quorum, members: members.map { account($0) }) else {
            throw AuditFailure(reason: "an appointment is malformed")
        }
        return made
    }

    @discardableResult
    mutating func submit(_ acts: [Act], by members: [Int], _ trial: inout Trial) async throws -> Bool {
        try await ledger.submit(acts.map { Operation($0) }, by: members, &trial)
    }

    mutating func step(_ trial: inout Trial) async throws {
        switch try trial.number(0...20) {
        case 0, 1: try await bind(&trial)
        case 2: try await appoint(&trial)
        case 3: try await renounce(&trial)
        case 4...9: try await act(&trial)
        case 10...12: try await propose(&trial)
        case 13, 14: try await decide(&trial)
        case 15, 16: try await carryThrough(&trial)
        case 17: try await freezeAtOnce(&trial)
        case 18: try await openDay(&trial)
        case 19: try await ledger.pass(UInt64(try trial.number(0...60)))
        default: try await ledger.reopen(&trial)
        }
    }

    /// Who signs for an authority, the actor first: mostly some or all of its members, now and then a stranger.
    func signing(for office: AuthorityReference, _ trial: inout Trial) throws -> [Int] {
        var left = members(of: office)
        if try left.isEmpty || trial.number(0...11) == 0 { left = Self.people }
        let actor = left.remove(at: try trial.number(0...left.count - 1))
        let isComplete = try trial.draw(.bool)
        return [actor] + left.prefix(isComplete ? left.count : try trial.number(0...left.count))
    }

    /// Something that an authority of the role does, at once.
    mutating func act(_ trial: inout Trial) async throws {
        let office = try office(beside: [Self.governor], &trial)
        guard let act = try await boundAct(under: office, &trial) else { return }
        let signing = try signing(for: office, &trial)
        let mandate = ledger.model.mandates[office]
        let usual = ledger.model.authorities[office]?.quorum ?? 0
        let isDone = try await submit([act], by: signing, &trial)
        let quorum = mandate?.quorums.first { $0.act == act.code }?.quorum ?? usual
        trial.label("more than usual", when: isDone && quorum > usual)
        trial.label("fewer than usual", when: isDone && quorum < usual)
        trial.label("apart", when: isDone && mandate?.separations.contains { $0.act == act.code } == true)
    }

    /// An authority, mostly one that is bound by something.
    func office(beside others: [AuthorityReference], _ trial: inout Trial) throws -> AuthorityReference {
        let bound = offices.filter { ledger.model.mandates[$0] != nil }
        let isBound = try trial.number(0...3) > 0 && !bound.isEmpty
        return try trial.draw(.element(of: isBound ? bound : offices + others))
    }

    /// What an authority does, more often than not an act that its mandate speaks of.
    func boundAct(under office: AuthorityReference, _ trial: inout Trial) async throws -> Act? {
        var drawn = try await act(under: office, &trial)
        guard let mandate = ledger.model.mandates[office] else { return drawn }
        let quorums = mandate.quorums.map(\.act)
        let named = Set(quorums + mandate.separations.map(\.act) + mandate.timelocks.map(\.act))
        for _ in 0..<(try trial.number(0...4)) {
            if let drawn, named.contains(drawn.code) { break }
            drawn = try await act(under: office, &trial)
        }
        return drawn
    }

    mutating func freezeAtOnce(_ trial: inout Trial) async throws {
        let office = try trial.draw(.element(of: [Self.regulator, Self.court, ownRegulator]))
        let member = try trial.draw(.element(of: [Cast.carol, Cast.foreigner]))
        let targets: [EncumbranceTarget] = [
            .account(account(member)), .party(ledger.world.cast.members[member].opening.party), .asset(share),
        ]
        guard let last = today.adding(days: try trial.number(0...3)) else { return }
        let freeze = EmergencyFreeze(
            target: try trial.draw(.element(of: targets)),
            rank: 1,
            lastDate: last,
            order: try order(&trial)
        )
        let alone = try signing(for: office, &trial).prefix(1)
        let act = Act.control(.emergencyFreeze(freeze), under: office)
        let isDone = try await submit([act], by: Array(alone), &trial)
        trial.label("frozen at once", when: isDone)
    }

    mutating func openDay(_ trial: inout Trial) async throws {
        guard let next = today.adding(days: 1) else { return }
        try await submit([.openBusinessDay(next, under: Self.daily)], by: [Cast.ministry], &trial)
    }

    func order(_ trial: inout Trial) throws -> OrderReference {
        let reference = "order \(try trial.number(0...2))"
        guard let order = OrderReference(reference: reference, documentDigest: .zero, legalBasis: .judgment) else {
            throw AuditFailure(reason: "an order is malformed")
        }
        return order
    }
}
