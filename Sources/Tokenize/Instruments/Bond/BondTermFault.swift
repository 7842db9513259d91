/// A part of a bond's terms, by the name that it has in a term sheet.
public enum BondTermField: String, Hashable, Sendable, CaseIterable {
    case cash
    case denomination
    case faceUnit = "denomination.faceUnit"
    case minimumSubscription = "denomination.minimumSubscription"
    case increment = "denomination.increment"
    case lot = "denomination.lot"
    case isin = "identifiers.isin"
    case cfi = "identifiers.cfi"
    case fisn = "identifiers.fisn"
    case issueDate
    case maturityDate
    case interest
    case periods
    case capitalisation = "periods.capitalisesThrough"
    case dayCount
    case repayment
    case redemptionPrice
    case indexation
    case calls
    case puts
    case calendar
    case businessDays
    case recordDate
    case exDate
    case rounding
    case tax
    case taxTreasury = "tax.treasury"
    case defaults
    case interestGrace = "defaults.interestGrace"
    case principalGrace = "defaults.principalGrace"
    case acceleration = "defaults.acceleration"
    case penaltyRate = "defaults.penaltyRate"
    case penaltyDayCount = "defaults.penaltyDayCount"
    case pledgedIncome
}

/// One thing that is wrong with a term sheet.
public enum BondTermFault: Hashable, Sendable {
    /// A mandatory part that is not there: nothing legal is assumed.
    case missing(BondTermField)
    /// A part that contradicts another one by being there.
    case unexpected(BondTermField, with: BondTermField)
    /// Two parts that cannot both be as they are.
    case incompatible(BondTermField, BondTermField)
    /// A number, a text or a list outside its limits.
    case outOfRange(BondTermField)
    /// Dates, steps or parts that do not ascend.
    case notAscending(BondTermField)
    /// A day that is no end of a period (for a step of a rate: no beginning of one).
    case offSchedule(BondTermField, CalendarDate)
    /// Parts of a sinking fund that do not add up to 1, or the last one not due at maturity.
    case instalmentsDoNotAddUp
    /// Periods that cannot be made.
    case schedule(ConventionFailure)
    /// An identifier that is none.
    case malformedIdentifier(BondTermField, IdentifierFailure)
    /// A classification whose interest or redemption says something else than the terms.
    case classificationContradicts(attribute: Int)
    /// An ex date that could be after the first business day that follows the record date.
    case exDateAfterRecordDate
    /// Fallbacks of a floating rate that do not end with a rate.
    case openFallback
    /// A tax rule that has not exactly one rate for the class, in order.
    case taxRate(HolderClass)
}

/// A term sheet that makes no bond, with everything that is wrong with it.
public struct BondTermFailure: Error, Hashable, Sendable {
    /// The faults, at least one, in the order of the terms.
    public let faults: [BondTermFault]

    /// A failure with these faults.
    public init(faults: [BondTermFault]) { self.faults = faults }
}

extension BondTermFault: CustomStringConvertible {
    /// A sentence that names the field.
    public var description: String {
        switch self {
        case .missing(let field): "\(field.rawValue) is missing"
        case .unexpected(let field, let other): "\(field.rawValue) contradicts \(other.rawValue)"
        case .incompatible(let field, let other): "\(field.rawValue) and \(other.rawValue) exclude each other"
        case .outOfRange(let field): "\(field.rawValue) is out of range"
        case .notAscending(let field): "\(field.rawValue) does not ascend"
        case .offSchedule(let field, let date): "\(field.rawValue) has \(date), which is no date of a period"
        case .instalmentsDoNotAddUp: "repayment has parts that do not add up to 1 at maturity"
        case .schedule(let failure): "periods cannot be made: \(failure)"
        case .malformedIdentifier(let field, let failure): "\(field.rawValue) is malformed: \(failure)"
        case .classificationContradicts(let attribute):
            "identifiers.cfi says something else than the terms in attribute \(attribute)"
        case .exDateAfterRecordDate: "exDate is after the first business day that follows recordDate"
        case .openFallback: "interest has fallbacks that do not end with a rate"
        case .taxRate(let holderClass): "tax must have one rate for the class \(holderClass), in order"
        }
    }
}
