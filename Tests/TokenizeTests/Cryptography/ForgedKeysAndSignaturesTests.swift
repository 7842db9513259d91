import Testing

@testable import Tokenize

/// Attacks on the encodings and on signatures, without outside data.
@Suite("Forged keys and signatures")
struct ForgedKeysAndSignaturesTests {
    private static let generator = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    private static let generatorY = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
    private static let fieldPrime = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"

    @Test(
        "public keys in another form",
        arguments: [
            ("infinity", "00", KeyFailure.wrongLength(expected: 33, found: 1)),
            ("uncompressed", "04" + generator + generatorY, .wrongLength(expected: 33, found: 65)),
            ("hybrid", "06" + generator + generatorY, .wrongLength(expected: 33, found: 65)),
            ("hybrid prefix, 33 bytes", "06" + generator, .wrongPrefix(6)),
            ("uncompressed prefix, 33 bytes", "04" + generator, .wrongPrefix(4)),
            ("zero prefix", "00" + generator, .wrongPrefix(0)),
            ("x not on the curve", "02" + String(repeating: "00", count: 31) + "05", .notOnCurve),
            ("x equal to the prime", "02" + fieldPrime, .notOnCurve),
            ("empty", "", .wrongLength(expected: 33, found: 0)),
        ]
    )
    func publicKeyForms(name: String, hexadecimal: String, failure: KeyFailure) throws {
        let bytes = try #require([UInt8](hexadecimal: hexadecimal))
        #expect(throws: failure) { try PublicKey(algorithm: .ecdsaSecp256k1, bytes: bytes) }
    }

    @Test("a BIP-340 key that is no coordinate", arguments: [fieldPrime, String(repeating: "00", count: 31) + "05"])
    func xOnlyForms(hexadecimal: String) throws {
        let bytes = try #require([UInt8](hexadecimal: hexadecimal))
        #expect(throws: KeyFailure.notOnCurve) { try PublicKey(algorithm: .schnorrBIP340, bytes: bytes) }
    }

    @Test("the form alone does not make a key")
    func formIsNotPoint() throws {
        let bytes = try #require([UInt8](hexadecimal: "02" + Self.fieldPrime))
        let encoded = try EncodedPublicKey(algorithm: .ecdsaSecp256k1, bytes: bytes)
        #expect(encoded.bytes == bytes)
        #expect(throws: KeyFailure.notOnCurve) { try ParsedPublicKey(encoded) }
        #expect(throws: KeyFailure.notOnCurve) { try PublicKey(encoded) }
    }

    @Test("any flipped bit of the signature, the digest or the key is refused", arguments: SignatureAlgorithm.allCases)
    func flippedBits(algorithm: SignatureAlgorithm) throws {
        let secret = try SecretKey(bytes: [UInt8](repeating: 7, count: 32))
        let publicKey = try secret.publicKey(algorithm)
        let key = try ParsedPublicKey(publicKey)
        let digest = Hashing.sha256(Array("transfer".utf8))
        let signature = try secret.sign(digest, algorithm: algorithm, auxiliary: .zero)
        #expect(SignatureVerifier.verify(signature, digest: digest, key: key))
        for bit in 0..<512 {
            let forged = try Signature(algorithm: algorithm, bytes: flipping(bit, of: signature.bytes))
            #expect(!SignatureVerifier.verify(forged, digest: digest, key: key), "bit \(bit) of the signature")
        }
        for bit in 0..<256 {
            let other = try #require(Digest(flipping(bit, of: digest.bytes)))
            #expect(!SignatureVerifier.verify(signature, digest: other, key: key), "bit \(bit) of the digest")
        }
        for bit in 0..<publicKey.bytes.count * 8 {
            let bytes = flipping(bit, of: publicKey.bytes)
            guard let other = try? ParsedPublicKey(PublicKey(algorithm: algorithm, bytes: bytes)) else { continue }
            #expect(!SignatureVerifier.verify(signature, digest: digest, key: other), "bit \(bit) of the key")
        }
    }

