import GRDB
import Tokenize

/// Writes the rows of a projection batch, inside the caller's transaction.
struct ProjectionWriter {
    let database: Database

    func write(_ batch: ProjectionBatch) throws {
        if batch.isRebuild {
            try database.execute(sql: "DELETE FROM accounts; DELETE FROM assets; DELETE FROM holdings")
            try ReceiptIndex(database: database).removeAll()
        }
        try write(batch.accounts)
        try write(batch.assets)
        try write(batch.holdings)
        try ReceiptIndex(database: database).insert(batch.receipts)
        try database.run("UPDATE projection SET entry_count = ? WHERE id = 1") { statement in
            try statement.bind(Int64(clamping: batch.entryCount), at: 1)
            try statement.run()
        }
    }

    private func write(_ rows: [ProjectionBatch.AccountRow]) throws {
        try database.run(
            """
            INSERT INTO accounts (account, account_index, account_text, party, party_text, is_frozen)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET account_index = excluded.account_index, account_text = excluded.account_text,
                party = excluded.party, party_text = excluded.party_text, is_frozen = excluded.is_frozen
            """
        ) { statement in
            for row in rows {
                try statement.bind(row.account.digest, at: 1)
                try statement.bind(Int64(row.index), at: 2)
                try statement.bind(row.account.description, at: 3)
                if let party = row.party {
                    try statement.bind(party.digest, at: 4)
                    try statement.bind(party.description, at: 5)
                } else {
                    try statement.bindNull(at: 4)
                    try statement.bindNull(at: 5)
                }
                try statement.bind(row.isFrozen, at: 6)
                try statement.run()
            }
        }
    }

    private func write(_ rows: [ProjectionBatch.AssetRow]) throws {
        try database.run(
            """
            INSERT INTO assets (asset, asset_index, asset_text, identification, issued, redeemed, is_paused)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET asset_index = excluded.asset_index, asset_text = excluded.asset_text,
                identification = excluded.identification, issued = excluded.issued, redeemed = excluded.redeemed,
                is_paused = excluded.is_paused
            """
        ) { statement in
            for row in rows {
                try statement.bind(row.asset.digest, at: 1)
                try statement.bind(Int64(row.index), at: 2)
                try statement.bind(row.asset.description, at: 3)
                try statement.bind(row.identification, at: 4)
                try statement.bind(row.issued, at: 5)
                try statement.bind(row.redeemed, at: 6)
                try statement.bind(row.isPaused, at: 7)
                try statement.run()
            }
        }
    }

    private func write(_ unsorted: [ProjectionBatch.HoldingRow]) throws {
        // In the order of the keys, so that rows of one page are written while it is at hand.
        let rows = unsorted.sorted { $0.account < $1.account }
        try database.run(
            """
            INSERT INTO holdings (account, asset, partition, units, available) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET units = excluded.units, available = excluded.available
            """
        ) { statement in
            for row in rows where !row.isEmpty {
                try statement.bindKey(row)
                try statement.bind(row.units, at: 4)
                try statement.bind(row.available, at: 5)
                try statement.run()
            }
        }
        try database.run("DELETE FROM holdings WHERE account = ? AND asset = ? AND partition = ?") { statement in
            for row in rows where row.isEmpty {
                try statement.bindKey(row)
                try statement.run()
            }
        }
    }
}

extension StoredStatement {
    /// Binds the parts of a holding's key as parameters 1 to 3.
    fileprivate func bindKey(_ row: ProjectionBatch.HoldingRow) throws {
        try bind(row.account.digest, at: 1)
        try bind(row.asset.digest, at: 2)
        try bind(Int64(row.partition), at: 3)
    }

    /// Binds an amount: an integer where SQLite has one, else its decimal digits.
    fileprivate func bind(_ quantity: Quantity, at index: CInt) throws {
        if let small = Int64(exactly: quantity.units) {
            try bind(small, at: index)
        } else {
            try bind(quantity.description, at: index)
        }
    }
}
