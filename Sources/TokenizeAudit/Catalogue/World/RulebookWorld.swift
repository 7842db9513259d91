import Tokenize

/// A ledger with an asset under a drawn rulebook, and what a bookkeeper beside it knows: who is whom, and what every
/// person has given on which date.
struct RulebookWorld {
    let world: AuditWorld
    let asset: AssetID
    let rules: Rules
    /// Accounts by place in the cast, with two more of the first holder.
    let accounts: [AccountID]
    /// Units given to other persons, by place of the person's first account and date.
    var given: [Int: [CalendarDate: UInt128]] = [:]
    /// The place of the account that counts for an account's person.
    var persons: [Int: Int] = [:]

    /// The parameters that were drawn.
    struct Rules: Sendable {
        var balanceMax: UInt128
        var holderCountMax: UInt64
        var days: Int
        var volumeMax: UInt128
        var asksAttestation: Bool
    }

    static let holders = [Cast.alice, Cast.bob, Cast.carol, Cast.foreigner, Cast.company]
    static let topic = Topic(2)

    var ledger: TokenLedger { world.ledger }
    var cast: Cast { world.cast }

    init(_ rules: Rules) async throws {
        self.rules = rules
        world = try await AuditWorld(in: MemoryStore())
        asset = world.assets[AuditWorld.bond]
        accounts = world.cast.members.map { $0.account }
        for holder in Self.holders { persons[holder] = holder }
        var list: [Rule] = [
            .balanceMax(Quantity(rules.balanceMax)), .holderCountMax(rules.holderCountMax),
            .volume(days: rules.days, Quantity(rules.volumeMax)),
        ]
        if rules.asksAttestation { list.append(.accredited(Statement(Self.topic), .receiver)) }
        let setting = RulebookSetting(asset: asset, version: 1, rulebook: Rulebook(rules: list).canonicalBytes)
        let trust = TrustSetting(asset: asset, Self.topic, issuers: [AuthorityReference(.identityIssuer)])
        let issuer = AuthorityReference(.issuer)
        let today = try await ledger.read { $0.businessDate }
        // Three begin with units, all but one with the word of the issuer for a few days.
        try await require(
            [Cast.alice, Cast.carol].map {
                .issue(Issuance(asset: asset, recipient: accounts[$0], units: 30), under: issuer)
            }
        )
        if let last = today.adding(days: 12) {
            let said = Self.holders.dropLast().map { holder in
                Attestation(of: cast.members[holder].opening.party, Self.topic, .number(1), from: today, until: last)
            }
            try await require(
                said.map { .rulebook(.attest($0), under: AuthorityReference(.identityIssuer)) },
                by: Cast.firstJudge
            )
        }
        try await require([
            .rulebook(.setRulebook(setting), under: issuer), .rulebook(.setTrustedIssuers(trust), under: issuer),
        ])
    }

    /// Submits acts of one member, with others if need be.
    func submit(_ acts: [Act], by member: Int = Cast.ministry, with others: [Int] = []) async throws
        -> AuditWorld.Answer
    {
        let plan = TransactionPlan(principals: [member] + others, operations: acts.map { Operation($0) })
        let state = try await ledger.read { $0 }
        return try await world.answer(to: try plan.bytes(for: state, cast))
    }

    func require(_ acts: [Act], by member: Int = Cast.ministry) async throws {
        if case .refused(let rejection) = try await submit(acts, by: member) {
            throw AuditFailure(reason: "\(rejection)")
        }
    }

    /// Does something drawn: moves, issues, orders, attestations, joins, days. True if it was accepted.
    mutating func step(_ trial: inout Trial) async throws -> Step {
        let choice = try trial.number(0...19)
        switch choice {
        case 0..<10: return try await transfer(&trial)
        case 10, 11: return try await issue(&trial)
        case 12: return try await force(&trial)
        case 13: return try await redeem(&trial)
        case 14, 15: return try await attest(&trial)
        case 16, 17: return try await join(&trial)
        default:
            let days = Int(try trial.draw(Generator<UInt64>.integer(in: 1...3)))
            let today = try await ledger.read { $0.businessDate }
            guard let next = today.adding(days: days) else { return .other }
            try await require([.openBusinessDay(next, under: AuthorityReference(.operator))])
            return .other
        }
    }

    /// What a step was, for those who judge it.
    enum Step {
        /// A holder's own movement that was accepted, from and to places of the cast.
        case moved(from: Int, to: Int)
        /// An issue that was accepted.
        case issued(to: Int)
        /// An order or redemption that was accepted.
        case taken
        case refused(RejectionCode)
        case other
    }

