import Tokenize

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The calls to the file system that the store makes itself, SQLite's apart; replaceable so that a test can make them
/// fail, or keep what a device would keep.
struct FileOperations: Sendable {
    /// `open`: a descriptor, or -1 with `errno` set.
    var open: @Sendable (_ path: String, _ flags: CInt) -> CInt
    /// `pwrite`: bytes written, or -1 with `errno` set.
    var write: @Sendable (_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int
    /// Brings what was written to stable storage: 0, or -1 with `errno` set.
    var synchronize: @Sendable (_ descriptor: CInt) -> CInt
    /// `fsync`, of a file or a directory: 0, or -1 with `errno` set.
    var synchronizeWhole: @Sendable (_ descriptor: CInt) -> CInt
    /// `rename`: 0, or -1 with `errno` set.
    var rename: @Sendable (_ from: String, _ to: String) -> CInt
    /// `unlink`: 0, or -1 with `errno` set.
    var remove: @Sendable (_ path: String) -> CInt

    /// The system's own.
    static let system = FileOperations(
        // Readable and writable by the owner only: the log holds what participants disclosed.
        open: { path, flags in systemOpen(path, flags | O_CLOEXEC, 0o600) },
        write: { descriptor, bytes, offset in pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset)) },
        synchronize: { descriptor in
            #if canImport(Darwin)
                // fsync on Darwin stops at the drive's cache.
                fcntl(descriptor, F_FULLFSYNC)
            #else
                fdatasync(descriptor)
            #endif
        },
        synchronizeWhole: { fsync($0) },
        rename: { from, to in systemRename(from, to) },
        remove: { unlink($0) }
    )
}

/// An open file, closed when the last reference goes.
final class OpenFile: Sendable {
    let descriptor: CInt
    let path: String

    /// - Throws: `LedgerFailure.cannotOpen`.
    init(path: String, flags: CInt, _ operations: FileOperations = .system) throws(LedgerFailure) {
        let opened = operations.open(path, flags)
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
    static func makePrivate(_ path: String, _ operations: FileOperations) throws(LedgerFailure) {
        _ = try OpenFile(path: path, flags: O_RDWR | O_CREAT | O_EXCL, operations)
    }

    /// Removes a file if it is there.
    static func remove(_ path: String, _ operations: FileOperations = .system) throws(LedgerFailure) {
        if operations.remove(path) != 0 && errno != ENOENT {
            throw .inputOutput(operation: "remove \(path)", reason: SystemError.text(errno))
        }
    }

    /// Gives a file the name `to`, which replaces what had that name.
    static func rename(_ from: String, to: String, _ operations: FileOperations) throws(LedgerFailure) {
        guard operations.rename(from, to) == 0 else {
            throw .inputOutput(operation: "rename \(from)", reason: SystemError.text(errno))
        }
    }

    /// Makes the names in the directory of `path` durable.
    static func synchronizeDirectory(of path: String, _ operations: FileOperations) throws(LedgerFailure) {
        let directory: String
        if let slash = path.lastIndex(of: "/") {
            directory = slash == path.startIndex ? "/" : String(path[..<slash])
        } else {
            directory = "."
        }
        try synchronize(try OpenFile(path: directory, flags: O_RDONLY, operations), operations)
    }

    /// Makes the file's content durable.
    static func synchronize(_ file: OpenFile, _ operations: FileOperations) throws(LedgerFailure) {
        guard operations.synchronizeWhole(file.descriptor) == 0 else {
            throw .inputOutput(operation: "sync \(file.path)", reason: SystemError.text(errno))
        }
    }
}

private func systemOpen(_ path: String, _ flags: CInt, _ mode: mode_t) -> CInt { open(path, flags, mode) }
private func systemRename(_ from: String, _ to: String) -> CInt { rename(from, to) }
