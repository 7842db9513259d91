import Foundation
import GRDB
import Testing
import Tokenize

@testable import TokenizeSQLite

/// Rows that somebody has written who knows how digests are made: numbers that no store writes, with right digests.
@Suite("Crafted rows")
struct CraftedRowTests {
    private static let integers = ["-1", "-9223372036854775808", "9223372036854775807"]

    @Test(
        "an impossible number in a group is a typed failure",
        arguments: ["entry_count", "block_height", "tile_count", "first_position"],
        integers
    )
    func group(_ column: String, _ value: String) async throws {
        try await craft(mustFail: value.hasPrefix("-") && column != "business_date") { database in
            try database.execute(
                sql: "UPDATE groups SET \(column) = \(value) WHERE first_position = "
                    + "(SELECT max(first_position) FROM groups)"
            )
            let row = try #require(
                try Row.fetchOne(
                    database,
                    sql: "SELECT first_position, entry_count, block_height, tile_count, log_root, records FROM groups "
                        + "WHERE \(column) = \(value)"
                )
            )
            let numbers: [Int64] = [row[0], row[1], row[2], row[3]]
            let (root, records): ([UInt8], [UInt8]) = (Array(row[4] as Data), Array(row[5] as Data))
            let digest = records.withUnsafeBytes { RecordDigest.group(numbers, root, $0) }
            try database.execute(
                sql: "UPDATE groups SET digest = x'\(digest.hexadecimal)' WHERE \(column) = \(value)"
            )
        }
    }

    @Test(
        "an impossible number in a block is a typed failure",
        arguments: ["height", "header_position", "business_date", "sealing_time"],
        integers
    )
    func block(_ column: String, _ value: String) async throws {
        try await craft(mustFail: value.hasPrefix("-") && column != "business_date") { database in
            try database.execute(
                sql: "UPDATE blocks SET \(column) = \(value) WHERE height = (SELECT max(height) FROM blocks)"
            )
            let row = try #require(
                try Row.fetchOne(
                    database,
                    sql: "SELECT height, header_position, business_date, sealing_time, state_root FROM blocks "
                        + "WHERE \(column) = \(value)"
                )
            )
            let digest = RecordDigest.block([row[0], row[1], row[2], row[3]], Array(row[4] as Data))
            try database.execute(
                sql: "UPDATE blocks SET digest = x'\(digest.hexadecimal)' WHERE \(column) = \(value)"
            )
        }
    }

    /// Opens a store after `change`, and reads everything that it has, which must not stop the process.
    private func craft(mustFail: Bool, _ change: @Sendable @escaping (Database) throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let path = StoreCrash.path(in: folder)
        let store = try await SQLiteStore.open(path: path)
        let groups = SampleGroups().groups(4)
        for group in groups { try await store.append(group) }
        await store.close()
        let database = try DatabaseQueue(path: path)
        try await database.write { try change($0) }
        try database.close()
        do {
            let crafted = try await SQLiteStore.open(path: path)
            var failureCount = 0
            for group in groups {
                do throws(LedgerFailure) {
                    _ = try await crafted.group(containing: group.firstPosition)
                } catch {
                    failureCount += 1
                }
            }
            do throws(LedgerFailure) {
                _ = try await crafted.lastBlock()
            } catch {
                failureCount += 1
            }
            await crafted.close()
            // Whether a number that could be one is the right one, the replay of the log tells.
            #expect(failureCount > 0 || !mustFail, "a number that no store writes went unseen")
        } catch {
            // Refused when it was opened.
        }
    }
}
