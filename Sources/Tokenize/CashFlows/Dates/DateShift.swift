/// A date of a contract in its three roles.
struct ContractDate: Hashable, Sendable {
    /// As the schedule or the contract gives it. Observations are looked up by it.
    let raw: ContractTime
    /// What interest is calculated to.
    let calculation: ContractTime
    /// When it happens: what is reported, and what orders events.
    let event: ContractTime

    /// A date that is all three.
    init(_ time: ContractTime) { self.init(raw: time, calculation: time, event: time) }

    init(raw: ContractTime, calculation: ContractTime, event: ContractTime) {
        self.raw = raw
        self.calculation = calculation
        self.event = event
    }
}

/// How a date that is no business day moves, and whether interest moves with it (ACTUS business-day convention).
public struct DateShift: Hashable, Sendable {
    /// Where the date goes.
    public let convention: BusinessDayConvention
    /// True if interest is calculated to the shifted date (SC: shift, then calculate); false if to the unshifted one
    /// (CS: calculate, then shift).
    public let shiftsCalculation: Bool

    /// No shift.
    public static let none = DateShift(.unadjusted, shiftsCalculation: false)

    private init(_ convention: BusinessDayConvention, shiftsCalculation: Bool) {
        self.convention = convention
        self.shiftsCalculation = shiftsCalculation
    }

    /// The shift that a contract names: `NOS`, `NULL`, or `SC` or `CS` with `F`, `MF`, `P` or `MP`; nil for others.
    public init?(_ name: String) {
        if name == "NOS" || name == "NULL" {
            self = .none
            return
        }
        let conventions: [Substring: BusinessDayConvention] = [
            "F": .following, "MF": .modifiedFollowing, "P": .preceding, "MP": .modifiedPreceding,
        ]
        guard let convention = conventions[name.dropFirst(2)], name.hasPrefix("SC") || name.hasPrefix("CS") else {
            return nil
        }
        self.init(convention, shiftsCalculation: name.hasPrefix("SC"))
    }

    /// The three roles of a date that `raw` is in a schedule.
    func applied(to raw: ContractTime, _ calendar: BusinessCalendar) throws(ConventionFailure) -> ContractDate {
        let shifted = raw.on(try calendar.adjust(raw.date, convention))
        return ContractDate(raw: raw, calculation: shiftsCalculation ? shifted : raw, event: shifted)
    }
}
