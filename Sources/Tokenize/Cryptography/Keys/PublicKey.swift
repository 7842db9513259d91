import CSecp256k1

/// A public key: an algorithm and a point of the curve, in exactly one encoding.
///
/// Two keys are the same key if and only if their algorithms and bytes are the same.
public struct PublicKey: Hashable, Comparable, Sendable {
    /// Algorithm and wire bytes.
    public let encoded: EncodedPublicKey

    /// The key that these bytes spell.
    ///
    /// An ECDSA key is 33 bytes, 02 or 03 and the x coordinate (SEC 1, section 2.3.3, compressed). A BIP-340 key is
    /// the 32-byte x coordinate. Nothing else is accepted, though libsecp256k1 parses more.
    /// - Throws: ``KeyFailure`` if the form is another or if the bytes name no point.
    public init(algorithm: SignatureAlgorithm, bytes: some Collection<UInt8>) throws(KeyFailure) {
        try self.init(EncodedPublicKey(algorithm: algorithm, bytes: bytes))
    }

    /// The key with this encoding.
    ///
    /// - Throws: ``KeyFailure/notOnCurve`` if the bytes name no point.
    public init(_ encoded: EncodedPublicKey) throws(KeyFailure) {
        _ = try ParsedPublicKey(encoded)
        self.encoded = encoded
    }

    /// The ECDSA key of a point in libsecp256k1's form.
    init(compressing point: inout secp256k1_pubkey) throws(KeyFailure) {
        var bytes = [UInt8](repeating: 0, count: SignatureAlgorithm.ecdsaSecp256k1.publicKeyByteCount)
        var byteCount = bytes.count
        secp256k1_ec_pubkey_serialize(
            Secp256k1.context,
            &bytes,
            &byteCount,
            &point,
            UInt32(SECP256K1_EC_COMPRESSED)
        )
        try self.init(algorithm: .ecdsaSecp256k1, bytes: bytes)
    }

    /// The algorithm the key is bound to.
    public var algorithm: SignatureAlgorithm { encoded.algorithm }

    /// The wire bytes: 33 for ECDSA, 32 for BIP-340.
    public var bytes: [UInt8] { encoded.bytes }

    /// Calls `body` with the wire bytes, without an allocation.
    @inline(__always)
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try encoded.withUnsafeBytes(body)
    }

    /// The x coordinate of the point: the bytes of the BIP-340 key of the same secret.
    var xOnly: Digest {
        withUnsafeBytes { Digest(loading: UnsafeRawBufferPointer(rebasing: $0.suffix(Digest.byteCount))) }
    }

    /// Orders by algorithm number, then by bytes, first byte most significant.
    public static func < (left: PublicKey, right: PublicKey) -> Bool { left.encoded < right.encoded }
}

extension PublicKey: CustomStringConvertible {
    /// The wire bytes in lower-case hexadecimal digits.
    public var description: String { encoded.description }
}
