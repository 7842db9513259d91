import GRDB
import GRDBSQLite
import Tokenize

/// A prepared statement, bound and stepped without GRDB's boxed values.
///
/// A group is more than a megabyte and a projection has thousands of rows: bytes are bound where they lie. They
/// must stay there until the statement has run, which the closures of ``GRDB/Database/run(_:_:)`` see to.
struct StoredStatement {
    fileprivate let handle: OpaquePointer

    // MARK: Binding (the first parameter is 1)

    func bind(_ value: Int64, at index: CInt) throws {
        try check(sqlite3_bind_int64(handle, index, value))
    }

    /// Binds 1 or 0.
    func bind(_ flag: Bool, at index: CInt) throws {
        try check(sqlite3_bind_int(handle, index, flag ? 1 : 0))
    }

    func bindNull(at index: CInt) throws {
        try check(sqlite3_bind_null(handle, index))
    }

    /// Binds text; SQLite copies it.
    func bind(_ text: String, at index: CInt) throws {
        var text = text
        try text.withUTF8 { utf8 in
            try utf8.withMemoryRebound(to: CChar.self) {
                try check(sqlite3_bind_text(handle, index, $0.baseAddress, CInt($0.count), Self.copied))
            }
        }
    }

    /// Binds bytes that SQLite copies.
    func bind(_ bytes: [UInt8], at index: CInt) throws {
        try bytes.withUnsafeBytes { try bind($0, at: index, Self.copied) }
    }

    /// Binds a digest, which SQLite copies.
    func bind(_ digest: Digest, at index: CInt) throws {
        try digest.withUnsafeBytes { try bind($0, at: index, Self.copied) }
    }

    /// Binds bytes in place: they must outlive the next ``run()``.
    func bindInPlace(_ bytes: UnsafeRawBufferPointer, at index: CInt) throws {
        try bind(bytes, at: index, nil)
    }

    private func bind(_ bytes: UnsafeRawBufferPointer, at index: CInt, _ keeping: sqlite3_destructor_type?) throws {
        // A null pointer would bind NULL, not the empty string of bytes.
        guard bytes.count > 0 else { return try check(sqlite3_bind_zeroblob(handle, index, 0)) }
        try check(sqlite3_bind_blob64(handle, index, bytes.baseAddress, sqlite3_uint64(bytes.count), keeping))
    }

    /// SQLITE_TRANSIENT, which the importer cannot express.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    // MARK: Running

    /// Runs a statement that gives no rows, and makes it ready for the next binding.
    func run() throws {
        let code = sqlite3_step(handle)
        guard code == SQLITE_DONE else { throw failure(code) }
        sqlite3_reset(handle)
    }

    /// Makes the statement ready to be bound and stepped again.
    func reset() { sqlite3_reset(handle) }

    /// Steps to the next row; false if there is none.
    func next() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw failure(code) }
        return false
    }

    // MARK: Columns (the first is 0)

    func integer(_ column: CInt) -> Int64 { sqlite3_column_int64(handle, column) }

    func bytes(_ column: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// Calls `body` with a column's bytes where they lie, until the next step.
    func withBytes(_ column: CInt, _ body: (UnsafeRawBufferPointer) -> Void) {
        let start = sqlite3_column_blob(handle, column)
        body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))))
    }

    private func check(_ code: CInt) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: CInt) -> DatabaseError {
        let database = sqlite3_db_handle(handle)
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(database)))
    }
}

extension Database {
    /// Prepares `sql` once for this connection, and gives it to `body` free of bindings.
    func run<Value>(_ sql: String, _ body: (StoredStatement) throws -> Value) throws -> Value {
        let handle = try cachedStatement(sql: sql).sqliteStatement
        defer {
            // An open statement would hold its read snapshot, and bindings may point to memory that goes away.
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        return try body(StoredStatement(handle: handle))
    }
}
