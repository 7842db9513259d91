/// A 32-byte digest, held inline.
///
/// The four words hold the bytes in memory order, so that hashing and encoding read them without a copy.
/// Order is that of the bytes, first byte most significant.
public struct Digest: Hashable, Sendable, Comparable {
    /// Bytes in a digest.
    public static let byteCount = 32

    /// 32 zero bytes.
    public static let zero = Digest(words: (0, 0, 0, 0))

    let word0: UInt64
    let word1: UInt64
    let word2: UInt64
    let word3: UInt64

    @inline(__always)
    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        word0 = words.0
        word1 = words.1
        word2 = words.2
        word3 = words.3
    }

    /// The digest that these bytes spell, or nil if there are not exactly 32 of them.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Digest.byteCount else { return nil }
        let copied = bytes.withContiguousStorageIfAvailable { Digest(loading: UnsafeRawBufferPointer($0)) }
        self = copied ?? Array(bytes).withUnsafeBytes { Digest(loading: $0) }
    }

    /// Reads the first 32 bytes of `buffer`, which must hold as many.
    @inline(__always)
    init(loading buffer: UnsafeRawBufferPointer) {
        precondition(buffer.count >= Digest.byteCount)
        word0 = buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        word1 = buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        word2 = buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        word3 = buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Calls `body` with the 32 bytes, without a copy.
    @inline(__always)
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        var copy = self
        // The struct is four adjacent words; its memory is the bytes.
        return try withUnsafePointer(to: &copy) { (pointer) throws(E) -> R in
            try body(UnsafeRawBufferPointer(start: pointer, count: Digest.byteCount))
        }
    }

    /// Bit `index`, 0 being the most significant bit of the first byte.
    @inline(__always)
    func bit(_ index: Int) -> Bool {
        let word: UInt64 =
            switch index >> 6 {
            case 0: word0
            case 1: word1
            case 2: word2
            default: word3
            }
        return (word.bigEndian >> UInt64(63 - (index & 63))) & 1 == 1
    }

    @inline(__always)
    public static func == (left: Digest, right: Digest) -> Bool {
        left.word0 == right.word0 && left.word1 == right.word1 && left.word2 == right.word2
            && left.word3 == right.word3
    }

    @inline(__always)
    public static func < (left: Digest, right: Digest) -> Bool {
        if left.word0 != right.word0 { return left.word0.bigEndian < right.word0.bigEndian }
        if left.word1 != right.word1 { return left.word1.bigEndian < right.word1.bigEndian }
        if left.word2 != right.word2 { return left.word2.bigEndian < right.word2.bigEndian }
        return left.word3.bigEndian < right.word3.bigEndian
    }

    @inline(__always)
    public func hash(into hasher: inout Hasher) {
        // Digests are uniform; two words under the seeded hasher are as good as four.
        hasher.combine(word0)
        hasher.combine(word1)
    }
}

extension Digest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String { bytes.hexadecimal }
}
