import Tokenize

/// A ledger with an asset under a drawn rulebook, and the bookkeeper who knows what it says.
struct RuledWorld {
    let world: AuditWorld
    let asset: AssetID
    let focus: Focus
    var book: RuleBookkeeper
    /// The movement that was done last.
    var last: RuleBookkeeper.Movement?
    private var state: LedgerState

    static let holders = [Cast.alice, Cast.bob, Cast.carol, Cast.foreigner, Cast.company]
    /// Who move units for every holder but themselves: one from here, and one from abroad.
    static let trustees = [Cast.secondJudge, Cast.foreigner]
    static let topics = [Topic(1), Topic(2)]
    static let regulator = AuthorityReference(.regulator)

    var cast: Cast { world.cast }

    /// - Parameter drawing: a rulebook for the ledger's assets and accounts.
    init(_ drawing: Drawing) async throws {
        focus = drawing.focus
        let world = try await AuditWorld(in: MemoryStore(), hasBond: false)
        self.world = world
        asset = world.assets[AuditWorld.bond]
        state = try await world.ledger.read { $0 }
        let people = try world.cast.genesis.accounts.map { opening in
            guard let party = world.cast.genesis.parties.first(where: { $0.party == opening.party }) else {
                throw AuditFailure(reason: "an account has no party")
            }
            return RuleBookkeeper.Person(
                account: opening.account,
                party: opening.party,
                country: party.jurisdiction,
                holderClass: party.holderClass
            )
        }
        book = RuleBookkeeper(
            book: try drawing.make(world),
            people: people,
            cap: 500,
            today: state.businessDate,
            issued: 60
        )
        book.units[.init(account: Cast.bob, part: 0)] = 60
        try await prepare()
    }

    /// Cash, units and trust; what holders need for many rulebooks; then the rulebook.
    private mutating func prepare() async throws {
        let issuer = AuthorityReference(.issuer)
        func issue(_ asset: AssetID, _ units: Quantity, _ holder: Int) -> Act {
            .issue(Issuance(asset: asset, recipient: cast.members[holder].account, units: units), under: issuer)
        }
        let cash = world.assets[AuditWorld.cash]
        try await require(Self.holders.map { issue(cash, 100_000, $0) })
        let others = Self.holders.filter { $0 != Cast.bob }
        try await require(others.map { issue(asset, 60, $0) })
        for holder in others { book.units[.init(account: holder, part: 0)] = 60 }
        book.issued += 60 * UInt128(others.count)
        try await require(Self.topics.map { trust($0, isTrusted: true) })
        book.trusted = Set(Self.topics)
        guard let last = book.today.adding(days: 3_650), let soon = book.today.adding(days: 8) else { return }
        for holder in Self.holders {
            let isWanting = book.book.rules.contains(.optIn) && holder != Cast.carol
            var acts: [Act] = Self.trustees.filter { $0 != holder }.map { trustee in
                let allowance = Allowance(asset: asset, operator: account(trustee), units: .max, until: last)
                return .control(.setAllowance(allowance), under: nil)
            }
            if isWanting { acts.append(.rulebook(.optIn(OptIn(asset)), under: nil)) }
            try await require(acts, by: holder)
        }
        if book.book.rules.contains(.optIn) { book.wanting = Set(Self.holders).subtracting([Cast.carol]) }
        let members = Self.holders.map { ListMember.account(account($0)) }
        // One is missing on each, and one does not want the asset.
        let listings: [(UInt16, [ListMember])] = [(1, Array(members.dropLast())), (4, Array(members.dropFirst()))]
        for (number, listed) in listings {
            let change = ListChange(number: number, listed)
            try await require([.rulebook(.changeList(change), under: Self.regulator)], by: Cast.firstJudge)
            book.lists[number] = Set(listed)
        }
        for holder in Self.holders {
            for topic in Self.topics {
                try await attest(holder, topic, .number(1), from: book.today, until: soon)
            }
        }
        let setting = RulebookSetting(asset: asset, version: 1, rulebook: book.book.canonicalBytes)
        try await require([.rulebook(.setRulebook(setting), under: issuer)])
    }

    func account(_ member: Int) -> AccountID { cast.members[member].account }

    func trust(_ topic: Topic, isTrusted: Bool) -> Act {
        let issuers = isTrusted ? [AuthorityReference(.identityIssuer)] : []
        let setting = TrustSetting(asset: asset, topic, issuers: issuers)
        return .rulebook(.setTrustedIssuers(setting), under: AuthorityReference(.issuer))
    }

    mutating func attest(
        _ member: Int,
        _ topic: Topic,
        _ value: AttestationValue,
        from first: CalendarDate,
        until last: CalendarDate
    ) async throws {
        let said = Attestation(of: cast.members[member].opening.party, topic, value, from: first, until: last)
        try await require([.rulebook(.attest(said), under: AuthorityReference(.identityIssuer))], by: Cast.firstJudge)
        book.words[.init(account: member, topic: topic)] = .init(value: value, from: first, until: last)
    }

    /// Submits operations of members; each names its actor by its place in the cast.
    ///
    /// - Returns: what they are, what the ledger would explain to whoever may know all, and what it answers.
    mutating func submit(_ acts: [(actor: Int, act: Act)], with others: [Int] = [], memo: String = "") async throws
        -> (text: String, explanation: Explanation, answer: AuditWorld.Answer)
    {
        var principals: [Int] = []
        for member in acts.map({ $0.actor }) + others where !principals.contains(member) { principals.append(member) }
        var plan = TransactionPlan(
            principals: principals,
            operations: acts.map { Operation($0.act, principal: principals.firstIndex(of: $0.actor) ?? 0) }
        )
        plan.memo = memo
        let bytes = try plan.bytes(for: state, cast)
        let explanation = state.explanation(of: try SignedTransaction(bytes: bytes))
        let answer = try await world.answer(to: bytes)
        state = try await world.ledger.read { $0 }
        return (plan.text(world), explanation, answer)
    }

    mutating func require(_ acts: [Act], by member: Int = Cast.ministry) async throws {
        if case .refused(let rejection) = try await submit(acts.map { (member, $0) }).answer {
            throw AuditFailure(reason: "\(rejection)")
        }
    }

    /// Units of the asset by account and part, as the ledger has them.
    var holdings: [RuleBookkeeper.Place: UInt128] {
        state.holdings(of: asset).reduce(into: [:]) { units, view in
            guard let place = cast.index(of: view.account), view.units > .zero else { return }
            units[.init(account: place, part: view.partition)] = view.units.units
        }
    }
}
