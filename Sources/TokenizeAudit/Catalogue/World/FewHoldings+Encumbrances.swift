import Tokenize

/// What is laid on holdings and lifted from them.
extension FewHoldings {
    mutating func encumber(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let encumbering = Encumbering(
            target: target(held),
            kind: try trial.draw(.element(of: [.lien, .freeze, .lien])),
            amount: try units([held.units, held.available], &trial),
            rank: try rank(&trial),
            lastDate: try lastDate(&trial),
            order: try order(&trial)
        )
        let authority = try authority(&trial)
        try await submit(.encumber(encumbering, under: authority), under: authority, &trial)
    }

    mutating func freeze(_ trial: inout Trial) async throws {
        let member = try trial.draw(.element(of: Self.holders + [Cast.alice, Cast.alice]))
        let party = ledger.world.cast.members[member].opening.party
        let targets: [EncumbranceTarget] = [
            .account(account(member)), .party(party), .party(party), .asset(asset),
        ]
        let encumbering = Encumbering(
            target: try trial.draw(.element(of: targets)),
            kind: .freeze,
            amount: try trial.number(0...9) == 0 ? 1 : .zero,
            rank: try rank(&trial),
            lastDate: today.adding(days: try trial.number(0...2)) ?? today,
            order: try order(&trial)
        )
        let authority = try authority(&trial)
        try await submit(.encumber(encumbering, under: authority), under: authority, &trial)
    }

    mutating func reserve(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        guard let contract = OrderReference(reference: "contract", documentDigest: .zero) else { return }
        let encumbering = Encumbering(
            target: target(held),
            kind: try trial.draw(.element(of: [.hold, .pledge])),
            amount: try units([held.available], &trial),
            rank: try rank(&trial),
            lastDate: try lastDate(&trial),
            order: contract,
            beneficiary: account(try trial.draw(.element(of: Self.holders)))
        )
        let holder = ledger.world.cast.index(of: held.account) ?? Cast.alice
        try await submit([.encumber(encumbering, under: nil)], by: [holder], &trial)
    }

    mutating func release(_ state: LedgerState, _ trial: inout Trial) async throws {
        var standing: [(EncumbranceTarget, EncumbranceRecord)] = []
        for view in state.holdings(of: asset) { standing += view.encumbrances.map { (target(view), $0) } }
        standing += (state.asset(asset)?.encumbrances ?? []).map { (.asset(asset), $0) }
        for holder in Self.holders {
            let party = ledger.world.cast.members[holder].opening.party
            standing += (state.account(account(holder))?.encumbrances ?? []).map { (.account(account(holder)), $0) }
            standing += state.encumbrances(ofParty: party).map { (.party(party), $0) }
        }
        let wide = standing.filter { if case .holding = $0.0 { false } else { true } }
        if !wide.isEmpty, try trial.number(0...2) == 0 { standing = wide }
        guard !standing.isEmpty else { return }
        let (place, claim) = standing[try trial.number(0...standing.count - 1)]
        let isWhole = try trial.draw(.bool)
        let amount = isWhole ? nil : try units([claim.amount], &trial)
        let release = Release(target: place, encumbrance: claim.id, amount: amount)
        let isOwners = try trial.number(0...4) > 0
        switch claim.owner {
        case .authority(let owner) where isOwners:
            try await submit(.release(release, under: owner), under: owner, &trial)
        case .account(let owner) where isOwners:
            let member = ledger.world.cast.index(of: owner) ?? Cast.alice
            try await submit([.release(release, under: nil)], by: [member], &trial)
        default:
            let authority = try authority(&trial)
            try await submit(.release(release, under: authority), under: authority, &trial)
        }
    }
}
