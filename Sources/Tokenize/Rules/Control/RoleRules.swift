/// ROL-001 to ROL-005, EMG-001 to EMG-003: what binds an authority, who leaves it, and what it may do at once.
extension LedgerState {
    func decide(_ setting: MandateSetting, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        guard let authority = authority(setting.authority, draft) else {
            throw Rejection(.unknownAuthority, (.authority, .authority(setting.authority)))
        }
        // No governor binds another.
        if setting.authority.role == .governor, setting.authority != under {
            try draft.object(Rejection(.lastGovernor, (.authority, .authority(setting.authority))))
        }
        if let timelock = setting.mandate.timelocks.first(where: { !$0.act.mayWait }) {
            try draft.object(Rejection(.mandateDoesNotFit, (.reason, .text("\(timelock.act) cannot be proposed"))))
        }
        // What would be refused for its scope is no veto.
        if setting.mandate.timelocks.contains(where: { $0.veto?.asset != nil }) {
            try draft.object(
                Rejection(.mandateDoesNotFit, (.reason, .text("a veto is of an authority over all assets")))
            )
        }
        try requireFit(setting.mandate, quorum: authority.quorum, members: authority.members, draft)
        let isUsual = setting.mandate == .usual
        setControl(isUsual ? nil : .mandate(setting.mandate), under: .mandate(setting.authority), &draft)
        draft.effects.append(.control(.mandateSet(setting.authority)))
    }

    /// ROL-002: there are members enough for every act that a mandate speaks of.
    func requireFit(
        _ mandate: Mandate,
        quorum usual: Int,
        members: [AccountIndex],
        _ draft: Transition
    ) throws(Rejection) {
        let acts = mandate.quorums.map(\.act) + mandate.separations.map(\.act) + mandate.timelocks.map(\.act)
        for act in acts {
            let others = mandate.separations.filter { act.governing.contains($0.act) }
                .compactMap { authority($0.other, draft)?.members }
            let left = members.count { member in !others.contains { $0.contains(member) } }
            let quorum = act.governing.map { mandate.quorum(of: $0, usually: usual) }.max() ?? usual
            if left < quorum {
                try draft.object(
                    Rejection(
                        .mandateDoesNotFit,
                        (.quorum, .number(UInt64(quorum))),
                        (.members, .number(UInt64(left)))
                    )
                )
            }
        }
    }

    /// ROL-002 of the mandates that separate acts from an authority whose members are now others.
    func requireOthersFit(_ changed: AuthorityReference, _ draft: Transition) throws(Rejection) {
        var bound: Set<AuthorityReference> = []
        for key in control.records.keys { if case .mandate(let reference) = key { bound.insert(reference) } }
        for change in draft.control { if case .mandate(let reference) = change.key { bound.insert(reference) } }
        for reference in bound.sorted() where reference != changed {
            let mandate = mandate(reference, draft)
            guard mandate.separations.contains(where: { $0.other == changed }),
                let authority = authority(reference, draft)
            else { continue }
            try requireFit(mandate, quorum: authority.quorum, members: authority.members, draft)
        }
    }

    /// ROL-004: who changes the governor shows that enough of the new members have their keys: they sign.
    func requireSuccessors(
        _ appointment: AuthorityAppointment,
        members: [AccountIndex],
        in principals: ShortList<AccountIndex>,
        _ draft: Transition
    ) throws(Rejection) {
        let signing = principals.count { members.contains($0) }
        if signing < appointment.quorum {
            try draft.object(
                Rejection(
                    .noSuccessorSigns,
                    (.quorum, .number(UInt64(appointment.quorum))),
                    (.members, .number(UInt64(signing)))
                ),
                remedy: .signatures(appointment.quorum - signing, appointment.reference)
            )
        }
    }

    /// ROL-003: a member leaves, unless the others are too few.
    func decideRenunciation(
        _ reference: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard let authority = authority(reference, draft) else {
            throw Rejection(.unknownAuthority, (.authority, .authority(reference)))
        }
        guard authority.members.contains(context.actor) else {
            throw Rejection(.notAMember, (.authority, .authority(reference)))
        }
        try requireNotInRecovery(context.actor, draft)
        let left = authority.members.filter { $0 != context.actor }
        let most = ([authority.quorum] + mandate(reference, draft).quorums.map(\.quorum)).max() ?? 1
        if left.count < most {
            try draft.object(
                Rejection(.lastHolder, (.quorum, .number(UInt64(most))), (.members, .number(UInt64(left.count))))
            )
        }
        try requireRulebooksChangeable(reference, from: authority.members, to: left, draft)
        try requireFit(mandate(reference, draft), quorum: authority.quorum, members: left, draft)
        draft.authorities.append((reference, AuthorityRecord(quorum: authority.quorum, members: left)))
        draft.effects.append(.control(.renounced(reference, accountID(context.actor, draft))))
    }

