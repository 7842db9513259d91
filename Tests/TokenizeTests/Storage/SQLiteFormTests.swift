import Dispatch
import Foundation
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

    @Test("tables are strict, and say what they are", arguments: [("", 6), (".projection", 7)])
    func tables(_ suffix: String, _ tableCount: Int) async throws {
        let folder = try await Self.projected()
        let strict = try Self.query(
            folder,
            suffix,
            "SELECT strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        #expect(strict == [String](repeating: "1", count: tableCount))
        let schema = try Self.query(folder, suffix, "SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'")
        #expect(schema.joined().contains(suffix.isEmpty ? "-- entries in the group" : "-- held and not encumbered"))
    }

    static let questions = [
        (
            "SELECT units || '/' || available FROM holdings ORDER BY typeof(units)",
            ["7/5", "340282366920938463463374607431768211455/0"]
        ),
        ("SELECT count(*) FROM readable_holdings WHERE identification = 'LA0000000017'", ["2"]),
        (
            "SELECT is_frozen || coalesce(substr(party_text, 1, 5), 'none') FROM accounts ORDER BY account_index",
            ["1party", "0none"]
        ),
        ("SELECT identification || ' ' || issued FROM assets", ["LA0000000017 12"]),
        ("SELECT position || length(transaction_id) FROM readable_receipts ORDER BY position", ["064", "164"]),
        ("SELECT entry_count FROM projection", ["2"]),
    ]

    @Test("the projection can be queried, and replaces its rows", arguments: questions)
    func projection(_ sql: String, _ answer: [String]) async throws {
        #expect(try Self.query(try await Self.projected(), ".projection", sql) == answer)
    }

    @Test("the log can be queried")
    func log() async throws {
        let folder = try await Self.projected()
        let blocks = "SELECT height || ' ' || business_date || ' ' || sealing_time FROM readable_blocks"
        #expect(try Self.query(folder, "", blocks) == ["1 2024-10-04 2023-11-14 22:13:21"])
        let groups = "SELECT first_position || ' ' || entry_count || ' ' || record_bytes FROM readable_groups"
        #expect(try Self.query(folder, "", groups) == ["0 3 900", "3 3 900"])
    }

    @Test(
        "a projection that is damaged, foreign, ahead or gone is begun anew",
        arguments: ["cut", "foreign", "ahead", "gone"]
    )
    func damagedProjection(_ damage: String) async throws {
        let folder = try await Self.projected()
        let url = folder.url.appendingPathComponent("ledger.sqlite.projection")
        switch damage {
        case "cut":
            let bytes = try Data(contentsOf: url)
            try bytes.prefix(bytes.count / 2).write(to: url)
        case "foreign":
            let other = try await Self.projected()
            try Data(contentsOf: other.url.appendingPathComponent("ledger.sqlite.projection")).write(to: url)
        case "ahead":
            try await DatabaseQueue(path: url.path).write {
                try $0.execute(sql: "UPDATE projection SET entry_count = 7")
            }
        default:
            try FileManager.default.removeItem(at: url)
        }
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        #expect(try await store.projectedEntryCount() == 0)
        try await store.project(StoreContract.sampleBatch(to: 6, receipts: 0..<6, isRebuild: true))
        #expect(try await store.position(of: StoreContract.sampleTransaction(5)) == 5)
        try await StoreContract.requireContent(store, SampleGroups().groups(2))
        await store.close()
    }

    /// What a program that is not ours reads, as text.
    private static func query(_ folder: TemporaryFolder, _ suffix: String, _ sql: String) throws -> [String] {
        try DatabaseQueue(path: StoreCrash.path(in: folder) + suffix).read { try String.fetchAll($0, sql: sql) }
    }

    /// A store after two groups and two batches, closed.
    private static func projected() async throws -> TemporaryFolder {
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
        return folder
    }

    @Test("a read does not wait for a write")
    func readDuringWrite() async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        try await store.append(SampleGroups().group(0))
        let (entered, entry) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        async let held: Void = store.writer.transaction("hold") { database in
            try database.execute(sql: "DELETE FROM groups")
            entry.yield()
            gate.wait()
        }
        for await _ in entered { break }
        #expect(try await store.group(containing: 2) == SampleGroups().group(0))
        #expect(try await store.lastBlock() == nil)
        // Nor does the projection, which has a database of its own.
        try await store.project(StoreContract.sampleBatch(to: 3, receipts: 0..<3))
        #expect(try await store.position(of: StoreContract.sampleTransaction(2)) == 2)
        gate.signal()
        try await held
        await store.close()
    }

    @Test("a group is written at one sync of the log and one of the mark")
    func markSyncs() async throws {
        let folder = try TemporaryFolder()
        let syncs = SyncCounter()
        var options = StoreOptions()
        options.fileOperations.synchronize = { descriptor in
            syncs.count.add(1, ordering: .relaxed)
            return FileOperations.system.synchronize(descriptor)
        }
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder), options: options)
        // Opening writes the mark anew.
        let opening = syncs.count.load(ordering: .relaxed)
        for group in SampleGroups().groups(5) { try await store.append(group) }
        await store.close()
        #expect(syncs.count.load(ordering: .relaxed) - opening == 5)
    }
}

final class SyncCounter: Sendable {
    let count = Atomic(0)
}
