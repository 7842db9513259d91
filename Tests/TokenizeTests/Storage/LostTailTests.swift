import Testing
import Tokenize

@testable import TokenizeSQLite

/// A database that lost its tail looks valid to SQLite: only the mark tells.
@Suite("Lost tail")
struct LostTailTests {
    static let groups = SampleGroups().groups(5)

    @Test("a crash after the last append loses nothing")
    func nothingLost() async throws {
        let folder = try TemporaryFolder()
        let store = try await StoreCrash.after(Self.groups).open(in: folder)
        #expect(try await store.extent().markedEntryCount == 15)
        try await StoreContract.requireContent(store, Self.groups)
        await store.close()
    }

    @Test("a store that does not open stays as it is, byte for byte")
    func failedOpening() async throws {
        var crash = try await StoreCrash.after(Self.groups)
        // A frame in the middle: SQLite ends the log there, and would drop the rest of it.
        let middle = try #require(crash.files[.writeAheadLog]).count / 2
        crash.files[.writeAheadLog]?[middle] ^= 1
        let folder = try TemporaryFolder()
        await #expect(throws: LedgerFailure.self) { try await crash.open(in: folder) }
        #expect(try StoreCrash(copying: folder).files == crash.files)
        await #expect(throws: LedgerFailure.self) { try await crash.open(in: folder) }
    }

    @Test("a write-ahead log that is gone")
    func withoutLog() async throws {
        var crash = try await StoreCrash.after(Self.groups)
        crash.files[.writeAheadLog] = nil
        #expect(try await crash.failure() == .lostTail(entryCount: 0, expected: 15, source: "mark"))
    }

    @Test("a database that is gone")
    func withoutDatabase() async throws {
        var crash = try await StoreCrash.after(Self.groups)
        crash.files[.database] = nil
        #expect(try await crash.failure() == .lostTail(entryCount: 0, expected: 15, source: "mark"))
        crash.files[.database] = []
        #expect(try await crash.failure() == .lostTail(entryCount: 0, expected: 15, source: "mark"))
        crash.files[.mark] = nil
        crash.files[.database] = nil
        let orphan = LedgerFailure.corrupted(
            what: "database",
            position: 0,
            reason: "a write-ahead log without its database"
        )
        #expect(try await crash.failure() == orphan)
    }

    @Test("an older copy of the database and its log")
    func olderCopy() async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        for group in Self.groups[..<3] { try await store.append(group) }
        var older = try StoreCrash(copying: folder)
        for group in Self.groups[3...] { try await store.append(group) }
        let newer = try StoreCrash(copying: folder)
        await store.close()
        older.files[.mark] = newer.files[.mark]
        #expect(try await older.failure() == .lostTail(entryCount: 9, expected: 15, source: "mark"))
    }

    @Test("a crash between the commit and the mark keeps the group, and the next append marks it")
    func beyondTheMark() async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        for group in Self.groups[..<3] { try await store.append(group) }
        let older = try StoreCrash(copying: folder)
        for group in Self.groups[3...] { try await store.append(group) }
        var newer = try StoreCrash(copying: folder)
        await store.close()
        newer.files[.mark] = older.files[.mark]
        let reopened = try TemporaryFolder()
        let recovered = try await newer.open(in: reopened)
        let extent = StoreExtent(entryCount: 15, markedRoot: Self.groups[2].logRoot, markedEntryCount: 9)
        #expect(try await recovered.extent() == extent)
        try await StoreContract.requireContent(recovered, Self.groups)
        try await recovered.append(SampleGroups().group(5))
        await recovered.close()
        let mark = DurableMark.latest(in: try #require(try StoreCrash(copying: reopened).files[.mark]))
        #expect(mark?.entryCount == 18)
    }

    /// What cannot be detected, stated as a test: a mark that is as old as the database.
    @Test("an older copy with its own mark is a valid store")
    func olderCopyWithMark() async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        for group in Self.groups[..<3] { try await store.append(group) }
        let older = try StoreCrash(copying: folder)
        await store.close()
        #expect(try await older.failure() == nil)
    }
}
