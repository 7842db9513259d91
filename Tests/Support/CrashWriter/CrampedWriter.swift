import Foundation
import GRDBSQLite
import Tokenize
import TokenizeSQLite

/// The same as ``SteppedWriter``, in a process that is short of something.
///
/// `CrashWriter cramped files|heap|memory AMOUNT ...`: so many open files; so many bytes of memory for SQLite; or so
/// many bytes of address space. The rest is for ``SteppedWriter``. `CrashWriter cramped hostile AMOUNT` decodes what is
/// made to ask for much memory, with so many bytes of address space, and prints how many were refused.
enum CrampedWriter {
    @MainActor
    static func run(_ arguments: [String]) async throws {
        guard arguments.count >= 2, let amount = Int64(arguments[1]) else { throw CrashWriter.UsageError() }
        if arguments[0] == "hostile" {
            try limit(addressSpace, to: amount)
            return CrashWriter.say("refused \(Hostile.refusedCount) of \(Hostile.inputs.count)")
        }
        // What it needs before it begins it has.
        let writer = try SteppedWriter(Array(arguments.dropFirst(2)))
        switch arguments[0] {
        case "files": try limit(openFiles, to: amount)
        case "heap": sqlite3_hard_heap_limit64(amount)
        case "memory": try limit(addressSpace, to: amount)
        default: throw CrashWriter.UsageError()
        }
        try await writer.run()
    }

    #if os(Linux)
        private static let openFiles = CInt(RLIMIT_NOFILE.rawValue)
        private static let addressSpace = CInt(RLIMIT_AS.rawValue)
    #else
        private static let openFiles = RLIMIT_NOFILE
        private static let addressSpace = RLIMIT_AS
    #endif

    private static func limit(_ resource: CInt, to amount: Int64) throws {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { throw CrashWriter.UsageError() }
        limit.rlim_cur = rlim_t(amount)
        guard setrlimit(resource, &limit) == 0 else { throw CrashWriter.UsageError() }
    }
}

/// Bytes that claim to be far longer than they are, or to hold far more.
private enum Hostile {
    /// Heads of byte strings, texts, arrays and maps of up to 2^64 - 1 items, alone and inside one another.
    static let inputs: [[UInt8]] = {
        var inputs: [[UInt8]] = []
        for major in [2, 3, 4, 5] as [UInt8] {
            for length in [1 << 20, 1 << 31, 1 << 32, 1 << 48, 1 << 62, UInt64.max] {
                let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
                let head = [major << 5 | 27] + bytes
                inputs += [head, [0x81] + head, [0x82, 0x01] + head, [0xA1, 0x00] + head, head + head]
            }
        }
        // Deeper than any stack.
        inputs.append([UInt8](repeating: 0x81, count: 1 << 20))
        inputs.append([UInt8](repeating: 0xA1, count: 1 << 20))
        return inputs
    }()

    static var refusedCount: Int {
        inputs.count { bytes in
            isRefused { _ = try CanonicalValue(decoding: bytes) }
                && isRefused { _ = try SignedTransaction(bytes: bytes) }
                && isRefused { _ = try LogEntry(canonicalBytes: bytes) }
                && isRefused { _ = try OwnershipProof(canonicalBytes: bytes) }
                && isRefused { _ = try StateProof(canonicalBytes: bytes) }
                && isRefused { _ = try EffectProof(canonicalBytes: bytes) }
                && isRefused { _ = try Genesis(canonicalBytes: bytes) }
                && isRefused { _ = try SignedNote(parsing: bytes) }
                && isRefused { _ = try TransparencyProof(parsing: bytes) }
        }
    }

    private static func isRefused(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch {
            return true
        }
    }
}
