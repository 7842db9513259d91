/// Why a market convention gives no answer.
public enum ConventionFailure: Error, Hashable, Sendable {
    /// The calendar does not say what this day is: it lies outside the days that the calendar is valid for.
    case outsideCalendar(name: String, date: CalendarDate)
    /// The result would lie outside the years 1600 ... 9999.
    case outsideDateRange
    /// Business days were to be counted without a calendar.
    case needsCalendar
    /// Actual/Actual ICMA was asked for without the reference period that it divides by.
    case needsReferencePeriod
    /// A reference period that is empty, or whose frequency does not divide twelve.
    case malformedReferencePeriod
    /// Dates of a schedule that do not ascend: effective, first, next to last, termination.
    case scheduleDatesOutOfOrder
    /// A schedule's tenor that is not at least one day, week, month or year.
    case malformedTenor
    /// A schedule of more than ``Schedule/dateCountMax`` dates.
    case scheduleTooLong
    /// An exact number grew beyond its limit, or was divided by zero.
    case arithmetic(ArithmeticFailure)
}

extension ConventionFailure {
    /// What `body` calculates, its failure as one of a convention.
    static func exact<Result>(
        _ body: () throws(ArithmeticFailure) -> Result
    ) throws(ConventionFailure) -> Result {
        do { return try body() } catch { throw .arithmetic(error) }
    }

    /// The exact fraction of two counts.
    static func fraction(_ numerator: Int, _ denominator: Int) throws(ConventionFailure) -> Ratio {
        try exact { () throws(ArithmeticFailure) in try Ratio(numerator: numerator, denominator: denominator) }
    }
}

extension ConventionFailure: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .outsideCalendar(let name, let date): "the calendar \(name) does not speak of \(date)"
        case .outsideDateRange: "a date outside the years \(CalendarDate.yearMin) to \(CalendarDate.yearMax)"
        case .needsCalendar: "business days are counted and there is no calendar"
        case .needsReferencePeriod: "Act/Act ICMA without the period that it divides by"
        case .malformedReferencePeriod: "a reference period that is empty, or not a part of a year"
        case .scheduleDatesOutOfOrder: "the dates of the schedule do not ascend"
        case .malformedTenor: "a tenor that is not at least a day, a week, a month or a year"
        case .scheduleTooLong: "a schedule of more than \(Schedule.dateCountMax) dates"
        case .arithmetic(let failure): "\(failure)"
        }
    }
}
