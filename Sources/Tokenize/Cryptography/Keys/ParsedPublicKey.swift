import CSecp256k1

/// A public key in libsecp256k1's own form: both coordinates, ready to verify.
///
/// Finding the second coordinate takes a square root, about a tenth of a verification, so callers keep this value
/// beside the key. The form is internal to the library and to the process: it is never stored or sent.
public struct ParsedPublicKey: Sendable {
    /// The algorithm the key is bound to.
    public let algorithm: SignatureAlgorithm
    /// The memory of a `secp256k1_pubkey` or, for BIP-340, of a `secp256k1_xonly_pubkey`.
    let point: Bytes64

    /// Finds the point of a key.
    ///
    /// - Throws: Never for a key that could be made; the type cannot say so.
    public init(_ key: PublicKey) throws(KeyFailure) {
        try self.init(key.encoded)
    }

    /// Finds the point that the bytes name.
    ///
    /// - Throws: ``KeyFailure/notOnCurve`` if they name none.
    public init(_ encoded: EncodedPublicKey) throws(KeyFailure) {
        algorithm = encoded.algorithm
        point = try Bytes64 { (memory) throws(KeyFailure) in
            let isPoint = encoded.withUnsafeBytes { bytes in
                switch encoded.algorithm {
                case .ecdsaSecp256k1:
                    secp256k1_ec_pubkey_parse(
                        Secp256k1.context,
                        memory.pointer(to: secp256k1_pubkey.self),
                        bytes.octets,
                        bytes.count
                    )
                case .schnorrBIP340:
                    secp256k1_xonly_pubkey_parse(
                        Secp256k1.context,
                        memory.pointer(to: secp256k1_xonly_pubkey.self),
                        bytes.octets
                    )
                }
            }
            guard isPoint == 1 else { throw .notOnCurve }
        }
    }
}
