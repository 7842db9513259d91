import GRDB
import Tokenize

/// Reads rows of the log, and checks each against its digest.
///
/// Works on any connection, inside the caller's transaction, so that several reads see one state of the store.
struct LedgerTables {
    let database: Database

    /// A group, and what the store keeps with it.
    struct StoredGroup {
        let group: EntryGroup
        /// Blocks sealed up to and with the group.
        let blockHeight: UInt64
    }

    /// The group of greatest position, or nil in a new store.
    func lastGroup() throws -> StoredGroup? { try group(startingAtOrBefore: UInt64(Int64.max)) }

    /// The last group that starts at or before `position`, or nil.
    func group(startingAtOrBefore position: UInt64) throws -> StoredGroup? {
        try database.run(
            """
            SELECT first_position, entry_count, log_root, block_height, tile_count, digest, records
            FROM groups WHERE first_position <= ? ORDER BY first_position DESC LIMIT 1
            """
        ) { statement in
            try statement.bind(Int64(clamping: position), at: 1)
            guard try statement.next() else { return nil }
            return try storedGroup(statement)
        }
    }

    private func storedGroup(_ row: StoredStatement) throws -> StoredGroup {
        let first = row.integer(0)
        let count = row.integer(1)
        let root = row.bytes(2)
        let height = row.integer(3)
        let tileCount = row.integer(4)
        let digest = row.bytes(5)
        let records = row.bytes(6)
        let computed = records.withUnsafeBytes { RecordDigest.group([first, count, height, tileCount], root, $0) }
        let position = UInt64(clamping: first)
        guard computed == digest, let logRoot = Digest(root) else {
            throw LedgerFailure.corrupted(what: "group", position: position, reason: Self.digestDiffers)
        }
        let numbers = try Self.unsigned([first, count, height, tileCount], of: "group")
        let blocks = try blocks(from: position, count: Int(count))
        try requireAll(blocks, upTo: numbers[2], from: position)
        let group = EntryGroup(
            firstPosition: position,
            entryCount: Int(count),
            records: records,
            logRoot: logRoot,
            tiles: try tiles(ofGroup: first, count: Int(tileCount)),
            blocks: blocks
        )
        return StoredGroup(group: group, blockHeight: numbers[2])
    }

    /// Numbers of a row, of which none may be negative: a digest is right for whatever somebody has written there.
    static func unsigned(_ numbers: [Int64], of what: String) throws -> [UInt64] {
        try numbers.map { number in
            guard number >= 0 else {
                let position = UInt64(clamping: numbers.first ?? 0)
                throw LedgerFailure.corrupted(what: what, position: position, reason: "a negative number")
            }
            return UInt64(number)
        }
    }

    private func tiles(ofGroup position: Int64, count: Int) throws -> [LogTile] {
        let found = try database.run(
            "SELECT level, idx, group_position, digest, hashes FROM tiles WHERE group_position = ? ORDER BY rowid"
        ) { statement in
            try statement.bind(position, at: 1)
            var tiles: [LogTile] = []
            while try statement.next() { tiles.append(try tile(statement)) }
            return tiles
        }
        guard found.count == count else {
            throw LedgerFailure.corrupted(
                what: "tile",
                position: UInt64(clamping: position),
                reason: "a tile of the group is missing"
            )
        }
        return found
    }

    /// The tile at these coordinates, or nil.
    func tile(level: Int, index: UInt64) throws -> LogTile? {
        try database.run(
            "SELECT level, idx, group_position, digest, hashes FROM tiles WHERE level = ? AND idx = ?"
        ) { statement in
            try statement.bind(Int64(level), at: 1)
            try statement.bind(Int64(clamping: index), at: 2)
            return try statement.next() ? try tile(statement) : nil
        }
    }

    private func tile(_ row: StoredStatement) throws -> LogTile {
        let (level, index, position) = (row.integer(0), row.integer(1), row.integer(2))
        let hashes = row.bytes(4)
        let computed = hashes.withUnsafeBytes { RecordDigest.tile([level, index, position], [], $0) }
        guard computed == row.bytes(3) else {
            throw LedgerFailure.corrupted(what: "tile", position: UInt64(clamping: index), reason: Self.digestDiffers)
        }
        let numbers = try Self.unsigned([index, level, position], of: "tile")
        return LogTile(level: Int(level), index: numbers[0], hashes: hashes)
    }

    private func blocks(from position: UInt64, count: Int) throws -> [BlockRow] {
        try database.run(
            """
            SELECT height, header_position, state_root, business_date, sealing_time, digest FROM blocks
            WHERE header_position >= ? AND header_position < ? ORDER BY header_position
            """
        ) { statement in
            try statement.bind(Int64(clamping: position), at: 1)
            try statement.bind(Int64(clamping: position + UInt64(count)), at: 2)
            var blocks: [BlockRow] = []
            while try statement.next() { blocks.append(try block(statement)) }
            return blocks
        }
    }

    /// Checks that a group's blocks are all that it sealed: they were found by a damaged index, perhaps.
    ///
    /// Their heights follow one another up to the group's, and the block before them lies before the group.
    private func requireAll(_ blocks: [BlockRow], upTo height: UInt64, from position: UInt64) throws {
        var expected = height
        for block in blocks.reversed() {
            guard expected > 0, block.height == expected else {
                throw LedgerFailure.corrupted(what: "block", position: expected, reason: Self.blockMissing)
            }
            expected -= 1
        }
        guard expected > 0 else { return }
        guard let before = try block(height: expected), before.headerPosition < position else {
            throw LedgerFailure.corrupted(what: "block", position: expected, reason: Self.blockMissing)
        }
    }

    /// The block of this height, or nil.
    func block(height: UInt64) throws -> BlockRow? {
        try database.run(
            """
            SELECT height, header_position, state_root, business_date, sealing_time, digest FROM blocks
            WHERE height = ?
            """
        ) { statement in
            try statement.bind(Int64(clamping: height), at: 1)
            return try statement.next() ? try block(statement) : nil
        }
    }

    private func block(_ row: StoredStatement) throws -> BlockRow {
        let integers = [row.integer(0), row.integer(1), row.integer(3), row.integer(4)]
        let root = row.bytes(2)
        guard RecordDigest.block(integers, root) == row.bytes(5), let stateRoot = Digest(root) else {
            let position = UInt64(clamping: integers[0])
            throw LedgerFailure.corrupted(what: "block", position: position, reason: Self.digestDiffers)
        }
        let numbers = try Self.unsigned([integers[0], integers[1], integers[3]], of: "block")
        guard let businessDate = Int32(exactly: integers[2]) else {
            throw LedgerFailure.corrupted(what: "block", position: numbers[0], reason: "an impossible date")
        }
        return BlockRow(
            height: numbers[0],
            headerPosition: numbers[1],
            stateRoot: stateRoot,
            businessDate: businessDate,
            sealingTime: numbers[2]
        )
    }

    private static let blockMissing = "a block of the group is missing"
    static let digestDiffers = "the row is not what its digest says"
}
