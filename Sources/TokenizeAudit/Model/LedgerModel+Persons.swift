import Tokenize

/// Section 14.2.4: parties that are one person.
extension LedgerModel {
    /// The party that counts for a party: itself, or the one to which it was joined.
    func head(of party: PartyID) -> PartyID { heads[party] ?? party }

    /// Whether two accounts are of one person. An account that is not there is nobody's.
    func isOnePerson(_ one: AccountID, _ other: AccountID) -> Bool {
        guard let party = accounts[one]?.party, let second = accounts[other]?.party else { return false }
        return head(of: party) == head(of: second)
    }

    /// What weighs on a party, and on all that are one person with it (15.2.1).
    func claims(onPersonOf party: PartyID) -> [Claim] {
        var claims: [Claim] = []
        for (other, list) in partyClaims where head(of: other) == head(of: party) { claims += list }
        return claims
    }

    mutating func joinParties(_ join: PartyJoin) throws {
        guard parties[join.party] != nil, parties[join.head] != nil else { throw ModelRefusal(.unknownParty) }
        let known = heads.merging(joining) { $1 }
        guard join.party != join.head, known[join.party] == nil, known[join.head] == nil,
            !known.values.contains(join.party)
        else { throw ModelRefusal(.alreadyJoined) }
        joining[join.party] = join.head
        effects.append(.rulebook(.partiesJoined(join.party, to: join.head)))
    }
}
