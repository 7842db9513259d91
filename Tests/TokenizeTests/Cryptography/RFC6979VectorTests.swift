import Testing

@testable import Tokenize

/// Deterministic ECDSA: published signatures, byte for byte.
@Suite("RFC 6979 vectors", .needsCryptographyVectors)
struct RFC6979VectorTests {
    @Test("signs to the published bytes", arguments: RFC6979File.shared.valid)
    func sign(_ vector: RFC6979File.Signed) throws {
        let secret = try SecretKey(bytes: vector.d.bytes)
        let digest = try #require(Digest(vector.m.bytes))
        let signature = try secret.sign(digest, algorithm: .ecdsaSecp256k1)
        #expect(signature.bytes == vector.signature.bytes)
        let key = try ParsedPublicKey(secret.publicKey(.ecdsaSecp256k1))
        #expect(SignatureVerifier.verify(signature, digest: digest, key: key))
    }

    @Test("refuses to sign", arguments: RFC6979File.shared.invalid.sign)
    func refuseSigning(_ vector: RFC6979File.Refused) throws {
        let secretBytes = try #require(vector.d?.bytes)
        let digest = Digest(vector.m?.bytes ?? [])
        #expect(throws: (any Error).self) {
            let secret = try SecretKey(bytes: secretBytes)
            _ = try secret.sign(try #require(digest), algorithm: .ecdsaSecp256k1)
        }
    }

    @Test("refuses to verify", arguments: RFC6979File.shared.invalid.verify)
    func refuseVerifying(_ vector: RFC6979File.Refused) throws {
        let key = try? ParsedPublicKey(
            PublicKey(algorithm: .ecdsaSecp256k1, bytes: vector.publicKey?.bytes ?? [])
        )
        let signature = try? Signature(algorithm: .ecdsaSecp256k1, bytes: vector.signature?.bytes ?? [])
        let digest = Digest(vector.m?.bytes ?? [])
        var isAccepted = false
        if let key, let signature, let digest {
            isAccepted = SignatureVerifier.verify(signature, digest: digest, key: key)
        }
        #expect(!isAccepted)
    }

    @Test("additional data of section 3.6", arguments: ExtraEntropyVector.all)
    func additionalData(_ vector: ExtraEntropyVector) throws {
        let secret = try SecretKey(bytes: vector.secretKey)
        let digest = try #require(Digest(vector.digest))
        let content = try secret.signECDSA(digest, extraEntropy: Digest(vector.extraEntropy))
        #expect(Signature(algorithm: .ecdsaSecp256k1, content: content).bytes == vector.signature)
    }

    // The file's `invalid.recover` cases are about public-key recovery, which this library does not offer.
}

struct RFC6979File: Decodable, Sendable {
    struct Signed: Decodable, Sendable, CustomTestStringConvertible {
        let description: String?
        let d: HexBytes
        let m: HexBytes
        let signature: HexBytes
        var testDescription: String { "\(description ?? "") d=\(d.bytes.hexadecimal) m=\(m.bytes.hexadecimal)" }
    }

    struct Refused: Decodable, Sendable, CustomTestStringConvertible {
        let description: String
        let d: HexBytes?
        let publicKey: HexBytes?
        let m: HexBytes?
        let signature: HexBytes?

        enum CodingKeys: String, CodingKey {
            case description, d, m, signature
            case publicKey = "Q"
        }

        var testDescription: String { description }
    }

    struct Invalid: Decodable, Sendable {
        var sign: [Refused] = []
        var verify: [Refused] = []
    }

    struct WithExtraEntropy: Decodable, Sendable {
        let d: HexBytes
        let m: HexBytes
        let signature: HexBytes
        let extraEntropy0: HexBytes
        let extraEntropy1: HexBytes
        let extraEntropyRand: HexBytes
        let extraEntropyN: HexBytes
        let extraEntropyMax: HexBytes
    }

    var valid: [Signed] = []
    var invalid = Invalid()
    var extraEntropy: [WithExtraEntropy] = []

    static let shared: RFC6979File =
        ConformanceCryptography.decode(RFC6979File.self, from: "rfc6979/ecdsa.json") ?? RFC6979File()
}

/// One signature of the file's `extraEntropy` cases.
struct ExtraEntropyVector: Sendable, CustomTestStringConvertible {
    let name: String
    let secretKey: [UInt8]
    let digest: [UInt8]
    /// 32 bytes, or none.
    let extraEntropy: [UInt8]
    let signature: [UInt8]

    var testDescription: String { "\(name), m=\(digest.hexadecimal)" }

    static let all: [ExtraEntropyVector] = RFC6979File.shared.extraEntropy.flatMap { vector in
        // The file names the additional data; these are its values.
        let values: [(name: String, hexadecimal: String, signature: HexBytes)] = [
            ("none", "", vector.signature),
            ("0", String(repeating: "00", count: 32), vector.extraEntropy0),
            ("1", String(repeating: "00", count: 31) + "01", vector.extraEntropy1),
            (
                "random", "6e723d3fd94ed5d2b6bdd4f123364b0f3ca52af829988a63f8afe91d29db1c33",
                vector.extraEntropyRand
            ),
            ("n", "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", vector.extraEntropyN),
            ("2^256-1", String(repeating: "ff", count: 32), vector.extraEntropyMax),
        ]
        return values.map { value in
            ExtraEntropyVector(
                name: value.name,
                secretKey: vector.d.bytes,
                digest: vector.m.bytes,
                extraEntropy: [UInt8](hexadecimal: value.hexadecimal) ?? [],
                signature: value.signature.bytes
            )
        }
    }
}
