import CSecp256k1

extension SecretKey {
    /// Signs a digest.
    ///
    /// ECDSA takes its nonce from key and digest (RFC 6979), so that the same call gives the same 64 bytes, and its
    /// `s` is always in the lower half. BIP-340 mixes `auxiliary` into the nonce; without it fresh random bytes are
    /// used. ECDSA ignores `auxiliary`.
    ///
    /// The result is not verified here: ``SoftwareSigner`` does, so that a fault in the machine cannot leak the key.
    /// - Throws: ``SigningFailure/refused(reason:)`` if the library signs nothing, which no valid key can cause.
    public borrowing func sign(
        _ digest: Digest,
        algorithm: SignatureAlgorithm,
        auxiliary: Digest? = nil
    ) throws(SigningFailure) -> Signature {
        switch algorithm {
        case .ecdsaSecp256k1:
            return Signature(algorithm: algorithm, content: try signECDSA(digest, extraEntropy: nil))
        case .schnorrBIP340:
            let auxiliary = auxiliary ?? SecretKey.freshAuxiliary()
            let content = try digest.withUnsafeBytes { (message) throws(SigningFailure) in
                try signSchnorr(message, auxiliary: auxiliary)
            }
            return Signature(algorithm: algorithm, content: content)
        }
    }

    /// ECDSA, `r || s`; RFC 6979 with the additional data of its section 3.6 if `extraEntropy` is given.
    borrowing func signECDSA(_ digest: Digest, extraEntropy: Digest?) throws(SigningFailure) -> Bytes64 {
        var signature = secp256k1_ecdsa_signature()
        let isSigned = withUnsafeBytes { secret in
            digest.withUnsafeBytes { digest in
                guard let extraEntropy else {
                    return secp256k1_ecdsa_sign(
                        Secp256k1.context,
                        &signature,
                        digest.octets,
                        secret.octets,
                        nil,
                        nil
                    )
                }
                return extraEntropy.withUnsafeBytes { extra in
                    secp256k1_ecdsa_sign(
                        Secp256k1.context,
                        &signature,
                        digest.octets,
                        secret.octets,
                        nil,
                        extra.octets
                    )
                }
            }
        }
        guard isSigned == 1 else { throw .refused(reason: "secp256k1_ecdsa_sign") }
        return Bytes64 { secp256k1_ecdsa_signature_serialize_compact(Secp256k1.context, $0.octets, &signature) }
    }

    /// BIP-340 over a message of any length (the ledger signs 32 bytes; the published vectors need the others).
    borrowing func signSchnorr(
        _ message: UnsafeRawBufferPointer,
        auxiliary: Digest
    ) throws(SigningFailure) -> Bytes64 {
        try Bytes64 { (signature) throws(SigningFailure) in
            let isSigned = withKeyPair { pair in
                auxiliary.withUnsafeBytes { auxiliary in
                    var parameters = secp256k1_schnorrsig_extraparams(
                        magic: SecretKey.extraParametersMagic,
                        noncefp: nil,
                        ndata: UnsafeMutableRawPointer(mutating: auxiliary.baseAddress)
                    )
                    return secp256k1_schnorrsig_sign_custom(
                        Secp256k1.context,
                        signature.octets,
                        message.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        message.count,
                        pair,
                        &parameters
                    )
                }
            }
            guard isSigned == 1 else { throw .refused(reason: "secp256k1_schnorrsig_sign_custom") }
        }
    }

    /// Calls `body` with the key pair that BIP-340 signing takes, and wipes it; 0 if there is none.
    private borrowing func withKeyPair(_ body: (UnsafePointer<secp256k1_keypair>) -> Int32) -> Int32 {
        var pair = secp256k1_keypair()
        defer {
            withUnsafeMutableBytes(of: &pair) { SecretMemory.wipe($0) }
        }
        let isPair = withUnsafeBytes { secp256k1_keypair_create(Secp256k1.context, &pair, $0.octets) }
        guard isPair == 1 else { return 0 }
        return withUnsafePointer(to: pair) { body($0) }
    }

    /// `SECP256K1_SCHNORRSIG_EXTRAPARAMS_MAGIC`, a macro that Swift does not import.
    private static var extraParametersMagic: (UInt8, UInt8, UInt8, UInt8) { (0xda, 0x6f, 0xb3, 0x8c) }

    private static func freshAuxiliary() -> Digest {
        var generator = SystemRandomNumberGenerator()
        return Digest(words: (generator.next(), generator.next(), generator.next(), generator.next()))
    }
}
