#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Memory for a secret: pages of its own, kept out of swap and core dumps where the system allows, wiped when it goes.
///
/// A secret never shares a page, because unlocking one would unlock its neighbour. Locking is best effort: beyond the
/// system's limit (`RLIMIT_MEMLOCK`) secrets still work, and may then reach the swap device.
struct SecretMemory: ~Copyable, Sendable {
    let byteCount: Int
    private let allocatedByteCount: Int
    // Owned by this value alone, which cannot be copied, and written only before it is shared.
    nonisolated(unsafe) private let base: UnsafeMutableRawPointer

    /// Zeroed memory of `byteCount` bytes, at least 1.
    init(byteCount: Int) {
        precondition(byteCount > 0)
        let pageByteCount = Int(sysconf(Int32(_SC_PAGESIZE)))
        self.byteCount = byteCount
        allocatedByteCount = (byteCount + pageByteCount - 1) / pageByteCount * pageByteCount
        base = .allocate(byteCount: allocatedByteCount, alignment: pageByteCount)
        _ = mlock(base, allocatedByteCount)
        #if canImport(Glibc) || canImport(Musl)
            _ = madvise(base, allocatedByteCount, Int32(MADV_DONTDUMP))
        #endif
        base.initializeMemory(as: UInt8.self, repeating: 0, count: allocatedByteCount)
    }

    deinit {
        SecretMemory.wipe(UnsafeMutableRawBufferPointer(start: base, count: allocatedByteCount))
        _ = munlock(base, allocatedByteCount)
        #if canImport(Glibc) || canImport(Musl)
            // The allocator gets the pages back as it gave them.
            _ = madvise(base, allocatedByteCount, Int32(MADV_DODUMP))
        #endif
        base.deallocate()
    }

    /// Calls `body` with the secret; it must not keep a copy.
    borrowing func withUnsafeBytes<R: ~Copyable, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try body(UnsafeRawBufferPointer(start: base, count: byteCount))
    }

    /// Lets `body` write the secret.
    mutating func withUnsafeMutableBytes<R, E: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try body(UnsafeMutableRawBufferPointer(start: base, count: byteCount))
    }

    /// Overwrites with zeros in a way that the optimiser keeps.
    static func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
        guard let base = buffer.baseAddress else { return }
        #if canImport(Glibc) || canImport(Musl)
            explicit_bzero(base, buffer.count)
        #else
            _ = memset_s(base, buffer.count, 0, buffer.count)
        #endif
    }
}
