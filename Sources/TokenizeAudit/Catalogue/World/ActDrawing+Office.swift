import Tokenize

extension ActDrawing {
    /// Acts of chapter 15.
    func office(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        if focus == .recoveries, try choices.chance(perMille: 500) { return try recovery(&choices) }
        if focus == .mandates, !asksForMore(AuthorityReference(.regulator)), try choices.chance(perMille: 400) {
            return try severalRegulators(&choices)
        }
        if focus == .mandates, try choices.chance(perMille: 250) { return try mandate(&choices) }
        switch try choices.choose(upTo: 15) {
        case 0, 1: return try taking(&choices)
        case 2: return try appeal(&choices)
        case 3: return try mandate(&choices)
        case 4: return try emergency(&choices)
        case 5, 6: return try proposal(&choices)
        case 7, 8: return try decision(&choices)
        case 9: return try leaving(&choices)
        case 10: return try document(&choices)
        case 11, 12: return try recovery(&choices)
        case 13: return try precommitment(&choices)
        default: return try allowance(&choices)
        }
    }

    private func deed(_ act: ControlAct, _ authority: (reference: AuthorityReference, actor: Int, others: [Int]))
        -> Deed
    {
        Deed(authority.actor, others: authority.others) { _ in .control(act, under: authority.reference) }
    }

    private func deed(_ act: ControlAct, by member: Int) -> Deed { Deed(member) { _ in .control(act, under: nil) } }

    // MARK: Orders

    private func taking(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let (_, held) = try holding(encumberedPerMille: 500, &choices)
        let authority = try authority(try choices.chance(perMille: 500) ? .court : .regulator, &choices)
        if try choices.chance(perMille: 250) { return deed(.nameCustody(try account(&choices)), authority) }
        let claim = try choices.chance(perMille: 400) ? try element(held.encumbrances, &choices) : nil
        let (drawnRank, drawnOrder) = (try rank(&choices), try order(&choices))
        let taking = Taking(
            asset: held.asset,
            from: held.account,
            partition: held.partition,
            units: try units(claim.map { min($0.amount, held.units) } ?? held.units, &choices),
            rank: claim?.rank ?? drawnRank,
            lastDate: try date(&choices),
            order: claim.flatMap { $0.order.legalBasis == nil ? nil : $0.order } ?? drawnOrder,
            executing: claim?.id
        )
        return deed(try choices.chance(perMille: 600) ? .seize(taking) : .forceRedeem(taking), authority)
    }

    private func appeal(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let orders = state.controlRecords.compactMap { key, _ in if case .order(let id) = key { id } else { nil } }
        let isKnown = try !choices.chance(perMille: 60)
        let order = isKnown ? try element(orders, &choices) : nil
        let status: AppealStatus = try element([.pending, .pending, .pending, .upheld, .quashed], &choices) ?? .pending
        let finding = AppealFinding(order: order ?? OrderID(digest: .zero), status: status)
        return deed(.decideAppeal(finding), try authority(.court, &choices))
    }

    private func emergency(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let member = try member(&choices)
        let targets: [EncumbranceTarget] = [
            .account(world.cast.members[member].account), .asset(world.assets[AuditWorld.club]),
            .party(world.cast.members[member].opening.party), .party(Cast.party(99)),
        ]
        // Again where the power rests, now and then, or rested until lately.
        let resting = state.controlRecords.compactMap { key, _ -> EncumbranceTarget? in
            if case .emergency(_, let target) = key { target } else { nil }
        }
        let isAgain = try choices.chance(perMille: 400)
        let days = Int(try choices.choose(upTo: 2))
        let freeze = EmergencyFreeze(
            target: try element(isAgain && !resting.isEmpty ? resting : targets, &choices) ?? targets[0],
            rank: try rank(&choices),
            lastDate: state.businessDate.adding(days: days) ?? state.businessDate,
            order: try reference("urgent", .emergency)
        )
        let role: Role = try choices.chance(perMille: 850) ? .regulator : .court
        return deed(.emergencyFreeze(freeze), try authority(role, &choices))
    }

