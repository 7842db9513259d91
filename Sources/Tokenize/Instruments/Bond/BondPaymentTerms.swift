/// What a unit is, and how many are sold and traded at once: four numbers that are not each other.
public struct BondDenomination: Hashable, Sendable {
    /// Principal of one unit at issue, in minor units of the cash asset.
    public let faceUnit: Quantity
    /// Units that a first subscription has at least.
    public let minimumSubscription: Quantity
    /// Units by which a subscription grows.
    public let increment: Quantity
    /// Units that are traded together.
    public let lot: Quantity

    /// Four numbers; whether they make sense is decided with the terms they are part of.
    public init(faceUnit: Quantity, minimumSubscription: Quantity, increment: Quantity, lot: Quantity) {
        self.faceUnit = faceUnit
        self.minimumSubscription = minimumSubscription
        self.increment = increment
        self.lot = lot
    }

    /// True if so many units may be subscribed: the minimum and whole increments.
    public func admits(subscription units: Quantity) -> Bool {
        guard let above = units.subtracting(minimumSubscription), increment > .zero else { return false }
        return above.units % increment.units == 0
    }

    /// True if so many units are whole lots, and any.
    public func admits(trade units: Quantity) -> Bool {
        units > .zero && lot > .zero && units.units % lot.units == 0
    }
}

/// A business calendar as terms name it, so that nobody can change the days that a bond counts on.
public struct CalendarReference: Hashable, Sendable {
    /// What the calendar is called.
    public let name: String
    /// Its version.
    public let version: UInt32
    /// The digest of its data.
    public let digest: Digest

    /// The name of a calendar that is known.
    public init(_ calendar: BusinessCalendar) {
        self.init(name: calendar.name, version: calendar.version, digest: calendar.digest)
    }

    /// The name of a calendar; whether it is well formed is decided with the terms it is part of.
    public init(name: String, version: UInt32, digest: Digest) {
        self.name = name
        self.version = version
        self.digest = digest
    }
}

/// A number of days from one day to another.
public enum BondDayOffset: Hashable, Sendable {
    /// Days on which the market of the terms is open.
    case businessDays(Int)
    /// All days; a day that is then not a business day is moved.
    case calendarDays(Int, BusinessDayConvention)

    /// Days of an offset.
    public static let countMax = 366

    /// Days, 0 or more.
    public var count: Int {
        switch self {
        case .businessDays(let count), .calendarDays(let count, _): count
        }
    }

    /// The day so many days before `date`.
    public func date(before date: CalendarDate, _ calendar: BusinessCalendar) throws(ConventionFailure) -> CalendarDate
    {
        try moved(date, -count, calendar)
    }

    /// The day so many days after `date`.
    public func date(after date: CalendarDate, _ calendar: BusinessCalendar) throws(ConventionFailure) -> CalendarDate {
        try moved(date, count, calendar)
    }

    private func moved(
        _ date: CalendarDate,
        _ count: Int,
        _ calendar: BusinessCalendar
    ) throws(ConventionFailure) -> CalendarDate {
        switch self {
        case .businessDays: return count == 0 ? date : try calendar.advance(date, businessDays: count)
        case .calendarDays(_, let convention):
            guard let moved = date.adding(days: count) else { throw .outsideDateRange }
            return try calendar.adjust(moved, convention)
        }
    }
}

/// When a bond begins to trade without its next payment.
public enum BondExDate: Hashable, Sendable {
    /// Never: whoever holds it on the record date is paid, and accrued interest is never negative.
    case none
    /// So many days before the payment.
    case before(BondDayOffset)
}

/// How exact amounts become whole ones. There are two places, and each names its rounding.
public struct BondRounding: Hashable, Sendable {
    /// How the amount of one unit is rounded before it is multiplied.
    public enum Unit: Hashable, Sendable {
        /// Not at all: it stays a fraction of a minor unit.
        case exact
        /// To so many decimals of a minor unit.
        case decimals(Int, Rounding)
    }

    /// Decimals of a minor unit.
    public static let decimalCountMax = 12

    /// The amount of one unit.
    public let unit: Unit
    /// What is declared for all units, to whole minor units.
    public let total: Rounding

    /// Two roundings; whether they make sense is decided with the terms they are part of.
    public init(unit: Unit, total: Rounding) {
        self.unit = unit
        self.total = total
    }
}

/// Who receives what is paid on units that are pledged.
public enum PledgedIncome: UInt8, Hashable, Sendable, CaseIterable {
    /// Who gave the pledge, and holds the units.
    case pledgor = 1
    /// To whom they are pledged.
    case pledgee = 2
}

/// What follows when a payment is not made.
public struct BondDefaultTerms: Hashable, Sendable {
    /// How the whole principal becomes due after an event of default.
    public enum Acceleration: Hashable, Sendable {
        /// It does not.
        case none
        /// At once.
        case automatic
        /// When holders of so great a part of the units ask for it, above 0 and at most 1.
        case holders(BondDecimal)
        /// When the representative of the holders declares it.
        case representative
    }

    /// From the day of payment of interest to the last day of grace.
    public let interestGrace: BondDayOffset
    /// From the day of payment of principal to the last day of grace.
    public let principalGrace: BondDayOffset
    /// How the principal becomes due.
    public let acceleration: Acceleration
    /// Simple annual interest on what is unpaid, from the day of payment; 0 for none.
    public let penaltyRate: BondDecimal
    /// How its days are counted: a count that needs no coupon period.
    public let penaltyDayCount: DayCount

    /// What follows; whether it makes sense is decided with the terms it is part of.
    public init(
        interestGrace: BondDayOffset,
        principalGrace: BondDayOffset,
        acceleration: Acceleration,
        penaltyRate: BondDecimal,
        penaltyDayCount: DayCount
    ) {
        self.interestGrace = interestGrace
        self.principalGrace = principalGrace
        self.acceleration = acceleration
        self.penaltyRate = penaltyRate
        self.penaltyDayCount = penaltyDayCount
    }
}
