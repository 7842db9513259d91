import Foundation
import Testing
import Tokenize
import TokenizeSQLite

/// The stores that ship.
enum StoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory
    case sqlite

    var testDescription: String { rawValue }
}

/// Where one ledger lives: opened again and again, as restarts do.
actor StorePlace {
    let kind: StoreKind
    let folder: TemporaryFolder
    private var memory = MemoryStore()

    init(_ kind: StoreKind) throws {
        self.kind = kind
        folder = try TemporaryFolder()
    }

    /// The store as its last opener left it, who must have closed it.
    func open() async throws -> any LedgerStore {
        switch kind {
        case .sqlite: return try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        case .memory:
            memory = await MemoryStore(reopening: memory)
            return memory
        }
    }
}

/// A value that callbacks of several tasks change; a lock that the thread sanitizer understands.
final class Locked<Value: Sendable>: Sendable {
    private let lock = NSLock()
    private nonisolated(unsafe) var stored: Value

    init(_ value: Value) { stored = value }

    var value: Value { withLock { $0 } }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&stored)
    }
}
