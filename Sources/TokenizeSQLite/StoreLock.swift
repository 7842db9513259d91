import Tokenize

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Exclusive ownership of a store: a lock on a file beside the database, held while the store is open.
///
/// SQLite lets several processes write one database in turns, and a ledger has one writer. The system drops the
/// lock when the process ends, however it ends. The lock file is never removed: removing it would let two
/// openers lock two files of one name.
final class StoreLock: Sendable {
    private let file: OpenFile

    /// - Throws: `LedgerFailure.cannotOpen` if another opener, of this process or another, holds the lock.
    init(path: String) throws(LedgerFailure) {
        file = try OpenFile(path: path, flags: O_RDWR | O_CREAT)
        while flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            let reason = errno == EWOULDBLOCK ? "another opener has the store" : SystemError.text(errno)
            throw .cannotOpen(path: path, reason: reason)
        }
    }

    // Closing alone does not do: a process that is just being started has a copy of the descriptor until it runs its
    // program, and the lock is held as long as there is one.
    deinit { flock(file.descriptor, LOCK_UN) }
}
