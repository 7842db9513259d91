#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif
import Tokenize

/// Tells the system, now and then, that it need not keep the database's pages in memory.
///
/// The log is written once and seldom read. Kept in memory, its pages would push out what is read often; and a fresh
/// page for what is written costs several times what writing to it does, while one that was let go is used again
/// at once. What was written last is in SQLite's write-ahead log, of which nothing is said here.
final class PageCacheAdvice: Sendable {
    /// Closing any descriptor of a file gives up all locks that the process has on it (fcntl), SQLite's among them:
    /// this one is closed after the writing connection.
    private let file: OpenFile

    init(path: String) throws(LedgerFailure) { file = try OpenFile(path: path, flags: O_RDONLY) }

    /// Lets go of all pages that are on the device. No more than advice: a failure changes nothing.
    func letGo() {
        #if os(Linux)
            _ = posix_fadvise(file.descriptor, 0, 0, POSIX_FADV_DONTNEED)
        #endif
    }
}
