import Testing

@testable import Tokenize

/// Acts, effects and keys of the life of bonds.
extension SampleActs {
    static func servicing() throws -> [Act] {
        let (asset, account) = (SampleParts.asset, SampleParts.account)
        let (date, due) = (try SampleParts.date(), BondDue.ID(.coupon, try SampleParts.date()))
        let calendar = try BusinessCalendar(
            name: "SAMPLE",
            version: 2,
            firstDay: try SampleParts.date("2026-01-01"),
            lastDay: try SampleParts.date("2026-12-31"),
            weekend: [.saturday, .sunday],
            holidays: [date]
        )
        let price = BondQuote.price(.hundred)
        let yield = BondQuote.yield(SampleBond.decimal("-0.01"))
        return [
            .service(.registerCalendar(calendar), under: AuthorityReference(.operator)),
            .service(.instructPayment(PaymentInstruction(cashAccount: account)), under: nil),
            .service(.instructPayment(PaymentInstruction(cashAccount: nil)), under: nil),
            .service(.payDue(DuePayment(asset: asset, due: due, claimsAccount: account)), under: under(.payingAgent)),
            .service(
                .settleClaim(ClaimSettlement(asset: asset, due: due, account: account, partition: 3)),
                under: under(.payingAgent)
            ),
            .service(.subscribe(Subscription(asset: asset, buyer: 1, units: 10, at: price)), under: under(.issuer)),
            .service(.buyBack(BuyBack(asset: asset, seller: 1, units: 10, at: yield)), under: under(.issuer)),
            .service(
                .observe(ObservationReport(asset: asset, name: "SOFR 6M", date: date, value: .one)),
                under: nil
            ),
            .service(.closeObservations(ObservationClosing(asset: asset, through: date)), under: nil),
            .service(.giveCallNotice(CallNotice(asset: asset, date: date)), under: under(.issuer)),
            .service(.givePutNotice(PutNotice(asset: asset, date: date, units: SampleParts.wide)), under: nil),
            .service(.accelerate(Acceleration(asset: asset)), under: nil),
            .service(.accelerate(Acceleration(asset: asset)), under: AuthorityReference(.court)),
        ]
    }

    static func servicingEffects() throws -> [ServicingEffect] {
        let (asset, account, other) = (SampleParts.asset, SampleParts.account, SampleParts.other)
        let (date, due) = (try SampleParts.date(), BondDue.ID(.redemption, try SampleParts.date()))
        return [
            .calendarRegistered(SampleParts.digest(3)), .paymentInstructed(account, cashAccount: other),
            .recordPointTaken(asset, on: date),
            .duePaid(asset, due: due, holder: account, partition: 0, to: account, gross: SampleParts.wide, tax: 5),
            .duePaid(asset, due: due, holder: account, partition: 1, to: other, gross: 10, tax: 0),
            .claimMade(asset, due: due, holder: account, partition: 0, to: account, gross: 10, tax: 10),
            .claimMade(asset, due: due, holder: account, partition: 0, to: other, gross: 10, tax: 1),
            .taxRemitted(asset, due: due, treasury: other, amount: 6),
            .dueDischarged(asset, due: due, declared: 20, penalty: 1, tax: 6, claimed: 10),
            .claimSettled(asset, due: due, account: account, partition: 0, to: other, amount: 10),
            .subscribed(asset, buyer: other, units: 5, cost: 500), .boughtBack(asset, seller: other, units: 5, cost: 1),
            .observed(asset, name: "LAO CPI", on: date, value: SampleBond.decimal("120.5")),
            .observationsClosed(asset, by: other, through: date), .called(asset, on: date, part: .one),
            .put(asset, holder: account, partition: 0, on: date, units: 7), .defaulted(asset, due: due),
            .accelerated(asset, on: date), .exDayCame(asset, due: due, on: date),
        ]
    }

    static func servicingKeys() throws -> [StateKey] {
        let (asset, account, date) = (SampleParts.asset, SampleParts.account, try SampleParts.date())
        return [
            .calendar(SampleParts.digest(3)), .bond(asset), .recordPoint(asset, date),
            .keptHolding(asset, date, account: account, partition: 1), .paidDue(asset, date, kind: 2),
            .claim(asset, date, kind: 4, account: account, partition: 0), .paymentInstruction(account),
            .observation(asset, name: "SOFR 6M", date), .putNotice(asset, date, account: account, partition: 0),
        ]
    }
}
