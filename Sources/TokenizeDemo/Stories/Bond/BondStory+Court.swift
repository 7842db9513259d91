import Tokenize

/// A court freezes part of a holding and moves some of it under that order, beside a junior order of the regulator.
extension BondStory {
    private static let courtRank: UInt16 = 1
    private static let regulatorRank: UInt16 = 5
    private static let regulatorDays = 30

    struct Case: Sendable {
        let debtor: Participant
        let creditor: Participant
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

    private func tell(_ judgment: Encumbering, _ junior: Encumbering, _ debtor: Participant, _ creditor: Participant) {
        console.say(
            "\(judgment.order.reference): \(scenario.court.frozenPercent)% of the bonds of \(debtor.name) are frozen, and "
                + "\(scenario.court.movedPercent)% go to \(creditor.name). Two of three judges sign. The regulator's "
                + "order is junior: it stands beside the court's, and does not stop it."
        )
        var table = Table("order", "by", "ground", ">rank", ">units", "until")
        for (order, name) in [(judgment, scenario.common.court), (junior, scenario.common.regulator)] {
            table.add(
                "\(order.order.reference)",
                "\(name)",
                "\(order.order.legalBasis.map { Attempt.words("\($0)") } ?? "")",
                "\(order.rank)",
                "\(Amounts.grouped(order.amount))",
                "\(order.lastDate)"
            )
        }
        console.show(table)
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

    // MARK: Orders

    private func courtFreeze(_ units: Quantity, of debtor: Participant) throws -> Encumbering {
        let order = try Document.order(scenario.court.order, document: scenario.court.document, on: .judgment)
        // Outlives the bond: what is left of the freeze goes over to the money that redeems it.
        let maturity = scenario.sheet.maturityDate
        return freeze(
            units,
            of: debtor,
            order,
            rank: BondStory.courtRank,
            until: maturity.adding(months: 12) ?? maturity
        )
    }

    private func regulatorFreeze(_ units: Quantity, of debtor: Participant) async throws -> Encumbering {
        let order = try Document.order("INQUIRY", document: "The regulator looks into trades.", on: .supervision)
        let today = try await stage.businessDate()
        let until = today.adding(days: BondStory.regulatorDays) ?? today
        return freeze(units, of: debtor, order, rank: BondStory.regulatorRank, until: until)
    }

    private func freeze(
        _ units: Quantity,
        of debtor: Participant,
        _ order: OrderReference,
        rank: UInt16,
        until lastDate: CalendarDate
    ) -> Encumbering {
        Encumbering(
            target: .holding(asset: bond, account: debtor.account, partition: .ordinary),
            kind: .freeze,
            amount: units,
            rank: rank,
            lastDate: lastDate,
            order: order
        )
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
