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

    func redeem(lastCoupon: Payout?, _ court: Case) async throws -> RedemptionReport {
        console.chapter("The bond is redeemed")
        try await stage.openDays(to: scenario.maturityDate)
        let outstanding = try await stage.record(of: bond).outstanding
        let holders = try await stage.ledger.read { [bond] in $0.holdings(of: bond).count { $0.units > .zero } }
        let total = try cost(of: outstanding, at: terms.faceUnit)
        try await stage.fundPayingAgent(total, cash, from: stage.ministry)
        let receipt = try await redemption(reference: "REDEMPTION OF \(scenario.identification.value)")
        var paid: UInt128 = 0
        for case .paid(_, _, _, let amount) in try await stage.effects(of: receipt) { paid += amount.units }
        let record = try await stage.record(of: bond)
        let frozenCash = try await stage.holding(cash, of: court.debtor)
        let frozen = frozenCash.units.subtracting(frozenCash.available) ?? .zero
        guard record.outstanding == .zero, paid == total.units else {
            throw DemoFailure("redemption left \(record.outstanding) units and paid \(paid) of \(total)")
        }
        var table = Table("", "")
        table.add("business date", "\(try await stage.businessDate())")
        table.add("units redeemed", "\(Amounts.grouped(outstanding)), at \(currency.text(terms.faceUnit)) each")
        table.add("paid", "\(currency.text(Quantity(paid))) to \(Amounts.count(holders, "holder")), in one transaction")
        table.add("units left", "\(Amounts.grouped(record.outstanding))")
        console.show(table)
        if frozen > .zero {
            console.done(
                "The court's freeze went over to the money: \(currency.text(frozen)) of \(court.debtor.name) "
                    + "stay frozen under \(court.report.order)"
            )
        }
        try await proveEmptiness(of: court.creditor)
        return RedemptionReport(
            date: "\(try await stage.businessDate())",
            paid: "\(paid)",
            holderCount: holders,
            outstanding: "\(record.outstanding)",
            stillFrozen: "\(frozen)"
        )
    }

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

    /// Redeems every unit at face; refused before maturity.
    func redemption(reference: String) async throws(SubmissionError) -> Receipt {
        guard
            let order = OrderReference(reference: reference, documentDigest: Document.digest(of: reference))
        else { throw .failed(.misconfigured(reason: "'\(reference)' is not a reference")) }
        return try await stage.authority(AuthorityReference(.payingAgent, asset: bond), stage.payingAgent)
            .redeemAll(FinalRedemption(asset: bond, cash: cash, amountPerUnit: terms.faceUnit, order: order))
    }
}
