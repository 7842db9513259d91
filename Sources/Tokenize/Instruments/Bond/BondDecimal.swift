/// A decimal number that terms state: a rate (`0.0525` is 5.25 % a year), a price for each 100, or an index.
///
/// Counted in units of 10^-12, so that one number has one form.
public struct BondDecimal: Hashable, Comparable, Sendable {
    /// Decimals of the number.
    public static let decimalCount = 12
    /// The greatest count of units without sign: 100,000.
    public static let unitsMax: Int64 = 100_000_000_000_000_000
    /// 0.
    public static let zero = BondDecimal(checked: 0)
    /// 1.
    public static let one = BondDecimal(checked: unitsPerOne)
    /// 100: a price at par.
    public static let hundred = BondDecimal(checked: 100 * unitsPerOne)

    private static let unitsPerOne: Int64 = 1_000_000_000_000

    /// The number in units of 10^-12.
    public let units: Int64

    private init(checked units: Int64) { self.units = units }

    /// The number of so many units of 10^-12, or nil beyond ``unitsMax``.
    public init?(units: Int64) {
        guard (-BondDecimal.unitsMax...BondDecimal.unitsMax).contains(units) else { return nil }
        self.units = units
    }

    /// The number that decimal text writes, or nil if it is none, has more than 12 decimals, or is beyond 100,000.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= BondDecimal.textByteCountMax, let number = try? Ratio(decimal: text),
            let scaled = try? number * Ratio(BondDecimal.unitsPerOne), let units = Int64(exactly: scaled)
        else { return nil }
        self.init(units: units)
    }

    /// Bytes of a text that is read.
    static let textByteCountMax = 32

    /// The exact number.
    public var value: Ratio {
        guard let value = try? Ratio(numerator: units, denominator: BondDecimal.unitsPerOne) else {
            preconditionFailure("10^12 is not zero")
        }
        return value
    }

    public static func < (left: BondDecimal, right: BondDecimal) -> Bool { left.units < right.units }
}

extension BondDecimal: CustomStringConvertible {
    /// As few decimals as the number has: `0.0525`, `-1`, `102.5`.
    public var description: String {
        let magnitude = units.magnitude
        let unit = BondDecimal.unitsPerOne.magnitude
        let whole = (units < 0 ? "-" : "") + String(magnitude / unit)
        let rest = String(magnitude % unit)
        var decimals = String(repeating: "0", count: BondDecimal.decimalCount - rest.utf8.count) + rest
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return decimals.isEmpty ? whole : whole + "." + decimals
    }
}
