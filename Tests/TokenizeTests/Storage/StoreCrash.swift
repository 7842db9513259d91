import Foundation
import Tokenize

@testable import TokenizeSQLite

/// The files of a store as a crash would leave them, to be damaged and opened.
struct StoreCrash: Sendable {
    /// The store's files that a device keeps; the lock and SQLite's shared memory do not outlive a process.
    enum File: String, CaseIterable, Sendable {
        case database = "ledger.sqlite"
        case writeAheadLog = "ledger.sqlite-wal"
        case mark = "ledger.sqlite.mark"
    }

    var files: [File: [UInt8]]

    /// The files as they are now in `folder`, whether the store is open or not.
    init(copying folder: TemporaryFolder) throws {
        files = [:]
        for file in File.allCases where FileManager.default.fileExists(atPath: folder.path(file.rawValue)) {
            files[file] = Array(try Data(contentsOf: folder.url.appendingPathComponent(file.rawValue)))
        }
    }

    /// The path of the database.
    static func path(in folder: TemporaryFolder) -> String { folder.path(File.database.rawValue) }

    /// Opens what the files hold, in a folder of its own that must outlive the store.
    func open(in folder: TemporaryFolder) async throws -> SQLiteStore {
        for (file, bytes) in files {
            try Data(bytes).write(to: folder.url.appendingPathComponent(file.rawValue))
        }
        return try await SQLiteStore.open(path: Self.path(in: folder))
    }

    /// Opens the files and gives the failure, or nil if they open.
    func failure() async throws -> LedgerFailure? {
        let folder = try TemporaryFolder()
        do {
            await (try open(in: folder)).close()
            return nil
        } catch let failure as LedgerFailure {
            return failure
        }
    }

    /// A store of these groups, copied while it is open: what a crash after the last append leaves.
    static func after(_ groups: [EntryGroup], _ options: StoreOptions = StoreOptions()) async throws -> StoreCrash {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: path(in: folder), options: options)
        for group in groups { try await store.append(group) }
        let crash = try StoreCrash(copying: folder)
        await store.close()
        return crash
    }

    /// A store of these groups, closed in good order.
    static func closed(_ groups: [EntryGroup], _ options: StoreOptions = StoreOptions()) async throws -> StoreCrash {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: path(in: folder), options: options)
        for group in groups { try await store.append(group) }
        await store.close()
        return try StoreCrash(copying: folder)
    }
}
