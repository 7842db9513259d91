import Foundation
import Tokenize
import TokenizeSQLite

/// Makes or opens a ledger and submits transactions one after the other, with every call on the store's files made by one
/// thread, so that a tracer can count the calls and make any one of them the last.
///
/// `CrashWriter steps DATABASE SECRET SUBMISSIONS GENESIS RECORD`: as for ``CrashWriter``, and the genesis in
/// hexadecimal. Appends to RECORD a line for each thing that happened: `open`, `done TRANSACTION`, `failed WHY`, `end`.
@MainActor
struct SteppedWriter {
    private let database: String
    private let configuration: LedgerConfiguration
    private let submissions: [[[UInt8]]]
    private let genesis: Genesis
    private let record: CInt

    init(_ arguments: [String]) throws {
        guard arguments.count == 5, let bytes = [UInt8](hexadecimal: arguments[1]), let secret = Digest(bytes),
            let founding = [UInt8](hexadecimal: arguments[3])
        else { throw CrashWriter.UsageError() }
        database = arguments[0]
        var configuration = LedgerConfiguration(disclosureSecret: DisclosureSecret(secret))
        configuration.logger.logLevel = .critical
        self.configuration = configuration
        submissions = try CrashWriter.submissions(at: arguments[2]).flatMap { $0 }
        genesis = try Genesis(canonicalBytes: founding)
        record = open(arguments[4], O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard record >= 0 else { throw CrashWriter.UsageError() }
    }

    func run() async throws {
        do {
            let ledger = try await openLedger()
            note("open")
            for submission in submissions {
                for result in await ledger.submit(submission) {
                    switch result {
                    case .success(let receipt): note("done \(receipt.transaction)")
                    case .failure(let error): note("failed \(error)")
                    }
                }
                // The projection is written behind the log; here nothing is done at the same time.
                try? await ledger.waitUntilProjected()
            }
            try await ledger.close()
            note("end")
        } catch {
            note("failed \(error)")
        }
    }

    private func openLedger() async throws(LedgerFailure) -> TokenLedger {
        let store = try await SQLiteStore.openOnMainQueue(path: database)
        guard try await store.extent().entryCount > 0 else {
            return try await TokenLedger.create(genesis: genesis, store: store, configuration: configuration)
        }
        return try await TokenLedger.open(store: store, configuration: configuration)
    }

    /// One write for one line, so that lines are whole or not there.
    private func note(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = bytes.withUnsafeBytes { write(record, $0.baseAddress, $0.count) }
    }
}
