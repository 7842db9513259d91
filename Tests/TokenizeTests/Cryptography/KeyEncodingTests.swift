import Testing

@testable import Tokenize

/// One encoding for each key: everything else is refused, whatever the curve library would parse.
@Suite("Key encoding", .needsCryptographyVectors)
struct KeyEncodingVectorTests {
    @Test("public keys", arguments: PublicKeyVector.all)
    func publicKey(_ vector: PublicKeyVector) {
        let bytes = vector.hex.bytes
        #expect(((try? PublicKey(algorithm: .ecdsaSecp256k1, bytes: bytes)) != nil) == vector.isAccepted)
        // The file tries the first 32 bytes of longer cases; a BIP-340 key has no others.
        if let isCoordinate = vector.isCoordinate, bytes.count == 32 {
            #expect(((try? PublicKey(algorithm: .schnorrBIP340, bytes: bytes)) != nil) == isCoordinate)
        } else {
            #expect(throws: KeyFailure.wrongLength(expected: 32, found: bytes.count)) {
                try PublicKey(algorithm: .schnorrBIP340, bytes: bytes)
            }
        }
    }

    @Test("secret keys", arguments: SecretKeyVector.all)
    func secretKey(_ vector: SecretKeyVector) throws {
        if vector.valid {
            let secret = try SecretKey(bytes: vector.hex.bytes)
            let point = try secret.publicKey(.ecdsaSecp256k1)
            let coordinate = try secret.publicKey(.schnorrBIP340)
            #expect(point.xOnly.bytes == coordinate.bytes)
        } else {
            #expect(throws: KeyFailure.secretOutOfRange) { _ = try SecretKey(bytes: vector.hex.bytes) }
        }
    }

    @Test("signatures", arguments: MalleabilityVector.all)
    func signature(_ vector: MalleabilityVector) throws {
        let key = try ParsedPublicKey(PublicKey(algorithm: .ecdsaSecp256k1, bytes: vector.publicKey))
        let digest = try #require(Digest(vector.digest))
        let signature = try? Signature(algorithm: .ecdsaSecp256k1, bytes: vector.signature)
        let isAccepted = signature.map { SignatureVerifier.verify($0, digest: digest, key: key) } ?? false
        #expect(isAccepted == vector.isAccepted)
    }
}

struct PublicKeyVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let hex: HexBytes
    let isAccepted: Bool
    let isCoordinate: Bool?

    enum CodingKeys: String, CodingKey {
        case name, hex
        case isAccepted = "tokenize_accept"
        case isCoordinate = "xonly_parse"
    }

    var testDescription: String { "\(name) (\(isAccepted ? "accepted" : "refused"))" }

    static let all: [PublicKeyVector] = {
        struct File: Decodable { let cases: [PublicKeyVector] }
        return ConformanceCryptography.decode(File.self, from: "secp256k1_misc/pubkey_parse.json")?.cases ?? []
    }()
}

struct SecretKeyVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let hex: HexBytes
    let valid: Bool

    var testDescription: String { "\(name) (\(valid ? "valid" : "invalid"))" }

    static let all: [SecretKeyVector] = {
        struct File: Decodable { let cases: [SecretKeyVector] }
        return ConformanceCryptography.decode(File.self, from: "secp256k1_misc/seckey_range.json")?.cases ?? []
    }()
}

struct MalleabilityVector: Sendable, CustomTestStringConvertible {
    let name: String
    let publicKey: [UInt8]
    let digest: [UInt8]
    let signature: [UInt8]
    let isAccepted: Bool

    var testDescription: String { "\(name) (\(isAccepted ? "accepted" : "refused"))" }

    static let all: [MalleabilityVector] = {
        struct File: Decodable {
            struct Case: Decodable {
                let name: String
                let sig: HexBytes
                let accept: Bool
            }
            let pubkey: HexBytes
            let digest: HexBytes
            let cases: [Case]
        }
        guard let file = ConformanceCryptography.decode(File.self, from: "secp256k1_misc/malleability.json") else {
            return []
        }
        return file.cases.map {
            MalleabilityVector(
                name: $0.name,
                publicKey: file.pubkey.bytes,
                digest: file.digest.bytes,
                signature: $0.sig.bytes,
                isAccepted: $0.accept
            )
        }
    }()
}
