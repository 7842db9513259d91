import Testing
import Tokenize
import TokenizeAudit
import TokenizeSQLite

/// The SQLite store does what the memory store does; a store that does not is found out.
@Suite("Audit catalogue: stores")
struct SQLiteEquivalenceTests {
    /// A new temporary folder with an SQLite store.
    private struct SQLitePlace: AuditStorePlace {
        let folder: TemporaryFolder
        func open() async throws -> any LedgerStore { try await SQLiteStore.open(path: StoreCrash.path(in: folder)) }
        func remove() async {}
    }

    /// A place that gives an empty store after the first time.
    private actor ForgetfulPlace: AuditStorePlace {
        private let base = MemoryStore()
        private var isFirst = true

        func open() async throws -> any LedgerStore {
            defer { isFirst = false }
            return isFirst ? base : MemoryStore()
        }

        func remove() async {}
    }

    @Test("PRP-017 holds for SQLite")
    func sqlite() async throws {
        let catalogue = AuditCatalogue(storePlaces: [{ SQLitePlace(folder: try TemporaryFolder()) }])
        let outcome = try await catalogue.run(property: "PRP-017", cases: 10, seed: 3)
        #expect(outcome.isPassed, "\(outcome)")
    }

    @Test("PRP-017 is falsified by a store that forgets")
    func forgetful() async throws {
        let catalogue = AuditCatalogue(storePlaces: [{ ForgetfulPlace() }])
        guard case .falsified = try await catalogue.run(property: "PRP-017", cases: 2) else {
            Issue.record("a store that forgets was not found out")
            return
        }
    }
}
