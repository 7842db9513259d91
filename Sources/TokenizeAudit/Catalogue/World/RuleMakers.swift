import Tokenize

/// An issuer of few members, and the rulebooks that it must stay able to change: by hand, with sets.
struct RuleMakers {
    let world: AuditWorld
    /// Who may act, and may be appointed.
    private static let people = [Cast.ministry, Cast.alice, Cast.bob, Cast.carol]
    private static let office = AuthorityReference(.issuer, number: 1)
    /// Whose members may have no part in rulebooks, once a mandate says so.
    private static let apart = AuthorityReference(.transferAgent, number: 1)
    private static let governor = AuthorityReference(.governor)

    private var members: Set<Int> = []
    private var quorum = 1
    /// Members of the other authority.
    private var others: Set<Int> = []
    private var isSeparated = false
    /// Of each asset, the version in force and what it asks for the next.
    private var books: [(asset: AssetID, version: UInt64, quorum: Int)] = []
    private var nonce: UInt64 = 0

    init(world: AuditWorld) { self.world = world }

    /// Those of some members whom nothing keeps from laying down rulebooks.
    private func free(_ members: Set<Int>) -> Set<Int> { isSeparated ? members.subtracting(others) : members }

    mutating func prepare(_ trial: inout Trial) async throws {
        (members, others) = (Set(Self.people), [Cast.carol])
        try await expect(nil, [try appointing(Self.office, members, 1)], by: [Cast.ministry], &trial)
        try await expect(nil, [try appointing(Self.apart, others, 1)], by: [Cast.ministry], &trial)
    }

    mutating func step(_ trial: inout Trial) async throws {
        switch try trial.number(0...9) {
        case 0...2: try await create(&trial)
        case 3, 4: try await replace(&trial)
        case 5, 6: try await appoint(&trial)
        case 7, 8: try await renounce(&trial)
        default: try await separate(&trial)
        }
    }

    /// An asset comes with a rulebook, which may ask as many members for the next as there are.
    private mutating func create(_ trial: inout Trial) async throws {
        guard books.count < 4, let identification = AssetIdentification(.other, "ruled \(nonce)") else { return }
        let signing = try signing(&trial)
        let asked = try trial.number(1...4)
        let creator = world.cast.members[signing[0]].account
        let asset = AssetCreation.id(ledger: world.cast.genesis.ledger, creator: creator, nonce: 1_000 + nonce)
        let creation = AssetCreation(
            nonce: 1_000 + nonce,
            identification: identification,
            terms: AuditWorld.plainTerms.canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 9
        )
        nonce += 1
        var refusal: (RejectionCode, Int)?
        if signing.count < quorum {
            refusal = (.quorumNotReached, 0)
        } else if !free(members).contains(signing[0]) {
            refusal = (.dutySeparated, 1)
        } else if free(Set(signing)).count < quorum {
            refusal = (.quorumNotReached, 1)
        } else if asked > members.count {
            refusal = (.rulebookContradicts, 1)
        }
        let acts = [.createAsset(creation, under: Self.office), book(of: asset, version: 1, asking: asked)]
        try await expect(refusal?.0, at: refusal?.1, acts, by: signing, &trial)
        if refusal == nil { books.append((asset, 1, asked)) }
    }

    /// The next version is laid down by as many as the present one asks, and never by fewer.
    private mutating func replace(_ trial: inout Trial) async throws {
        guard !books.isEmpty else { return }
        let place = try trial.number(0...books.count - 1)
        let (asset, version, needed) = books[place]
        let (signing, asked) = (try signing(&trial), try trial.number(1...4))
        var refusal: RejectionCode?
        if !free(members).contains(signing[0]) {
            refusal = .dutySeparated
        } else if free(Set(signing)).count < max(needed, quorum) {
            refusal = .quorumNotReached
        } else if asked > members.count {
            refusal = .rulebookContradicts
        }
        let act = book(of: asset, version: version + 1, asking: asked)
        try await expect(refusal, [act], by: signing, &trial)
        if refusal == nil { books[place] = (asset, version + 1, asked) }
        trial.label("replaced", when: refusal == nil && needed > quorum)
        trial.label("too few to replace", when: refusal == .quorumNotReached && signing.count >= quorum)
    }

