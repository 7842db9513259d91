/// How the principal comes back.
public enum BondRepayment: Hashable, Sendable {
    /// All of it at maturity.
    case bullet
    /// In equal parts, at each end of a period from this one on.
    case linear(first: CalendarDate)
    /// Interest and principal together in equal payments, at each end of a period from this one on (an annuity).
    case level(first: CalendarDate)
    /// In stated parts, pro rata over all units: a sinking fund. The last part is due at maturity.
    case instalments([BondInstalment])
    /// Never, unless it is called or put.
    case perpetual

    /// Parts of a sinking fund.
    public static let instalmentCountMax = 256
}

/// A part of the principal that is due on a day.
public struct BondInstalment: Hashable, Sendable {
    /// An end of a period.
    public let date: CalendarDate
    /// The part of the principal at issue, above 0; all parts add up to 1.
    public let part: BondDecimal

    /// A part on a day.
    public init(date: CalendarDate, part: BondDecimal) {
        self.date = date
        self.part = part
    }
}

/// Principal and interest that follow an index of prices.
public struct BondIndexation: Hashable, Sendable {
    /// What is never paid less for than without the index.
    public enum Floor: UInt8, Hashable, Sendable, CaseIterable {
        /// Nothing: deflation lowers every payment.
        case none = 0
        /// Payments of principal.
        case principal = 1
        /// Every payment.
        case all = 2
    }

    /// Which value of a monthly index holds on a day.
    public enum Interpolation: UInt8, Hashable, Sendable, CaseIterable {
        /// That of the reference month, on all its days.
        case monthly = 1
        /// Between the reference month and the next one, by the days of the month that have passed.
        case daily = 2
    }

    /// What is used where the value of a month was not reported.
    public enum Fallback: UInt8, Hashable, Sendable, CaseIterable {
        /// The latest value of a month before, or the base if there is none.
        case latest = 1
        /// The value of the same month of the year before, or the latest one if there is none.
        case yearBefore = 2
    }

    /// Months between a day and its reference month.
    public static let lagMonthsMax = 24
    /// Decimals of the ratio of two values of the index.
    public static let decimalCountMax = 12

    /// What is observed, such as `LAO CPI`.
    public let index: String
    /// Whose reports count.
    public let observer: AccountID
    /// The value at issue, above 0.
    public let base: BondDecimal
    /// Months from the reference month to the month of the payment.
    public let lagMonths: Int
    /// Which value holds on a day.
    public let interpolation: Interpolation
    /// Decimals that the ratio to the base is rounded to.
    public let decimals: Int
    /// How it is rounded.
    public let rounding: Rounding
    /// What deflation does not lower.
    public let floor: Floor
    /// What holds where a value is missing.
    public let fallback: Fallback

    /// An indexation; whether it makes sense is decided with the terms it is part of.
    public init(
        index: String,
        observer: AccountID,
        base: BondDecimal,
        lagMonths: Int,
        interpolation: Interpolation,
        decimals: Int,
        rounding: Rounding,
        floor: Floor,
        fallback: Fallback
    ) {
        self.index = index
        self.observer = observer
        self.base = base
        self.lagMonths = lagMonths
        self.interpolation = interpolation
        self.decimals = decimals
        self.rounding = rounding
        self.floor = floor
        self.fallback = fallback
    }
}

/// The days on which the issuer may call a bond, or a holder may put it, and the notice that it takes.
public struct BondOptionPlan: Hashable, Sendable {
    /// A day and its price.
    public struct Day: Hashable, Sendable {
        /// The day on which the price is due.
        public let date: CalendarDate
        /// For each 100 of the principal outstanding, above 0, without accrued interest.
        public let price: BondDecimal

        /// A day and its price.
        public init(date: CalendarDate, price: BondDecimal) {
            self.date = date
            self.price = price
        }
    }

    /// Days in a plan.
    public static let dayCountMax = 128
    /// Business days of notice.
    public static let noticeDaysMax = 366

    /// The days, ascending.
    public let days: [Day]
    /// Whether the price of the last day holds at every later end of a period too.
    public let continues: Bool
    /// Business days before the day on which notice must have been given.
    public let noticeBusinessDays: Int
    /// Whether a part may be called, pro rata over all units. A holder always puts as many units as it likes.
    public let allowsPart: Bool

    /// A plan; whether it makes sense is decided with the terms it is part of.
    public init(days: [Day], continues: Bool, noticeBusinessDays: Int, allowsPart: Bool) {
        self.days = days
        self.continues = continues
        self.noticeBusinessDays = noticeBusinessDays
        self.allowsPart = allowsPart
    }

    /// The price on a day, or nil if there is no option then. Later ends of periods are for the caller to know.
    func price(on date: CalendarDate) -> BondDecimal? {
        if let day = days.first(where: { $0.date == date }) { return day.price }
        guard continues, let last = days.last, date > last.date else { return nil }
        return last.price
    }
}
