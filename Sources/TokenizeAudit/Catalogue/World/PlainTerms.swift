import Tokenize

extension BondPeriods {
    /// Months back from the maturity, the first one short if need be, with interest between unadjusted dates.
    static func monthly(from start: CalendarDate) throws -> BondPeriods {
        guard let month = Period(1, .month) else { throw AuditFailure(reason: "a month is malformed") }
        return BondPeriods(
            start: start,
            tenor: month,
            direction: .backward,
            endOfMonth: false,
            firstEnd: nil,
            lastStart: nil,
            stub: .short,
            accrual: .unadjusted,
            capitalisesThrough: nil
        )
    }
}

extension TaxRule {
    /// Nothing is withheld from anybody.
    static let untaxed = TaxRule(
        rates: HolderClass.allCases.map { Rate($0, .zero) },
        income: [],
        classDate: .recordDate,
        rounding: .floor,
        treasury: nil
    )
}
