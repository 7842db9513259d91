/// What is withheld from a gross amount of one holder: the taxed part times the rate of a class, worked out once, as
/// integers for each holder (Specs/12, BND-072).
struct TaxScale: Sendable {
    /// The tax is `part / whole` of the gross amount, where both fit; else `part` is 0.
    private let part: UInt64
    private let whole: UInt64
    /// The same where one of them does not fit. Beside the numbers and not in an enum with them: a scale is asked for each
    /// of a million holders, and numbers are read without holding on to anything.
    private let product: Ratio?
    private let rounding: Rounding

    /// The scale of a class.
    init(_ rule: TaxRule, taxedPart: Ratio, _ holderClass: HolderClass) throws(BondFailure) {
        guard let rate = rule.rate(of: holderClass) else { throw .noTaxRate(holderClass) }
        let product = try BondFailure.exact { () throws(ArithmeticFailure) in try taxedPart * rate.value }
        rounding = rule.rounding
        if let part = UInt64(exactly: product.numerator), let whole = UInt64(exactly: product.denominator) {
            (self.part, self.whole, self.product) = (part, whole, nil)
        } else {
            // Of every gross amount, so that none is taxed at less for a number out of range.
            _ = try BondFailure.exact { () throws(ArithmeticFailure) in try Ratio(UInt128.max) * product }
            (part, whole, self.product) = (0, 1, product)
        }
    }

    /// The tax on a gross amount; never above it.
    func tax(on gross: UInt128) -> UInt128 {
        if let product { return ratioTax(on: gross, product) }
        if let amount = UInt64(exactly: gross) { return UInt128(tax(on: amount)) }
        return wideTax(on: gross, part, whole)
    }

    /// The tax on a gross amount of 64 bits; never above it.
    @inline(__always)
    func tax(on gross: UInt64) -> UInt64 {
        if let product { return UInt64(truncatingIfNeeded: ratioTax(on: UInt128(gross), product)) }
        let amount = gross.multipliedFullWidth(by: part)
        // The part is at most the whole, so the quotient fits. Nearly always the product does too, and a division of 64
        // bits is a fraction of the other.
        let (quotient, remainder) =
            amount.high == 0 ? amount.low.quotientAndRemainder(dividingBy: whole) : whole.dividingFullWidth(amount)
        return quotient &+ (roundsUp(quotient, remainder, whole) ? 1 : 0)
    }

    private func ratioTax(on gross: UInt128, _ product: Ratio) -> UInt128 {
        do {
            return try Quantity(Ratio(gross) * product, rounding).units
        } catch {
            preconditionFailure("a product of the greatest amount was made before")
        }
    }

    private func wideTax(on gross: UInt128, _ part: UInt64, _ whole: UInt64) -> UInt128 {
        let product = gross.multipliedFullWidth(by: UInt128(part))
        let (quotient, remainder) = UInt128(whole).dividingFullWidth(product)
        let isUp = roundsUp(UInt64(truncatingIfNeeded: quotient & 1), UInt64(truncatingIfNeeded: remainder), whole)
        return quotient + (isUp ? 1 : 0)
    }

    @inline(__always)
    private func roundsUp(_ quotient: UInt64, _ remainder: UInt64, _ whole: UInt64) -> Bool {
        guard remainder > 0 else { return false }
        let other = whole - remainder
        return switch rounding {
        case .towardZero, .floor: false
        case .awayFromZero, .ceiling: true
        case .halfEven: remainder > other || (remainder == other && quotient & 1 == 1)
        case .halfUp: remainder >= other
        case .halfDown: remainder > other
        }
    }
}
