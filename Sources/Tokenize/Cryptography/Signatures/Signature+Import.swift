import CSecp256k1

extension Signature {
    /// An ECDSA signature from its DER form (X.690; RFC 3279, section 2.2.3).
    ///
    /// For signatures fresh from a device only: what arrives from outside is 64 bytes.
    /// - Throws: ``SignatureFailure/notDER`` for any other encoding, BER included;
    ///   ``SignatureFailure/outOfRange`` if `r` or `s` is zero or not below the order.
    init(der bytes: [UInt8]) throws(SignatureFailure) {
        var parsed = secp256k1_ecdsa_signature()
        guard secp256k1_ecdsa_signature_parse_der(Secp256k1.context, &parsed, bytes, bytes.count) == 1 else {
            throw .notDER
        }
        self.init(algorithm: .ecdsaSecp256k1, content: Signature.compact(&parsed))
        // The parser answers a number that is out of range with zero.
        guard !hasZeroHalf else { throw .outOfRange }
    }

    /// The ECDSA signature with `s` in the lower half of the order, which verifies if and only if this one is valid
    /// ECDSA. A BIP-340 signature is itself.
    ///
    /// Never applied to what arrives from outside.
    /// - Throws: ``SignatureFailure/outOfRange`` if `r` or `s` is zero or not below the order.
    func normalised() throws(SignatureFailure) -> Signature {
        guard algorithm == .ecdsaSecp256k1 else { return self }
        var parsed = secp256k1_ecdsa_signature()
        let isInRange = withUnsafeBytes {
            secp256k1_ecdsa_signature_parse_compact(Secp256k1.context, &parsed, $0.octets)
        }
        guard isInRange == 1, !hasZeroHalf else { throw .outOfRange }
        var lowered = secp256k1_ecdsa_signature()
        secp256k1_ecdsa_signature_normalize(Secp256k1.context, &lowered, &parsed)
        return Signature(algorithm: algorithm, content: Signature.compact(&lowered))
    }

    private static func compact(_ parsed: inout secp256k1_ecdsa_signature) -> Bytes64 {
        Bytes64 { secp256k1_ecdsa_signature_serialize_compact(Secp256k1.context, $0.octets, &parsed) }
    }

    private var hasZeroHalf: Bool {
        withUnsafeBytes { bytes in
            bytes.prefix(32).allSatisfy { $0 == 0 } || bytes.suffix(32).allSatisfy { $0 == 0 }
        }
    }
}