    private mutating func appoint(_ trial: inout Trial) async throws {
        var left = Self.people
        for _ in 0..<(try trial.number(0...3)) { left.remove(at: try trial.number(0...left.count - 1)) }
        let needed = try trial.number(1...left.count)
        var refusal: RejectionCode?
        if isSeparated, free(Set(left)).count < needed {
            refusal = .mandateDoesNotFit
        } else if isLost(by: Set(left)) {
            refusal = .lastHolder
        }
        let act = try appointing(Self.office, Set(left), needed)
        try await expect(refusal, [act], by: [Cast.ministry], &trial)
        trial.label("rulebook kept", when: refusal == .lastHolder)
        if refusal == nil { (members, quorum) = (Set(left), needed) }
        trial.label("appointed", when: refusal == nil)
    }

    private mutating func renounce(_ trial: inout Trial) async throws {
        let member = try trial.draw(.element(of: Self.people))
        let left = members.subtracting([member])
        var refusal: RejectionCode?
        if !members.contains(member) {
            refusal = .notAMember
        } else if left.count < quorum || isLost(by: left) {
            refusal = .lastHolder
        } else if isSeparated, free(left).count < quorum {
            refusal = .mandateDoesNotFit
        }
        try await expect(refusal, [.control(.renounce(Self.office), under: nil)], by: [member], &trial)
        trial.label("rulebook kept from who leaves", when: refusal == .lastHolder && left.count >= quorum)
        if refusal == nil { members = left }
    }

    /// The mandate keeps members of the other authority out, or no longer.
    private mutating func separate(_ trial: inout Trial) async throws {
        let apart = try !isSeparated || trial.draw(.bool)
        let separations: [Mandate.Separation] = apart ? [.init(.setRulebook, from: Self.apart)] : []
        guard let mandate = Mandate(separations: separations) else { return }
        let isFit = !apart || members.subtracting(others).count >= quorum
        let act = Act.control(.setMandate(MandateSetting(Self.office, mandate)), under: Self.governor)
        try await expect(isFit ? nil : .mandateDoesNotFit, [act], by: [Cast.ministry], &trial)
        if isFit { isSeparated = apart }
    }

    /// Whether a rulebook asks more than would be left, and no more than there are.
    private func isLost(by left: Set<Int>) -> Bool {
        books.contains { free(left).count < $0.quorum && $0.quorum <= free(members).count }
    }

    // MARK: Acts

    /// Some members, the actor first.
    private func signing(_ trial: inout Trial) throws -> [Int] {
        var left = members.sorted()
        let actor = left.remove(at: try trial.number(0...left.count - 1))
        return [actor] + left.prefix(try trial.number(0...left.count))
    }

    private func appointing(_ office: AuthorityReference, _ members: Set<Int>, _ quorum: Int) throws -> Act {
        let accounts = members.sorted().map { world.cast.members[$0].account }
        guard let made = AuthorityAppointment(office, quorum: quorum, members: accounts) else {
            throw AuditFailure(reason: "an appointment is malformed")
        }
        return .appointAuthority(made, under: Self.governor)
    }

    private func book(of asset: AssetID, version: UInt64, asking quorum: Int) -> Act {
        let setting = RulebookSetting(
            asset: asset,
            version: version,
            rulebook: Rulebook(quorum: quorum).canonicalBytes
        )
        return .rulebook(.setRulebook(setting), under: Self.office)
    }

    private func expect(
        _ code: RejectionCode?,
        at place: Int? = 0,
        _ acts: [Act],
        by signing: [Int],
        _ trial: inout Trial
    ) async throws {
        let plan = TransactionPlan(principals: signing, operations: acts.map { Operation($0) })
        let state = try await world.ledger.read { $0 }
        trial.note(plan.text(world))
        let answer = try await world.answer(to: try plan.bytes(for: state, world.cast))
        let operation: Int? = if case .refused(let rejection) = answer { rejection.operation } else { nil }
        let isSame = answer.code == code && operation == (code == nil ? nil : place)
        try trial.require(isSame, "\(answer), not \(code.map { "\($0)" } ?? "done")")
    }
}
