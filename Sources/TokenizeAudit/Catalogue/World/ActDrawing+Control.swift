import Tokenize

extension ActDrawing {
    /// Encumbrances, releases, and movements by order.
    func control(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let (member, held) = try holding(encumberedPerMille: 500, &choices)
        let role: Role = try choices.chance(perMille: 500) ? .court : .regulator
        switch try choices.choose(upTo: 8) {
        case 0..<3: return try encumbering(held, role, &choices)
        case 3: return try reservation(member, held, &choices)
        case 4, 5: return try release(member, held, &choices)
        default: return try forced(held, role, &choices)
        }
    }

    private func encumbering(
        _ held: LedgerState.HoldingView,
        _ role: Role,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> Deed {
        var target = EncumbranceTarget.holding(asset: held.asset, account: held.account, partition: held.partition)
        var lastDate = try date(&choices)
        var amount = try units(held.units, &choices)
        if try choices.chance(perMille: 250) {
            let party = state.party(of: held.account) ?? Cast.party(99)
            target = try element([.account(held.account), .asset(held.asset), .party(party)], &choices) ?? target
            // Short, or little else would happen.
            lastDate = state.businessDate.adding(days: Int(try choices.choose(upTo: 3))) ?? lastDate
            if try choices.chance(perMille: 900) { amount = .zero }
        }
        let kinds: [EncumbranceKind] = [.freeze, .lien, .freeze, .lien, .freeze, .lien, .freeze, .lien, .hold, .pledge]
        let kind = try element(kinds, &choices) ?? .freeze
        let authority = try authority(role, &choices)
        let encumbering = Encumbering(
            target: target,
            kind: kind,
            amount: amount,
            rank: try rank(&choices),
            lastDate: lastDate,
            order: try order(&choices)
        )
        return Deed(authority.actor, others: authority.others) { _ in
            .encumber(encumbering, under: authority.reference)
        }
    }

    private func reservation(
        _ member: Int,
        _ held: LedgerState.HoldingView,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> Deed {
        let isOwn = try !choices.chance(perMille: 80)
        let holder = isOwn ? member : try self.member(&choices)
        let encumbering = Encumbering(
            target: .holding(asset: held.asset, account: held.account, partition: held.partition),
            kind: try element([.hold, .pledge, .hold, .pledge, .freeze], &choices) ?? .hold,
            amount: try units(held.available, &choices),
            rank: try rank(&choices),
            lastDate: try date(&choices),
            order: try reference("contract"),
            beneficiary: try choices.chance(perMille: 950) ? try account(&choices) : nil
        )
        return Deed(holder) { _ in .encumber(encumbering, under: nil) }
    }

    private func release(
        _ member: Int,
        _ held: LedgerState.HoldingView,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> Deed {
        var places: [(EncumbranceTarget, EncumbranceRecord)] = []
        for asset in world.assets {
            for view in state.holdings(of: asset) {
                let target = EncumbranceTarget.holding(asset: asset, account: view.account, partition: view.partition)
                places += view.encumbrances.map { (target, $0) }
            }
            places += (state.asset(asset)?.encumbrances ?? []).map { (.asset(asset), $0) }
        }
        for one in world.cast.members {
            places += (state.account(one.account)?.encumbrances ?? []).map { (.account(one.account), $0) }
        }
        for case (.partyEncumbrances(let party), .partyEncumbrances(let list)) in state.controlRecords {
            places += list.map { (.party(party), $0) }
        }
        let target = EncumbranceTarget.holding(asset: held.asset, account: held.account, partition: held.partition)
        guard try !choices.chance(perMille: 80), let (place, claim) = try element(places, &choices) else {
            let unknown = Release(target: target, encumbrance: EncumbranceID(digest: .zero))
            return Deed(member) { _ in .release(unknown, under: nil) }
        }
        let isWhole = try !choices.chance(perMille: 400)
        let release = Release(
            target: place,
            encumbrance: claim.id,
            amount: isWhole ? nil : try units(claim.amount, &choices)
        )
        if try choices.chance(perMille: 120) { return Deed(member) { _ in .release(release, under: nil) } }
        switch claim.owner {
        case .account(let account):
            return Deed(world.cast.index(of: account) ?? member) { _ in .release(release, under: nil) }
        case .authority(let reference):
            let members = state.authority(reference)?.members.compactMap { world.cast.index(of: $0) }.sorted() ?? []
            return Deed(members.first ?? member, others: members) { _ in .release(release, under: reference) }
        }
    }

    private func forced(
        _ held: LedgerState.HoldingView,
        _ role: Role,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> Deed {
        let claim = try element(held.encumbrances, &choices)
        let executes = try choices.chance(perMille: 500)
        var authority = try authority(role, &choices)
        if executes, case .authority(let reference)? = claim?.owner, try !choices.chance(perMille: 100) {
            let members = state.authority(reference)?.members.compactMap { world.cast.index(of: $0) }.sorted() ?? []
            authority = (reference, members.first ?? authority.actor, members)
        }
        var order = try order(&choices)
        if executes, let claim, claim.order.legalBasis != nil { order = claim.order }
        var most = held.units
        if executes, let claim, try !choices.chance(perMille: 200) { most = min(claim.amount, most) }
        let forced = ForcedTransfer(
            asset: held.asset,
            from: held.account,
            to: try account(&choices),
            partition: held.partition,
            units: try units(most, &choices),
            rank: executes ? claim?.rank ?? 1 : try rank(&choices),
            lastDate: try date(&choices),
            order: order,
            executing: executes ? claim?.id : nil
        )
        return Deed(authority.actor, others: authority.others) { _ in
            .forceTransfer(forced, under: authority.reference)
        }
    }
}
