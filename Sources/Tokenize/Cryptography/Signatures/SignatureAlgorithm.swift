/// How a key signs: one byte of a registry, bound to the key for ever.
///
/// A key of one algorithm never verifies a signature of another, so neither can be passed off as the other.
public enum SignatureAlgorithm: UInt8, Hashable, Sendable, CaseIterable {
    /// ECDSA over secp256k1 (SEC 1, SEC 2), nonces by RFC 6979, `s` in the lower half of the order.
    case ecdsaSecp256k1 = 1
    /// Schnorr signatures over secp256k1 as BIP-340 defines them.
    case schnorrBIP340 = 2

    /// Bytes in a public key: 33 (compressed point) for ECDSA, 32 (x coordinate) for BIP-340.
    public var publicKeyByteCount: Int {
        switch self {
        case .ecdsaSecp256k1: 33
        case .schnorrBIP340: 32
        }
    }
}

extension SignatureAlgorithm: CustomStringConvertible {
    /// The usual name of the algorithm.
    public var description: String {
        switch self {
        case .ecdsaSecp256k1: "ECDSA-secp256k1"
        case .schnorrBIP340: "BIP-340"
        }
    }
}
