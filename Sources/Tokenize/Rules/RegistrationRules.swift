/// ACC-001 to ACC-005, AUT-006, DAY-001, DAY-002: parties, accounts, authorities, business days.
extension LedgerState {
    func decide(_ registration: PartyRegistration, _ draft: inout Transition) throws(Rejection) {
        guard partyIndex(registration.party, draft) == nil else {
            throw Rejection(.partyExists, (.party, .party(registration.party)))
        }
        let record = PartyRecord(jurisdiction: registration.jurisdiction, holderClass: registration.holderClass)
        draft.newParties.append((registration.party, record))
        draft.effects.append(.partyRegistered(registration.party))
    }

    func decide(_ opening: AccountOpening, _ draft: inout Transition) throws(Rejection) {
        guard let party = partyIndex(opening.party, draft) else {
            throw Rejection(.unknownParty, (.party, .party(opening.party)))
        }
        let account = opening.account
        guard accountIndex(account, draft) == nil else {
            throw Rejection(.accountExists, (.account, .account(account)))
        }
        try requireValidKeys(opening.policy)
        let record = AccountRecord(
            policy: opening.policy,
            party: party,
            holderClass: self.party(party, draft).holderClass,
            encumbrances: []
        )
        draft.newAccounts.append((account, record))
        draft.effects.append(.accountOpened(account, party: opening.party))
    }

    /// Key rotation: the acting account's keys are replaced; its name and everything it holds stay.
    func decide(_ policy: KeyPolicy, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        try requireFree(context.actor, draft)
        try requireValidKeys(policy)
        var record = account(context.actor, draft)
        record.policy = policy
        setAccount(record, at: context.actor, &draft)
        draft.effects.append(.keysRotated(accountID(context.actor, draft)))
    }

    /// ACC-005: every key is a point on the curve.
    func requireValidKeys(_ policy: KeyPolicy) throws(Rejection) {
        for entry in policy.keys where (try? ParsedPublicKey(entry.key)) == nil {
            throw Rejection(.invalidKey)
        }
    }

    func decide(
        _ appointment: AuthorityAppointment,
        _ under: AuthorityReference,
        in principals: ShortList<AccountIndex>?,
        _ draft: inout Transition
    ) throws(Rejection) {
        if let asset = appointment.reference.asset { _ = try requireAsset(asset, draft) }
        var members: [AccountIndex] = []
        for member in appointment.members { members.append(try requireAccount(member, draft)) }
        // A ledger without a governor could never appoint one again, nor could one whose governors cannot meet.
        if appointment.reference.role == .governor, appointment.reference != under,
            authority(appointment.reference, draft) != nil
        {
            try draft.object(Rejection(.lastGovernor, (.authority, .authority(appointment.reference))))
        }
        if let principals, appointment.reference == under, under.role == .governor {
            try requireSuccessors(appointment, members: members, in: principals, draft)
        }
        try requireFit(
            mandate(appointment.reference, draft),
            quorum: appointment.quorum,
            members: members,
            draft
        )
        if let before = authority(appointment.reference, draft) {
            try requireRulebooksChangeable(
                appointment.reference,
                from: before.members,
                to: members,
                draft
            )
        }
        let record = AuthorityRecord(quorum: appointment.quorum, members: members.sorted())
        draft.authorities.append((appointment.reference, record))
        try requireOthersFit(appointment.reference, draft)
        draft.effects.append(.authorityAppointed(appointment.reference))
    }

    func decideOpening(_ date: CalendarDate, _ draft: inout Transition) throws(Rejection) {
        let today = businessDate(draft)
        guard date > today, draft.businessDate == nil else {
            throw Rejection(.businessDateNotLater, (.found, .date(date)), (.date, .date(today)))
        }
        guard date.days(since: today) <= parameters.businessDayGapMax else {
            throw Rejection(
                .businessDayGapTooLarge,
                (.found, .date(date)),
                (.limit, .number(UInt64(parameters.businessDayGapMax)))
            )
        }
        draft.businessDate = date
        draft.effects.append(.businessDayOpened(date))
        try openServicingDay(from: today, to: date, &draft)
    }
}
