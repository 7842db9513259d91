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

    /// The projected position of a transaction, or nil.
    func position(of transaction: TransactionID) throws -> UInt64? {
        try database.run("SELECT position FROM receipts WHERE transaction_id = ?") { statement in
            try statement.bind(transaction.digest, at: 1)
            return try statement.next() ? UInt64(clamping: statement.integer(0)) : nil
        }
    }
}