    private mutating func transfer(_ trial: inout Trial) async throws -> Step {
        let giver = try trial.draw(Generator<Int>.element(of: Self.holders))
        let getter = try trial.draw(Generator<Int>.element(of: Self.holders))
        let today = try await ledger.read { $0.businessDate }
        var units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...40)))
        // Now and then exactly what the window leaves.
        if try trial.draw(Generator<UInt64>.integer(in: 0...2)) == 0 {
            units = max(1, rules.volumeMax - min(rules.volumeMax, given(by: persons[giver] ?? giver, until: today)))
        }
        let act = Act.transfer(Transfer(asset: asset, recipient: accounts[getter], units: Quantity(units)))
        switch try await submit([act], by: giver) {
        case .refused(let rejection): return .refused(rejection.code)
        case .committed:
            let (from, to) = (persons[giver] ?? giver, persons[getter] ?? getter)
            if from != to { given[from, default: [:]][today, default: 0] += units }
            return .moved(from: giver, to: getter)
        }
    }

    /// What a person has given in the window that ends on a date.
    private func given(by person: Int, until last: CalendarDate) -> UInt128 {
        (given[person] ?? [:]).reduce(0) { sum, day in
            (0..<rules.days).contains(last.days(since: day.key)) ? sum + day.value : sum
        }
    }

    private func issue(_ trial: inout Trial) async throws -> Step {
        let getter = try trial.draw(Generator<Int>.element(of: Self.holders))
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...60)))
        let issuance = Issuance(asset: asset, recipient: accounts[getter], units: Quantity(units))
        switch try await submit([.issue(issuance, under: AuthorityReference(.issuer))]) {
        case .refused(let rejection): return .refused(rejection.code)
        case .committed: return .issued(to: getter)
        }
    }

    private func force(_ trial: inout Trial) async throws -> Step {
        let giver = try trial.draw(Generator<Int>.element(of: Self.holders))
        let getter = try trial.draw(Generator<Int>.element(of: Self.holders))
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...100)))
        let today = try await ledger.read { $0.businessDate }
        guard let order = OrderReference(reference: "order", documentDigest: .zero, legalBasis: .judgment) else {
            return .other
        }
        let forced = ForcedTransfer(
            asset: asset,
            from: accounts[giver],
            to: accounts[getter],
            units: Quantity(units),
            rank: 1,
            lastDate: today,
            order: order
        )
        let act = Act.forceTransfer(forced, under: AuthorityReference(.regulator))
        switch try await submit([act], by: Cast.firstJudge) {
        case .refused(let rejection): return .refused(rejection.code)
        case .committed: return .taken
        }
    }

    private func redeem(_ trial: inout Trial) async throws -> Step {
        let holder = try trial.draw(Generator<Int>.element(of: Self.holders))
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...40)))
        let redemption = Redemption(asset: asset, holder: 1, units: Quantity(units))
        let act = Act.redeem(redemption, under: AuthorityReference(.issuer))
        switch try await submit([act], by: Cast.ministry, with: [holder]) {
        case .refused(let rejection): return .refused(rejection.code)
        case .committed: return .taken
        }
    }

    private func attest(_ trial: inout Trial) async throws -> Step {
        let holder = try trial.draw(Generator<Int>.element(of: Self.holders))
        let days = Int(try trial.draw(Generator<UInt64>.integer(in: 0...6)))
        let today = try await ledger.read { $0.businessDate }
        guard let last = today.adding(days: days) else { return .other }
        let party = cast.members[holder].opening.party
        let act: RulebookAct =
            try trial.draw(Generator<UInt64>.integer(in: 0...3)) == 0
            ? .revokeAttestation(AttestationRevocation(of: party, Self.topic))
            : .attest(Attestation(of: party, Self.topic, .number(1), from: today, until: last))
        _ = try await submit([.rulebook(act, under: AuthorityReference(.identityIssuer))], by: Cast.firstJudge)
        return .other
    }

    private mutating func join(_ trial: inout Trial) async throws -> Step {
        let joined = try trial.draw(Generator<Int>.element(of: Self.holders))
        let head = try trial.draw(Generator<Int>.element(of: Self.holders))
        let join = PartyJoin(cast.members[joined].opening.party, to: cast.members[head].opening.party)
        let act = Act.rulebook(.joinParties(join), under: AuthorityReference(.registrar))
        guard case .committed = try await submit([act]) else { return .other }
        persons[joined] = head
        for (date, units) in given.removeValue(forKey: joined) ?? [:] {
            given[head, default: [:]][date, default: 0] += units
        }
        return .other
    }
}
