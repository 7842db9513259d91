/// A public key as it travels: an algorithm and bytes of the right form, not yet shown to be a point of the curve.
///
/// Good enough to look a key up among the known ones, which is all a forged key deserves: finding the point costs
/// about a hundred times more. Make a ``PublicKey`` of it before it is stored as anybody's key.
public struct EncodedPublicKey: Hashable, Comparable, Sendable {
    // Five adjacent fields: their memory is the wire bytes. `byte32` is 0 and not part of them for BIP-340.
    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64
    private let byte32: UInt8
    /// The algorithm the key is bound to.
    public let algorithm: SignatureAlgorithm

    /// The key that these bytes spell.
    ///
    /// - Throws: ``KeyFailure/wrongLength(expected:found:)`` unless there are exactly
    ///   ``SignatureAlgorithm/publicKeyByteCount`` bytes; ``KeyFailure/wrongPrefix(_:)`` unless an ECDSA key begins
    ///   with 02 or 03.
    public init(algorithm: SignatureAlgorithm, bytes: some Collection<UInt8>) throws(KeyFailure) {
        // Any collection fits here; the copy is 33 bytes and off the hot path.
        let result = Array(bytes.prefix(algorithm.publicKeyByteCount + 1)).withUnsafeBytes {
            buffer -> Result<EncodedPublicKey, KeyFailure> in
            do throws(KeyFailure) {
                return .success(try EncodedPublicKey(algorithm: algorithm, loading: buffer))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let key): self = key
        case .failure(.wrongLength(let expected, _)):
            throw .wrongLength(expected: expected, found: bytes.count)
        case .failure(let failure): throw failure
        }
    }

    /// The key that `buffer` holds, without a copy.
    @inline(__always)
    init(algorithm: SignatureAlgorithm, loading buffer: UnsafeRawBufferPointer) throws(KeyFailure) {
        guard buffer.count == algorithm.publicKeyByteCount else {
            throw .wrongLength(expected: algorithm.publicKeyByteCount, found: buffer.count)
        }
        switch algorithm {
        case .ecdsaSecp256k1:
            guard buffer[0] == 2 || buffer[0] == 3 else { throw .wrongPrefix(buffer[0]) }
            byte32 = buffer[32]
        case .schnorrBIP340:
            byte32 = 0
        }
        word0 = buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        word1 = buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        word2 = buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        word3 = buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
        self.algorithm = algorithm
    }

    /// A hash for an index that adds a seed of its own; from the coordinate, which nobody chooses freely.
    var indexHash: UInt64 { word1 ^ word2 }

    /// The wire bytes: 33 for ECDSA, 32 for BIP-340.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Calls `body` with the wire bytes, without an allocation.
    @inline(__always)
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try withUnsafePointer(to: self) { (pointer) throws(E) -> R in
            try body(UnsafeRawBufferPointer(start: pointer, count: algorithm.publicKeyByteCount))
        }
    }

    /// Orders by algorithm number, then by bytes, first byte most significant.
    public static func < (left: EncodedPublicKey, right: EncodedPublicKey) -> Bool {
        if left.algorithm != right.algorithm { return left.algorithm.rawValue < right.algorithm.rawValue }
        if left.word0 != right.word0 { return left.word0.bigEndian < right.word0.bigEndian }
        if left.word1 != right.word1 { return left.word1.bigEndian < right.word1.bigEndian }
        if left.word2 != right.word2 { return left.word2.bigEndian < right.word2.bigEndian }
        if left.word3 != right.word3 { return left.word3.bigEndian < right.word3.bigEndian }
        return left.byte32 < right.byte32
    }
}

extension EncodedPublicKey: CustomStringConvertible {
    /// The wire bytes in lower-case hexadecimal digits.
    public var description: String { bytes.hexadecimal }
}
