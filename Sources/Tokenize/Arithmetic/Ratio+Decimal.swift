import CGMP

extension Ratio {
    /// Digits that decimal text may have, and the largest exponent of ten in it.
    public static let decimalDigitCountMax = decimalCountMax

    /// The exact value of decimal text such as `0.0695`, `-12`, `.5` or `2.5e-3`: an optional sign, digits with at most
    /// one point among them, an optional exponent of ten. ASCII only; no blanks, no separators of thousands.
    ///
    /// - Throws: ``ArithmeticFailure/notDecimal``; ``ArithmeticFailure/tooLarge`` if there are more than
    ///   ``decimalDigitCountMax`` digits, the exponent is beyond that, or the number is beyond ``bitCountMax``.
    public init(decimal text: some StringProtocol) throws(ArithmeticFailure) {
        let parts = try DecimalParts(text.utf8)
        let number = RationalNumber { result in
            // Digits only, so the text is one that GMP reads.
            let isRead = parts.digits.withUnsafeBufferPointer { __gmpz_set_str(&result._mp_num, $0.baseAddress, 10) }
            if isRead == 0, parts.isNegative { result._mp_num._mp_size.negate() }
        }
        let digits = try Ratio(checking: number)
        let scale = try Ratio.powerOfTen(Int(parts.exponent.magnitude))
        self = try parts.exponent < 0 ? digits / scale : digits * scale
    }

    /// Decimal text with exactly so many decimals, and no point if there are none: `-0.50`, `1200`.
    ///
    /// A number that `rounding` makes zero is written without a sign.
    ///
    /// - Throws: ``ArithmeticFailure/tooLarge``, also if `decimals` is outside 0 ... ``decimalCountMax``.
    public func decimalText(decimals: Int, _ rounding: Rounding) throws(ArithmeticFailure) -> String {
        let scaled = try (self * Ratio.powerOfTen(decimals)).rounded(rounding)
        let digits = scaled.magnitude.description
        let padded = String(repeating: "0", count: max(decimals + 1 - digits.utf8.count, 0)) + digits
        let sign = scaled.sign < 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}

/// Decimal text taken apart: the value is the digits times ten to the exponent.
private struct DecimalParts {
    /// ASCII digits, closed with a zero byte.
    var digits: [CChar] = []
    var isNegative = false
    var exponent = 0

    init(_ text: some Collection<UInt8>) throws(ArithmeticFailure) {
        var rest = text[...]
        isNegative = DecimalParts.sign(&rest)
        var isPastPoint = false
        var isPastZeros = false
        var count = 0
        while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
            rest.removeFirst()
            if byte == UInt8(ascii: "."), !isPastPoint {
                isPastPoint = true
                continue
            }
            guard (0x30...0x39).contains(byte) else { throw .notDecimal }
            count += 1
            if isPastPoint { exponent -= 1 }
            isPastZeros = isPastZeros || byte != 0x30
            if isPastZeros { digits.append(CChar(byte)) }
            guard count <= Ratio.decimalDigitCountMax else { throw .tooLarge }
        }
        guard count > 0 else { throw .notDecimal }
        if digits.isEmpty { digits.append(0x30) }
        digits.append(0)
        if !rest.isEmpty { exponent += try DecimalParts.exponent(rest.dropFirst()) }
        guard exponent.magnitude <= Ratio.decimalDigitCountMax else { throw .tooLarge }
    }

    /// Takes a sign off the front; true for `-`.
    private static func sign<Text: Collection<UInt8>>(_ text: inout Text) -> Bool where Text.SubSequence == Text {
        guard let byte = text.first, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
        text.removeFirst()
        return byte == UInt8(ascii: "-")
    }

    /// The exponent that the whole text is.
    private static func exponent(_ text: some Collection<UInt8>) throws(ArithmeticFailure) -> Int {
        var rest = text[...]
        let isNegative = sign(&rest)
        guard !rest.isEmpty else { throw .notDecimal }
        var value = 0
        for byte in rest {
            guard (0x30...0x39).contains(byte) else { throw .notDecimal }
            value = min(value * 10 + Int(byte - 0x30), 2 * Ratio.decimalDigitCountMax + 1)
        }
        return isNegative ? -value : value
    }
}
