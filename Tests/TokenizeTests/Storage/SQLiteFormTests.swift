import Dispatch
import GRDB
import Synchronization
import Testing
import Tokenize

@testable import TokenizeSQLite

/// What people and other programs see of the database.
@Suite("SQLite form")
struct SQLiteFormTests {
    @Test("commits are synced in full, with a write-ahead log")
    func settings() async throws {
        let folder = try TemporaryFolder()
        let path = StoreCrash.path(in: folder)
        for _ in 0..<2 {
            let store = try await SQLiteStore.open(path: path)
            try await store.append(SampleGroups().group(Int(try await store.extent().entryCount) / 3))
            // Outside a transaction, where the setting counts.
            #expect(await store.writer.setting("synchronous") == "2")
            #expect(await store.writer.setting("journal_mode") == "wal")
            #expect(await store.writer.setting("application_id") == "1414221402")
            #expect(await store.writer.setting("user_version") == "1")
            await store.close()
        }
    }

    @Test("tables are strict, and say what they are")
    func tables() async throws {
        let database = try await Self.projected()
        let strict = try await database.read { database in
            try Int.fetchAll(
                database,
                sql: "SELECT strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
        }
        #expect(strict.count == 11)
        #expect(strict.allSatisfy { $0 == 1 })
        let schema = try await database.read { database in
            try String.fetchAll(database, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").joined()
        }
        #expect(schema.contains("-- entries in the group; the next group starts after them"))
    }

    @Test("the projection can be queried, and replaces its rows")
    func projection() async throws {
        let database = try await Self.projected()
        let holdings = try await database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM readable_holdings ORDER BY units").map(\.description)
        }
        #expect(holdings.count == 2)
        let units = try await database.read { database in
            try String.fetchAll(database, sql: "SELECT units || '/' || available FROM holdings ORDER BY typeof(units)")
        }
        #expect(units == ["7/5", "340282366920938463463374607431768211455/0"])
        let accounts = try await database.read { database in
            try Int.fetchAll(database, sql: "SELECT is_frozen FROM accounts ORDER BY account_index")
        }
        #expect(accounts == [1, 0])
        let assets = try await database.read { database in
            try String.fetchAll(database, sql: "SELECT identification || ' ' || issued FROM assets")
        }
        #expect(assets == ["LA0000000017 12"])
        let blocks = try await database.read { database in
            try String.fetchAll(database, sql: "SELECT business_date || ' ' || sealing_time FROM readable_blocks")
        }
        #expect(blocks == ["2024-10-04 2023-11-14 22:13:21"])
        let receipts = try await database.read { database in
            try Int.fetchAll(database, sql: "SELECT position FROM readable_receipts ORDER BY position")
        }
        #expect(receipts == [0, 1])
    }

    /// A database, opened for reading as any program may, after two batches.
    private static func projected() async throws -> Reading {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        for group in SampleGroups().groups(2) { try await store.append(group) }
        var random = SplitMix(seed: 3)
        let accounts = [AccountID(digest: random.digest()), AccountID(digest: random.digest())]
        let asset = AssetID(digest: random.digest())
        let party = PartyID(digest: random.digest())
        func row(_ account: Int, _ partition: UInt32, _ units: Quantity, _ available: Quantity, isEmpty: Bool = false)
            -> ProjectionBatch.HoldingRow
        {
            .init(
                asset: asset,
                account: accounts[account],
                partition: partition,
                units: units,
                available: available,
                isEmpty: isEmpty
            )
        }
        func batch(_ end: UInt64, issued: Quantity, isFrozen: Bool, _ rows: [ProjectionBatch.HoldingRow])
            -> ProjectionBatch
        {
            ProjectionBatch(
                entryCount: end,
                isRebuild: false,
                accounts: [
                    .init(account: accounts[0], index: 0, party: party, isFrozen: isFrozen),
                    .init(account: accounts[1], index: 1, party: nil, isFrozen: false),
                ],
                assets: [
                    .init(
                        asset: asset,
                        index: 0,
                        identification: "LA0000000017",
                        issued: issued,
                        redeemed: 0,
                        isPaused: false
                    )
                ],
                holdings: rows,
                receipts: [.init(transaction: StoreContract.sampleTransaction(end), position: end - 1)]
            )
        }
        try await store.project(batch(1, issued: 10, isFrozen: false, [row(0, 0, 10, 10), row(1, 0, 1, 1)]))
        let second = [row(0, 0, 7, 5), row(1, 0, 0, 0, isEmpty: true), row(1, 4, .max, 0)]
        try await store.project(batch(2, issued: 12, isFrozen: true, second))
        await store.close()
        return try Reading(folder: folder)
    }

    /// A connection that keeps its folder.
    struct Reading: Sendable {
        let folder: TemporaryFolder
        let connection: DatabaseQueue

        init(folder: TemporaryFolder) throws {
            self.folder = folder
            connection = try DatabaseQueue(path: StoreCrash.path(in: folder))
        }

        func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
            try await connection.read(body)
        }
    }

    @Test("a read does not wait for a write")
    func readDuringWrite() async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        try await store.append(SampleGroups().group(0))
        let (entered, entry) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        async let held: Void = store.writer.transaction("hold") { database, _ in
            try database.execute(sql: "UPDATE projection SET entry_count = 3")
            entry.yield()
            gate.wait()
        }
        for await _ in entered { break }
        #expect(try await store.group(containing: 2) == SampleGroups().group(0))
        #expect(try await store.projectedEntryCount() == 0)
        gate.signal()
        try await held
        #expect(try await store.projectedEntryCount() == 3)
        await store.close()
    }

    @Test("a group is written at one sync of the log and one of the mark")
    func markSyncs() async throws {
        let folder = try TemporaryFolder()
        let syncs = SyncCounter()
        var options = StoreOptions()
        options.markOperations.synchronize = { descriptor in
            syncs.count.add(1, ordering: .relaxed)
            return FileOperations.system.synchronize(descriptor)
        }
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder), options: options)
        for group in SampleGroups().groups(5) { try await store.append(group) }
        await store.close()
        #expect(syncs.count.load(ordering: .relaxed) == 5)
    }
}

final class SyncCounter: Sendable {
    let count = Atomic(0)
}
