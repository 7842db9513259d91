import Tokenize

/// What is drawn of the bond of ``BondWorld``: its tax, its price, its days, and how large its holdings are.
struct BondPlan: Sendable {
    /// One, in the parts of rates and prices.
    static let one: UInt128 = 1_000_000_000_000
    static let face: UInt128 = 777
    /// Rates in parts of ten thousand: of interest, and of penalty.
    static let (interest, penalty): (UInt128, UInt128) = (5_200, 735)
    /// Business days of grace, of interest and of the principal.
    static let (interestGrace, principalGrace) = (3, 5)
    static let (minimum, increment): (UInt128, UInt128) = (10, 5)

    /// Rates of tax of citizens, of foreigners and of domestic companies.
    var taxes: (citizen: UInt128, foreigner: UInt128, company: UInt128) = (one / 10, one / 2, 0)
    var income = TaxRule.Income.all
    var rounding = Rounding.halfUp
    /// What is repaid, over the face.
    var price: UInt128 = one
    /// Business days from the record day to the payment, and from the ex day if there is one.
    var recordDays = 2
    var exDays: Int? = 1
    var lot: UInt128 = 1
    /// How many units a small holding has.
    var scale: UInt128 = 1
    /// True if the charter of the cash forbids foreigners to hold it.
    var isForeignerExcluded = false

    init() {}

    init(_ trial: inout Trial) throws {
        let rates: [UInt128] = [0, 1, 73_500_000_000, Self.one / 10, Self.one / 2, 987_654_321_987, Self.one]
        taxes.citizen = try trial.draw(.element(of: [rates[2], rates[4], rates[4], rates[5], rates[1]]))
        taxes.foreigner = try trial.draw(.element(of: rates))
        taxes.company = try trial.draw(.element(of: rates))
        income = try trial.draw(.element(of: [.all, .all, .coupon, .premium, [.capitalised, .indexation]]))
        rounding = try trial.draw(.element(of: Rounding.allCases))
        price = try trial.draw(
            .element(of: [Self.one, Self.one, 1_015_000_000_000, 1_012_345_678_901, 980_000_000_000])
        )
        (recordDays, exDays) = try trial.draw(.element(of: [(2, 1), (3, 2), (4, 5), (3, 3), (2, nil)]))
        lot = try trial.draw(.element(of: [1, 2, 5]))
        scale = try trial.draw(.element(of: [1, 1, 10_000, 1_000_000_000, 10_000_000_000_000, 1 << 60]))
        isForeignerExcluded = try trial.number(0...2) == 0
        trial.note("\(self)")
        trial.label("large holdings", when: scale > 1 && scale < 1 << 60)
        trial.label("holdings beyond 64 bits", when: scale == 1 << 60)
    }

    /// The rate of tax of a member of the cast.
    func tax(of member: Int) -> UInt128 {
        member == Cast.foreigner ? taxes.foreigner : member == Cast.company ? taxes.company : taxes.citizen
    }

    /// Whether the charter of the cash lets a member of the cast hold it.
    func mayHoldCash(_ member: Int) -> Bool { !isForeignerExcluded || member != Cast.foreigner }

    func terms(cash: AssetID, treasury: AccountID) throws -> BondTerms {
        guard let issue = Cast.firstDate, let maturity = issue.adding(months: 3) else {
            throw AuditFailure(reason: "the bond's days are malformed")
        }
        let penalty = try Self.decimal(Self.penalty * Self.one / 10_000)
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(
            faceUnit: Quantity(Self.face),
            minimumSubscription: Quantity(Self.minimum),
            increment: Quantity(Self.increment),
            lot: Quantity(lot)
        )
        sheet.issueDate = issue
        sheet.maturityDate = maturity
        sheet.interest = .fixed(try Self.decimal(Self.interest * Self.one / 10_000))
        sheet.periods = try .monthly(from: issue)
        sheet.dayCount = .actual365Fixed
        sheet.repayment = .bullet
        // In percent.
        sheet.redemptionPrice = try Self.decimal(price * 100)
        sheet.calendar = CalendarReference(.mondayToFriday)
        sheet.businessDays = .following
        sheet.recordDate = .businessDays(recordDays)
        sheet.exDate = exDays.map { .before(.businessDays($0)) } ?? BondExDate.none
        sheet.rounding = BondRounding(unit: .exact, total: .halfEven)
        sheet.tax = try taxRule(treasury)
        sheet.defaults = BondDefaultTerms(
            interestGrace: .businessDays(Self.interestGrace),
            principalGrace: .businessDays(Self.principalGrace),
            acceleration: .none,
            penaltyRate: penalty,
            penaltyDayCount: .actual360
        )
        sheet.pledgedIncome = .pledgor
        return try BondTerms(sheet)
    }

    private func taxRule(_ treasury: AccountID) throws -> TaxRule {
        let rates = try HolderClass.allCases.map { holderClass in
            let rate: UInt128
            switch holderClass {
            case .foreignPerson: rate = taxes.foreigner
            case .domesticEntity: rate = taxes.company
            default: rate = taxes.citizen
            }
            return TaxRule.Rate(holderClass, try Self.decimal(rate))
        }
        return TaxRule(rates: rates, income: income, classDate: .recordDate, rounding: rounding, treasury: treasury)
    }

    /// A number of parts as the decimal that it is.
    static func decimal(_ parts: UInt128) throws -> BondDecimal {
        let digits = String(parts % one)
        let text = "\(parts / one)." + String(repeating: "0", count: 12 - digits.count) + digits
        guard let decimal = BondDecimal(text) else { throw AuditFailure(reason: "\(text) is no decimal") }
        return decimal
    }
}
