import Tokenize

/// A drawn bond with options, in plain numbers: rates in parts of a million, prices in parts of ten thousand.
///
/// It has five months, each from a 5th to the next, by a calendar from Monday to Friday; one of its ends is a Sunday.
struct OptionPlan: Sendable {
    enum Interest: Sendable {
        /// Observed so many business days before a period begins, or before it ends.
        case floating(inAdvance: Bool, lag: Int, cap: Int128?)
        /// A rate for each period.
        case stepped([Int128])
    }

    enum Repayment: Sendable {
        case bullet
        /// Equal parts from the period of this place on.
        case linear(Int)
        /// Parts of a hundred by place of the period.
        case instalments([Int: Int128])
    }

    /// Who makes the whole principal due after a default.
    enum Acceleration: Int, CaseIterable, Sendable { case holders, representative, automatic, never }

    /// What is withheld: parts of a million of what is income, more of a foreigner's.
    struct Tax: Sendable {
        let income: TaxRule.Income
        let rounding: Rounding

        static let (usual, foreign): (Int128, Int128) = (73_500, 250_000)

        /// Of so much, of which a part is income (BND-072).
        func amount(_ gross: UInt128, taxed: HandFraction, isForeign: Bool) -> UInt128 {
            guard !income.isEmpty else { return 0 }
            let income = taxed.times(Int128(gross))
            return UInt128(income.times(isForeign ? Self.foreign : Self.usual, over: 1_000_000).rounded(rounding))
        }
    }

    /// Days of an option: from the first place on every end of a period before the last if it continues.
    struct Option: Sendable {
        let first: Int
        let continues: Bool
        let notice: Int
        let price: Int128
        let allowsPart: Bool
    }

    let interest: Interest
    let repayment: Repayment
    let redemptionPrice: Int128
    let call: Option
    let put: Option
    let isRounded: Bool
    let acceleration: Acceleration
    let tax: Tax
    /// True if income of pledged units goes to whom they are pledged.
    let paysPledgees: Bool
    /// Beginnings of the periods, and the end of the last.
    let days: [CalendarDate]

    static let face: Int128 = 1_000_003
    static let (margin, floor, spread, lastRate): (Int128, Int128, Int128, Int128) = (4_000, 1_000, -2_500, 61_000)
    static let (penalty, recordDays, previousDays) = (Int128(90_000), 2, 6)
    static let (interestGrace, principalGrace) = (2, 4)
    /// Units that are traded together.
    static let lot: UInt128 = 2
    /// Parts of a hundred of the units outstanding that accelerate.
    static let holdersPart: Int128 = 40
    static let (reference, other) = ("REF 1M", "ALT 1M")
    static let (minimum, increment): (UInt128, UInt128) = (10, 5)

    init(_ trial: inout Trial) throws {
        days = (1...6).compactMap { CalendarDate(year: 2026, month: $0, day: 5) }
        let lag = try trial.number(0...3)
        switch try trial.number(0...3) {
        case 0, 1: interest = .floating(inAdvance: true, lag: lag, cap: try trial.draw(.element(of: [nil, 90_000])))
        case 2: interest = .floating(inAdvance: false, lag: lag, cap: nil)
        default: interest = .stepped([52_000, 52_000, 0, 71_500, 80_000])
        }
        switch try trial.number(0...3) {
        case 0, 1: repayment = .bullet
        case 2: repayment = .linear(try trial.number(0...3))
        default: repayment = .instalments([1: 25, 2: 35, 4: 40])
        }
        redemptionPrice = try trial.draw(.element(of: [10_000, 10_250]))
        call = Option(
            first: try trial.number(0...2),
            continues: try trial.draw(.bool),
            notice: try trial.number(0...4),
            price: 10_150,
            allowsPart: try trial.number(0...3) > 0
        )
        put = Option(
            first: try trial.number(0...2),
            continues: try trial.draw(.bool),
            notice: try trial.number(0...4),
            price: 9_875,
            allowsPart: false
        )
        isRounded = try trial.draw(.bool)
        acceleration = try trial.draw(.element(of: Acceleration.allCases + [.holders]))
        tax = Tax(
            income: try trial.draw(.element(of: [.all, .coupon, .premium, []])),
            rounding: try trial.draw(.element(of: Rounding.allCases))
        )
        paysPledgees = try trial.draw(.bool)
    }

