import Tokenize

public enum LedgerAuditor {
    public static func audit(
        store: any LedgerStore,
        secret: DisclosureSecret,
        expecting: Checkpoint? = nil,
        progress: (@Sendable (AuditProgress) -> Void)? = nil
    ) async throws(LedgerFailure) -> AuditReport {
        let ledger = try await TokenLedger.open(
            store: store,
            configuration: LedgerConfiguration(disclosureSecret: secret)
        )
        throw .misconfigured(reason: "no auditor yet \(ledger.name)")
    }
}
public struct AuditProgress: Hashable, Sendable {
    public let entryCount: UInt64
    public let totalEntryCount: UInt64
}
public struct AuditReport: Hashable, Sendable {
    public let ledger: LedgerID
    public let name: String
    public let entryCount: UInt64
    public let transactionCount: UInt64
    public let signatureCount: UInt64
    public let blockCount: UInt64
    public let stateRoot: Digest
    public let logRoot: Digest
    public let businessDate: CalendarDate
    public let snapshotCount: Int
    public let accountCount: Int
    public let assetCount: Int
    public let assetsOutOfBalance: [AssetID]
}
