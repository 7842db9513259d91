import Crypto

/// Ed25519 (RFC 8032) as signed notes use it: the only place that names the library behind it.
enum Ed25519 {
    /// Bytes in a secret seed.
    static let seedByteCount = 32
    /// Bytes in a public key.
    static let publicKeyByteCount = 32
    /// Bytes in a signature.
    static let signatureByteCount = 64

    /// The y coordinates of the points of order 1, 2, 4 and 8, least significant byte first.
    private static let smallOrder: [[UInt8]] = [
        [0x01] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [UInt8](repeating: 0, count: 32),
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ],
    ]

    /// False for a key under which anybody can sign, one of small order, and for one whose y is not below the prime
    /// 2^255 - 19: of such keys libraries disagree what they verify. Whether there is a point with this y is not asked.
    static func isSound(publicKey: [UInt8]) -> Bool {
        guard publicKey.count == publicKeyByteCount else { return false }
        var y = publicKey
        y[31] &= 0x7F
        let reachesPrime = y[0] >= 0xED && y[1..<31].allSatisfy { $0 == 0xFF } && y[31] == 0x7F
        return !reachesPrime && !smallOrder.contains(y)
    }

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
