import Foundation
import Testing
import Tokenize
import TokenizeSQLite

@Suite("Store contract")
struct StoreContractTests {
    enum Kind: String, CaseIterable {
        case memory
        case sqlite = "SQLite"

        func subject(in folder: TemporaryFolder) -> StoreContract.Subject {
            switch self {
            case .memory:
                StoreContract.Subject(
                    name: rawValue,
                    make: { MemoryStore() },
                    reopen: { store in
                        guard let store = store as? MemoryStore else {
                            throw StoreContractViolation(description: "a store of another kind")
                        }
                        return await MemoryStore(reopening: store)
                    }
                )
            case .sqlite:
                StoreContract.Subject(
                    name: rawValue,
                    make: { try await SQLiteStore.open(path: folder.path("ledger.sqlite")) },
                    reopen: { _ in try await SQLiteStore.open(path: folder.path("ledger.sqlite")) }
                )
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let kind: Kind
        let check: StoreContract.Check
        var testDescription: String { "\(kind.rawValue): \(check.name)" }
    }

    static let cases = Kind.allCases.flatMap { kind in StoreContract.checks.map { Case(kind: kind, check: $0) } }

    @Test("is kept", arguments: cases)
    func isKept(_ contract: Case) async throws {
        let folder = try TemporaryFolder()
        try await contract.check.run(contract.kind.subject(in: folder))
    }
}

/// A folder that goes when the last reference goes.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("tokenize-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