    /// The terms that say so.
    func terms(cash: AssetID, observer: AccountID, treasury: AccountID) throws -> BondTerms {
        guard let issue = days.first, let maturity = days.last else {
            throw AuditFailure(reason: "the bond's days are malformed")
        }
        let penalty = try Self.rate(Self.penalty)
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(
            faceUnit: Quantity(UInt128(Self.face)),
            minimumSubscription: Quantity(Self.minimum),
            increment: Quantity(Self.increment),
            lot: Quantity(Self.lot)
        )
        sheet.issueDate = issue
        sheet.maturityDate = maturity
        sheet.interest = try interestTerms(observer: observer)
        sheet.periods = try .monthly(from: issue)
        sheet.dayCount = .actual365Fixed
        sheet.repayment = try repaymentTerms()
        sheet.redemptionPrice = try Self.price(redemptionPrice)
        sheet.calls = try options(call)
        sheet.puts = try options(put)
        sheet.calendar = CalendarReference(.mondayToFriday)
        sheet.businessDays = .following
        sheet.recordDate = .businessDays(Self.recordDays)
        sheet.exDate = BondExDate.none
        sheet.rounding = BondRounding(unit: isRounded ? .decimals(2, .halfUp) : .exact, total: .halfEven)
        sheet.tax = try taxRule(treasury: treasury)
        sheet.defaults = BondDefaultTerms(
            interestGrace: .businessDays(Self.interestGrace),
            principalGrace: .businessDays(Self.principalGrace),
            acceleration: try accelerationTerms(),
            penaltyRate: penalty,
            penaltyDayCount: .actual360
        )
        sheet.pledgedIncome = paysPledgees ? .pledgee : .pledgor
        return try BondTerms(sheet)
    }

    private func taxRule(treasury: AccountID) throws -> TaxRule {
        guard !tax.income.isEmpty else { return .untaxed }
        return TaxRule(
            rates: try HolderClass.allCases.map { holderClass in
                .init(holderClass, try Self.rate(holderClass == .foreignPerson ? Tax.foreign : Tax.usual))
            },
            income: tax.income,
            classDate: .paymentDate,
            rounding: tax.rounding,
            treasury: treasury
        )
    }

    private func interestTerms(observer: AccountID) throws -> BondInterest {
        switch interest {
        case .stepped(let rates):
            return .stepped(try zip(days, rates).map { BondRateStep(start: $0, rate: try Self.rate($1)) })
        case .floating(let inAdvance, let lag, let cap):
            return .floating(
                FloatingRate(
                    reference: Self.reference,
                    observer: observer,
                    margin: try Self.rate(Self.margin),
                    floor: try Self.rate(Self.floor),
                    cap: try cap.map { try Self.rate($0) },
                    timing: inAdvance ? .advance : .arrears,
                    lagBusinessDays: lag,
                    fallbacks: [
                        .other(reference: Self.other, spread: try Self.rate(Self.spread)),
                        .previous(days: Self.previousDays), .rate(try Self.rate(Self.lastRate)),
                    ]
                )
            )
        }
    }

    private func repaymentTerms() throws -> BondRepayment {
        switch repayment {
        case .bullet: .bullet
        case .linear(let first): .linear(first: days[first + 1])
        case .instalments(let parts):
            .instalments(
                try parts.sorted { $0.key < $1.key }.map {
                    BondInstalment(date: days[$0.key + 1], part: try Self.rate($0.value * 10_000))
                }
            )
        }
    }

    private func options(_ option: Option) throws -> BondOptionPlan {
        BondOptionPlan(
            days: [.init(date: days[option.first + 1], price: try Self.price(option.price))],
            continues: option.continues,
            noticeBusinessDays: option.notice,
            allowsPart: option.allowsPart
        )
    }

    private func accelerationTerms() throws -> BondDefaultTerms.Acceleration {
        switch acceleration {
        case .never: .none
        case .automatic: .automatic
        case .holders: .holders(try Self.rate(Self.holdersPart * 10_000))
        case .representative: .representative
        }
    }

    /// A number of terms from parts of a million.
    static func rate(_ parts: Int128) throws -> BondDecimal {
        guard let rate = BondDecimal(units: Int64(parts) * 1_000_000) else {
            throw AuditFailure(reason: "a rate is out of range")
        }
        return rate
    }

    static func price(_ parts: Int128) throws -> BondDecimal { try rate(parts * 10_000) }
}
