import Tokenize

/// What holders and the issuer do, and days that pass.
extension FewHoldings {
    mutating func transfer(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let transfer = Transfer(
            asset: asset,
            recipient: account(try trial.draw(.element(of: Self.holders))),
            partition: held.partition,
            units: try units([held.available, held.units], &trial)
        )
        let holder = ledger.world.cast.index(of: held.account) ?? Cast.alice
        try await submit([.transfer(transfer)], by: [holder], &trial)
    }

    /// Shares against cash, between two of the three.
    mutating func settle(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let cash = ledger.world.assets[AuditWorld.cash]
        let settlement = Settlement(
            buyer: 1,
            delivery: .init(
                asset: asset,
                partition: held.partition,
                units: try units([held.available, held.units], &trial)
            ),
            payment: .init(asset: cash, units: Quantity(UInt128(try trial.number(1...15))))
        )
        let seller = ledger.world.cast.index(of: held.account) ?? Cast.alice
        let buyer = try trial.draw(.element(of: Self.holders.filter { $0 != seller }))
        let isDone = try await submit([.settle(settlement)], by: [seller, buyer], &trial)
        trial.label("settled", when: isDone)
    }

    mutating func allow(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        // None, without end, or some.
        let ends: [Quantity] = try trial.number(0...4) < 2 ? [.zero, .max, .max] : []
        let allowance = Allowance(
            asset: asset,
            operator: account(try trial.draw(.element(of: Self.holders))),
            units: try ends.isEmpty ? units([held.units], &trial) : trial.draw(.element(of: ends)),
            until: try lastDate(&trial)
        )
        let holder = ledger.world.cast.index(of: held.account) ?? Cast.alice
        try await submit([.control(.setAllowance(allowance), under: nil)], by: [holder], &trial)
    }

    mutating func moveForOwner(_ state: LedgerState, _ trial: inout Trial) async throws {
        var held = try held(state, &trial)
        let trustees = Self.holders.filter { account($0) != held.account }
        var trustee = try trial.draw(.element(of: trustees))
        let given = state.controlRecords.compactMap { key, _ -> (AccountID, AccountID)? in
            if case .allowance(_, let owner, let trustee) = key { (owner, trustee) } else { nil }
        }
        // Mostly who may.
        if !given.isEmpty, try trial.number(0...5) > 0 {
            let part: Partition = try trial.number(0...3) == 0 ? 1 : 0
            let (owner, named) = given[try trial.number(0...given.count - 1)]
            held = state.holding(asset: asset, account: owner, partition: part)
            trustee = ledger.world.cast.index(of: named) ?? trustee
        }
        let transfer = OperatorTransfer(
            asset: asset,
            owner: held.account,
            recipient: account(try trial.draw(.element(of: Self.holders))),
            partition: held.partition,
            units: try trial.draw(.bool) ? 1 : units([held.available], &trial)
        )
        let isDone = try await submit([.control(.transferFrom(transfer), under: nil)], by: [trustee], &trial)
        trial.label("for the owner", when: isDone)
        let isWithoutEnd = state.control(
            .allowance(asset: asset, owner: held.account, operator: account(trustee))
        ).map { if case .allowance(let record) = $0 { record.units == .max } else { false } }
        trial.label("without end", when: isDone && isWithoutEnd == true)
    }

    mutating func reclassify(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let change = Reclassification(
            asset: asset,
            holder: held.account,
            from: held.partition,
            to: held.partition == 0 ? 1 : 0,
            units: try units([held.available], &trial)
        )
        let act = Act.reclassify(change, under: AuthorityReference(.transferAgent))
        try await submit([act], by: [Cast.ministry], &trial)
    }

    mutating func openDay(_ trial: inout Trial) async throws {
        guard let next = today.adding(days: 1) else { return }
        let act = Act.openBusinessDay(next, under: AuthorityReference(.operator))
        try await submit([act], by: [Cast.ministry], &trial)
    }

    /// The whole asset is redeemed; what weighed on it weighs on cash, and nothing of it moves any more.
    mutating func end(_ state: LedgerState, _ trial: inout Trial) async throws {
        let cash = ledger.world.assets[AuditWorld.cash]
        guard let notice = OrderReference(reference: "end", documentDigest: .zero) else { return }
        let redemption = FinalRedemption(asset: asset, cash: cash, amountPerUnit: 2, order: notice)
        let isEncumbered = state.holdings(of: asset).contains { !$0.encumbrances.isEmpty }
        let act = Act.redeemAll(redemption, under: AuthorityReference(.payingAgent))
        let isDone = try await submit([act], by: [Cast.ministry], &trial)
        trial.label("carried over", when: isDone && isEncumbered)
    }
}
