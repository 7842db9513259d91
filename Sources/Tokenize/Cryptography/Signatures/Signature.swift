/// A signature over a 32-byte digest: an algorithm and exactly 64 bytes.
///
/// The bytes are `r || s`, each 32 bytes, most significant first, for ECDSA (IEEE P1363), and `R.x || s` for BIP-340.
/// A value of this type is a claim: only ``SignatureVerifier`` says whether it holds. It carries no public key.
public struct Signature: Hashable, Sendable {
    /// Bytes in a signature of either algorithm.
    public static let byteCount = 64

    /// The algorithm that made it.
    public let algorithm: SignatureAlgorithm
    let content: Bytes64

    /// The signature that these bytes spell.
    ///
    /// - Throws: ``SignatureFailure/wrongLength(found:)`` unless there are exactly 64 bytes.
    public init(algorithm: SignatureAlgorithm, bytes: some Collection<UInt8>) throws(SignatureFailure) {
        guard bytes.count == Signature.byteCount else { throw .wrongLength(found: bytes.count) }
        self.algorithm = algorithm
        content = Array(bytes).withUnsafeBytes { Bytes64(loading: $0) }
    }

    /// The signature that `buffer` holds, without a copy.
    @inline(__always)
    init(algorithm: SignatureAlgorithm, loading buffer: UnsafeRawBufferPointer) throws(SignatureFailure) {
        guard buffer.count == Signature.byteCount else { throw .wrongLength(found: buffer.count) }
        self.init(algorithm: algorithm, content: Bytes64(loading: buffer))
    }

    @inline(__always)
    init(algorithm: SignatureAlgorithm, content: Bytes64) {
        self.algorithm = algorithm
        self.content = content
    }

    /// The 64 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Calls `body` with the 64 bytes, without an allocation.
    @inline(__always)
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try content.withUnsafeBytes(body)
    }
}

extension Signature: CustomStringConvertible {
    /// 128 lower-case hexadecimal digits.
    public var description: String { bytes.hexadecimal }
}

/// Why bytes are not a signature.
public enum SignatureFailure: Error, Hashable, Sendable {
    /// A signature has exactly 64 bytes.
    case wrongLength(found: Int)
    /// The bytes are not the DER encoding (X.690) of a sequence of two integers.
    case notDER
    /// `r` or `s` is zero or not below the order of the group.
    case outOfRange
}
