import Tokenize

/// How many units of an asset a class of holders may still take in, from what everybody can read: the charter's rules
/// and how much each class holds.
struct Headroom: Sendable {
    /// Units that still fit; nil if no rule limits the class.
    let units: Quantity?

    init(for holderClass: HolderClass, in record: AssetRecord) {
        let member = HolderClassSet(holderClass)
        let rooms = record.charter.rules.compactMap { rule -> UInt128? in
            switch rule {
            case .allowedClasses(let classes): classes.contains(member) ? nil : 0
            case .classShareLimit(let classes, let numerator, let denominator):
                classes.contains(member)
                    ? Headroom.room(for: classes, numerator, denominator, in: record) : nil
            }
        }
        units = rooms.min().map { Quantity($0) }
    }

    /// Units of `classes` together.
    static func held(by classes: HolderClassSet, in record: AssetRecord) -> Quantity {
        Quantity(
            HolderClass.allCases.filter { classes.contains(HolderClassSet($0)) }
                .reduce(UInt128(0)) { $0 + record.unitsByClass[Int($1.rawValue)] }
        )
    }

    /// The largest whole number of units within a share of what is outstanding.
    static func limit(_ numerator: UInt64, _ denominator: UInt64, of outstanding: Quantity) -> Quantity {
        let product = outstanding.units.multipliedFullWidth(by: UInt128(numerator))
        return Quantity(UInt128(denominator).dividingFullWidth(product).quotient)
    }

    private static func room(
        for classes: HolderClassSet,
        _ numerator: UInt64,
        _ denominator: UInt64,
        in record: AssetRecord
    ) -> UInt128 {
        let limit = limit(numerator, denominator, of: record.outstanding).units
        return limit - min(held(by: classes, in: record).units, limit)
    }

    /// What a refused buyer is told.
    func sentence(for buyer: String) -> String {
        guard let units else { return "No rule limits what \(buyer) may hold." }
        let would = "\(Amounts.grouped(units)) would be allowed, and \(buyer) "
        return would + (units == .zero ? "buys nothing." : "buys as many. The money of the refused sale never moved.")
    }
}
