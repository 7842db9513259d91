import CSecp256k1

/// A secret key: a scalar between 1 and the order of secp256k1 less 1.
///
/// It cannot be copied, printed, compared or encoded. Its memory is locked where the system allows and is wiped when
/// the value goes.
public struct SecretKey: ~Copyable, Sendable {
    /// Bytes in a secret key.
    public static let byteCount = 32

    private let memory: SecretMemory

    /// The key that these 32 bytes spell, most significant first.
    ///
    /// The caller's copy of the bytes is the caller's to wipe.
    /// - Throws: ``KeyFailure/wrongLength(expected:found:)`` unless there are 32 bytes;
    ///   ``KeyFailure/secretOutOfRange`` if the scalar is zero or not below the order.
    public init(bytes: some Collection<UInt8>) throws(KeyFailure) {
        guard bytes.count == SecretKey.byteCount else {
            throw .wrongLength(expected: SecretKey.byteCount, found: bytes.count)
        }
        try self.init { $0.copyBytes(from: bytes) }
    }

    /// Lets `fill` write the 32 bytes straight into locked memory.
    ///
    /// - Throws: ``KeyFailure/secretOutOfRange`` if what it wrote is zero or not below the order.
    init(fill: (UnsafeMutableRawBufferPointer) -> Void) throws(KeyFailure) {
        var memory = SecretMemory(byteCount: SecretKey.byteCount)
        memory.withUnsafeMutableBytes { fill($0) }
        let isInRange = memory.withUnsafeBytes { secp256k1_ec_seckey_verify(Secp256k1.context, $0.octets) }
        guard isInRange == 1 else { throw .secretOutOfRange }
        self.memory = memory
    }

    /// A new key from the system's random number generator.
    public static func generate() -> SecretKey {
        var generator = SystemRandomNumberGenerator()
        while true {
            // All but about 2^-128 of the strings are keys; a string that is none is drawn anew.
            if let key = try? SecretKey(fill: { $0.fill(from: &generator) }) { return key }
        }
    }

    /// The public key that goes with this secret.
    public borrowing func publicKey(_ algorithm: SignatureAlgorithm) throws(KeyFailure) -> PublicKey {
        var point = secp256k1_pubkey()
        let isKey = withUnsafeBytes { secp256k1_ec_pubkey_create(Secp256k1.context, &point, $0.octets) }
        guard isKey == 1 else { throw .secretOutOfRange }
        let compressed = try PublicKey(compressing: &point)
        switch algorithm {
        case .ecdsaSecp256k1: return compressed
        case .schnorrBIP340: return try PublicKey(algorithm: algorithm, bytes: compressed.bytes.dropFirst())
        }
    }

    /// Calls `body` with the 32 bytes; it must not keep a copy.
    borrowing func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try memory.withUnsafeBytes(body)
    }

    /// The key plus the first 32 bytes of `tweak`, modulo the order (BIP-32).
    ///
    /// - Throws: ``KeyFailure/secretOutOfRange`` if the tweak is not below the order or the sum is zero.
    borrowing func adding(_ tweak: borrowing SecretMemory) throws(KeyFailure) -> SecretKey {
        var isSum: Int32 = 0
        let sum = try SecretKey { buffer in
            withUnsafeBytes { buffer.copyMemory(from: $0) }
            isSum = tweak.withUnsafeBytes {
                secp256k1_ec_seckey_tweak_add(Secp256k1.context, buffer.octets, $0.octets)
            }
        }
        guard isSum == 1 else { throw .secretOutOfRange }
        return sum
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Fills the buffer, whose size is a multiple of 8, from a generator.
    func fill(from generator: inout some RandomNumberGenerator) {
        for offset in stride(from: 0, to: count, by: 8) {
            storeBytes(of: generator.next() as UInt64, toByteOffset: offset, as: UInt64.self)
        }
    }
}
