import GRDB
import Tokenize

extension LedgerTables {
    /// The projection's cursor.
    func projectedEntryCount() throws -> UInt64 {
        try database.run("SELECT entry_count FROM projection WHERE id = 1") { statement in
            guard try statement.next() else {
                throw LedgerFailure.corrupted(what: "projection", position: 0, reason: "no cursor")
            }
            return UInt64(clamping: statement.integer(0))
        }
    }

    /// The identity of the store that the projection was made from; empty if it does not say.
    func projectionIdentity() throws -> [UInt8] {
        try database.run("SELECT identity FROM projection WHERE id = 1") { statement in
            try statement.next() ? statement.bytes(0) : []
        }
    }
}
