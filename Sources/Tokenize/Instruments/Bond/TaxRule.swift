/// What is withheld from holders for the treasury.
public struct TaxRule: Hashable, Sendable {
    /// Parts of payments that are income. Principal is none.
    public struct Income: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Interest that is paid.
        public static let coupon = Income(rawValue: 1)
        /// Interest that was added to the principal, when that is repaid.
        public static let capitalised = Income(rawValue: 2)
        /// What an index adds to the principal, when that is repaid.
        public static let indexation = Income(rawValue: 4)
        /// What a redemption, call or put price has above 100.
        public static let premium = Income(rawValue: 8)
        /// All of them.
        public static let all: Income = [.coupon, .capitalised, .indexation, .premium]
    }

    /// On which day a holder's class decides the rate.
    public enum ClassDate: UInt8, Hashable, Sendable, CaseIterable {
        case recordDate = 1
        case paymentDate = 2
    }

    /// The rate of a class.
    public struct Rate: Hashable, Sendable {
        /// Who holds.
        public let holderClass: HolderClass
        /// The part of the income that is withheld, 0 ... 1; 0 for an exempt class.
        public let rate: BondDecimal

        /// The rate of a class.
        public init(_ holderClass: HolderClass, _ rate: BondDecimal) {
            self.holderClass = holderClass
            self.rate = rate
        }
    }

    /// A rate for every class there is, in the order of the classes: none is exempt by being forgotten.
    public let rates: [Rate]
    /// What is taxed.
    public let income: Income
    /// When the class counts.
    public let classDate: ClassDate
    /// How the tax on one payment to one holder becomes whole minor units.
    public let rounding: Rounding
    /// Where the tax goes; there must be one if any rate is above 0.
    public let treasury: AccountID?

    /// A rule; whether it makes sense is decided with the terms it is part of.
    public init(
        rates: [Rate],
        income: Income,
        classDate: ClassDate,
        rounding: Rounding,
        treasury: AccountID?
    ) {
        self.rates = rates
        self.income = income
        self.classDate = classDate
        self.rounding = rounding
        self.treasury = treasury
    }

    /// The rate of a class, or nil in a rule that forgot it.
    public func rate(of holderClass: HolderClass) -> BondDecimal? {
        rates.first { $0.holderClass == holderClass }?.rate
    }

    /// What is withheld from a payment, and what the holder gets. Always, `net + tax == gross`.
    ///
    /// - Parameters:
    ///   - gross: What the holder is owed, in minor units.
    ///   - taxedPart: The part of it that is taxed income, 0 ... 1: ``BondDue/Amount/taxedPart``.
    ///   - holderClass: The holder's class on the day that ``classDate`` names.
    public func withholding(
        from gross: Quantity,
        taxedPart: Ratio,
        _ holderClass: HolderClass
    ) throws(BondFailure) -> Withholding {
        guard taxedPart >= .zero, taxedPart <= .one else { throw .malformedTaxedPart }
        guard let rate = rate(of: holderClass) else { throw .noTaxRate(holderClass) }
        let tax = try BondFailure.exact { () throws(ArithmeticFailure) in
            try Quantity(Ratio(gross) * taxedPart * rate.value, rounding)
        }
        // A part of a whole number, rounded, is never above it.
        guard let net = gross.subtracting(tax) else { throw .arithmetic(.doesNotFit) }
        return Withholding(gross: gross, tax: tax, net: net)
    }
}

/// One payment to one holder, in minor units.
public struct Withholding: Hashable, Sendable {
    /// What is owed.
    public let gross: Quantity
    /// What goes to the treasury.
    public let tax: Quantity
    /// What the holder gets.
    public let net: Quantity
}
