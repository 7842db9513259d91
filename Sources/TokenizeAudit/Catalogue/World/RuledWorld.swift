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
            asset: asset,
            people: people,
            cap: 500,
            book: try drawing.make(world),
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
        try await require((Self.holders + Self.trustees.prefix(1)).map { issue(cash, 100_000, $0) })
        let others = Self.holders.filter { $0 != Cast.bob }
        try await require(others.map { issue(asset, 60, $0) })
        for holder in others { book.units[.init(account: holder, part: 0)] = 60 }
        book.issued += 60 * UInt128(others.count)
        let trusted = AuthorityReference(.identityIssuer)
        try await require(Self.topics.map { trust([trusted], on: $0) })
        for topic in Self.topics { book.trusted[topic] = [trusted] }
        guard let last = book.today.adding(days: 3_650), let soon = book.today.adding(days: 8) else { return }
        for holder in Self.holders {
            var acts: [Act] = Self.trustees.filter { $0 != holder }.map { trustee in
                let allowance = Allowance(asset: asset, operator: account(trustee), units: .max, until: last)
                return .control(.setAllowance(allowance), under: nil)
            }
            if holder != Cast.carol { acts.append(.rulebook(.optIn(OptIn(asset)), under: nil)) }
            try await require(acts, by: holder)
        }
        book.wanting = Set(Self.holders).subtracting([Cast.carol])
        let members = Self.holders.map { ListMember.account(account($0)) }
        // One is missing on each, and one does not want the asset.
        let listings: [(UInt16, [ListMember])] = [(1, Array(members.dropLast())), (4, Array(members.dropFirst()))]
        for (number, listed) in listings {
            let change = ListChange(number: number, listed)
            try await require([.rulebook(.changeList(change), under: Self.regulator)], by: Cast.firstJudge)
            book.lists[number] = Set(listed)
        }
        let acts = Self.holders.flatMap { holder in
            Self.topics.map { topic in
                let subject = RuleBookkeeper.Subject(account: holder, topic: topic)
                let word = RuleBookkeeper.Word(value: .number(1), from: book.today, until: soon)
                book.words[subject] = word
                return attesting(subject, word)
            }
        }
        try await require(acts, by: Cast.firstJudge)
        try await require([setting(book.book, version: 1)])
    }

    // MARK: Acts

    func account(_ member: Int) -> AccountID { cast.members[member].account }

    func party(_ member: Int) -> PartyID { cast.members[member].opening.party }

    func setting(_ book: Rulebook, version: UInt64) -> Act {
        let setting = RulebookSetting(asset: asset, version: version, rulebook: book.canonicalBytes)
        return .rulebook(.setRulebook(setting), under: AuthorityReference(.issuer))
    }

    func trust(
        _ issuers: Set<AuthorityReference>,
        on topic: Topic,
        under authority: AuthorityReference = AuthorityReference(.issuer)
    ) -> Act {
        let setting = TrustSetting(asset: asset, topic, issuers: issuers.sorted())
        return .rulebook(.setTrustedIssuers(setting), under: authority)
    }

    func attesting(_ subject: RuleBookkeeper.Subject, _ word: RuleBookkeeper.Word) -> Act {
        let said = Attestation(
            of: party(subject.account),
            subject.topic,
            word.value,
            scope: subject.scope,
            from: word.from,
            until: word.until
        )
        return .rulebook(.attest(said), under: subject.issuer)
    }

    // MARK: Submission

    /// Submits a transaction.
    ///
    /// - Returns: what it is, what the ledger would explain to whoever may know all, and what it answers.
    mutating func submit(_ transaction: RuledTransaction) async throws
        -> (text: String, explanation: Explanation, answer: AuditWorld.Answer)
    {
        var plan = TransactionPlan(principals: transaction.principals, operations: transaction.operations)
        plan.memo = transaction.memo
        let bytes = try plan.bytes(for: state, cast)
        let explanation = state.explanation(of: try SignedTransaction(bytes: bytes))
        return (plan.text(world), explanation, try await answer(to: bytes))
    }

    private mutating func answer(to bytes: [UInt8]) async throws -> AuditWorld.Answer {
        let answer = try await world.answer(to: bytes)
        state = try await world.ledger.read { $0 }
        return answer
    }

    private mutating func require(_ acts: [Act], by member: Int = Cast.ministry) async throws {
        let plan = TransactionPlan(principals: [member], operations: acts.map { Operation($0) })
        if case .refused(let rejection) = try await answer(to: try plan.bytes(for: state, cast)) {
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
