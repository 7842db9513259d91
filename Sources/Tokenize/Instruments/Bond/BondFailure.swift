/// Why nothing can be calculated from a bond's terms.
public enum BondFailure: Error, Hashable, Sendable {
    /// A calendar that is not the one which the terms name.
    case wrongCalendar(name: String, version: UInt32)
    /// A date, calendar or day count gives no answer.
    case convention(ConventionFailure)
    /// An exact number grew beyond its limit, was divided by zero, or does not fit.
    case arithmetic(ArithmeticFailure)
    /// A bond without an end, and no last day of what is wanted.
    case needsHorizon
    /// More periods than ``BondPeriods/countMax``.
    case tooManyPeriods
    /// The ex date is after the first business day that follows the record date, so a buyer would pay for what the
    /// seller gets.
    case exDateAfterRecordDate(due: CalendarDate)
    /// The terms give no such option on the day.
    case noOption(BondExercise.Kind, CalendarDate)
    /// The notice was given after the last day for it.
    case lateNotice(last: CalendarDate)
    /// A part that the terms do not allow, or not above 0 and at most 1.
    case malformedPart
    /// Two observations of one name for one day, or a value of an index that is not above zero.
    case malformedObservation(name: String, date: CalendarDate)
    /// What is asked for depends on an observation that is not there yet.
    case notYetObserved(CalendarDate)
    /// Nothing is outstanding on the day: it is before the issue, or all is repaid.
    case nothingOutstanding(CalendarDate)
    /// A part of income outside 0 ... 1.
    case malformedTaxedPart
    /// A tax rule that has no rate for the class.
    case noTaxRate(HolderClass)
}

extension BondFailure {
    /// What `body` calculates, its failure as one of a bond.
    static func exact<Result>(_ body: () throws(ArithmeticFailure) -> Result) throws(BondFailure) -> Result {
        do { return try body() } catch { throw .arithmetic(error) }
    }

    /// What `body` finds, its failure as one of a bond.
    static func dated<Result>(_ body: () throws(ConventionFailure) -> Result) throws(BondFailure) -> Result {
        do { return try body() } catch { throw .convention(error) }
    }
}

extension BondFailure: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .wrongCalendar(let name, let version): "the terms name another calendar than \(name) \(version)"
        case .convention(let failure): "\(failure)"
        case .arithmetic(let failure): "\(failure)"
        case .needsHorizon: "a bond without an end needs a last day"
        case .tooManyPeriods: "more than \(BondPeriods.countMax) periods"
        case .exDateAfterRecordDate(let due):
            "of what is due on \(due), the ex day is after the first business day that follows the record day"
        case .noOption(let kind, let date): "no \(kind) on \(date)"
        case .lateNotice(let last): "notice was possible until \(last)"
        case .malformedPart: "the part is not one that the terms allow"
        case .malformedObservation(let name, let date): "two values of \(name) for \(date), or one that is not above 0"
        case .notYetObserved(let date): "what is needed for \(date) is not yet observed"
        case .nothingOutstanding(let date): "nothing is outstanding on \(date)"
        case .malformedTaxedPart: "the taxed part is not between 0 and 1"
        case .noTaxRate(let holderClass): "no rate of tax for \(holderClass)"
        }
    }
}
