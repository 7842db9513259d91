import Tokenize

/// What weighs on a few holdings, and what moves them against it, day by day.
enum EncumbranceProperties {
    static let all = [AuditCatalogue.Entry(orders, usualCaseCount: 80)]

    static let orders = Property(
        "PRP-035",
        "Encumbrances, releases and orders on the same few holdings do what the reference model does.",
        coverage: [
            .init("followed", perMille: 100), .init("for the owner", perMille: 20),
            .init("executed", perMille: 80), .init("seized", perMille: 50),
            .init("carried over", perMille: 30), .init("refused seniorEncumbrance", perMille: 200),
            .init("refused orderDoesNotCover", perMille: 20), .init("refused unitsEncumbered", perMille: 50),
            .init("refused accountFrozen", perMille: 50), .init("refused orderOnAppeal", perMille: 20),
            .init("refused assetClosed", perMille: 20),
        ]
    ) { trial in
        var few = FewHoldings(ledger: try await ModelledLedger())
        try await few.prepare(&trial)
        let isChain = try trial.draw(.bool)
        for _ in 0..<45 {
            if isChain { try await few.chainStep(&trial) } else { try await few.step(&trial) }
        }
        try await few.ledger.world.ledger.close()
    }
}

/// Shares of three citizens under two authorities.
private struct FewHoldings {
    var ledger: ModelledLedger
    private static let holders = [Cast.alice, Cast.bob, Cast.carol]
    private static let (court, regulator) = (AuthorityReference(.court), AuthorityReference(.regulator))

    private var asset: AssetID { ledger.world.assets[AuditWorld.share] }
    private var today: CalendarDate { ledger.model.today }

    init(ledger: ModelledLedger) { self.ledger = ledger }

    private func account(_ member: Int) -> AccountID { ledger.world.cast.members[member].account }

    private func number(_ range: ClosedRange<Int>, _ trial: inout Trial) throws -> Int {
        try trial.draw(.evenly(in: range))
    }

    /// Shares for all three, and custody for what is seized.
    mutating func prepare(_ trial: inout Trial) async throws {
        let issuer = AuthorityReference(.issuer)
        let units = [Cast.bob, Cast.carol].map { Issuance(asset: asset, recipient: account($0), units: 40) }
        try await submit(units.map { .issue($0, under: issuer) }, by: [Cast.ministry], &trial)
        for authority in [Self.court, Self.regulator] {
            let act = Act.control(.nameCustody(account(Cast.carol)), under: authority)
            try await submit([act], by: Self.members(authority), &trial)
        }
    }

    /// Both judges are the court; either is the regulator.
    private static func members(_ authority: AuthorityReference) -> [Int] {
        authority == court ? [Cast.firstJudge, Cast.secondJudge] : [Cast.firstJudge]
    }

    @discardableResult
    private mutating func submit(_ acts: [Act], by members: [Int], _ trial: inout Trial) async throws -> Bool {
        try await ledger.submit(acts.map { Operation($0) }, by: members, &trial)
    }

    @discardableResult
    private mutating func submit(_ act: Act, under authority: AuthorityReference, _ trial: inout Trial) async throws
        -> Bool
    {
        try await submit([act], by: Self.members(authority), &trial)
    }

    mutating func step(_ trial: inout Trial) async throws {
        let state = try await ledger.world.ledger.read { $0 }
        switch try number(0...24, &trial) {
        case 0...3: try await encumber(try held(state, &trial), &trial)
        case 4, 21: try await freeze(&trial)
        case 5, 6: try await reserve(try held(state, &trial), &trial)
        case 7, 8: try await release(state, &trial)
        case 9...13: try await take(try held(state, &trial), &trial)
        case 14: try await transfer(try held(state, &trial), &trial)
        case 15: try await reclassify(try held(state, &trial), &trial)
        case 16: try await appeal(state, &trial)
        case 17: try await allow(try held(state, &trial), &trial)
        case 18, 19: try await moveForOwner(state, &trial)
        case 22: try await ledger.reopen(&trial)
        case 20 where try number(0...9, &trial) == 0: try await end(state, &trial)
        default: try await openDay(&trial)
        }
    }

    /// Liens that follow units from account to account, and meet others there.
    mutating func chainStep(_ trial: inout Trial) async throws {
        let state = try await ledger.world.ledger.read { $0 }
        let held = try held(state, &trial)
        switch try number(0...15, &trial) {
        case 0...4:
            let lien = Encumbering(
                target: target(held),
                kind: try number(0...5, &trial) == 0 ? .freeze : .lien,
                amount: try units([held.units], &trial),
                rank: UInt16(try number(2...3, &trial)),
                lastDate: today.adding(days: try number(0...3, &trial)) ?? today,
                order: try order(&trial)
            )
            let authority = try authority(&trial)
            try await submit(.encumber(lien, under: authority), under: authority, &trial)
        case 5...10:
            let rest = min(held.units.units, UInt128(try number(0...10, &trial)))
            let forced = ForcedTransfer(
                asset: asset,
                from: held.account,
                to: account(try trial.draw(.element(of: Self.holders))),
                partition: held.partition,
                units: try trial.draw(.bool) ? Quantity(held.units.units - rest) : units([held.units], &trial),
                rank: UInt16(try number(1...2, &trial)),
                lastDate: today,
                order: try order(&trial)
            )
            let authority = try authority(&trial)
            let isDone = try await submit(.forceTransfer(forced, under: authority), under: authority, &trial)
            let arrived = try await ledger.world.ledger.read { [asset] in
                $0.holdings(of: asset).contains { $0.encumbrances.contains { $0.layer > 0 } }
            }
            trial.label("followed", when: isDone && arrived)
        case 11: try await take(held, &trial)
        case 12: try await release(state, &trial)
        case 13: try await transfer(held, &trial)
        case 14 where try number(0...3, &trial) == 0: try await end(state, &trial)
        case 14: try await ledger.reopen(&trial)
        default: try await openDay(&trial)
        }
    }

