/// The form of both databases: what `Specs/08-storage.md` says, as SQL.
///
/// The comments stay in the databases, where `sqlite3 FILE .schema` shows them.
enum Schema {
    /// "TKNZ", in the log database's header at byte 68.
    static let applicationID: Int64 = 0x544B_4E5A
    /// "TKNP", in the projection's.
    static let projectionApplicationID: Int64 = 0x544B_4E50
    /// The form's version, in the database header at byte 60.
    static let version: Int64 = 1

    /// Statements that make a new log database; its page size is set before them.
    static let creation = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        \(log)
        \(snapshots)
        \(logViews)
        """

    /// Statements that make a new projection.
    static let projectionCreation = """
        PRAGMA application_id = \(projectionApplicationID);
        PRAGMA user_version = \(version);
        \(projection)
        \(projectionViews)
        """

    private static let log = """
        -- The log is the truth. All integers are what they say; all blobs are bytes; every digest is SHA-256.
        CREATE TABLE meta (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity BLOB NOT NULL -- 16 random bytes, also in the mark: which store this is
        ) STRICT;

        CREATE TABLE groups (
            first_position INTEGER PRIMARY KEY, -- position of the first entry; 0 for the first group
            entry_count INTEGER NOT NULL, -- entries in the group; the next group starts after them
            log_root BLOB NOT NULL, -- Merkle root over all entries up to and with this group
            block_height INTEGER NOT NULL, -- blocks sealed up to and with this group
            tile_count INTEGER NOT NULL, -- rows of tiles that came with this group
            digest BLOB NOT NULL, -- over this row
            records BLOB NOT NULL -- CBOR sequence of byte strings: entry, effects, entry, effects, ...
        ) STRICT;

        CREATE TABLE tiles (
            level INTEGER NOT NULL, -- 0 for leaf hashes
            idx INTEGER NOT NULL, -- counted from 0 within the level
            group_position INTEGER NOT NULL, -- first_position of the group that completed the tile
            digest BLOB NOT NULL, -- over this row
            hashes BLOB NOT NULL, -- 256 hashes of 32 bytes (C2SP tlog-tiles)
            PRIMARY KEY (level, idx)
        ) STRICT;
        CREATE INDEX tiles_by_group ON tiles (group_position);

        CREATE TABLE blocks (
            height INTEGER PRIMARY KEY, -- 1 for the first block
            header_position INTEGER NOT NULL UNIQUE, -- position of the header entry
            state_root BLOB NOT NULL, -- root of the state tree after the block
            business_date INTEGER NOT NULL, -- days since 1970-01-01
            sealing_time INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
            digest BLOB NOT NULL -- over this row
        ) STRICT;
        """

    private static let snapshots = """
        CREATE TABLE snapshots (
            height INTEGER PRIMARY KEY, -- the block after which the state is kept
            entry_count INTEGER NOT NULL, -- entries that the state reflects
            state_root BLOB NOT NULL,
            chunk_count INTEGER NOT NULL, -- 0 until complete
            complete INTEGER NOT NULL, -- 1 once every chunk is there; readers ignore the others
            digest BLOB NOT NULL -- over this row
        ) STRICT;

        CREATE TABLE snapshot_chunks (
            height INTEGER NOT NULL,
            idx INTEGER NOT NULL, -- counted from 0
            digest BLOB NOT NULL, -- over this row
            bytes BLOB NOT NULL,
            PRIMARY KEY (height, idx)
        ) STRICT;
        """

    private static let projection = """
        -- Rows for people, made from the log, behind it by what the cursor says. They decide nothing and can be dropped
        -- and made anew. An amount is an INTEGER up to 2^63-1 and decimal TEXT above.
        CREATE TABLE projection (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity BLOB NOT NULL, -- that of the log database
            entry_count INTEGER NOT NULL -- the cursor: entries that the rows below reflect
        ) STRICT;

        CREATE TABLE accounts (
            account BLOB PRIMARY KEY,
            account_index INTEGER NOT NULL, -- order of registration
            account_text TEXT NOT NULL, -- the identifier's text form
            party BLOB,
            party_text TEXT,
            is_frozen INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE assets (
            asset BLOB PRIMARY KEY,
            asset_index INTEGER NOT NULL, -- order of registration
            asset_text TEXT NOT NULL, -- the identifier's text form
            identification TEXT NOT NULL, -- ISIN, parcel or the issuer's name for it
            issued ANY NOT NULL,
            redeemed ANY NOT NULL,
            is_paused INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE holdings (
            account BLOB NOT NULL,
            asset BLOB NOT NULL,
            partition INTEGER NOT NULL,
            units ANY NOT NULL, -- held
            available ANY NOT NULL, -- held and not encumbered
            PRIMARY KEY (account, asset, partition)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX holdings_by_asset ON holdings (asset);

        CREATE TABLE receipts (
            position INTEGER PRIMARY KEY, -- of the transaction's entry in the log
            transaction_id BLOB NOT NULL
        ) STRICT;

        -- Finds receipts by transaction: see the specification of the store.
        CREATE TABLE receipt_runs (
            run INTEGER PRIMARY KEY,
            item_count INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE receipt_index (
            run INTEGER NOT NULL,
            first_prefix INTEGER NOT NULL, -- of the first item
            items BLOB NOT NULL, -- sorted: 8 bytes of the transaction_id, 8 bytes of the position, and so on
            PRIMARY KEY (run, first_prefix)
        ) STRICT, WITHOUT ROWID;
        """

    private static let projectionViews = """
        CREATE VIEW readable_holdings AS
            SELECT asset_text AS asset, identification, account_text AS account, party_text AS party,
                partition, units, available, is_frozen, is_paused
            FROM holdings JOIN assets USING (asset) JOIN accounts USING (account);
        CREATE VIEW readable_receipts AS
            SELECT lower(hex(transaction_id)) AS transaction_id, position FROM receipts;
        """

    private static let logViews = """
        CREATE VIEW readable_blocks AS
            SELECT height, header_position, lower(hex(state_root)) AS state_root,
                date(business_date * 86400, 'unixepoch') AS business_date,
                datetime(sealing_time, 'unixepoch') AS sealing_time
            FROM blocks;
        CREATE VIEW readable_groups AS
            SELECT first_position, entry_count, lower(hex(log_root)) AS log_root, block_height,
                length(records) AS record_bytes
            FROM groups;
        """
}
