import Tokenize

/// The orders on the debtor's bonds, with their ranks and expiries.
extension BondStory {
    private static let courtRank: UInt16 = 1
    private static let regulatorRank: UInt16 = 5
    private static let regulatorDaysMax = 30

    func courtFreeze(_ units: Quantity, of debtor: Participant) throws -> Encumbering {
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

    func regulatorFreeze(_ units: Quantity, of debtor: Participant) async throws -> Encumbering {
        let order = try Document.order("INQUIRY", document: "The regulator looks into trades.", on: .supervision)
        let today = try await stage.businessDate()
        let until = today.adding(days: min(BondStory.regulatorDaysMax, scenario.freeze.days)) ?? today
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

    func tell(_ judgment: Encumbering, _ junior: Encumbering, _ debtor: Participant, _ creditor: Participant) {
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
}
