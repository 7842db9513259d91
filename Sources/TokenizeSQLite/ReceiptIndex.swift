import GRDB
import Tokenize

/// Finds receipts by transaction.
///
/// Transaction identifiers are hashes: in a B-tree each goes to a page of its own, and a page is written for every
/// receipt. Receipts are therefore kept in the order of the log, and the look-up in sorted runs: a batch adds one
/// run, and sixteen runs of like size become one. A receipt is written about once for each power of 16 that the log
/// grows by, always beside its neighbours, until its run is large.
struct ReceiptIndex {
    let database: Database

    /// Runs of like size that become one run.
    static let mergedRunCount = 16
    /// Items from which a run is left as it is, so that no merge holds the projection for long.
    static let largeRunItemCount = 65_536
    /// Items in a segment, a row of the index: they fit into a quarter of a page of 4,096 bytes.
    static let segmentItemCount = 56

    /// One entry of the index.
    struct Item: Comparable {
        /// Bytes of an item as stored: both numbers, most significant byte first.
        static let byteCount = 16

        /// The first eight bytes of the identifier, most significant first, as a signed number.
        let prefix: Int64
        /// The transaction's position in the log.
        let position: Int64

        static func < (left: Item, right: Item) -> Bool {
            (left.prefix, left.position) < (right.prefix, right.position)
        }
    }

    // MARK: Writing

    /// Adds receipts, as one run.
    func insert(_ rows: [ProjectionBatch.ReceiptRow]) throws {
        guard !rows.isEmpty else { return }
        try database.run("INSERT OR REPLACE INTO receipts (position, transaction_id) VALUES (?, ?)") { statement in
            for row in rows {
                try row.transaction.digest.withUnsafeBytes { identifier in
                    try statement.bind(Int64(clamping: row.position), at: 1)
                    try statement.bindInPlace(identifier, at: 2)
                    try statement.run()
                }
            }
        }
        var items = rows.map {
            Item(prefix: Self.prefix(of: $0.transaction), position: Int64(clamping: $0.position))
        }
        items.sort()
        try insertRun(items)
        while let runs = try mergeableRuns() { try merge(runs) }
    }

    /// Removes everything.
    func removeAll() throws {
        try database.execute(sql: "DELETE FROM receipts; DELETE FROM receipt_runs; DELETE FROM receipt_index")
    }

    private func insertRun(_ items: [Item]) throws {
        let run = try database.run("SELECT coalesce(max(run), 0) + 1 FROM receipt_runs") { statement in
            try statement.next() ? statement.integer(0) : 1
        }
        try database.run("INSERT INTO receipt_runs (run, item_count) VALUES (?, ?)") { statement in
            try statement.bind(run, at: 1)
            try statement.bind(Int64(items.count), at: 2)
            try statement.run()
        }
        try database.run("INSERT INTO receipt_index (run, first_prefix, items) VALUES (?, ?, ?)") { statement in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(Self.segmentItemCount * Item.byteCount)
            var start = 0
            while start < items.count {
                var end = min(start + Self.segmentItemCount, items.count)
                // Items of one prefix stay in one segment, so that a look-up reads one segment a run.
                while end < items.count, items[end].prefix == items[end - 1].prefix { end += 1 }
                bytes.removeAll(keepingCapacity: true)
                for item in items[start..<end] {
                    bytes.append(bigEndian: UInt64(bitPattern: item.prefix))
                    bytes.append(bigEndian: UInt64(bitPattern: item.position))
                }
                try bytes.withUnsafeBytes { segment in
                    try statement.bind(run, at: 1)
                    try statement.bind(items[start].prefix, at: 2)
                    try statement.bindInPlace(segment, at: 3)
                    try statement.run()
                }
                start = end
            }
        }
    }

    /// Sixteen runs whose sizes have the same power of 16 below them, or nil if there are not so many.
    private func mergeableRuns() throws -> [Int64]? {
        try database.run("SELECT run, item_count FROM receipt_runs WHERE item_count < ? ORDER BY run") { statement in
            try statement.bind(Int64(Self.largeRunItemCount), at: 1)
            var runs: [Int: [Int64]] = [:]
            while try statement.next() {
                // The bit width of the size, in fours: 1 to 15 items, 16 to 255, and so on.
                let size = (Int64.bitWidth - statement.integer(1).leadingZeroBitCount - 1) / 4
                runs[size, default: []].append(statement.integer(0))
                if let alike = runs[size], alike.count == Self.mergedRunCount { return alike }
            }
            return nil
        }
    }

    private func merge(_ runs: [Int64]) throws {
        var items: [Item] = []
        try database.run("SELECT items FROM receipt_index WHERE run = ?") { statement in
            for run in runs {
                try statement.bind(run, at: 1)
                while try statement.next() { statement.withBytes(0) { items += Self.items(in: $0) } }
                statement.reset()
            }
        }
        for sql in ["DELETE FROM receipt_index WHERE run = ?", "DELETE FROM receipt_runs WHERE run = ?"] {
            try database.run(sql) { statement in
                for run in runs {
                    try statement.bind(run, at: 1)
                    try statement.run()
                }
            }
        }
        items.sort()
        try insertRun(items)
    }

    // MARK: Reading

    /// The position of a transaction, or nil.
    func position(of transaction: TransactionID) throws -> UInt64? {
        let prefix = Self.prefix(of: transaction)
        // CROSS JOIN holds SQLite to this order of loops: for each run, one segment by key.
        let candidates = try database.run(
            """
            SELECT items FROM receipt_runs CROSS JOIN receipt_index
            WHERE receipt_index.run = receipt_runs.run AND first_prefix =
                (SELECT max(first_prefix) FROM receipt_index WHERE run = receipt_runs.run AND first_prefix <= ?)
            """
        ) { statement in
            try statement.bind(prefix, at: 1)
            var positions: [Int64] = []
            while try statement.next() {
                statement.withBytes(0) { bytes in
                    positions += Self.items(in: bytes).filter { $0.prefix == prefix }.map(\.position)
                }
            }
            return positions
        }
        // Eight bytes may be those of several transactions; all 32 are of one.
        return try candidates.sorted(by: >).first { try holds(transaction, at: $0) }.map { UInt64(clamping: $0) }
    }

    private func holds(_ transaction: TransactionID, at position: Int64) throws -> Bool {
        try database.run("SELECT transaction_id FROM receipts WHERE position = ?") { statement in
            try statement.bind(position, at: 1)
            return try statement.next() && Digest(statement.bytes(0)) == transaction.digest
        }
    }

    private static func prefix(of transaction: TransactionID) -> Int64 {
        transaction.digest.withUnsafeBytes { Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
    }

    /// The items of a segment; bytes after the last whole item are none.
    private static func items(in segment: UnsafeRawBufferPointer) -> [Item] {
        stride(from: 0, through: segment.count - Item.byteCount, by: Item.byteCount).map { start in
            Item(
                prefix: Int64(bigEndian: segment.loadUnaligned(fromByteOffset: start, as: Int64.self)),
                position: Int64(bigEndian: segment.loadUnaligned(fromByteOffset: start + 8, as: Int64.self))
            )
        }
    }
}
