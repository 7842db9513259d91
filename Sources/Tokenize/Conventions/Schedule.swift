/// The dates at which periods of a contract begin and end.
public struct Schedule: Hashable, Sendable {
    /// Dates in a schedule.
    public static let dateCountMax = 4_096

    /// Strictly ascending: the first is the effective date, the last the termination date, both as adjusted.
    public let dates: [CalendarDate]
    /// For each period between neighbouring dates, whether it is one whole tenor long before adjustment.
    public let isRegular: [Bool]

    /// Which end of a contract its dates are counted from.
    public enum Direction: UInt8, Hashable, Sendable, CaseIterable {
        /// Forth from the effective date: a stub, if any, is the last period.
        case forward = 1
        /// Back from the termination date: a stub, if any, is the first period.
        case backward = 2
    }

    /// What becomes of a rest that is shorter than the tenor.
    public enum Stub: UInt8, Hashable, Sendable, CaseIterable {
        /// A period of its own.
        case short = 1
        /// It is joined to the regular period beside it.
        case long = 2
    }

    /// What a schedule is made from.
    public struct Rule: Hashable, Sendable {
        /// The first date of the contract.
        public var effective: CalendarDate
        /// The last date of the contract, after the first.
        public var termination: CalendarDate
        /// The length of a regular period.
        public var tenor: Period
        /// Which end the dates are counted from.
        public var direction: Direction
        /// Whether a date counted from an end of month falls on ends of months.
        public var endOfMonth: Bool
        /// The calendar that dates are adjusted by.
        public var calendar: BusinessCalendar
        /// How all dates but the last are adjusted.
        public var convention: BusinessDayConvention
        /// How the last date is adjusted.
        public var terminationConvention: BusinessDayConvention
        /// The end of the first period, where it is stated; nil if it follows.
        public var firstDate: CalendarDate?
        /// The beginning of the last period, where it is stated; nil if it follows.
        public var nextToLastDate: CalendarDate?
        /// What becomes of a rest, where no stated date decides it.
        public var stub: Stub

        /// A rule whose dates are not adjusted, unless the calendar and the conventions say so.
        public init(
            effective: CalendarDate,
            termination: CalendarDate,
            tenor: Period,
            direction: Direction = .backward,
            endOfMonth: Bool = false,
            calendar: BusinessCalendar = .everyDay,
            convention: BusinessDayConvention = .unadjusted,
            terminationConvention: BusinessDayConvention = .unadjusted,
            firstDate: CalendarDate? = nil,
            nextToLastDate: CalendarDate? = nil,
            stub: Stub = .short
        ) {
            self.effective = effective
            self.termination = termination
            self.tenor = tenor
            self.direction = direction
            self.endOfMonth = endOfMonth
            self.calendar = calendar
            self.convention = convention
            self.terminationConvention = terminationConvention
            self.firstDate = firstDate
            self.nextToLastDate = nextToLastDate
            self.stub = stub
        }
    }
}
