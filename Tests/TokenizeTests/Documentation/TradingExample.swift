import Tokenize
import TokenizeAudit

let trading = Property(
    "ACME-001",
    "Whatever two holders send each other, together they have as many units as before.",
    coverage: [.init("sent", perMille: 500), .init("refused", perMille: 200)]
) { trial in
    let small = try await SmallLedger()
    for _ in 0..<8 {
        let units = try trial.draw(Generator<UInt64>.integer(in: 0...150))
        let isBack = try trial.draw(.bool)
        let (from, to) = isBack ? (small.bob, small.alice) : (small.alice, small.bob)
        trial.note("\(isBack ? "bob" : "alice") sends \(units)")
        do {
            try await from.transfer(Quantity(UInt128(units)), of: small.asset, to: to.account)
            trial.label("sent")
        } catch SubmissionError.rejected(let rejection) {
            trial.note("refused by \(rejection.ruleID)")
            trial.label("refused")
        }
        let (one, other) = (try await small.units(of: small.alice), try await small.units(of: small.bob))
        try trial.require(one.adding(other) == 100, "they have \(one) and \(other)")
    }
}
