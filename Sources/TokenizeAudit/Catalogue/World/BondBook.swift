import Tokenize

/// The bond of ``BondWorld`` worked out by hand: its days and amounts, from the terms and chapters 12 and 13.
struct BondBook: Sendable {
    /// One payment: the day of its kind, when it is recorded and paid, and the days of interest; 0 for the principal.
    struct Payment: Sendable {
        let id: BondDue.ID
        let record: CalendarDate
        let payment: CalendarDate
        let ex: CalendarDate?
        let start: CalendarDate
        let end: CalendarDate
        var isCoupon: Bool { id.kind == .coupon }
    }

    let plan: BondPlan
    /// In the order of their names.
    let payments: [Payment]

    init(_ plan: BondPlan) throws {
        self.plan = plan
        let days = [(1, 5), (2, 5), (3, 5), (4, 5)].compactMap { CalendarDate(year: 2026, month: $0.0, day: $0.1) }
        guard days.count == 4, days.first == Cast.firstDate else {
            throw AuditFailure(reason: "the bond begins on another day")
        }
        var payments: [Payment] = []
        for (start, end) in zip(days, days.dropFirst()) {
            payments.append(Self.payment(.coupon, start, end, plan))
        }
        if let last = days.last { payments.append(Self.payment(.redemption, last, last, plan)) }
        self.payments = payments
    }

    private static func payment(
        _ kind: BondDue.Kind,
        _ start: CalendarDate,
        _ end: CalendarDate,
        _ plan: BondPlan
    ) -> Payment {
        let paid = OptionBook.open(end, 1)
        return Payment(
            id: BondDue.ID(kind, end),
            record: OptionBook.moved(paid, -plan.recordDays),
            payment: paid,
            ex: plan.exDays.map { OptionBook.moved(paid, -$0) },
            start: start,
            end: end
        )
    }

    func payment(_ id: BondDue.ID) -> Payment? { payments.first { $0.id == id } }

    /// The first day on which the payment is in default if it is still unpaid.
    static func defaultDate(_ payment: Payment) -> CalendarDate {
        let days = payment.isCoupon ? BondPlan.interestGrace : BondPlan.principalGrace
        let grace = OptionBook.moved(payment.payment, days)
        return grace.adding(days: 1) ?? grace
    }

    /// What is owed for so many units, and the interest for lateness on it if it is paid on a day.
    func owed(_ payment: Payment, units: UInt128, on day: CalendarDate) -> (total: UInt128, penalty: UInt128) {
        let days = UInt128(LedgerModel.days(from: payment.start, to: payment.end))
        let total =
            payment.isCoupon
            ? HandRounding.rounded([units, BondPlan.face, BondPlan.interest, days], over: 10_000 * 365, .halfEven)
            : HandRounding.rounded([units, BondPlan.face, plan.price], over: BondPlan.one, .halfEven)
        let late = UInt128(max(0, LedgerModel.days(from: payment.payment, to: day)))
        return (total, HandRounding.rounded([total, BondPlan.penalty, late], over: 10_000 * 360, .halfEven))
    }

    /// The tax of a holder: of interest, if that is income, and of what the price has above the face, if that is.
    func tax(_ payment: Payment, gross: UInt128, of member: Int) -> UInt128 {
        let rate = plan.tax(of: member)
        if payment.isCoupon {
            guard plan.income.contains(.coupon) else { return 0 }
            return HandRounding.rounded([gross, rate], over: BondPlan.one, plan.rounding)
        }
        guard plan.income.contains(.premium), plan.price > BondPlan.one else { return 0 }
        return HandRounding.rounded(
            [gross, plan.price - BondPlan.one, rate],
            over: plan.price * BondPlan.one,
            plan.rounding
        )
    }

    /// What so many units cost at a price in parts of ten thousand of the face, or nil after the last payment.
    func cost(units: UInt128, price: UInt128, on day: CalendarDate) -> UInt128? {
        guard let period = payments.first(where: { $0.isCoupon && $0.payment > day }) else { return nil }
        let withoutCoupon = period.ex ?? period.record.adding(days: 1) ?? period.record
        let last = min(day, period.end)
        // Price and interest, in parts of 10,000 times 365 of the face.
        let clean = Int128(price * 365)
        let accrued =
            day >= withoutCoupon
            ? -Int128(LedgerModel.days(from: last, to: period.end))
            : Int128(LedgerModel.days(from: period.start, to: last))
        let parts = UInt128(clean + accrued * Int128(BondPlan.interest))
        return HandRounding.rounded([units, BondPlan.face, parts], over: 10_000 * 365, .halfEven)
    }

    static func isSubscription(_ units: UInt128) -> Bool {
        units >= BondPlan.minimum && (units - BondPlan.minimum) % BondPlan.increment == 0
    }
}
