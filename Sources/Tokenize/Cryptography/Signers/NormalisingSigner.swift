/// An ECDSA signature as devices return it.
public enum DeviceSignature: Hashable, Sendable {
    /// DER (X.690): OpenSSL, cloud key services, most smart cards.
    case der([UInt8])
    /// `r || s`, 64 bytes: PKCS #11.
    case compact([UInt8])
}

/// Something that signs with ECDSA over secp256k1 and knows nothing of this ledger's rules.
public protocol SigningDevice: Sendable {
    /// The key that verifies what this device signs; an ECDSA key, constant.
    var publicKey: PublicKey { get }

    /// A signature over the 32 bytes of `digest`, which the device must not hash again.
    func sign(_ digest: Digest) async throws(SigningFailure) -> DeviceSignature
}

/// A signer in front of a device that emits DER, or `s` in the upper half of the order.
///
/// OpenSSL and most hardware modules return a high `s` for half of the digests. Both forms are valid ECDSA; this
/// ledger admits the lower one only. Here, beside the device, is the one place where it is changed.
public struct NormalisingSigner<Device: SigningDevice>: Signer {
    public let publicKey: PublicKey
    private let parsedKey: ParsedPublicKey
    private let device: Device

    /// A signer in front of `device`.
    ///
    /// - Throws: ``SigningFailure/unavailable(reason:)`` if the device's key is not an ECDSA key.
    public init(_ device: Device) throws(SigningFailure) {
        publicKey = device.publicKey
        guard publicKey.algorithm == .ecdsaSecp256k1 else {
            throw .unavailable(reason: "the device's key is not an ECDSA key")
        }
        do throws(KeyFailure) {
            parsedKey = try ParsedPublicKey(publicKey)
        } catch {
            throw .unavailable(reason: "the device's key is not a point of the curve")
        }
        self.device = device
    }

    /// A signature over `digest`, normalised and verified.
    ///
    /// - Throws: What the device throws; ``SigningFailure/malformed(_:)`` if it returned no signature;
    ///   ``SigningFailure/doesNotVerify`` if it signed something else or with another key.
    public func sign(_ digest: Digest) async throws(SigningFailure) -> Signature {
        let answer = try await device.sign(digest)
        let signature: Signature
        do throws(SignatureFailure) {
            signature =
                switch answer {
                case .der(let bytes): try Signature(der: bytes).normalised()
                case .compact(let bytes): try Signature(algorithm: .ecdsaSecp256k1, bytes: bytes).normalised()
                }
        } catch {
            throw .malformed(error)
        }
        guard SignatureVerifier.verify(signature, digest: digest, key: parsedKey) else { throw .doesNotVerify }
        return signature
    }
}
