import Tokenize
import TokenizeAudit

let evidence = Property(
    "ACME-004",
    "What an account holds is proved offline, a whole audit finds nothing, and what was proved is there after a restart."
) { trial in
    let units = Quantity(UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...100))))
    let store = MemoryStore()
    let small = try await SmallLedger(in: store)
    try await small.alice.transfer(units, of: small.asset, to: small.bob.account)
    let file = try await small.ledger.proveHolding(asset: small.asset, account: small.bob.account).canonicalBytes
    let kept = try await small.ledger.checkpoint().verify(under: small.checkpointPolicy).checkpoint
    try await small.ledger.close()

    let verdict = try OwnershipProof(canonicalBytes: file).verify(under: small.checkpointPolicy)
    try trial.require(verdict.units == units, "\(verdict.units) are proved")
    let report = try await LedgerAuditor.audit(
        store: MemoryStore(reopening: store),
        secret: small.disclosureSecret,
        expecting: kept
    )
    try trial.require(report.assetsOutOfBalance.isEmpty, "\(report.assetsOutOfBalance) are out of balance")
    let again = try await small.reopened(in: MemoryStore(reopening: store), expecting: kept)
    let held = try await again.units(of: again.bob)
    try trial.require(held == units, "Bob has \(held)")
}
