/// The terms of a bond: all that decides what it pays, when, to whom, and what follows if it does not.
///
/// Terms are complete and without contradiction, or they are not terms: ``init(_:)`` and the decoder refuse anything
/// else. Nothing legal has a default. They hold no units and no owners (Specs/12).
public struct BondTerms: Hashable, Sendable {
    /// The version of the encoding.
    public static let version: UInt64 = 1

    /// The cash asset in which it pays; amounts are in its minor units.
    public let cash: AssetID
    /// Face unit, minimum subscription, increment and lot.
    public let denomination: BondDenomination
    /// ISO 6166, if it has one: form and check digit are right.
    public let isin: String?
    /// ISO 10962, if it has one, and in agreement with the terms.
    public let cfi: CFI?
    /// ISO 18774, if it has one.
    public let fisn: FISN?
    /// The day of issue.
    public let issueDate: CalendarDate
    /// The day on which the last principal is due, after the issue; nil for a perpetual bond.
    public let maturityDate: CalendarDate?
    /// What it pays.
    public let interest: BondInterest
    /// The periods of interest and repayments; nil for a bond that has neither before maturity.
    public let periods: BondPeriods?
    /// How days are counted.
    public let dayCount: DayCount
    /// How the principal comes back.
    public let repayment: BondRepayment
    /// What each 100 of principal repays; nil for a perpetual bond.
    public let redemptionPrice: BondDecimal?
    /// An index that it follows, if any.
    public let indexation: BondIndexation?
    /// When the issuer may call it, if ever.
    public let calls: BondOptionPlan?
    /// When holders may put it, if ever.
    public let puts: BondOptionPlan?
    /// The calendar of payments, record dates, notices and grace.
    public let calendar: CalendarReference
    /// Where a payment goes that is due on a day that is no business day.
    public let businessDays: BusinessDayConvention
    /// From the record date to the payment.
    public let recordDate: BondDayOffset
    /// When it begins to trade without the payment.
    public let exDate: BondExDate
    /// How amounts become whole.
    public let rounding: BondRounding
    /// What is withheld.
    public let tax: TaxRule
    /// Grace, and what follows it.
    public let defaults: BondDefaultTerms
    /// Who is paid on pledged units.
    public let pledgedIncome: PledgedIncome

    /// The terms that a sheet states; throws everything that is wrong with it.
    public init(_ sheet: BondTermSheet) throws(BondTermFailure) {
        let faults = sheet.faults
        guard faults.isEmpty, let cash = sheet.cash, let denomination = sheet.denomination,
            let issueDate = sheet.issueDate, let interest = sheet.interest, let dayCount = sheet.dayCount,
            let repayment = sheet.repayment, let calendar = sheet.calendar, let businessDays = sheet.businessDays,
            let recordDate = sheet.recordDate, let exDate = sheet.exDate, let rounding = sheet.rounding,
            let tax = sheet.tax, let defaults = sheet.defaults, let pledgedIncome = sheet.pledgedIncome
        else { throw BondTermFailure(faults: faults) }
        self.cash = cash
        self.denomination = denomination
        isin = sheet.isin
        cfi = sheet.cfi.flatMap { try? CFI($0) }
        fisn = sheet.fisn.flatMap { try? FISN($0) }
        self.issueDate = issueDate
        maturityDate = sheet.maturityDate
        self.interest = interest
        periods = sheet.periods
        self.dayCount = dayCount
        self.repayment = repayment
        redemptionPrice = sheet.redemptionPrice
        indexation = sheet.indexation
        calls = sheet.calls
        puts = sheet.puts
        self.calendar = calendar
        self.businessDays = businessDays
        self.recordDate = recordDate
        self.exDate = exDate
        self.rounding = rounding
        self.tax = tax
        self.defaults = defaults
        self.pledgedIncome = pledgedIncome
    }

    /// Principal of one unit at issue, in minor units of the cash asset.
    public var faceUnit: Quantity { denomination.faceUnit }

    /// The SHA-256 of the encoding, without the instrument's code.
    public var digest: Digest { Hashing.sha256(canonicalBytes) }

    /// What one unit repays at maturity if that is all that is ever repaid of it, and known at issue: a whole amount of
    /// a bullet that is not capitalising, indexed, called or put. Nil for any other bond.
    public var bulletRedemption: Quantity? {
        guard case .bullet = repayment, indexation == nil, periods?.capitalisesThrough == nil, calls == nil,
            puts == nil, let price = redemptionPrice
        else { return nil }
        let amount = try? Ratio(denomination.faceUnit) * price.value / 100
        return amount.flatMap { Quantity(exactly: $0) }
    }

    /// The sheet that states these terms, to make others of it.
    public var sheet: BondTermSheet {
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = denomination
        sheet.isin = isin
        sheet.cfi = cfi?.text
        sheet.fisn = fisn?.text
        sheet.issueDate = issueDate
        sheet.maturityDate = maturityDate
        sheet.interest = interest
        sheet.periods = periods
        sheet.dayCount = dayCount
        sheet.repayment = repayment
        sheet.redemptionPrice = redemptionPrice
        sheet.indexation = indexation
        sheet.calls = calls
        sheet.puts = puts
        sheet.calendar = calendar
        sheet.businessDays = businessDays
        sheet.recordDate = recordDate
        sheet.exDate = exDate
        sheet.rounding = rounding
        sheet.tax = tax
        sheet.defaults = defaults
        sheet.pledgedIncome = pledgedIncome
        return sheet
    }
}
