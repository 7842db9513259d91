import Tokenize

/// The legal terms of the story's bond.
extension BondScenario {
    /// The calendar of the ledger, as data that the terms name: to a year after maturity.
    func businessCalendar() throws -> BusinessCalendar {
        let last = maturityDate.adding(months: 12) ?? maturityDate
        let days = common.calendar.first...last
        return try BusinessCalendar(
            name: "STORY",
            version: 1,
            firstDay: days.lowerBound,
            lastDay: days.upperBound,
            weekend: [.saturday, .sunday],
            holidays: common.calendar.holidays.filter { days.contains($0) }.sorted()
        )
    }

    /// A bullet with regular coupons, counted forth from the issue; nothing is withheld.
    func terms(payingIn cash: AssetID) throws -> BondTerms {
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(faceUnit: faceUnit, minimumSubscription: 1, increment: 1, lot: 1)
        sheet.isin = identification.value
        sheet.issueDate = issueDate
        sheet.maturityDate = maturityDate
        // A basis point is 10^8 units of 10^-12.
        sheet.interest = BondDecimal(units: Int64(couponRateBasisPoints) * 100_000_000).map { .fixed($0) }
        sheet.periods = Period(12 / Int(couponsPerYear), .month).map { tenor in
            BondPeriods(
                start: issueDate,
                tenor: tenor,
                direction: .forward,
                endOfMonth: false,
                firstEnd: nil,
                lastStart: nil,
                stub: .short,
                accrual: .unadjusted,
                capitalisesThrough: nil
            )
        }
        sheet.dayCount = .actualActualICMA
        sheet.repayment = .bullet
        sheet.redemptionPrice = .hundred
        sheet.calendar = CalendarReference(try businessCalendar())
        sheet.businessDays = .following
        sheet.recordDate = .businessDays(0)
        sheet.exDate = BondExDate.none
        sheet.rounding = BondRounding(unit: .exact, total: .floor)
        sheet.tax = TaxRule(
            rates: HolderClass.allCases.map { TaxRule.Rate($0, .zero) },
            income: [],
            classDate: .recordDate,
            rounding: .floor,
            treasury: nil
        )
        sheet.defaults = BondDefaultTerms(
            interestGrace: .calendarDays(30, .following),
            principalGrace: .calendarDays(7, .following),
            acceleration: .representative,
            penaltyRate: .zero,
            penaltyDayCount: .actual365Fixed
        )
        sheet.pledgedIncome = .pledgor
        return try BondTerms(sheet)
    }
}
