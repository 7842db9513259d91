import GRDB
import Testing
import Tokenize

@testable import TokenizeSQLite

/// Receipts in sorted runs: what a plain table would answer, whatever the batches' sizes.
@Suite("Receipt index")
struct ReceiptIndexTests {
    private func emptyIndex() throws -> DatabaseQueue {
        let database = try DatabaseQueue()
        try database.write { try $0.execute(sql: Schema.projectionCreation) }
        return database
    }

    @Test("finds every receipt, and no other, through all merges", arguments: [1, 7, 100, 5_000])
    func findsAll(_ batchSizeMax: Int) throws {
        let database = try emptyIndex()
        var random = SplitMix(seed: UInt64(batchSizeMax))
        var expected: [TransactionID: UInt64] = [:]
        try database.write { database in
            let index = ReceiptIndex(database: database)
            while expected.count < 300 + batchSizeMax * 20 {
                let rows = (0..<Int.random(in: 1...batchSizeMax, using: &random)).map { offset in
                    ProjectionBatch.ReceiptRow(
                        transaction: TransactionID(digest: random.digest()),
                        position: UInt64(expected.count + offset)
                    )
                }
                try index.insert(rows)
                for row in rows { expected[row.transaction] = row.position }
            }
            for (transaction, position) in expected.prefix(2_000) {
                #expect(try index.position(of: transaction) == position)
            }
            for _ in 0..<100 { #expect(try index.position(of: TransactionID(digest: random.digest())) == nil) }
            // Never sixteen runs of a size.
            let sizes = try Int.fetchAll(database, sql: "SELECT item_count FROM receipt_runs")
            #expect(sizes.reduce(0, +) == expected.count)
            for (low, high) in [(1, 16), (16, 256), (256, 4_096), (4_096, 65_536)] {
                #expect(sizes.count { $0 >= low && $0 < high } < 16)
            }
        }
    }

    @Test("tells transactions of one prefix apart")
    func samePrefix() throws {
        let database = try emptyIndex()
        let transactions = (0..<200).map { number in
            let bytes = [UInt8](repeating: 0xEE, count: 31) + [UInt8(number)]
            return TransactionID(digest: Digest(bytes) ?? .zero)
        }
        try database.write { database in
            let index = ReceiptIndex(database: database)
            let rows = transactions.enumerated().map {
                ProjectionBatch.ReceiptRow(transaction: $0.element, position: UInt64($0.offset))
            }
            // As one run, and as many.
            try index.insert(Array(rows[..<120]))
            for row in rows[120...] { try index.insert([row]) }
            for row in rows { #expect(try index.position(of: row.transaction) == row.position) }
        }
    }

    @Test("leaves large runs as they are")
    func largeRuns() throws {
        let database = try emptyIndex()
        var random = SplitMix(seed: 5)
        try database.write { database in
            let index = ReceiptIndex(database: database)
            var position: UInt64 = 0
            for _ in 0..<17 {
                try index.insert(
                    (0..<4_200).map { _ in
                        position += 1
                        return .init(transaction: TransactionID(digest: random.digest()), position: position)
                    }
                )
            }
            let sizes = try Int.fetchAll(database, sql: "SELECT item_count FROM receipt_runs ORDER BY item_count")
            #expect(sizes == [4_200, 67_200])
        }
    }
}
