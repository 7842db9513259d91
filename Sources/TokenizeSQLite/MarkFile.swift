import Tokenize

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file that holds the mark: two slots, written in turn, so that a torn write leaves the one before.
final class MarkFile {
    private let file: OpenFile
    private let operations: FileOperations
    /// The last mark that is known to be durable.
    private(set) var mark: DurableMark

    private init(file: OpenFile, mark: DurableMark, operations: FileOperations) {
        self.file = file
        self.mark = mark
        self.operations = operations
    }

    /// The mark in the file at `path`; nil if there is no file.
    ///
    /// - Throws: `LedgerFailure.corrupted` if the file has no valid slot.
    static func read(path: String) throws(LedgerFailure) -> DurableMark? {
        guard try Files.byteCount(path) != nil else { return nil }
        let file = try OpenFile(path: path, flags: O_RDONLY)
        guard let mark = DurableMark.latest(in: try file.read(upTo: 2 * DurableMark.slotByteCount)) else {
            throw .corrupted(what: "mark", position: 0, reason: "no valid slot")
        }
        return mark
    }

    /// Writes the first mark of a new store, durably; the file's name is not yet.
    static func create(path: String, identity: [UInt8], operations: FileOperations) throws(LedgerFailure) {
        let file = try OpenFile(path: path, flags: O_RDWR | O_CREAT | O_TRUNC, operations)
        let first = DurableMark(identity: identity, generation: 0, entryCount: 0, logRoot: .zero)
        // Both slots are written, so that later marks change no length and need no metadata.
        let empty = [UInt8](repeating: 0, count: DurableMark.slotByteCount)
        try write(first.slot + empty, at: 0, to: file, operations)
        try Files.synchronize(file, operations)
    }

    /// Opens the file for later marks; `mark` is what ``read(path:)`` gave.
    static func open(
        path: String,
        mark: DurableMark,
        operations: FileOperations
    ) throws(LedgerFailure) -> MarkFile {
        MarkFile(file: try OpenFile(path: path, flags: O_RDWR, operations), mark: mark, operations: operations)
    }

    /// Writes the mark that the file has once more, in its place; durable on return.
    ///
    /// Who was killed before the sync, or whose sync failed, left a mark in the system's memory that a sync alone might
    /// not write. The bytes are those that are there, so a torn write spoils nothing.
    func renew() throws(LedgerFailure) {
        try Self.write(mark.slot, at: mark.offset, to: file, operations)
        try synchronize()
    }

    /// Writes the next mark into the other slot; durable on return.
    func advance(entryCount: UInt64, logRoot: Digest) throws(LedgerFailure) {
        let next = DurableMark(
            identity: mark.identity,
            generation: mark.generation + 1,
            entryCount: entryCount,
            logRoot: logRoot
        )
        try Self.write(next.slot, at: next.offset, to: file, operations)
        try synchronize()
        mark = next
    }

    private func synchronize() throws(LedgerFailure) {
        guard operations.synchronize(file.descriptor) == 0 else {
            throw .inputOutput(operation: "sync mark", reason: SystemError.text(errno))
        }
    }

    private static func write(
        _ bytes: [UInt8],
        at offset: Int,
        to file: OpenFile,
        _ operations: FileOperations
    ) throws(LedgerFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                operations.write(file.descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]), offset + written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let reason = count == 0 ? "nothing written" : SystemError.text(errno)
                throw .inputOutput(operation: "write mark", reason: reason)
            }
            written += count
        }
    }
}