    // MARK: What is drawn

    private func held(_ state: LedgerState, _ trial: inout Trial) throws -> LedgerState.HoldingView {
        let views = state.holdings(of: asset).filter { view in
            Self.holders.contains { account($0) == view.account } && (view.units > .zero || !view.encumbrances.isEmpty)
        }
        let empty = state.holding(asset: asset, account: account(Cast.alice), partition: 1)
        let encumbered = views.filter { !$0.encumbrances.isEmpty }
        if !encumbered.isEmpty, try number(0...1, &trial) == 0 { return try trial.draw(.element(of: encumbered)) }
        return try views.isEmpty ? empty : trial.draw(.element(of: views))
    }

    private func target(_ held: LedgerState.HoldingView) -> EncumbranceTarget {
        .holding(asset: asset, account: held.account, partition: held.partition)
    }

    private func authority(_ trial: inout Trial) throws -> AuthorityReference {
        try trial.draw(.bool) ? Self.court : Self.regulator
    }

    private func order(_ trial: inout Trial) throws -> OrderReference {
        let reference = "order \(try number(0...2, &trial))"
        guard let order = OrderReference(reference: reference, documentDigest: .zero, legalBasis: .judgment) else {
            throw AuditFailure(reason: "an order is malformed")
        }
        return order
    }

    /// Units at an end of what there is, or any.
    private func units(_ ends: [Quantity], _ trial: inout Trial) throws -> Quantity {
        if try number(0...2, &trial) > 0 { return Quantity(UInt128(try number(1...50, &trial))) }
        let end = try trial.draw(.element(of: ends)).units
        return Quantity([end, end + 1, end - min(end, 1)][try number(0...2, &trial)])
    }

    private func lastDate(_ trial: inout Trial) throws -> CalendarDate {
        today.adding(days: try number(0...9, &trial) == 0 ? -1 : try number(0...4, &trial)) ?? today
    }

    private func rank(_ trial: inout Trial) throws -> UInt16 {
        UInt16(try number(0...19, &trial) == 0 ? 0 : try number(1...3, &trial))
    }

    // MARK: Encumbrances

