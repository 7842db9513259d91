import Tokenize

/// The bond of ``BondWorld`` worked out by hand: its days and amounts, from the terms and chapters 12 and 13.
struct BondBook {
    /// One payment: the day of its kind, when it is recorded and paid, and the days of interest; 0 for the principal.
    struct Payment {
        let id: BondDue.ID
        let record: CalendarDate
        let payment: CalendarDate
        let start: CalendarDate
        let end: CalendarDate
        var isCoupon: Bool { id.kind == .coupon }
    }

    let payments: [Payment]
    private static let face: UInt128 = 777
    /// Rates in parts of ten thousand: of interest, and of penalty and the usual tax.
    private static let (rate, tax): (UInt128, UInt128) = (5_200, 735)

    init() throws {
        let days = [(1, 5), (2, 5), (3, 5), (4, 5)].compactMap { CalendarDate(year: 2026, month: $0.0, day: $0.1) }
        guard days.count == 4, days.first == Cast.firstDate else {
            throw AuditFailure(reason: "the bond begins on another day")
        }
        var payments: [Payment] = []
        for (start, end) in zip(days, days.dropFirst()) {
            let paid = OptionBook.open(end, 1)
            let id = BondDue.ID(.coupon, end)
            payments.append(Payment(id: id, record: OptionBook.moved(paid, -2), payment: paid, start: start, end: end))
        }
        if let last = payments.last {
            let id = BondDue.ID(.redemption, last.end)
            payments.append(
                Payment(id: id, record: last.record, payment: last.payment, start: last.end, end: last.end)
            )
        }
        self.payments = payments
    }

    func payment(_ id: BondDue.ID) -> Payment? { payments.first { $0.id == id } }

    /// The first day on which the payment is in default if it is still unpaid.
    static func defaultDate(_ payment: Payment) -> CalendarDate {
        let grace = OptionBook.moved(payment.payment, 3)
        return grace.adding(days: 1) ?? grace
    }

    /// A number over another, a half to the even side.
    private static func halfEven(_ numerator: UInt128, _ denominator: UInt128) -> UInt128 {
        UInt128(HandFraction(Int128(numerator), over: Int128(denominator)).halfEven)
    }

    /// What is declared for so many units, paid on a day.
    static func declared(_ payment: Payment, units: UInt128, on day: CalendarDate) -> UInt128 {
        let days = UInt128(LedgerModel.days(from: payment.start, to: payment.end))
        let total =
            payment.isCoupon ? halfEven(units * face * rate * days, 10_000 * 365) : units * face
        let late = UInt128(max(0, LedgerModel.days(from: payment.payment, to: day)))
        return total + halfEven(total * tax * late, 10_000 * 365)
    }

    /// The tax of a holder, a half up; the principal is no income.
    static func tax(_ payment: Payment, gross: UInt128, isForeign: Bool) -> UInt128 {
        guard payment.isCoupon else { return 0 }
        return (2 * gross * (isForeign ? rate : tax) + 10_000) / 20_000
    }

    /// What so many units cost at a price in parts of ten thousand of the face, or nil where the book does not say:
    /// from the record day of a period on.
    func cost(units: UInt128, price: UInt128, on day: CalendarDate) -> UInt128? {
        guard let period = payments.first(where: { $0.isCoupon && day < $0.end }), day < period.record else {
            return nil
        }
        let days = UInt128(LedgerModel.days(from: period.start, to: day))
        return Self.halfEven(units * Self.face * (price * 365 + Self.rate * days), 10_000 * 365)
    }

    static func isSubscription(_ units: UInt128) -> Bool { units >= 10 && (units - 10) % 5 == 0 }
}
