import Tokenize

/// Every payment, sale and refusal in the life of a bond is the one that a bookkeeper works out by hand.
enum ServicingBookProperties {
    static let all = [AuditCatalogue.Entry(book, usualCaseCount: 25)]

    static let book = Property(
        "PRP-031",
        "Sales, dues, shares, tax, claims and defaults of a bond are, to the unit and the rule, those worked out by hand.",
        coverage: [
            .init("paid", perMille: 300), .init("late", perMille: 100), .init("default", perMille: 100),
            .init("sale", perMille: 200), .init("recorded before", perMille: 20), .init("redeemed", perMille: 200),
            .init("restart", perMille: 500), .init("restored on the way", perMille: 500),
        ]
    ) { trial in
        let plan = try BondPlan(&trial)
        var life = try await BondLife(plan, &trial)
        try await life.run(&trial)
    }
}