    @Test("a signature of one algorithm never holds under a key of the other")
    func crossedAlgorithms() throws {
        let secret = try SecretKey(bytes: [UInt8](repeating: 9, count: 32))
        let digest = Hashing.sha256([1, 2, 3])
        for (signing, verifying) in [
            (SignatureAlgorithm.ecdsaSecp256k1, SignatureAlgorithm.schnorrBIP340),
            (.schnorrBIP340, .ecdsaSecp256k1),
        ] {
            let signature = try secret.sign(digest, algorithm: signing)
            let key = try ParsedPublicKey(secret.publicKey(verifying))
            #expect(!SignatureVerifier.verify(signature, digest: digest, key: key))
            let relabelled = try Signature(algorithm: verifying, bytes: signature.bytes)
            #expect(!SignatureVerifier.verify(relabelled, digest: digest, key: key))
        }
    }

    @Test("the high-S twin is refused, and normalising brings the signature back")
    func highS() throws {
        let secret = SecretKey.generate()
        let key = try ParsedPublicKey(secret.publicKey(.ecdsaSecp256k1))
        let digest = Hashing.sha256([4])
        let signature = try secret.sign(digest, algorithm: .ecdsaSecp256k1)
        let twin = try Signature(algorithm: .ecdsaSecp256k1, bytes: highSTwin(of: signature.bytes))
        #expect(!SignatureVerifier.verify(twin, digest: digest, key: key))
        #expect(try twin.normalised() == signature)
        #expect(try signature.normalised() == signature)
    }

    @Test("a signature has 64 bytes", arguments: [0, 1, 63, 65, 72])
    func signatureLength(count: Int) {
        for algorithm in SignatureAlgorithm.allCases {
            #expect(throws: SignatureFailure.wrongLength(found: count)) {
                try Signature(algorithm: algorithm, bytes: [UInt8](repeating: 1, count: count))
            }
        }
    }

    @Test("keys order by algorithm, then by bytes")
    func order() throws {
        let ones = [UInt8](repeating: 1, count: 31)
        let small = try EncodedPublicKey(algorithm: .ecdsaSecp256k1, bytes: [2, 0] + ones)
        let large = try EncodedPublicKey(algorithm: .ecdsaSecp256k1, bytes: [2, 255] + ones)
        let last = try EncodedPublicKey(algorithm: .ecdsaSecp256k1, bytes: [2, 255] + ones.dropLast() + [2])
        let xOnly = try EncodedPublicKey(algorithm: .schnorrBIP340, bytes: [0] + ones)
        #expect([xOnly, last, large, small].sorted() == [small, large, last, xOnly])
        #expect(Set([small, large, last, xOnly, small]).count == 4)
    }

    @Test("misuse of the curve library is counted and refused, and does not abort the process")
    func misuse() async {
        await #expect(processExitsWith: .success) {
            let zeros = Bytes64 { _ in }
            let one = Bytes64 { $0[31] = 1 }
            // No point has these coordinates, which the library calls an illegal argument.
            #expect(!SignatureVerifier.verifyECDSA(one, digest: .zero, point: zeros))
            #expect(Secp256k1.illegalCallCount == 1)
        }
        #expect(Secp256k1.illegalCallCount == 0)
    }
}

/// The bytes with one bit changed, bit 0 being the most significant of the first byte.
func flipping(_ bit: Int, of bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
    return bytes
}

/// `r || n - s`.
func highSTwin(of signature: [UInt8]) -> [UInt8] {
    let order = [UInt8](hexadecimal: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141") ?? []
    var twin = signature
    var borrow = 0
    for index in (0..<32).reversed() {
        var difference = Int(order[index]) - Int(signature[32 + index]) - borrow
        borrow = difference < 0 ? 1 : 0
        difference += borrow * 256
        twin[32 + index] = UInt8(difference)
    }
    return twin
}
