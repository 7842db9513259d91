import Tokenize

/// The dues of drawn terms on a ledger on which the bond comes some time after its issue.
extension BondTermCheck {
    func onLedger(_ drawn: BondTerms, _ trial: inout Trial) async throws {
        let place = MemoryPlace()
        let world = try await AuditWorld(in: await place.open())
        let (ministry, issuer) = (world.cast.members[Cast.ministry].account, AuthorityReference(.issuer))
        // Half a year of days, and a few more.
        var today = HandDate(year: 2026, month: 1, day: 5)
        for _ in 0..<(try trial.number(0...7)) {
            for _ in 0..<(try trial.number(1...10)) { today = today.next(1) }
            try await submit([.openBusinessDay(try today.date(), under: AuthorityReference(.operator))], world)
        }
        let sheet = try terms.sheet(cash: world.assets[AuditWorld.cash], observer: ministry, treasury: ministry)
        guard let name = AssetIdentification(.other, "drawn") else {
            throw AuditFailure(reason: "the bond's name is malformed")
        }
        let creation = AssetCreation(
            nonce: 51,
            identification: name,
            terms: InstrumentTerms.bond(try BondTerms(sheet)).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 1_000
        )
        try await submit([.createAsset(creation, under: issuer)], world)
        let bond = AssetCreation.id(ledger: world.ledger.id, creator: ministry, nonce: 51)
        let made = today
        try await compare(bond, made, horizon: horizon(on: max(made, terms.issue)), world, trial)
        trial.label("on a ledger")
        trial.label("recorded before", when: book.dues.contains { $0.record < made })
        try await redeem(bond, made, world, &trial)
        guard terms.horizon != nil, try trial.number(0...2) == 0 else { return }
        try await extend(bond, made, world, &trial)
    }

    /// A final redemption is for what matured before it came, at what is repaid all at once (5.10.2, 13.4.6).
    private func redeem(_ bond: AssetID, _ today: HandDate, _ world: AuditWorld, _ trial: inout Trial) async throws {
        let cash = world.assets[AuditWorld.cash]
        let (ministry, alice) = (world.cast.members[Cast.ministry].account, world.cast.members[Cast.alice].account)
        let funds = Issuance(asset: cash, recipient: ministry, units: 1_000_000_000)
        let units = Issuance(asset: bond, recipient: alice, units: 20)
        try await submit([funds, units].map { .issue($0, under: AuthorityReference(.issuer)) }, world)
        let whole = HandFraction(DrawnTerms.face).times(terms.price, over: 10_000)
        let isAtOnce = terms.repayment == .bullet && terms.capitalisesThrough == nil && whole.denominator == 1
        let isDue = book.dues.contains { $0.kind == .redemption && $0.record >= today }
        let isMatured = terms.ends.last.map { terms.horizon == nil && $0 <= today } ?? false
        for amount in [DrawnTerms.face - 1, DrawnTerms.face + 1, DrawnTerms.face] {
            guard let order = OrderReference(reference: "final", documentDigest: .zero) else { return }
            let redemption = FinalRedemption(
                asset: bond,
                cash: cash,
                amountPerUnit: Quantity(UInt128(amount)),
                order: order
            )
            let isRight = isAtOnce && !isDue && HandFraction(amount) == whole
            let expected: RejectionCode? = !isMatured ? .beforeMaturity : isRight ? nil : .amountContradictsTerms
            let answer = try await answer([.redeemAll(redemption, under: AuthorityReference(.payingAgent))], world)
            try trial.require(
                answer.code == expected,
                "redeemed at \(amount): \(answer), by hand \(expected.map { $0.ruleID } ?? "done")"
            )
            trial.label("redeemed after its maturity", when: expected == nil)
            trial.label("redeemed at another price", when: isMatured && isAtOnce && !isDue && expected != nil)
            trial.label("refused \(expected.map { "\($0)" } ?? "")", when: expected != nil)
        }
    }

    /// A bond without end is worked out anew when less than 1,000 days of it are left.
    private func extend(_ bond: AssetID, _ made: HandDate, _ world: AuditWorld, _ trial: inout Trial) async throws {
        var (today, horizon) = (made, horizon(on: max(made, terms.issue)))
        for _ in 0..<(try trial.number(40...60)) {
            for _ in 0..<10 { today = today.next(1) }
            try await submit([.openBusinessDay(try today.date(), under: AuthorityReference(.operator))], world)
            if horizon.number - today.number < 1_000 {
                horizon = self.horizon(on: today)
                trial.label("extended")
            }
        }
        try await compare(bond, made, horizon: horizon, world, trial)
    }

    private func horizon(on day: HandDate) -> HandDate {
        var horizon = day
        for _ in 0..<1_500 { horizon = horizon.next(1) }
        return horizon
    }

    private func answer(_ acts: [Act], _ world: AuditWorld) async throws -> AuditWorld.Answer {
        let plan = TransactionPlan(principals: [Cast.ministry], operations: acts.map { Operation($0) })
        let state = try await world.ledger.read { $0 }
        return try await world.answer(to: try plan.bytes(for: state, world.cast))
    }

    private func submit(_ acts: [Act], _ world: AuditWorld) async throws {
        if let code = try await answer(acts, world).code { throw AuditFailure(reason: "\(code)") }
    }

    private func compare(
        _ bond: AssetID,
        _ made: HandDate,
        horizon: HandDate,
        _ world: AuditWorld,
        _ trial: Trial
    ) async throws {
        let found = try await world.ledger.read { $0.dues(of: bond).map(\.due) }
        guard terms.horizon != nil else {
            // What was recorded before it came is not the ledger's to pay.
            let wanted = try book.dues.filter { $0.record >= made }.map { BondDue.ID($0.kind, try $0.day.date()) }
            return try trial.require(
                found.map(\.id) == wanted,
                "made on \(made) it owes \(found.map(\.id)), by hand \(wanted)"
            )
        }
        // Coupons without end, counted on from the start.
        var (wanted, count): ([BondDue.ID], Int) = ([], 1)
        while true {
            let (start, calendar) = (terms.periods.dates[0], terms.calendar)
            let end = start.adding(months: count * terms.periods.months, endOfMonth: terms.periods.endOfMonth)
            guard end <= horizon else { break }
            count += 1
            let payment = try calendar.known(end, terms.conventions.payment)
            let record = try calendar.moved(
                payment,
                .init(count: -terms.record.count, convention: terms.record.convention)
            )
            if max(record, terms.issue) >= made { wanted.append(BondDue.ID(.coupon, try end.date())) }
        }
        try trial.require(
            found.map(\.id) == wanted,
            "made on \(made), to \(horizon) it owes \(found.map(\.id)), by hand \(wanted)"
        )
    }
}
