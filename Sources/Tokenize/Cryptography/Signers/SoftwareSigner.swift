/// Signs with a key in this process's memory, and verifies what it signed before it lets go of it.
///
/// A fault while signing (a flipped bit, a glitch) can make a signature that reveals the key; one that does not verify
/// is withheld.
public final class SoftwareSigner: Signer {
    public let publicKey: PublicKey
    private let parsedKey: ParsedPublicKey
    private let secret: SecretKey

    /// A signer that owns `secret` and uses it with one algorithm only.
    ///
    /// - Throws: Never for a key that could be made; the type cannot say so.
    public init(_ secret: consuming SecretKey, algorithm: SignatureAlgorithm = .ecdsaSecp256k1) throws(KeyFailure) {
        publicKey = try secret.publicKey(algorithm)
        parsedKey = try ParsedPublicKey(publicKey)
        self.secret = secret
    }

    /// A signature over `digest`.
    ///
    /// - Throws: ``SigningFailure/doesNotVerify`` if the machine made a mistake.
    public func sign(_ digest: Digest) throws(SigningFailure) -> Signature {
        let signature = try secret.sign(digest, algorithm: publicKey.algorithm)
        guard SignatureVerifier.verify(signature, digest: digest, key: parsedKey) else { throw .doesNotVerify }
        return signature
    }
}