    // MARK: Authorities

    private func mandate(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let officer = try authority(.governor, &choices)
        if try choices.chance(perMille: 250) {
            // The heir has not signed, mostly.
            let heir = world.cast.members[Cast.alice].account
            guard let handover = AuthorityAppointment(officer.reference, quorum: 1, members: [heir]) else {
                throw .assumptionFailed
            }
            return Deed(officer.actor, others: officer.others) { _ in
                .appointAuthority(handover, under: officer.reference)
            }
        }
        if try choices.chance(perMille: 700) { return deed(.setMandate(try furtherMandate(&choices)), officer) }
        let references = [
            AuthorityReference(.auditor), AuthorityReference(.auditor), AuthorityReference(.court, number: 1),
            AuthorityReference(.governor, number: 1), AuthorityReference(.governor, number: 1),
        ]
        let quorum = Int(try choices.choose(upTo: 2)) + 1
        guard let mandate = Mandate(quorums: [.init(.veto, quorum: quorum)]),
            let reference = try element(references, &choices)
        else { throw .assumptionFailed }
        return deed(.setMandate(MandateSetting(reference, mandate)), officer)
    }

    /// Whether a mandate asks more members of an authority than usually act, for anything.
    private func asksForMore(_ reference: AuthorityReference) -> Bool {
        guard case .mandate(let mandate)? = state.control(.mandate(reference)),
            let usual = state.authority(reference)?.quorum
        else { return false }
        return mandate.quorums.contains { $0.quorum > usual }
    }

    /// Regulators who act alone must be two for what they do often.
    private func severalRegulators(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let reference = AuthorityReference(.regulator)
        var old = Mandate.usual
        if case .mandate(let mandate)? = state.control(.mandate(reference)) { old = mandate }
        let acts: [ActCode] = [.encumber, .release, .forceTransfer, .seize]
        var quorums = old.quorums.filter { !acts.contains($0.act) }
        for act in acts where try choices.chance(perMille: 600) { quorums.append(.init(act, quorum: 2)) }
        let mandate = Mandate(
            quorums: quorums,
            separations: old.separations,
            timelocks: old.timelocks,
            emergencyDaysMax: old.emergencyDaysMax
        )
        guard let mandate else { throw .assumptionFailed }
        return deed(.setMandate(MandateSetting(reference, mandate)), try authority(.governor, &choices))
    }

    /// One more quorum, separation or timelock, beside what binds an authority of several members already.
    private func furtherMandate(_ choices: inout ChoiceSource) throws(Discard) -> MandateSetting {
        let (regulator, court) = (AuthorityReference(.regulator), AuthorityReference(.court))
        let bound = [regulator, regulator, court, AuditWorld.clerks]
        let reference = try element(bound, &choices) ?? AuditWorld.clerks
        let acts = ActCode.allCases.filter { LedgerModel.may(reference.role, $0) }
        // Custody goes by the quorum of what is taken into it.
        let isCustody = try choices.chance(perMille: 250) && LedgerModel.may(reference.role, .seize)
        guard let drawn = try element(acts, &choices) else { throw .assumptionFailed }
        let act = isCustody ? ActCode.seize : drawn
        var old = Mandate.usual
        if case .mandate(let mandate)? = state.control(.mandate(reference)) { old = mandate }
        var (quorums, separations, timelocks) = (old.quorums, old.separations, old.timelocks)
        switch isCustody ? 0 : try choices.choose(upTo: 9) {
        case 0...5:
            // Often of what is done often, too.
            let usual: Set<ActCode> = [.encumber, .release, .forceTransfer, .nameCustody, .registerParty, .openAccount]
            let several = try choices.chance(perMille: 600) ? usual.intersection(acts).union([act]) : [act]
            let quorum = Int(try choices.choose(upTo: 2)) + 1
            quorums.removeAll { several.contains($0.act) }
            quorums += several.map { Mandate.Quorum($0, quorum: quorum) }
        case 6, 7:
            let others = [AuthorityReference(.issuer), AuthorityReference(.court), AuditWorld.clerks]
            let other = try element(others, &choices) ?? others[0]
            separations.removeAll { $0.act == act && $0.other == other }
            separations.append(.init(act, from: other))
        default:
            timelocks.removeAll { $0.act == act }
            timelocks.append(.init(act, notice: Notice(openedDays: 1, seconds: 0)))
        }
        let mandate = Mandate(
            quorums: quorums,
            separations: separations,
            timelocks: timelocks,
            emergencyDaysMax: old.emergencyDaysMax
        )
        guard let mandate else { throw .assumptionFailed }
        return MandateSetting(reference, mandate)
    }

