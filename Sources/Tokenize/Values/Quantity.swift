/// A whole number of units of an asset, or of a currency's minor unit: unsigned, 128 bits, checked.
public struct Quantity: Hashable, Comparable, Sendable {
    /// The number of units.
    public let units: UInt128

    /// No units.
    public static let zero = Quantity(0 as UInt128)
    /// 2^128 - 1 units.
    public static let max = Quantity(UInt128.max)

    /// So many units.
    @inline(__always)
    public init(_ units: UInt128) { self.units = units }

    @inline(__always)
    public static func < (left: Quantity, right: Quantity) -> Bool { left.units < right.units }

    /// The sum, or nil if it does not fit.
    @inline(__always)
    public func adding(_ other: Quantity) -> Quantity? {
        let (sum, overflow) = units.addingReportingOverflow(other.units)
        return overflow ? nil : Quantity(sum)
    }

    /// The difference, or nil if `other` is the greater.
    @inline(__always)
    public func subtracting(_ other: Quantity) -> Quantity? {
        let (difference, overflow) = units.subtractingReportingOverflow(other.units)
        return overflow ? nil : Quantity(difference)
    }

    /// The product, or nil if it does not fit.
    public func multiplied(by factor: UInt128) -> Quantity? {
        let (product, overflow) = units.multipliedReportingOverflow(by: factor)
        return overflow ? nil : Quantity(product)
    }
}

extension Quantity: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt64) { self.init(UInt128(value)) }
}

extension Quantity: CustomStringConvertible {
    public var description: String { String(units) }
}
