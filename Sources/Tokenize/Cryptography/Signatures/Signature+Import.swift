import CSecp256k1

extension Signature {
    /// An ECDSA signature from its DER form (X.690; SEC 1, appendix C.8), with `s` brought into the lower half.
    ///
    /// For signatures fresh from a device only. What arrives from outside is 64 bytes and is never normalised.
    /// - Throws: ``SignatureFailure/notDER`` for any other encoding, BER included;
    ///   ``SignatureFailure/outOfRange`` if `r` or `s` is zero or not below the order.
    init(normalisingDER bytes: [UInt8]) throws(SignatureFailure) {
        var parsed = secp256k1_ecdsa_signature()
        guard secp256k1_ecdsa_signature_parse_der(Secp256k1.context, &parsed, bytes, bytes.count) == 1 else {
            throw .notDER
        }
        try self.init(normalising: &parsed)
    }

    /// An ECDSA signature from `r || s`, with `s` brought into the lower half.
    ///
    /// - Throws: ``SignatureFailure/wrongLength(found:)`` unless there are 64 bytes;
    ///   ``SignatureFailure/outOfRange`` if `r` or `s` is zero or not below the order.
    init(normalisingCompact bytes: [UInt8]) throws(SignatureFailure) {
        guard bytes.count == Signature.byteCount else { throw .wrongLength(found: bytes.count) }
        var parsed = secp256k1_ecdsa_signature()
        guard secp256k1_ecdsa_signature_parse_compact(Secp256k1.context, &parsed, bytes) == 1 else {
            throw .outOfRange
        }
        try self.init(normalising: &parsed)
    }

    private init(normalising parsed: inout secp256k1_ecdsa_signature) throws(SignatureFailure) {
        var lowered = secp256k1_ecdsa_signature()
        secp256k1_ecdsa_signature_normalize(Secp256k1.context, &lowered, &parsed)
        let content = Bytes64 {
            secp256k1_ecdsa_signature_serialize_compact(Secp256k1.context, $0.octets, &lowered)
        }
        // The DER parser answers a number that is out of range with zero.
        let hasZero = content.withUnsafeBytes { bytes in
            bytes.prefix(32).allSatisfy { $0 == 0 } || bytes.suffix(32).allSatisfy { $0 == 0 }
        }
        guard !hasZero else { throw .outOfRange }
        self.init(algorithm: .ecdsaSecp256k1, content: content)
    }
}
