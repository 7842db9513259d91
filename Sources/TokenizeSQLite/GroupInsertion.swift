import GRDB
import Tokenize

/// Writes the rows of one group, inside the caller's transaction.
struct GroupInsertion {
    let database: Database

    func insert(_ group: EntryGroup, blockHeight: UInt64) throws {
        let position = Int64(group.firstPosition)
        try insertGroup(group, blockHeight: Int64(blockHeight))
        for tile in group.tiles { try insert(tile, groupPosition: position) }
        for block in group.blocks { try insert(block) }
    }

    private func insertGroup(_ group: EntryGroup, blockHeight: Int64) throws {
        let first = Int64(group.firstPosition)
        let count = Int64(group.entryCount)
        let tileCount = Int64(group.tiles.count)
        let root = group.logRoot.bytes
        try database.run(
            """
            INSERT INTO groups (first_position, entry_count, log_root, block_height, tile_count, digest, records)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        ) { statement in
            try group.records.withUnsafeBytes { records in
                try statement.bind(first, at: 1)
                try statement.bind(count, at: 2)
                try statement.bind(root, at: 3)
                try statement.bind(blockHeight, at: 4)
                try statement.bind(tileCount, at: 5)
                try statement.bind(RecordDigest.group([first, count, blockHeight, tileCount], root, records), at: 6)
                try statement.bindInPlace(records, at: 7)
                try statement.run()
            }
        }
    }

    private func insert(_ tile: LogTile, groupPosition: Int64) throws {
        let level = Int64(tile.level)
        let index = Int64(clamping: tile.index)
        try database.run(
            "INSERT INTO tiles (level, idx, group_position, digest, hashes) VALUES (?, ?, ?, ?, ?)"
        ) { statement in
            try tile.hashes.withUnsafeBytes { hashes in
                try statement.bind(level, at: 1)
                try statement.bind(index, at: 2)
                try statement.bind(groupPosition, at: 3)
                try statement.bind(RecordDigest.tile([level, index, groupPosition], [], hashes), at: 4)
                try statement.bindInPlace(hashes, at: 5)
                try statement.run()
            }
        }
    }

    private func insert(_ block: BlockRow) throws {
        let integers = [
            Int64(block.height), Int64(block.headerPosition), Int64(block.businessDate), Int64(block.sealingTime),
        ]
        let root = block.stateRoot.bytes
        try database.run(
            """
            INSERT INTO blocks (height, header_position, business_date, sealing_time, state_root, digest)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        ) { statement in
            for (index, integer) in integers.enumerated() { try statement.bind(integer, at: CInt(index + 1)) }
            try statement.bind(root, at: 5)
            try statement.bind(RecordDigest.block(integers, root), at: 6)
            try statement.run()
        }
    }
}
