import Crypto

/// Ed25519 (RFC 8032) as signed notes use it: the only place that names the library behind it.
enum Ed25519 {
    /// Bytes in a secret seed.
    static let seedByteCount = 32
    /// Bytes in a public key.
    static let publicKeyByteCount = 32
    /// Bytes in a signature.
    static let signatureByteCount = 64

    /// True if `signature` is one of `message` under `publicKey`; false for bytes of any wrong form.
    static func isValid(_ signature: [UInt8], of message: [UInt8], under publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureByteCount, publicKey.count == publicKeyByteCount,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }

    /// A secret key. It cannot be copied or printed; the library clears its bytes when it goes.
    struct SecretKey: ~Copyable, Sendable {
        private let key: Curve25519.Signing.PrivateKey

        /// The 32 bytes of the public key.
        var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

        /// The key that a seed gives, or nil if there are not 32 bytes.
        init?(seed: [UInt8]) {
            guard seed.count == seedByteCount,
                let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
            else { return nil }
            self.key = key
        }

        /// Signs a message; nil if the library fails, which for a key that exists it has no reason to.
        borrowing func signature(of message: [UInt8]) -> [UInt8]? {
            (try? key.signature(for: message)).map(Array.init)
        }
    }
}
