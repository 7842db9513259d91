import Tokenize

/// Numbers as people read them. Everything is done on whole numbers.
enum Amounts {
    /// Digits in groups of three: `50,000,000`.
    static func grouped(_ number: some BinaryInteger) -> String {
        let digits = String(number)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    static func grouped(_ quantity: Quantity) -> String { grouped(quantity.units) }

    /// Seconds to a tenth.
    static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let tenths = attoseconds / 100_000_000_000_000_000
        return "\(seconds).\(tenths)\(Paragraph.glue)s"
    }

    /// Whole milliseconds.
    static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }

    /// Basis points as a percentage: `6.75%`.
    static func percent(basisPoints: UInt64) -> String {
        let fraction = String(basisPoints % 100)
        let padded = String(repeating: "0", count: 2 - fraction.count) + fraction
        return "\(basisPoints / 100).\(padded)%"
    }

    /// `numerator / denominator` of 100, to a hundredth, rounded down.
    static func share(_ numerator: UInt128, of denominator: UInt128) -> String {
        guard denominator > 0 else { return "-" }
        let (quotient, _) = denominator.dividingFullWidth(numerator.multipliedFullWidth(by: 10_000))
        return percent(basisPoints: UInt64(clamping: quotient))
    }

    /// A noun after a number: `1 block`, `2 blocks`.
    static func count(_ number: some BinaryInteger, _ noun: String, plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }
}

extension Currency {
    /// Minor units as people read them, with the currency before: `LAK 1,250`.
    func text(_ amount: Quantity) -> String { "\(code)\(Paragraph.glue)\(number(amount))" }

    /// An exact amount of minor units in the currency's unit, to so many decimals more than it has, half to even.
    func number(exactly amount: Ratio, decimals: Int) throws -> String {
        let scale = try Ratio(10).power(minorUnitDigits)
        return try (amount / scale).decimalText(decimals: minorUnitDigits + decimals, .halfEven)
    }

    /// Minor units without the currency.
    func number(_ amount: Quantity) -> String {
        var scale: UInt128 = 1
        for _ in 0..<minorUnitDigits { scale *= 10 }
        let whole = Amounts.grouped(amount.units / scale)
        guard minorUnitDigits > 0 else { return whole }
        let fraction = String(amount.units % scale)
        return "\(whole)." + String(repeating: "0", count: minorUnitDigits - fraction.count) + fraction
    }
}

extension LedgerIdentifier {
    /// The beginning and end of the text form, for tables.
    var short: String { "\(text.prefix(Self.humanReadablePart.count + 7))…\(text.suffix(4))" }
}
