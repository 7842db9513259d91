import Tokenize

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The two calls that make the mark durable, replaceable so that a test can make them fail.
struct FileOperations: Sendable {
    /// `pwrite`: bytes written, or -1 with `errno` set.
    var write: @Sendable (_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int
    /// Brings what was written to stable storage: 0, or -1 with `errno` set.
    var synchronize: @Sendable (_ descriptor: CInt) -> CInt

    /// The system's own.
    static let system = FileOperations(
        write: { descriptor, bytes, offset in pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset)) },
        synchronize: { descriptor in
            #if canImport(Darwin)
                // fsync on Darwin stops at the drive's cache.
                fcntl(descriptor, F_FULLFSYNC)
            #else
                fdatasync(descriptor)
            #endif
        }
    )
}

/// An open file, closed when the last reference goes.
final class OpenFile: Sendable {
    let descriptor: CInt
    let path: String

    /// - Throws: `LedgerFailure.cannotOpen`.
    init(path: String, flags: CInt) throws(LedgerFailure) {
        // Readable and writable by the owner only: the log holds what participants disclosed.
        let opened = open(path, flags | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw .cannotOpen(path: path, reason: SystemError.text(errno)) }
        descriptor = opened
        self.path = path
    }

    deinit { close(descriptor) }

    /// The first `count` bytes, or fewer if the file is shorter.
    func read(upTo count: Int) throws(LedgerFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes[filled...].withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, $0.count, off_t(filled))
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .inputOutput(operation: "read \(path)", reason: SystemError.text(errno)) }
            if got == 0 { break }
            filled += got
        }
        return Array(bytes.prefix(filled))
    }
}

/// What the system says of an error number.
enum SystemError {
    static func text(_ code: CInt) -> String { String(cString: strerror(code)) }
}

/// Questions to, and acts on, the file system.
enum Files {
    /// The size of the file, or nil if there is none.
    static func byteCount(_ path: String) throws(LedgerFailure) -> Int? {
        var status = stat()
        if stat(path, &status) == 0 { return Int(status.st_size) }
        if errno == ENOENT { return nil }
        throw .cannotOpen(path: path, reason: SystemError.text(errno))
    }

    /// Makes an empty file that its owner alone can read: SQLite takes it for a new database, and gives what it puts
    /// beside it the same mode.
    static func makePrivate(_ path: String) throws(LedgerFailure) {
        _ = try OpenFile(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
    }

    /// Removes a file if it is there.
    static func remove(_ path: String) throws(LedgerFailure) {
        if unlink(path) != 0 && errno != ENOENT {
            throw .inputOutput(operation: "remove \(path)", reason: SystemError.text(errno))
        }
    }

    /// Gives a file the name `to`, which replaces what had that name.
    static func rename(_ from: String, to: String) throws(LedgerFailure) {
        guard systemRename(from, to) == 0 else {
            throw .inputOutput(operation: "rename \(from)", reason: SystemError.text(errno))
        }
    }

    /// Makes the names in the directory of `path` durable.
    static func synchronizeDirectory(of path: String) throws(LedgerFailure) {
        let directory: String
        if let slash = path.lastIndex(of: "/") {
            directory = slash == path.startIndex ? "/" : String(path[..<slash])
        } else {
            directory = "."
        }
        let file = try OpenFile(path: directory, flags: O_RDONLY)
        try synchronize(file)
    }

    /// Makes the file's content durable.
    static func synchronize(_ file: OpenFile) throws(LedgerFailure) {
        guard fsync(file.descriptor) == 0 else {
            throw .inputOutput(operation: "sync \(file.path)", reason: SystemError.text(errno))
        }
    }
}

private func systemRename(_ from: String, _ to: String) -> CInt { rename(from, to) }
