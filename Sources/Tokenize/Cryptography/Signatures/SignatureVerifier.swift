import CSecp256k1

/// Decides whether a signature over a digest was made with a key's secret.
public enum SignatureVerifier {
    /// True if `signature` is valid for `digest` under `key`.
    ///
    /// False, without curve work, if the algorithms differ. An ECDSA signature whose `s` lies in the upper half of the
    /// order is refused and never normalised: each signature has one valid form. Pure, allocates nothing, and may run
    /// on any number of threads at once.
    @inline(__always)
    public static func verify(_ signature: Signature, digest: Digest, key: ParsedPublicKey) -> Bool {
        guard signature.algorithm == key.algorithm else { return false }
        return switch key.algorithm {
        case .ecdsaSecp256k1: verifyECDSA(signature.content, digest: digest, point: key.point)
        case .schnorrBIP340: digest.withUnsafeBytes { verifySchnorr(signature.content, message: $0, point: key.point) }
        }
    }

    /// ECDSA verification (SEC 1, section 4.1.4) with the low-S rule.
    static func verifyECDSA(_ signature: Bytes64, digest: Digest, point: Bytes64) -> Bool {
        var parsed = secp256k1_ecdsa_signature()
        let isInRange = signature.withUnsafeBytes {
            // Refuses r or s not below the order.
            secp256k1_ecdsa_signature_parse_compact(Secp256k1.context, &parsed, $0.octets)
        }
        guard isInRange == 1 else { return false }
        return point.withUnsafeBytes { point in
            digest.withUnsafeBytes { digest in
                // Refuses zero r or s, and s in the upper half.
                secp256k1_ecdsa_verify(
                    Secp256k1.context,
                    &parsed,
                    digest.octets,
                    point.pointer(to: secp256k1_pubkey.self)
                ) == 1
            }
        }
    }

    /// BIP-340 verification of a message of any length.
    ///
    /// Tokenize signs 32-byte digests only; the other lengths serve the published test vectors.
    static func verifySchnorr(_ signature: Bytes64, message: UnsafeRawBufferPointer, point: Bytes64) -> Bool {
        signature.withUnsafeBytes { signature in
            point.withUnsafeBytes { point in
                secp256k1_schnorrsig_verify(
                    Secp256k1.context,
                    signature.octets,
                    message.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    message.count,
                    point.pointer(to: secp256k1_xonly_pubkey.self)
                ) == 1
            }
        }
    }
}
