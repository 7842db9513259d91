/// ATT-001 to ATT-004: what is said of parties, by whom, whose word counts, and who is the same person.
extension LedgerState {
    func decide(_ attestation: Attestation, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        try requireParty(attestation.party, draft)
        let today = businessDate(draft)
        if attestation.validFrom > attestation.validUntil || attestation.validUntil < today {
            try draft.object(
                Rejection(.attestationPeriodEmpty, (.limit, .date(attestation.validUntil)), (.date, .date(today)))
            )
        }
        let record = AttestationRecord(
            value: attestation.value,
            validFrom: attestation.validFrom,
            validUntil: attestation.validUntil
        )
        let key = RuleKey.attestation(attestation.party, attestation.topic, under, scope: attestation.scope)
        setRule(.attestation(record), under: key, &draft)
        draft.effects.append(.rulebook(.attested(attestation.party, attestation.topic, by: under)))
    }

    func decide(
        _ revocation: AttestationRevocation,
        _ under: AuthorityReference,
        _ draft: inout Transition
    ) throws(Rejection) {
        let key = RuleKey.attestation(revocation.party, revocation.topic, under, scope: revocation.scope)
        guard rule(key, draft) != nil else {
            throw Rejection(
                .unknownAttestation,
                (.party, .party(revocation.party)),
                (.topic, .number(UInt64(revocation.topic.number)))
            )
        }
        setRule(nil, under: key, &draft)
        draft.effects.append(.rulebook(.attestationRevoked(revocation.party, revocation.topic, by: under)))
    }

    /// A regulator takes trust away and never gives it; issuer and transfer agent do both.
    func decide(_ setting: TrustSetting, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        let key = RuleKey.trust(setting.asset, setting.topic)
        for issuer in setting.issuers where authority(issuer, draft) == nil {
            try draft.object(Rejection(.unknownAuthority, (.authority, .authority(issuer))))
        }
        if under.role == .regulator {
            var trusted: [AuthorityReference] = []
            if case .trust(let issuers)? = rule(key, draft) { trusted = issuers }
            for other in setting.issuers where !trusted.contains(other) {
                try draft.object(Rejection(.trustOnlyNarrowed, (.authority, .authority(other))))
            }
        }
        setRule(.trust(setting.issuers), under: key, &draft)
        draft.effects.append(.rulebook(.trustedIssuersSet(setting.asset, setting.topic)))
    }

    func decide(_ join: PartyJoin, _ draft: inout Transition) throws(Rejection) {
        try requireParty(join.party, draft)
        try requireParty(join.head, draft)
        // One step leads to the party that counts, never two.
        let isHead =
            partyIndex(join.party, draft).map { rules.persons.isHead($0.value) } == true
            || draft.rules.records.contains { $0.record == .join(join.party) }
        if join.party == join.head || isHead || rule(.join(join.party), draft) != nil
            || rule(.join(join.head), draft) != nil
        {
            try draft.object(Rejection(.alreadyJoined, (.party, .party(join.party))), of: .party(join.party))
        }
        setRule(.join(join.head), under: .join(join.party), &draft)
        draft.effects.append(.rulebook(.partiesJoined(join.party, to: join.head)))
    }

    func decide(_ change: ListChange, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        let list = ListReference(under, number: change.number)
        for member in change.members {
            switch member {
            case .party(let party): try requireParty(party, draft)
            case .account(let account): try requireKnown(account, draft)
            }
            setRule(change.isAdding ? .listed : nil, under: .listing(list, member), &draft)
            draft.effects.append(.rulebook(.listed(list, member, isListed: change.isAdding)))
        }
    }

    func decide(_ optIn: OptIn, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        _ = try requireAsset(optIn.asset, draft)
        try requireNotInRecovery(context.actor, draft)
        let party = partyID(party(of: context.actor, draft), draft)
        setRule(optIn.isWanted ? .optedIn : nil, under: .optIn(optIn.asset, party), &draft)
        draft.effects.append(.rulebook(.optedIn(optIn.asset, party, isWanted: optIn.isWanted)))
    }

    /// ACC-002: the party is registered.
    private func requireParty(_ id: PartyID, _ draft: Transition) throws(Rejection) {
        if partyIndex(id, draft) == nil {
            try draft.object(Rejection(.unknownParty, (.party, .party(id))), of: .party(id))
        }
    }

    /// ACC-004: the account is open. What is asked after it needs no more of the account than its name.
    func requireKnown(_ id: AccountID, _ draft: Transition) throws(Rejection) {
        if accountIndex(id, draft) == nil { try draft.object(Rejection(.unknownAccount, (.account, .account(id)))) }
    }
}
