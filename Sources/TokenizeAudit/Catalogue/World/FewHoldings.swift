import Tokenize

/// Shares of three citizens under two authorities.
struct FewHoldings {
    var ledger: ModelledLedger
    static let holders = [Cast.alice, Cast.bob, Cast.carol]
    static let (court, regulator) = (AuthorityReference(.court), AuthorityReference(.regulator))

    var asset: AssetID { ledger.world.assets[AuditWorld.share] }
    var today: CalendarDate { ledger.model.today }

    init(ledger: ModelledLedger) { self.ledger = ledger }

    func account(_ member: Int) -> AccountID { ledger.world.cast.members[member].account }

    /// Shares for all three, and custody for what is seized.
    mutating func prepare(_ trial: inout Trial) async throws {
        let issuer = AuthorityReference(.issuer)
        let cash = ledger.world.assets[AuditWorld.cash]
        let units = [Cast.bob, Cast.carol].flatMap { holder in
            [asset, cash].map { Issuance(asset: $0, recipient: account(holder), units: 40) }
        }
        try await submit(units.map { .issue($0, under: issuer) }, by: [Cast.ministry], &trial)
        for authority in [Self.court, Self.regulator] {
            let act = Act.control(.nameCustody(account(Cast.carol)), under: authority)
            try await submit([act], by: Self.members(authority), &trial)
        }
    }

    /// Both judges are the court; either is the regulator.
    static func members(_ authority: AuthorityReference) -> [Int] {
        authority == court ? [Cast.firstJudge, Cast.secondJudge] : [Cast.firstJudge]
    }

    @discardableResult
    mutating func submit(_ acts: [Act], by members: [Int], _ trial: inout Trial) async throws -> Bool {
        try await ledger.submit(acts.map { Operation($0) }, by: members, &trial)
    }

    @discardableResult
    mutating func submit(_ act: Act, under authority: AuthorityReference, _ trial: inout Trial) async throws
        -> Bool
    {
        try await submit([act], by: Self.members(authority), &trial)
    }

    mutating func step(_ trial: inout Trial) async throws {
        let state = try await ledger.world.ledger.read { $0 }
        switch try trial.number(0...26) {
        case 0...3: try await encumber(try held(state, &trial), &trial)
        case 4, 21: try await freeze(&trial)
        case 5, 6: try await reserve(try held(state, &trial), &trial)
        case 7, 8: try await release(state, &trial)
        case 9...13: try await take(try held(state, &trial), &trial)
        case 14: try await transfer(try held(state, &trial), &trial)
        case 15: try await reclassify(try held(state, &trial), &trial)
        case 16: try await appeal(state, &trial)
        case 17, 26: try await allow(try held(state, &trial), &trial)
        case 18, 19, 25: try await moveForOwner(state, &trial)
        case 22: try await ledger.reopen(&trial)
        case 23, 24: try await settle(try held(state, &trial), &trial)
        case 20 where try trial.number(0...9) == 0: try await end(state, &trial)
        default: try await openDay(&trial)
        }
    }

    /// Liens that follow units from account to account, and meet others there.
    mutating func chainStep(_ trial: inout Trial) async throws {
        let state = try await ledger.world.ledger.read { $0 }
        let held = try held(state, &trial)
        switch try trial.number(0...15) {
        case 0...4:
            let lien = Encumbering(
                target: target(held),
                kind: try trial.number(0...5) == 0 ? .freeze : .lien,
                amount: try units([held.units], &trial),
                rank: UInt16(try trial.number(2...3)),
                lastDate: today.adding(days: try trial.number(0...3)) ?? today,
                order: try order(&trial)
            )
            let authority = try authority(&trial)
            try await submit(.encumber(lien, under: authority), under: authority, &trial)
        case 5...10:
            let rest = min(held.units.units, UInt128(try trial.number(0...10)))
            let forced = ForcedTransfer(
                asset: asset,
                from: held.account,
                to: account(try trial.draw(.element(of: Self.holders))),
                partition: held.partition,
                units: try trial.draw(.bool) ? Quantity(held.units.units - rest) : units([held.units], &trial),
                rank: UInt16(try trial.number(1...2)),
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
        case 14 where try trial.number(0...3) == 0: try await end(state, &trial)
        case 14: try await ledger.reopen(&trial)
        default: try await openDay(&trial)
        }
    }

    // MARK: What is drawn

    func held(_ state: LedgerState, _ trial: inout Trial) throws -> LedgerState.HoldingView {
        let views = state.holdings(of: asset).filter { view in
            Self.holders.contains { account($0) == view.account } && (view.units > .zero || !view.encumbrances.isEmpty)
        }
        let empty = state.holding(asset: asset, account: account(Cast.alice), partition: 1)
        let encumbered = views.filter { !$0.encumbrances.isEmpty }
        if !encumbered.isEmpty, try trial.number(0...1) == 0 { return try trial.draw(.element(of: encumbered)) }
        return try views.isEmpty ? empty : trial.draw(.element(of: views))
    }

    func target(_ held: LedgerState.HoldingView) -> EncumbranceTarget {
        .holding(asset: asset, account: held.account, partition: held.partition)
    }

    func authority(_ trial: inout Trial) throws -> AuthorityReference {
        try trial.draw(.bool) ? Self.court : Self.regulator
    }

    func order(_ trial: inout Trial) throws -> OrderReference {
        let reference = "order \(try trial.number(0...2))"
        guard let order = OrderReference(reference: reference, documentDigest: .zero, legalBasis: .judgment) else {
            throw AuditFailure(reason: "an order is malformed")
        }
        return order
    }

    /// Units at an end of what there is, or any.
    func units(_ ends: [Quantity], _ trial: inout Trial) throws -> Quantity {
        if try trial.number(0...2) > 0 { return Quantity(UInt128(try trial.number(1...50))) }
        let end = try trial.draw(.element(of: ends)).units
        return Quantity([end, end + 1, end - min(end, 1)][try trial.number(0...2)])
    }

    func lastDate(_ trial: inout Trial) throws -> CalendarDate {
        today.adding(days: try trial.number(0...9) == 0 ? -1 : try trial.number(0...4)) ?? today
    }

    func rank(_ trial: inout Trial) throws -> UInt16 {
        UInt16(try trial.number(0...19) == 0 ? 0 : try trial.number(1...3))
    }
}
