import Crypto

/// HMAC-SHA-512 (RFC 2104, FIPS 198-1) with a key set once.
struct HMACSHA512 {
    static let byteCount = 64

    private let keyed: HMAC<SHA512>

    init(key: UnsafeRawBufferPointer) {
        keyed = HMAC(key: SymmetricKey(data: key))
    }

    /// Writes the 64 bytes for `message` to `output`.
    func authenticate(_ message: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        var keyed = keyed
        keyed.update(data: message)
        keyed.finalize().withUnsafeBytes { output.copyMemory(from: $0) }
    }
}

/// PBKDF2 (RFC 8018, section 5.2) with HMAC-SHA-512 and an output of one block, 64 bytes.
enum PBKDF2 {
    /// Fills `output`, 64 bytes, from a password and a salt.
    static func deriveBlock(
        password: UnsafeRawBufferPointer,
        salt: [UInt8],
        iterationCount: Int,
        into output: UnsafeMutableRawBufferPointer
    ) {
        precondition(output.count == HMACSHA512.byteCount && iterationCount > 0)
        let hmac = HMACSHA512(key: password)
        var memory = SecretMemory(byteCount: HMACSHA512.byteCount)
        memory.withUnsafeMutableBytes { block in
            // The first block has number 1.
            (salt + [0, 0, 0, 1]).withUnsafeBytes { hmac.authenticate($0, into: block) }
            output.copyMemory(from: UnsafeRawBufferPointer(block))
            for _ in 1..<iterationCount {
                hmac.authenticate(UnsafeRawBufferPointer(block), into: block)
                for index in 0..<HMACSHA512.byteCount { output[index] ^= block[index] }
            }
        }
    }
}
