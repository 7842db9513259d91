/// 64 bytes held inline, as eight words in memory order.
///
/// Signatures and libsecp256k1's parsed keys have this size; without an array neither costs an allocation.
struct Bytes64: Hashable, Sendable {
    static let byteCount = 64

    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64
    private let word4: UInt64
    private let word5: UInt64
    private let word6: UInt64
    private let word7: UInt64

    /// Reads the first 64 bytes of `buffer`, which must hold as many.
    @inline(__always)
    init(loading buffer: UnsafeRawBufferPointer) {
        precondition(buffer.count >= Bytes64.byteCount)
        word0 = buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        word1 = buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        word2 = buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        word3 = buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
        word4 = buffer.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
        word5 = buffer.loadUnaligned(fromByteOffset: 40, as: UInt64.self)
        word6 = buffer.loadUnaligned(fromByteOffset: 48, as: UInt64.self)
        word7 = buffer.loadUnaligned(fromByteOffset: 56, as: UInt64.self)
    }

    /// Lets `body` fill 64 bytes, zero at first.
    @inline(__always)
    init<E: Error>(filling body: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
        self = try withUnsafeTemporaryAllocation(byteCount: Bytes64.byteCount, alignment: 8) {
            (buffer) throws(E) -> Bytes64 in
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
            try body(buffer)
            return Bytes64(loading: UnsafeRawBufferPointer(buffer))
        }
    }

    /// Calls `body` with the 64 bytes.
    @inline(__always)
    func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        // The struct is eight adjacent words; its memory is the bytes.
        try withUnsafePointer(to: self) { (pointer) throws(E) -> R in
            try body(UnsafeRawBufferPointer(start: pointer, count: Bytes64.byteCount))
        }
    }
}
