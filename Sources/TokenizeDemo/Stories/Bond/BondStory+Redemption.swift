import Tokenize

/// The end: every unit is paid back, and none is left.
extension BondStory {
    struct RedemptionReport: Encodable {
        let date: String
        let paid: String
        let holderCount: Int
        let outstanding: String
        let stillFrozen: String
    }

    func redeem(_ court: Case) async throws -> (payment: BondPayment, report: RedemptionReport) {
        console.chapter("The bond is redeemed")
        guard let due = payments.last else { throw DemoFailure("the bond pays nothing") }
        try await stage.openDays(to: due.paymentDate)
        let before = try await stage.record(of: bond).outstanding
        let payment = try await pay(due)
        let record = try await stage.record(of: bond)
        guard record.outstanding == .zero, record.status == .redeemed else {
            throw DemoFailure("redemption left \(record.outstanding) units")
        }
        let frozenCash = try await stage.holding(cash, of: court.debtor)
        let frozen = frozenCash.units.subtracting(frozenCash.available) ?? .zero
        var table = Table("", "")
        table.add("business date", "\(payment.date)")
        table.add("units redeemed", "\(Amounts.grouped(before)), at \(redemptionPrice) for each 100")
        table.add(
            "paid",
            "\(currency.text(payment.declared)) to \(Amounts.count(payment.units.count, "holder")), in one transaction"
        )
        table.add("units left", "\(Amounts.grouped(record.outstanding))")
        console.show(table)
        if frozen > .zero {
            console.done(
                "The court's freeze went over to the money: \(currency.text(frozen)) of \(court.debtor.name) "
                    + "stay frozen under \(court.report.order)"
            )
        }
        try await proveEmptiness(of: court.creditor)
        let report = RedemptionReport(
            date: "\(payment.date)",
            paid: "\(payment.paidNet + payment.claimed + payment.tax)",
            holderCount: payment.units.count,
            outstanding: "\(record.outstanding)",
            stillFrozen: "\(frozen)"
        )
        return (payment, report)
    }

    private var redemptionPrice: String { terms.redemptionPrice.map { "\($0)" } ?? "" }

    /// The old proof still holds, and says how old it is; a new one shows that nothing is left.
    private func proveEmptiness(of holder: Participant) async throws {
        let policy = try CheckpointPolicy(origin: stage.verifierKey.name, logKeys: [stage.verifierKey])
        let old = try ProofFile.read(stage.files.proofPath).verify(under: policy)
        let new = try await stage.ledger.proveHolding(asset: bond, account: holder.account).verify(under: policy)
        console.done(
            "The proof of \(holder.name) still says \(Amounts.count(old.units.units, "unit")), on \(old.businessDate): it "
                + "cannot pose as the present. A new one says \(Amounts.count(new.units.units, "unit")), on "
                + "\(new.businessDate)"
        )
    }
}
