import Tokenize

/// What rules look at: attestations, trust, lists, who wants the asset, who is whom; and the rulebook itself.
extension RulebookByHandProperties {
    /// Says something by itself.
    static func say(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        var transaction = RuledTransaction(world.book)
        try addWord(to: &transaction, world, &trial)
        try await expect(transaction, &world, &trial)
    }

    /// One more operation that says something of which movements later in the transaction depend.
    static func addWord(
        to transaction: inout RuledTransaction,
        _ world: RuledWorld,
        _ trial: inout Trial
    ) throws {
        switch try trial.number(0...9) {
        case 0: try addTrust(to: &transaction, world, &trial)
        case 1...4: try addAttestation(to: &transaction, world, &trial)
        case 5...8: try addListing(to: &transaction, world, &trial)
        default:
            let holder = try holder(&trial)
            let isWanted = !transaction.book.wanting.contains(holder)
            let act = Act.rulebook(.optIn(OptIn(world.asset, isWanted: isWanted)), under: nil)
            transaction.add(act, by: holder) { $0.want(isWanted, by: holder) }
        }
        trial.label("said before in the transaction", when: transaction.refusal == nil)
    }

    // MARK: Attestations

    /// Who attests, and who signs for it: mostly the issuer of identities, which is trusted.
    private static func attestor(_ trial: inout Trial) throws -> (issuer: AuthorityReference, member: Int) {
        try trial.number(0...3) == 0
            ? (AuthorityReference(.registrar), Cast.ministry)
            : (AuthorityReference(.identityIssuer), Cast.firstJudge)
    }

    private static func addAttestation(
        to transaction: inout RuledTransaction,
        _ world: RuledWorld,
        _ trial: inout Trial
    ) throws {
        let (issuer, member) = try attestor(&trial)
        // For all assets, for this one, or for another.
        let scopes = [nil, nil, world.asset, world.world.assets[AuditWorld.share]]
        var subject = RuleBookkeeper.Subject(
            account: try holder(&trial),
            topic: try trial.draw(.element(of: RuledWorld.topics)),
            issuer: issuer,
            scope: try trial.draw(.element(of: scopes))
        )
        let (first, days) = (try trial.number(-1...1), try trial.number(-1...4))
        let today = transaction.book.today
        guard let from = today.adding(days: first), let until = from.adding(days: days) else { return }
        // Mostly what was said is taken back, if anything was: then nothing is said any more.
        let isRevocation = try trial.number(0...2) == 0
        if isRevocation, try trial.number(0...4) > 0 {
            subject.scope = nil
            subject.issuer = AuthorityReference(.identityIssuer)
        }
        let signer = subject.issuer.role == .registrar ? Cast.ministry : member
        if isRevocation {
            let revocation = AttestationRevocation(
                of: world.party(subject.account),
                subject.topic,
                scope: subject.scope
            )
            let judge = subject.issuer.role == .registrar ? signer : Cast.firstJudge
            let act = Act.rulebook(.revokeAttestation(revocation), under: subject.issuer)
            return transaction.add(act, by: judge) { $0.revoke(subject) }
        }
        let value = AttestationValue.number(UInt64(try trial.number(1...2)))
        let word = RuleBookkeeper.Word(value: value, from: from, until: until)
        transaction.add(world.attesting(subject, word), by: signer) { $0.attest(subject, word) }
    }

    private static func addTrust(
        to transaction: inout RuledTransaction,
        _ world: RuledWorld,
        _ trial: inout Trial
    ) throws {
        let topic = try trial.draw(.element(of: RuledWorld.topics))
        let (usual, other) = (AuthorityReference(.identityIssuer), AuthorityReference(.registrar))
        let issuers = try trial.draw(.element(of: [[], [usual], [usual], [other], [usual, other]].map { Set($0) }))
        let isByRegulator = try trial.number(0...3) == 0
        let act = world.trust(
            issuers,
            on: topic,
            under: isByRegulator ? RuledWorld.regulator : AuthorityReference(.issuer)
        )
        transaction.add(act, by: isByRegulator ? Cast.firstJudge : Cast.ministry) { book in
            book.trust(issuers, on: topic, byRegulator: isByRegulator)
        }
    }

    // MARK: Lists and persons

    private static func addListing(
        to transaction: inout RuledTransaction,
        _ world: RuledWorld,
        _ trial: inout Trial
    ) throws {
        let number = UInt16(try trial.number(1...4))
        var members: [ListMember] = []
        for _ in 0..<(try trial.number(0...3) == 0 ? 2 : 1) {
            let holder = try holder(&trial)
            let isParty = try trial.draw(.bool)
            let member: ListMember = isParty ? .party(world.party(holder)) : .account(world.account(holder))
            if !members.contains(member) { members.append(member) }
        }
        if try trial.number(0...19) == 0 { members.append(.party(Cast.party(200))) }
        let isThere = transaction.book.lists[number, default: []].contains(members[0])
        let isAdding = try trial.number(0...9) == 0 ? isThere : !isThere
        let change = ListChange(number: number, isAdding: isAdding, members)
        transaction.add(.rulebook(.changeList(change), under: RuledWorld.regulator), by: Cast.firstJudge) { book in
            book.list(members, on: number, isAdding: isAdding)
        }
    }

    static func join(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (joined, head) = (try holder(&trial), try holder(&trial))
        let join = PartyJoin(world.party(joined), to: world.party(head))
        var transaction = RuledTransaction(world.book)
        let act = Act.rulebook(.joinParties(join), under: AuthorityReference(.registrar))
        transaction.add(act, by: Cast.ministry) { $0.join(joined, to: head) }
        trial.label("joined", when: try await expect(transaction, &world, &trial))
    }

    // MARK: The next version

    static func replace(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        var transaction = RuledTransaction(world.book)
        try addRulebook(to: &transaction, world, &trial)
        if try await expect(transaction, &world, &trial) { trial.label("next version") }
    }

    static func addRulebook(
        to transaction: inout RuledTransaction,
        _ world: RuledWorld,
        _ trial: inout Trial
    ) throws {
        let book = try RuledWorld.drawing(about: world.focus, &trial).make(world.world)
        let present = transaction.book.version
        let version = try trial.draw(
            .element(of: [present + 1, present + 1, present + 1, present + 1, present + 2, present])
        )
        transaction.add(world.setting(book, version: version), by: Cast.ministry) { $0.layDown(book, version: version) }
    }
}