    /// ROL-003: who could lay down the next version of a rulebook still can.
    func requireRulebooksChangeable(
        _ reference: AuthorityReference,
        from before: [AccountIndex],
        to after: [AccountIndex],
        _ draft: Transition
    ) throws(Rejection) {
        guard reference.role == .issuer || reference.role == .transferAgent else { return }
        let mandate = mandate(reference, draft)
        let apart = mandate.separations.filter { $0.act == .setRulebook }
            .flatMap { authority($0.other, draft)?.members ?? [] }
        let (count, left) = (before.count { !apart.contains($0) }, after.count { !apart.contains($0) })
        guard left < count else { return }
        let lost = rulebookQuorums(draft).filter { asset, quorum in
            quorum > left && quorum <= count && isInScope(asset, of: reference, draft)
        }
        if let quorum = lost.map(\.quorum).max() {
            try draft.object(
                Rejection(.lastHolder, (.quorum, .number(UInt64(quorum))), (.members, .number(UInt64(left))))
            )
        }
    }

    /// What every rulebook asks for its next version, those included that earlier operations have laid down.
    private func rulebookQuorums(_ draft: Transition) -> [(asset: AssetIndex, quorum: Int)] {
        let laid = draft.rules.records.compactMap { key, record -> (asset: AssetIndex, quorum: Int)? in
            guard case .rulebook(let id) = key, case .rulebook(let record)? = record,
                let asset = assetIndex(id, draft), let book = try? Rulebook(canonicalBytes: record.rulebook)
            else { return nil }
            return (asset, book.quorum)
        }
        let standing = rules.lines.filter { line in !laid.contains { $0.asset == line.asset } }
        return standing.map { ($0.asset, $0.book.book.quorum) } + laid
    }

    /// ROL-005: an asset is closed for good, at zero supply only.
    func decideDeactivation(_ id: AssetID, _ draft: inout Transition) throws(Rejection) {
        let index = try requireAsset(id, draft)
        var record = asset(index, draft)
        if record.status != .active { try draft.object(Rejection(.assetClosed, (.asset, .asset(id)))) }
        if record.outstanding > .zero {
            try draft.object(Rejection(.unitsOutstanding, (.units, .quantity(record.outstanding))))
        }
        record.status = .deactivated
        setAsset(record, at: index, &draft)
        draft.effects.append(.control(.assetDeactivated(id)))
    }

    /// EMG-001 to EMG-003: one member freezes, for few days, and not again at once.
    func decide(
        _ freeze: EmergencyFreeze,
        _ under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let daysMax = mandate(under, draft).emergencyDaysMax
        guard daysMax > 0 else { throw Rejection(.noEmergencyPower, (.authority, .authority(under))) }
        let today = businessDate(draft)
        let days = freeze.lastDate.days(since: today)
        if days >= daysMax { try draft.object(Rejection(.emergencyTooLong, (.limit, .number(UInt64(daysMax))))) }
        let target = restingTarget(of: freeze.target, draft)
        let rests = ([freeze.target] + partyTargets(of: target, draft)).compactMap { target -> CalendarDate? in
            guard case .emergency(let until)? = control(.emergency(under, target), draft) else { return nil }
            return until
        }
        if let until = rests.max(), until >= today {
            try draft.object(
                Rejection(.emergencyRepeated, (.limit, .date(until))),
                remedy: until.adding(days: 1).map { .opensOn($0) }
            )
        }
        let encumbering = Encumbering(
            target: freeze.target,
            kind: .freeze,
            amount: .zero,
            rank: freeze.rank,
            lastDate: freeze.lastDate,
            order: freeze.order
        )
        try decide(encumbering, under, context, &draft)
        // As long again as it stands: else one member alone would freeze for ever.
        let until = freeze.lastDate.adding(days: days + 1) ?? freeze.lastDate
        setControl(.emergency(until), under: .emergency(under, target), &draft)
    }

    /// The target, and where it is a person every party of it: one that has rested was joined to another since.
    private func partyTargets(of target: EncumbranceTarget, _ draft: Transition) -> [EncumbranceTarget] {
        guard case .party(let id) = target, let party = partyIndex(id, draft) else { return [target] }
        return rules.parties(ofPerson: party).map { .party(partyID($0, draft)) }
    }

    /// What rests after a freeze: the person, whichever of its accounts and parties was frozen, or the asset.
    private func restingTarget(of target: EncumbranceTarget, _ draft: Transition) -> EncumbranceTarget {
        let party: PartyIndex? =
            switch target {
            case .account(let id): accountIndex(id, draft).map { account($0, draft).party }
            case .party(let id): partyIndex(id, draft)
            case .holding, .asset: nil
            }
        return party.map { .party(partyID(PartyIndex(rules.person($0)), draft)) } ?? target
    }
}
