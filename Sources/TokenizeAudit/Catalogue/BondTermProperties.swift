import Tokenize

/// Terms of every shape give the days and amounts that one works out by hand, and bad terms are no terms.
enum BondTermProperties {
    static let all = [AuditCatalogue.Entry(terms, usualCaseCount: 600)]

    static let terms = Property(
        "PRP-064",
        "Drawn terms of every shape give, to the day and the fraction, what one works out by hand; bad terms are none.",
        coverage: [
            .init("capitalisation", perMille: 40), .init("coupon", perMille: 400), .init("amortisation", perMille: 100),
            .init("redemption", perMille: 400), .init("call", perMille: 80), .init("put", perMille: 80),
            .init("level", perMille: 80), .init("level after a call", perMille: 5), .init("linear", perMille: 30),
            .init("perpetual", perMille: 30), .init("no periods", perMille: 10), .init("index", perMille: 100),
            .init("daily index", perMille: 40), .init("floor of an index", perMille: 20), .init("stub", perMille: 80),
            .init("stated stub", perMille: 40), .init("ICMA stub", perMille: 10), .init("taxed in part", perMille: 40),
            .init("not observed", perMille: 40), .init("calendar days", perMille: 300),
            .init("ex day too late", perMille: 20), .init("record before issue", perMille: 8),
            .init("accrued", perMille: 300), .init("accrued ex", perMille: 20), .init("yield", perMille: 40),
            .init("yield in a period", perMille: 3), .init("adjusted accrual", perMille: 100),
            .init("on a ledger", perMille: 40), .init("recorded before", perMille: 10),
            .init("extended", perMille: 2), .init("redeemed after its maturity", perMille: 1),
            .init("redeemed at another price", perMille: 1),
        ]
    ) { trial in
        let isOnLedger = try trial.number(0...7) == 0
        let terms = try DrawnTerms(isOnLedger: isOnLedger, &trial)
        trial.note("\(terms)")
        let book = try DrawnTermsBook(terms, isClosed: try trial.draw(.bool), &trial)
        let check = BondTermCheck(terms: terms, book: book)
        guard let schedule = try check.schedule(&trial) else { return }
        for _ in 0..<3 { try check.accrued(schedule, &trial) }
        try check.yield(schedule, &trial)
        try check.lateness(schedule.terms, &trial)
        if isOnLedger { try await check.onLedger(schedule.terms, &trial) }
    }
}
