import Tokenize
import TokenizeSQLite

/// A ledger that was founded before, open again.
struct OpenLedger: Sendable {
    let ledger: TokenLedger
    let store: SQLiteStore

    /// Opens the ledger at `path` with the secrets beside it.
    ///
    /// - Parameter signing: true where checkpoints are made, for which the log key must be there.
    static func open(_ path: String, signing: Bool) async throws -> OpenLedger {
        let files = try LedgerFiles.existing(path)
        let secret = try files.secret()
        let signer = signing ? try files.checkpointSigner() : nil
        let store = try await SQLiteStore.open(path: path)
        do {
            let ledger = try await TokenLedger.open(
                store: store,
                configuration: LedgerConfiguration(
                    disclosureSecret: secret,
                    checkpointSigner: signer,
                    logger: QuietLog.logger
                )
            )
            if let signer { try await requireKey(signer.verifierKey, of: ledger, files) }
            return OpenLedger(ledger: ledger, store: store)
        } catch {
            await store.close()
            throw error
        }
    }

    /// The genesis names the log's key: a checkpoint of another would convince nobody.
    private static func requireKey(
        _ key: NoteVerifierKey,
        of ledger: TokenLedger,
        _ files: LedgerFiles
    ) async throws {
        let known = try await ledger.read { $0.logKeys.log }
        guard known.bytes == key.publicKey else {
            throw DemoFailure("\(files.logKeyPath) is not the log key of this ledger")
        }
        guard "\(key.name)" == LogOrigin.text(ledger: ledger.id, name: ledger.name) else {
            throw DemoFailure("\(files.verifierKeyPath) is not the verifier key of this ledger")
        }
    }
}
