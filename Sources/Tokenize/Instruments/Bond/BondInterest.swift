/// What a bond pays for the use of its principal.
public enum BondInterest: Hashable, Sendable {
    /// Nothing: a bill or a zero-coupon bond, sold below what it repays.
    case none
    /// One annual rate for all periods, above zero.
    case fixed(BondDecimal)
    /// An annual rate for each stretch of periods; the first step begins with the first period.
    case stepped([BondRateStep])
    /// An annual rate that is observed for each period.
    case floating(FloatingRate)

    /// Steps of a rate.
    public static let stepCountMax = 64
    /// The greatest annual rate: 1,000 %.
    public static let rateMax = 10
}

/// An annual rate from the period on that begins on a day.
public struct BondRateStep: Hashable, Sendable {
    /// The day on which a period begins.
    public let start: CalendarDate
    /// The rate, 0 or more.
    public let rate: BondDecimal

    /// A rate from `start` on.
    public init(start: CalendarDate, rate: BondDecimal) {
        self.start = start
        self.rate = rate
    }
}

/// A rate that somebody observes for each period, with what holds where nobody did.
public struct FloatingRate: Hashable, Sendable {
    /// What is used instead of a fixing that was not reported.
    public enum Fallback: Hashable, Sendable {
        /// The fixing of another reference on the same day, plus a spread.
        case other(reference: String, spread: BondDecimal)
        /// The latest fixing of the reference at most so many calendar days before.
        case previous(days: Int)
        /// This rate.
        case rate(BondDecimal)
    }

    /// When the rate of a period is fixed.
    public enum Timing: UInt8, Hashable, Sendable, CaseIterable {
        /// Before the period: so many business days before it begins.
        case advance = 1
        /// Before its end: so many business days before it ends.
        case arrears = 2
    }

    /// Bytes in the name of a reference or an index.
    public static let nameByteCountMax = 64
    /// Fallbacks in a list.
    public static let fallbackCountMax = 4
    /// Business days between a fixing and what it is counted from; calendar days of a fixing that is used again.
    public static let dayCountMax = 366

    /// What is observed, such as `SOFR 6M`.
    public let reference: String
    /// Whose reports count.
    public let observer: AccountID
    /// Added to the fixing.
    public let margin: BondDecimal
    /// The lowest rate with the margin, 0 or more: no holder pays interest.
    public let floor: BondDecimal
    /// The highest rate with the margin, if there is one.
    public let cap: BondDecimal?
    /// When it is fixed.
    public let timing: Timing
    /// Business days before the beginning or the end of the period.
    public let lagBusinessDays: Int
    /// Tried in order where the fixing is missing; the last one is a rate, so that there always is one.
    public let fallbacks: [Fallback]

    /// A floating rate; whether it makes sense is decided with the terms it is part of.
    public init(
        reference: String,
        observer: AccountID,
        margin: BondDecimal,
        floor: BondDecimal,
        cap: BondDecimal?,
        timing: Timing,
        lagBusinessDays: Int,
        fallbacks: [Fallback]
    ) {
        self.reference = reference
        self.observer = observer
        self.margin = margin
        self.floor = floor
        self.cap = cap
        self.timing = timing
        self.lagBusinessDays = lagBusinessDays
        self.fallbacks = fallbacks
    }
}

/// The periods that interest runs for.
public struct BondPeriods: Hashable, Sendable {
    /// Periods in the life of a bond.
    public static let countMax = 1_200

    /// The day from which interest runs, not after the first payment.
    public let start: CalendarDate
    /// The length of a regular period: months or years.
    public let tenor: Period
    /// Which end the periods are counted from.
    public let direction: Schedule.Direction
    /// Whether ends of months stay ends of months.
    public let endOfMonth: Bool
    /// The end of the first period, where it is not regular.
    public let firstEnd: CalendarDate?
    /// The beginning of the last period, where it is not regular.
    public let lastStart: CalendarDate?
    /// What becomes of a rest that no stated date decides.
    public let stub: Schedule.Stub
    /// How the days that interest runs between are moved; usually not at all.
    public let accrual: BusinessDayConvention
    /// The last due day of interest that is added to the principal instead of being paid; nil if none is.
    public let capitalisesThrough: CalendarDate?

    /// Periods; whether they make sense is decided with the terms they are part of.
    public init(
        start: CalendarDate,
        tenor: Period,
        direction: Schedule.Direction,
        endOfMonth: Bool,
        firstEnd: CalendarDate?,
        lastStart: CalendarDate?,
        stub: Schedule.Stub,
        accrual: BusinessDayConvention,
        capitalisesThrough: CalendarDate?
    ) {
        self.start = start
        self.tenor = tenor
        self.direction = direction
        self.endOfMonth = endOfMonth
        self.firstEnd = firstEnd
        self.lastStart = lastStart
        self.stub = stub
        self.accrual = accrual
        self.capitalisesThrough = capitalisesThrough
    }
}
