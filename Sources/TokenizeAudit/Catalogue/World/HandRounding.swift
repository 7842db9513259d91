import Tokenize

/// Whole numbers of fractions that are not negative, as one rounds them on paper.
struct HandRounding {
    /// The whole number below, and what is left of the divisor.
    private let (whole, rest): (UInt128, UInt128)
    private let divisor: UInt128

    /// A product of whole numbers over a divisor; the result must fit.
    init(_ factors: [UInt128], over divisor: UInt128) {
        let product = factors.reduce(ModelNumber(1)) { $0 * ModelNumber($1) }
        (whole, rest) = product.divided(by: divisor)
        self.divisor = divisor
    }

    func rounded(_ rounding: Rounding) -> UInt128 {
        guard rest > 0 else { return whole }
        // How far it is to the next whole number.
        let missing = divisor - rest
        let isUp: Bool
        switch rounding {
        case .towardZero, .floor: isUp = false
        case .awayFromZero, .ceiling: isUp = true
        case .halfUp: isUp = rest >= missing
        case .halfDown: isUp = rest > missing
        case .halfEven: isUp = rest > missing || (rest == missing && whole % 2 == 1)
        }
        return isUp ? whole + 1 : whole
    }

    /// A product over a divisor, rounded.
    static func rounded(_ factors: [UInt128], over divisor: UInt128, _ rounding: Rounding) -> UInt128 {
        HandRounding(factors, over: divisor).rounded(rounding)
    }
}
