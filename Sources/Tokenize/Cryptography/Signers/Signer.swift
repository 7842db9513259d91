/// Signs digests with one key: software, a wallet, a hardware security module or a service in front of one.
///
/// A signature that is returned verifies under ``publicKey``; whoever cannot promise that puts the device behind a
/// ``NormalisingSigner``. Calls may be concurrent.
public protocol Signer: Sendable {
    /// The key that verifies what this signer signs; constant.
    var publicKey: PublicKey { get }

    /// A signature over `digest` that verifies under ``publicKey``.
    func sign(_ digest: Digest) async throws(SigningFailure) -> Signature
}

/// Why there is no signature.
public indirect enum SigningFailure: Error, Hashable, Sendable {
    /// The signer, or the person behind it, declined.
    case refused(reason: String)
    /// The signer cannot be reached.
    case unavailable(reason: String)
    /// What the device returned is not a signature.
    case malformed(SignatureFailure)
    /// What was signed does not verify under the signer's key: a fault, an attack or the wrong key. It is not released.
    case doesNotVerify
}
