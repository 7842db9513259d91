import Tokenize
import TokenizeAudit

let repaidOnce = Property(
    "ACME-003",
    "However often the paying agent pays, the holders of record get the face of their units once.",
    coverage: [.init("paid", perMille: 500), .init("refused", perMille: 500)]
) { trial in
    let small = try await SmallLedger(withBond: true)
    let sold = try trial.draw(Generator<UInt64>.integer(in: 1...60))
    try await small.bob.transfer(Quantity(UInt128(sold)), of: small.bond, to: small.alice.account)
    for _ in 0..<6 {
        let (today, dues) = try await small.ledger.read { [bond = small.bond] in ($0.businessDate, $0.dues(of: bond)) }
        for due in dues {
            do {
                try await small.authority(.payingAgent).payDue(due.due.id, of: small.bond)
                trial.note("paid on \(today)")
                trial.label("paid")
            } catch SubmissionError.rejected(let rejection) {
                trial.note("refused by \(rejection.ruleID) on \(today)")
                trial.label("refused")
            }
        }
        guard let next = today.adding(days: 1) else { return }
        try await small.authority(.operator).openBusinessDay(next)
    }
    let alice = try await small.units(of: small.alice, in: small.cash)
    let bob = try await small.units(of: small.bob, in: small.cash)
    try trial.require(alice == Quantity(UInt128(500 + 10 * sold)), "Alice has \(alice)")
    try trial.require(bob == Quantity(UInt128(600 - 10 * sold)), "Bob has \(bob)")
}