    private mutating func encumber(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
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

    private mutating func freeze(_ trial: inout Trial) async throws {
        let member = try trial.draw(.element(of: Self.holders + [Cast.alice, Cast.alice]))
        let party = ledger.world.cast.members[member].opening.party
        let targets: [EncumbranceTarget] = [
            .account(account(member)), .party(party), .party(party), .asset(asset),
        ]
        let encumbering = Encumbering(
            target: try trial.draw(.element(of: targets)),
            kind: .freeze,
            amount: try number(0...9, &trial) == 0 ? 1 : .zero,
            rank: try rank(&trial),
            lastDate: today.adding(days: try number(0...2, &trial)) ?? today,
            order: try order(&trial)
        )
        let authority = try authority(&trial)
        try await submit(.encumber(encumbering, under: authority), under: authority, &trial)
    }

    private mutating func reserve(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
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

    private mutating func release(_ state: LedgerState, _ trial: inout Trial) async throws {
        var standing: [(EncumbranceTarget, EncumbranceRecord)] = []
        for view in state.holdings(of: asset) { standing += view.encumbrances.map { (target(view), $0) } }
        standing += (state.asset(asset)?.encumbrances ?? []).map { (.asset(asset), $0) }
        for holder in Self.holders {
            let party = ledger.world.cast.members[holder].opening.party
            standing += (state.account(account(holder))?.encumbrances ?? []).map { (.account(account(holder)), $0) }
            standing += state.encumbrances(ofParty: party).map { (.party(party), $0) }
        }
        let wide = standing.filter { if case .holding = $0.0 { false } else { true } }
        if !wide.isEmpty, try number(0...2, &trial) == 0 { standing = wide }
        guard !standing.isEmpty else { return }
        let (place, claim) = standing[try number(0...standing.count - 1, &trial)]
        let isWhole = try trial.draw(.bool)
        let amount = isWhole ? nil : try units([claim.amount], &trial)
        let release = Release(target: place, encumbrance: claim.id, amount: amount)
        let isOwners = try number(0...4, &trial) > 0
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

    // MARK: Orders

    private mutating func take(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let claims = held.encumbrances
        let isExecuting = try number(0...2, &trial) > 0 && !claims.isEmpty
        let claim = isExecuting ? try trial.draw(.element(of: claims)) : nil
        var authority = try authority(&trial)
        var order = try order(&trial)
        // Mostly what fits the claim that is executed.
        if let claim, try number(0...4, &trial) > 0 {
            if case .authority(let owner) = claim.owner { authority = owner }
            if claim.order.legalBasis != nil { order = claim.order }
        }
        let isRanked = try number(0...5, &trial) > 0
        // Then junior liens do not find room on what is left.
        let isNearlyAll = try claim == nil && number(0...1, &trial) == 0
        let plainRank = try isNearlyAll ? 1 : rank(&trial)
        let taking = Taking(
            asset: asset,
            from: held.account,
            partition: held.partition,
            units: try isNearlyAll
                ? Quantity(held.units.units - min(held.units.units, UInt128(number(0...10, &trial))))
                : units([held.units, claim?.amount ?? held.available, held.available], &trial),
            rank: isRanked ? claim?.rank ?? plainRank : try rank(&trial),
            lastDate: try lastDate(&trial),
            order: order,
            executing: claim?.id
        )
        let recipient = try trial.draw(.element(of: Self.holders))
        var act = Act.control(try trial.draw(.bool) ? .seize(taking) : .forceRedeem(taking), under: authority)
        let isForced = try number(0...3, &trial) > 0
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

    private mutating func appeal(_ state: LedgerState, _ trial: inout Trial) async throws {
        let orders = state.controlRecords.compactMap { key, _ in if case .order(let id) = key { id } else { nil } }
        guard !orders.isEmpty else { return }
        let finding = AppealFinding(
            order: try trial.draw(.element(of: orders)),
            status: try trial.draw(.element(of: [.pending, .upheld, .pending, .quashed]))
        )
        try await submit(.control(.decideAppeal(finding), under: Self.court), under: Self.court, &trial)
    }

    // MARK: Holders and days

    private mutating func transfer(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let transfer = Transfer(
            asset: asset,
            recipient: account(try trial.draw(.element(of: Self.holders))),
            partition: held.partition,
            units: try units([held.available, held.units], &trial)
        )
        let holder = ledger.world.cast.index(of: held.account) ?? Cast.alice
        try await submit([.transfer(transfer)], by: [holder], &trial)
    }

    private mutating func allow(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
        let allowance = Allowance(
            asset: asset,
            operator: account(try trial.draw(.element(of: Self.holders))),
            units: try number(0...4, &trial) == 0 ? .zero : try units([held.units], &trial),
            until: try lastDate(&trial)
        )
        let holder = ledger.world.cast.index(of: held.account) ?? Cast.alice
        try await submit([.control(.setAllowance(allowance), under: nil)], by: [holder], &trial)
    }

    private mutating func moveForOwner(_ state: LedgerState, _ trial: inout Trial) async throws {
        var held = try held(state, &trial)
        let trustees = Self.holders.filter { account($0) != held.account }
        var trustee = try trial.draw(.element(of: trustees))
        let given = state.controlRecords.compactMap { key, _ -> (AccountID, AccountID)? in
            if case .allowance(_, let owner, let trustee) = key { (owner, trustee) } else { nil }
        }
        // Mostly who may.
        if !given.isEmpty, try number(0...5, &trial) > 0 {
            let part: Partition = try number(0...3, &trial) == 0 ? 1 : 0
            let (owner, named) = given[try number(0...given.count - 1, &trial)]
            held = state.holding(asset: asset, account: owner, partition: part)
            trustee = ledger.world.cast.index(of: named) ?? trustee
        }
        let transfer = OperatorTransfer(
            asset: asset,
            owner: held.account,
            recipient: account(try trial.draw(.element(of: Self.holders))),
            partition: held.partition,
            units: try units([held.available], &trial)
        )
        let isDone = try await submit([.control(.transferFrom(transfer), under: nil)], by: [trustee], &trial)
        trial.label("for the owner", when: isDone)
    }

    private mutating func reclassify(_ held: LedgerState.HoldingView, _ trial: inout Trial) async throws {
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

    private mutating func openDay(_ trial: inout Trial) async throws {
        guard let next = today.adding(days: 1) else { return }
        let act = Act.openBusinessDay(next, under: AuthorityReference(.operator))
        try await submit([act], by: [Cast.ministry], &trial)
    }

    /// The whole asset is redeemed; what weighed on it weighs on cash, and nothing of it moves any more.
    private mutating func end(_ state: LedgerState, _ trial: inout Trial) async throws {
        let cash = ledger.world.assets[AuditWorld.cash]
        guard let notice = OrderReference(reference: "end", documentDigest: .zero) else { return }
        let redemption = FinalRedemption(asset: asset, cash: cash, amountPerUnit: 2, order: notice)
        let isEncumbered = state.holdings(of: asset).contains { !$0.encumbrances.isEmpty }
        let act = Act.redeemAll(redemption, under: AuthorityReference(.payingAgent))
        let isDone = try await submit([act], by: [Cast.ministry], &trial)
        trial.label("carried over", when: isDone && isEncumbered)
    }
}
