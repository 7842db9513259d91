import Foundation
import Synchronization
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

    @Test("what lay beyond the mark is named by it once it was checked, and not before")
    func markedOnOpening() async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        for group in Self.groups[..<3] { try await store.append(group) }
        var older = try StoreCrash(copying: folder)
        for group in Self.groups[3...] { try await store.append(group) }
        var newer = try StoreCrash(copying: folder)
        await store.close()
        newer.files[.mark] = older.files[.mark]
        let reopened = try TemporaryFolder()
        let recovered = try await newer.open(in: reopened)
        #expect(try StoreCrash(copying: reopened).files[.mark] == older.files[.mark])
        // From here on the five groups are read and acknowledged.
        try await recovered.confirm(logRoot: Self.groups[4].logRoot)
        #expect(try await recovered.extent().markedEntryCount == 15)
        let served = try StoreCrash(copying: reopened)
        await recovered.close()
        let mark = DurableMark.latest(in: try #require(served.files[.mark]))
        #expect(mark?.entryCount == 15)
        #expect(mark?.logRoot == Self.groups[4].logRoot)
        // The log is in the database, and no part of the old one can come back over it.
        #expect(served.files[.writeAheadLog]?.isEmpty == true)
        older.files[.mark] = served.files[.mark]
        #expect(try await older.failure() == .lostTail(entryCount: 9, expected: 15, source: "mark"))
    }

    @Test("a mark that was not synced is written again on opening, where it is; without that nothing opens")
    func renewedOnOpening() async throws {
        let crash = try await StoreCrash.after(Self.groups)
        let before = try #require(crash.files[.mark])
        let path = { (folder: TemporaryFolder) in StoreCrash.path(in: folder) }
        for isFailing in [true, false] {
            let folder = try TemporaryFolder()
            for (file, bytes) in crash.files {
                try Data(bytes).write(to: folder.url.appendingPathComponent(file.rawValue))
            }
            let written = Atomic<Int>(0)
            var options = StoreOptions()
            options.fileOperations.write = { descriptor, bytes, offset in
                // Five appends: generation 5, in the second slot.
                #expect(offset == DurableMark.slotByteCount)
                #expect(Array(bytes) == Array(before[DurableMark.slotByteCount...]))
                written.add(1, ordering: .sequentiallyConsistent)
                return FileOperations.system.write(descriptor, bytes, offset)
            }
            if isFailing {
                options.fileOperations.synchronize = { _ in
                    errno = EIO
                    return -1
                }
                await #expect(throws: LedgerFailure.inputOutput(operation: "sync mark", reason: "Input/output error")) {
                    try await SQLiteStore.open(path: path(folder), options: options)
                }
            } else {
                await (try await SQLiteStore.open(path: path(folder), options: options)).close()
            }
            #expect(written.load(ordering: .sequentiallyConsistent) == 1)
            #expect(try StoreCrash(copying: folder).files[.mark] == before)
        }
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
