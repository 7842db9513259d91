import Tokenize

/// A court freezes part of a holding, and moves some of it under that order.
extension BondStory {
    struct Case: Sendable {
        let debtor: Participant
        let creditor: Participant
        let report: CourtReport
    }

    struct CourtReport: Encodable, Sendable {
        let order: String
        let debtor: String
        let creditor: String
        let frozen: String
        let moved: String
        let attempts: [Attempt]
    }

    func holdCourt() async throws -> Case {
        console.chapter("A court freezes and moves a holding")
        let (debtor, creditor) = try await parties()
        let held = try await stage.holding(bond, of: debtor).units
        let frozen = Quantity(held.units * scenario.court.frozenPercent / 100)
        let moved = Quantity(held.units * scenario.court.movedPercent / 100)
        guard moved > .zero else { throw DemoFailure("no citizen holds enough for the court's order") }
        let order = try Document.order(scenario.court.order, document: scenario.court.document, on: .judgment)
        var table = Table("", ">held", ">frozen", ">free to sell")
        try await addRow("before", debtor, to: &table)
        let alone = try await stage.refusal("one judge alone freezes the holding") { () throws(SubmissionError) in
            try await stage.authority(AuthorityReference(.court), stage.institutions.judges[0])
                .encumber(freeze(frozen, of: debtor, order))
        }
        try await stage.courtInSession.encumber(freeze(frozen, of: debtor, order))
        try await addRow("frozen", debtor, to: &table)
        let attempts = [
            alone,
            try await stage.refusal("\(debtor.name) sells everything") { () throws(SubmissionError) in
                try await stage.client(debtor).transfer(held, of: bond, to: dealers[0].account)
            },
        ]
        try await move(moved, from: debtor, to: creditor, order)
        try await addRow("after the order", debtor, to: &table)
        try await addRow("creditor", creditor, to: &table)
        console.say(
            "\(order.reference): \(scenario.court.frozenPercent)% of the bonds of \(debtor.name) are frozen, and "
                + "\(scenario.court.movedPercent)% go to \(creditor.name). Two of three judges sign."
        )
        console.show(table)
        console.show(Attempt.table(attempts))
        return Case(
            debtor: debtor,
            creditor: creditor,
            report: CourtReport(
                order: order.reference,
                debtor: "\(debtor.account)",
                creditor: "\(creditor.account)",
                frozen: "\(frozen)",
                moved: "\(moved)",
                attempts: attempts
            )
        )
    }

    /// The citizen who holds most, and the next one in the register.
    private func parties() async throws -> (debtor: Participant, creditor: Participant) {
        let holdings = try await stage.ledger.read { [bond] in $0.holdings(of: bond) }
        let units = Dictionary(uniqueKeysWithValues: holdings.map { ($0.account, $0.units) })
        let most = citizens.indices.max { left, right in
            (units[citizens[left].account] ?? .zero) < (units[citizens[right].account] ?? .zero)
        }
        guard let most else { throw DemoFailure("there are no citizens") }
        return (citizens[most], citizens[(most + 1) % citizens.count])
    }

    private func freeze(_ units: Quantity, of debtor: Participant, _ order: OrderReference) -> Encumbering {
        Encumbering(
            target: .holding(asset: bond, account: debtor.account, partition: .ordinary),
            kind: .freeze,
            amount: units,
            rank: 1,
            // Outlives the bond: what is left of the freeze goes over to the money that redeems it.
            lastDate: scenario.maturityDate.adding(months: 12) ?? scenario.maturityDate,
            order: order
        )
    }

    private func move(
        _ units: Quantity,
        from debtor: Participant,
        to creditor: Participant,
        _ order: OrderReference
    ) async throws {
        guard let freeze = try await stage.holding(bond, of: debtor).encumbrances.first else {
            throw DemoFailure("the freeze is not on the ledger")
        }
        try await stage.courtInSession.forceTransfer(
            ForcedTransfer(
                asset: bond,
                from: debtor.account,
                to: creditor.account,
                units: units,
                rank: 1,
                lastDate: scenario.maturityDate,
                order: order,
                executing: freeze.id
            )
        )
    }

    private func addRow(_ label: String, _ holder: Participant, to table: inout Table) async throws {
        let view = try await stage.holding(bond, of: holder)
        let frozen = view.encumbrances.reduce(UInt128(0)) { max($0, $1.amount.units) }
        table.add(
            "\(holder.name), \(label)",
            "\(Amounts.grouped(view.units))",
            "\(Amounts.grouped(frozen))",
            "\(Amounts.grouped(view.available))"
        )
    }
}
