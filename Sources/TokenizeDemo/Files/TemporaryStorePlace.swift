import Foundation
import Tokenize
import TokenizeAudit
import TokenizeSQLite

/// An SQLite store in a temporary folder, for a ledger that an audit makes.
struct TemporaryStorePlace: AuditStorePlace {
    private let folder: URL

    init() throws {
        let name = "tokenize-audit-\(Randomness.bytes(8).hexadecimal)"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func open() async throws -> any LedgerStore {
        try await SQLiteStore.open(path: folder.appendingPathComponent("ledger.sqlite").path)
    }

    func remove() async { try? FileManager.default.removeItem(at: folder) }
}
