import GRDB
import Tokenize

/// Writes the parts of a snapshot, each inside a transaction of the caller.
struct SnapshotWriter {
    let database: Database

    /// Hides what there is of a snapshot, so that readers do not see it change.
    func hide(height: UInt64) throws {
        try database.run("UPDATE snapshots SET complete = 0 WHERE height = ?") { statement in
            try statement.bind(Int64(clamping: height), at: 1)
            try statement.run()
        }
    }

    /// Removes one chunk of a hidden snapshot, the last first, and its row with none left; false if nothing is left.
    func removeLastChunk(height: UInt64) throws -> Bool {
        for sql in [
            """
            DELETE FROM snapshot_chunks WHERE height = ?1
            AND idx = (SELECT max(idx) FROM snapshot_chunks WHERE height = ?1)
            """,
            "DELETE FROM snapshots WHERE height = ?1",
        ] {
            try database.run(sql) { statement in
                try statement.bind(Int64(clamping: height), at: 1)
                try statement.run()
            }
            if database.changesCount > 0 { return true }
        }
        return false
    }

    /// Writes the row of a snapshot that is not complete yet. Chunks of which no row tells any more are in its way.
    func begin(_ descriptor: SnapshotDescriptor) throws {
        try database.run("DELETE FROM snapshot_chunks WHERE height = ?") { statement in
            try statement.bind(Int64(clamping: descriptor.height), at: 1)
            try statement.run()
        }
        try database.run(
            """
            INSERT INTO snapshots (height, entry_count, state_root, chunk_count, complete, digest)
            VALUES (?, ?, ?, 0, 0, x'')
            """
        ) { statement in
            try statement.bind(Int64(clamping: descriptor.height), at: 1)
            try statement.bind(Int64(clamping: descriptor.entryCount), at: 2)
            try statement.bind(descriptor.stateRoot, at: 3)
            try statement.run()
        }
    }

    func insertChunk(_ bytes: [UInt8], height: UInt64, index: Int) throws {
        let integers = [Int64(clamping: height), Int64(index)]
        try database.run("INSERT INTO snapshot_chunks (height, idx, digest, bytes) VALUES (?, ?, ?, ?)") { statement in
            try bytes.withUnsafeBytes { chunk in
                try statement.bind(integers[0], at: 1)
                try statement.bind(integers[1], at: 2)
                try statement.bind(RecordDigest.chunk(integers, [], chunk), at: 3)
                try statement.bindInPlace(chunk, at: 4)
                try statement.run()
            }
        }
    }

    /// Makes the snapshot visible.
    func complete(_ descriptor: SnapshotDescriptor, chunkCount: Int) throws {
        let stored = LedgerTables.StoredSnapshot(descriptor: descriptor, chunkCount: chunkCount)
        try database.run("UPDATE snapshots SET chunk_count = ?, complete = 1, digest = ? WHERE height = ?") {
            statement in
            try statement.bind(Int64(chunkCount), at: 1)
            try statement.bind(stored.digest, at: 2)
            try statement.bind(Int64(clamping: descriptor.height), at: 3)
            try statement.run()
        }
    }
}
