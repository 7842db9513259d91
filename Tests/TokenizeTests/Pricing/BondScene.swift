import Testing
import Tokenize

/// Bonds that tests of prices share.
enum BondScene {
    static let halfYear = period(6)

    static func period(_ months: Int) -> Period {
        guard let period = Period(months, .month) else { preconditionFailure("\(months) months are a period") }
        return period
    }

    static func rate(_ text: String) -> Ratio {
        guard let rate = try? Ratio(decimal: text) else { preconditionFailure("\(text) is no number") }
        return rate
    }

    /// 6 % a year, paid on 15 March and 15 September.
    static func bond(_ dayCount: DayCount = .actualActualICMA) -> BondStructure {
        BondStructure(
            issue: day("2020-03-15"),
            maturity: day("2030-03-15"),
            tenor: halfYear,
            couponRates: [rate("0.06")],
            dayCount: dayCount
        )
    }

    static func street(_ compounding: YieldConvention.Compounding = .compounded) throws -> YieldConvention {
        try YieldConvention(compounding, frequency: 2)
    }

    static func flows(
        _ bond: BondStructure,
        on settlement: String,
        _ convention: YieldConvention
    ) throws -> StreetFlows {
        try StreetFlows(BondCashFlows(bond), settlement: day(settlement), convention: convention)
    }
}
