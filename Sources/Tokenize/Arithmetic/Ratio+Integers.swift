import CGMP

extension FixedWidthInteger {
    /// The integer that the ratio is, or nil if it is not whole or outside the type's range.
    public init?(exactly ratio: Ratio) {
        guard ratio.isWhole, let magnitude = ratio.wholeMagnitude else { return nil }
        guard ratio.sign < 0 else {
            self.init(exactly: magnitude)
            return
        }
        // The type's lowest value has no positive counterpart in it.
        guard Self.isSigned, let value = Self(exactly: Int128(exactly: magnitude).map { -$0 } ?? .min),
            value.magnitude == magnitude
        else { return nil }
        self = value
    }
}

extension Ratio {
    /// The units of a quantity.
    public init(_ quantity: Quantity) { self.init(quantity.units) }

    /// The magnitude of the numerator, or nil if it has more than 128 bits.
    fileprivate var wholeMagnitude: UInt128? {
        number.readNumerator { numerator in
            guard __gmpz_sizeinbase(numerator, 2) <= UInt128.bitWidth else { return nil }
            var words: [UInt64] = [0, 0]
            var count = 0
            __gmpz_export(&words, &count, -1, MemoryLayout<UInt64>.size, 0, 0, numerator)
            return UInt128(words[1]) << 64 | UInt128(words[0])
        }
    }
}

extension Quantity {
    /// The quantity of as many units as the ratio is, or nil if it is negative, not whole, or above 2^128 - 1.
    public init?(exactly ratio: Ratio) {
        guard let units = UInt128(exactly: ratio) else { return nil }
        self.init(units)
    }

    /// The units that `rounding` makes of the ratio.
    ///
    /// - Throws: ``ArithmeticFailure/doesNotFit`` if they are negative or above 2^128 - 1.
    public init(_ ratio: Ratio, _ rounding: Rounding) throws(ArithmeticFailure) {
        guard let quantity = Quantity(exactly: ratio.rounded(rounding)) else { throw .doesNotFit }
        self = quantity
    }
}
