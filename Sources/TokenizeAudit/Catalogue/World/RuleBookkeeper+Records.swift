import Tokenize

/// 14.2 and 14.3.1: what is said of parties, whose word counts, who stands on lists, and which rulebook is next.
extension RuleBookkeeper {
    mutating func attest(_ subject: Subject, _ word: Word) -> RejectionCode? {
        if word.until < word.from || word.until < today { return .attestationPeriodEmpty }
        words[subject] = word
        effects?.append(
            .rulebook(.attested(people[subject.account].party, subject.topic, by: subject.issuer))
        )
        return nil
    }

    mutating func revoke(_ subject: Subject) -> RejectionCode? {
        guard words.removeValue(forKey: subject) != nil else { return .unknownAttestation }
        effects?.append(
            .rulebook(.attestationRevoked(people[subject.account].party, subject.topic, by: subject.issuer))
        )
        return nil
    }

    /// A regulator takes trust away, and never gives it.
    mutating func trust(_ issuers: Set<AuthorityReference>, on topic: Topic, byRegulator: Bool) -> RejectionCode? {
        if byRegulator, !issuers.isSubset(of: trusted[topic, default: []]) { return .trustOnlyNarrowed }
        trusted[topic] = issuers
        effects?.append(.rulebook(.trustedIssuersSet(asset, topic)))
        return nil
    }

    mutating func list(_ members: [ListMember], on number: UInt16, isAdding: Bool) -> RejectionCode? {
        for member in members {
            switch member {
            case .party(let party) where !people.contains { $0.party == party }: return .unknownParty
            case .account(let account) where !people.contains { $0.account == account }: return .unknownAccount
            default: break
            }
            if isAdding {
                lists[number, default: []].insert(member)
            } else {
                lists[number]?.remove(member)
            }
            let list = ListReference(RuledWorld.regulator, number: number)
            effects?.append(.rulebook(.listed(list, member, isListed: isAdding)))
        }
        return nil
    }

    mutating func want(_ isWanted: Bool, by holder: Int) -> RejectionCode? {
        if recovering[holder] != nil { return .inRecovery }
        if isWanted { wanting.insert(holder) } else { wanting.remove(holder) }
        effects?.append(.rulebook(.optedIn(asset, people[holder].party, isWanted: isWanted)))
        return nil
    }

    /// A rulebook takes the place of the one in force, from the next transaction on.
    mutating func layDown(_ next: Rulebook, version number: UInt64) -> RejectionCode? {
        if laidDown != nil { return .rulebookNotYetInForce }
        if number != version + 1 { return .rulebookVersionWrong }
        laidDown = next
        effects?.append(.rulebook(.rulebookSet(asset, version: number)))
        return nil
    }
}
