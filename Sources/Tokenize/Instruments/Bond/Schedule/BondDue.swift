/// Something that falls due on each unit of a bond.
public struct BondDue: Hashable, Sendable {
    /// What falls due, in the order in which dues of one day are taken.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// Interest that is added to the principal; nothing is paid.
        case capitalisation = 1
        /// Interest.
        case coupon = 2
        /// A part of the principal, before the last one.
        case amortisation = 3
        /// The last of the principal.
        case redemption = 4
        /// What the issuer called, at its price.
        case call = 5
        /// What a holder put, at its price: on the units that were put only.
        case put = 6
        /// The whole principal with the interest accrued, after an event of default (Specs/13).
        case acceleration = 7

        /// True for what is paid for the use of principal, false for principal.
        public var isInterest: Bool { self == .coupon || self == .capitalisation }
    }

    /// The name of a due: there is one of a kind on a due day, and it never changes.
    public struct ID: Hashable, Comparable, Sendable {
        /// The day on which it is due by the terms, business day or not.
        public let date: CalendarDate
        /// What falls due.
        public let kind: Kind

        /// A name.
        public init(_ kind: Kind, _ date: CalendarDate) {
            self.kind = kind
            self.date = date
        }

        public static func < (left: ID, right: ID) -> Bool {
            (left.date, left.kind.rawValue) < (right.date, right.kind.rawValue)
        }
    }

    /// What is paid, and what is left.
    public struct Amount: Hashable, Sendable {
        /// For one unit, in minor units of the cash asset, after the rounding of units; exact.
        public let perUnit: Ratio
        /// The part of it that the tax rule taxes, 0 ... 1; 0 where nothing is paid.
        public let taxedPart: Ratio
        /// The principal of a unit that is outstanding afterwards, before any index, over its face: 1 at issue.
        public let factorAfter: Ratio
    }

    /// What it is called.
    public let id: ID
    /// The first day of the period that it closes: for a bond without periods, the issue.
    public let periodStart: CalendarDate
    /// The last day of the period that it closes.
    public let periodEnd: CalendarDate
    /// Whoever holds a unit at the end of this day is paid.
    public let recordDate: CalendarDate
    /// The first day on which a buyer is not paid; nil if the terms know none.
    public let exDate: CalendarDate?
    /// The day on which it is paid: the due day, adjusted.
    public let paymentDate: CalendarDate
    /// How much; nil as long as it depends on what is not yet observed.
    public let amount: Amount?
}

extension BondDue.ID: CustomStringConvertible {
    /// `coupon 2026-07-01`.
    public var description: String { "\(kind) \(date)" }
}

extension BondDue {
    /// The first day on which a buyer is not paid: the ex day, or the day after the record day where terms know none.
    var firstDayWithout: CalendarDate? { exDate ?? recordDate.adding(days: 1) }

    /// What is declared for so many units: the amounts of all units together, rounded once to whole minor units.
    ///
    /// Throws ``BondFailure/notYetObserved(_:)`` and what numbers throw.
    public func total(on units: Quantity, _ rounding: BondRounding) throws(BondFailure) -> Quantity {
        guard let amount else { throw .notYetObserved(id.date) }
        return try BondFailure.exact { () throws(ArithmeticFailure) in
            try Quantity(amount.perUnit * Ratio(units), rounding.total)
        }
    }
}
