import Tokenize

/// A court freezes part of a holding and moves some of it under that order, beside a junior order of the regulator.
extension BondStory {
    struct Case: Sendable {
        let debtor: Participant
        let creditor: Participant
        /// The regulator's order on the debtor's bonds, which lapses before the court's.
        let junior: Encumbering
        let report: CourtReport
    }

    struct CourtReport: Encodable, Sendable {
        let order: String
        let rank: Int
        let lastDate: String
        let debtor: String
        let creditor: String
        let frozen: String
        let moved: String
        let attempts: [Attempt]
    }

    func holdCourt(sparing claimant: Participant) async throws -> Case {
        console.chapter("A court freezes and moves a holding")
        let (debtor, creditor) = try await parties(sparing: claimant)
        let held = try await stage.holding(bond, of: debtor).units
        let moved = Quantity(held.units * scenario.court.movedPercent / 100)
        guard moved > .zero else { throw DemoFailure("no citizen holds enough for the court's order") }
        var table = Table("", ">held", ">covered", ">free to sell")
        try await addRow("before", debtor, to: &table)
        let junior = try await regulatorFreeze(held, of: debtor)
        try await stage.regulator.encumber(junior)
        let judgment = try courtFreeze(Quantity(held.units * scenario.court.frozenPercent / 100), of: debtor)
        var attempts = [
            try await stage.refusal("one judge alone freezes the holding") { () throws(SubmissionError) in
                try await stage.authority(AuthorityReference(.court), stage.institutions.judges[0]).encumber(judgment)
            }
        ]
        let receipt = try await stage.courtInSession.encumber(judgment)
        try await addRow("frozen", debtor, to: &table)
        attempts.append(
            try await stage.refusal("\(debtor.name) sells everything") { () throws(SubmissionError) in
                try await stage.client(debtor).transfer(held, of: bond, to: dealers[0].account)
            }
        )
        attempts.append(try await juniorTaking(held, from: debtor, to: creditor, junior))
        try await move(moved, from: debtor, to: creditor, judgment, made: receipt)
        try await addRow("after the order", debtor, to: &table)
        try await addRow("creditor", creditor, to: &table)
        tell(judgment, junior, debtor, creditor)
        console.show(table)
        console.show(Attempt.table(attempts))
        return Case(
            debtor: debtor,
            creditor: creditor,
            junior: junior,
            report: CourtReport(
                order: judgment.order.reference,
                rank: Int(judgment.rank),
                lastDate: "\(judgment.lastDate)",
                debtor: "\(debtor.account)",
                creditor: "\(creditor.account)",
                frozen: "\(judgment.amount)",
                moved: "\(moved)",
                attempts: attempts
            )
        )
    }

    /// The citizen who holds most, and the next one in the register.
    private func parties(
        sparing claimant: Participant
    ) async throws -> (debtor: Participant, creditor: Participant) {
        let holdings = try await stage.ledger.read { [bond] in $0.holdings(of: bond) }
        let units = Dictionary(holdings.map { ($0.account, $0.units) }, uniquingKeysWith: { one, _ in one })
        let others = citizens.filter { $0.account != claimant.account }
        let most = others.indices.max { left, right in
            (units[others[left].account] ?? .zero) < (units[others[right].account] ?? .zero)
        }
        guard let most else { throw DemoFailure("there are no citizens") }
        return (others[most], others[(most + 1) % others.count])
    }

    /// A junior order takes nothing that a senior one covers.
    private func juniorTaking(
        _ units: Quantity,
        from debtor: Participant,
        to creditor: Participant,
        _ junior: Encumbering
    ) async throws -> Attempt {
        let taking = ForcedTransfer(
            asset: bond,
            from: debtor.account,
            to: creditor.account,
            units: units,
            rank: junior.rank,
            lastDate: junior.lastDate,
            order: junior.order
        )
        return try await stage.refusal("the regulator's junior order takes what the court froze") {
            () throws(SubmissionError) in
            try await stage.regulator.forceTransfer(taking)
        }
    }

    private func move(
        _ units: Quantity,
        from debtor: Participant,
        to creditor: Participant,
        _ judgment: Encumbering,
        made receipt: Receipt
    ) async throws {
        var freeze: EncumbranceID?
        for case .encumbered(_, let id, _) in try await stage.effects(of: receipt) { freeze = id }
        guard let freeze else { throw DemoFailure("the freeze is not on the ledger") }
        try await stage.courtInSession.forceTransfer(
            ForcedTransfer(
                asset: bond,
                from: debtor.account,
                to: creditor.account,
                units: units,
                rank: judgment.rank,
                lastDate: judgment.lastDate,
                order: judgment.order,
                executing: freeze
            )
        )
    }

    /// The junior order lapsed by itself; what the court froze stays frozen.
    func tellLapse(of court: Case) async throws {
        let view = try await stage.holding(bond, of: court.debtor)
        guard try await stage.businessDate() > court.junior.lastDate, view.available > .zero else { return }
        console.done(
            "\(court.junior.order.reference) lapsed on \(court.junior.lastDate) by itself: \(court.debtor.name) may sell "
                + "\(Amounts.grouped(view.available)) of \(Amounts.count(view.units.units, "unit")), and the court's order "
                + "stands"
        )
    }

    private func addRow(_ label: String, _ holder: Participant, to table: inout Table) async throws {
        let view = try await stage.holding(bond, of: holder)
        table.add(
            "\(holder.name), \(label)",
            "\(Amounts.grouped(view.units))",
            "\(Amounts.grouped(view.units.subtracting(view.available) ?? .zero))",
            "\(Amounts.grouped(view.available))"
        )
    }
}
