import Tokenize

/// What authorities take by order, and what becomes of orders.
extension FewHoldings {
    mutating func take(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let claims = held.encumbrances
        let isExecuting = try trial.number(0...2) > 0 && !claims.isEmpty
        let claim = isExecuting ? try trial.draw(.element(of: claims)) : nil
        var authority = try authority(&trial)
        var order = try order(&trial)
        // Mostly what fits the claim that is executed.
        if let claim, try trial.number(0...4) > 0 {
            if case .authority(let owner) = claim.owner { authority = owner }
            if claim.order.legalBasis != nil { order = claim.order }
        }
        let isRanked = try trial.number(0...5) > 0
        // Then junior liens do not find room on what is left.
        let isNearlyAll = try claim == nil && trial.number(0...1) == 0
        let plainRank = try isNearlyAll ? 1 : rank(&trial)
        let taking = Taking(
            asset: asset,
            from: held.account,
            partition: held.partition,
            units: try isNearlyAll
                ? Quantity(held.units.units - min(held.units.units, UInt128(trial.number(0...10))))
                : units([held.units, claim?.amount ?? held.available, held.available], &trial),
            rank: isRanked ? claim?.rank ?? plainRank : try rank(&trial),
            lastDate: try lastDate(&trial),
            order: order,
            executing: claim?.id
        )
        let recipient = try trial.draw(.element(of: Self.holders))
        var act = Act.control(try trial.draw(.bool) ? .seize(taking) : .forceRedeem(taking), under: authority)
        let isForced = try trial.number(0...3) > 0
        if isForced {
            let forced = ForcedTransfer(
                asset: taking.asset,
                from: taking.source,
                to: account(recipient),
                partition: taking.partition,
                units: taking.units,
                rank: taking.rank,
                lastDate: taking.lastDate,
                order: taking.order,
                executing: taking.executing
            )
            act = .forceTransfer(forced, under: authority)
        }
        let before = try await ledger.world.ledger.read { [account, asset] in
            $0.holding(asset: asset, account: account(recipient), partition: taking.partition).encumbrances.count
        }
        let isDone = try await submit(act, under: authority, &trial)
        let after = try await ledger.world.ledger.read { [account, asset] in
            $0.holding(asset: asset, account: account(recipient), partition: taking.partition).encumbrances.count
        }
        trial.label("executed", when: isDone && claim != nil)
        trial.label("seized", when: isDone && !isForced)
        trial.label("followed", when: isDone && isForced && after > before)
    }

    mutating func appeal(_ state: LedgerState, _ trial: inout Trial) async throws {
        let orders = state.controlRecords.compactMap { key, _ in if case .order(let id) = key { id } else { nil } }
        guard !orders.isEmpty else { return }
        let finding = AppealFinding(
            order: try trial.draw(.element(of: orders)),
            status: try trial.draw(.element(of: [.pending, .upheld, .pending, .quashed]))
        )
        try await submit(.control(.decideAppeal(finding), under: Self.court), under: Self.court, &trial)
    }
}