    private func leaving(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        if try choices.chance(perMille: 500) {
            let empty = state.assetIDs.filter { state.asset($0)?.outstanding == .zero }
            let isEmpty = try choices.chance(perMille: 600) && !empty.isEmpty
            let asset = try element(isEmpty ? empty : state.assetIDs, &choices) ?? world.assets[AuditWorld.club]
            return deed(.deactivateAsset(asset), try authority(.issuer, over: asset, &choices))
        }
        let references = [AuditWorld.clerks, AuthorityReference(.court), AuthorityReference(.regulator)]
        let reference = try element(references, &choices) ?? AuditWorld.clerks
        return deed(.renounce(reference), by: try member(among: reference, &choices))
    }

    private func proposal(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let member = try self.member(among: AuditWorld.clerks, &choices)
        let lastDate = try date(&choices)
        guard let country = CountryCode("LA") else { throw .assumptionFailed }
        switch try choices.choose(upTo: 9) {
        case 0: return deed(.propose(Proposal(act: [0x80], until: lastDate)), by: member)
        case 1:
            let opening = world.cast.members[member].opening
            return deed(
                .propose(Proposal(.openAccount(opening, under: AuditWorld.clerks), until: lastDate)),
                by: member
            )
        case 2:
            // Done at once, though it must be proposed.
            let registration = PartyRegistration(party: Cast.party(31), jurisdiction: country, holderClass: .citizen)
            return Deed(member) { _ in .registerParty(registration, under: AuditWorld.clerks) }
        default:
            let party = Cast.party(UInt8(40 + (try choices.choose(upTo: 9))))
            let registration = PartyRegistration(party: party, jurisdiction: country, holderClass: .citizen)
            let act = Act.registerParty(registration, under: AuditWorld.clerks)
            return deed(.propose(Proposal(act, until: lastDate)), by: member)
        }
    }

    private func decision(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let pending = state.controlRecords.compactMap { key, record -> (ProposalID, ProposalRecord)? in
            guard case .proposal(let id) = key, case .proposal(let record) = record else { return nil }
            return (id, record)
        }
        let isKnown = try !choices.chance(perMille: 60)
        let found = isKnown ? try element(pending, &choices) : nil
        let id = found?.0 ?? ProposalID(digest: .zero)
        let member = try self.member(among: found?.1.authority ?? AuditWorld.clerks, &choices)
        // What is agreed is mostly done, what is not is mostly approved.
        let approvedMax: UInt64 = found?.1.ready == nil ? 8 : 3
        switch try choices.choose(upTo: 9) {
        case 0: return deed(.veto(id), try authority(try choices.chance(perMille: 600) ? .court : .regulator, &choices))
        case 1: return deed(.withdraw(id), by: member)
        case 2..<approvedMax: return deed(.approve(id), by: member)
        default: return deed(.execute(id), by: member)
        }
    }

    /// A member of an authority, mostly.
    private func member(
        among reference: AuthorityReference,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> Int {
        let members = state.authority(reference)?.members.compactMap { world.cast.index(of: $0) }.sorted() ?? []
        if try !choices.chance(perMille: 80), let member = try element(members, &choices) { return member }
        return try member(&choices)
    }
}
