import Tokenize

/// Every payment, sale and refusal in the life of a bond is the one that a bookkeeper works out by hand.
enum ServicingBookProperties {
    static let all = [AuditCatalogue.Entry(book, usualCaseCount: 70)]

    static let book = Property(
        "PRP-031",
        "Sales, dues, shares, tax, claims and defaults of a bond are, to the unit and the rule, those worked out by hand.",
        coverage: [
            .init("paid", perMille: 300), .init("late", perMille: 100), .init("default", perMille: 100),
            .init("default of principal", perMille: 50), .init("redeemed", perMille: 200),
            .init("newcomer", perMille: 200), .init("paid elsewhere", perMille: 100),
            .init("two partitions are paid", perMille: 100), .init("large holdings", perMille: 150),
            .init("holdings beyond 64 bits", perMille: 40), .init("several deeds", perMille: 300),
            .init("claim: frozen holder", perMille: 40), .init("claim: frozen party of a holder", perMille: 40),
            .init("claim: holder in recovery", perMille: 40), .init("claim: excluded class", perMille: 30),
            .init("settled", perMille: 40), .init("sale", perMille: 200), .init("bought back", perMille: 200),
            .init("sale without the coupon", perMille: 12), .init("refused holdingsChangedBefore", perMille: 20),
            .init("due in cash that is paused", perMille: 15), .init("due of who is frozen", perMille: 15),
            .init("refused noSuchDue", perMille: 100), .init("refused dueAlreadyPaid", perMille: 100),
            .init("refused notYetDue", perMille: 300), .init("refused earlierDueUnpaid", perMille: 40),
            .init("refused unknownClaim", perMille: 200), .init("refused cashAccountBlocked", perMille: 40),
            .init("refused unitsEncumbered", perMille: 8), .init("refused accountFrozen", perMille: 100),
            .init("refused inRecovery", perMille: 100), .init("refused assetPaused", perMille: 20),
            .init("refused classNotAllowed", perMille: 15), .init("refused priceNotKnown", perMille: 10),
            .init("restart", perMille: 500), .init("restored on the way", perMille: 500),
        ]
    ) { trial in
        let plan = try BondPlan(&trial)
        var life = try await BondLife(plan, &trial)
        try await life.run(&trial)
    }
}
