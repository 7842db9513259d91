import Testing

@testable import Tokenize

/// Keys published as `did:key` (W3C Credentials Community Group): multibase base58btc of `e7 01` and 33 bytes.
@Suite("did:key vectors", .needsCryptographyVectors)
struct DIDKeyVectorTests {
    @Test("the identifier holds a key that we accept, and the secret makes it", arguments: DIDKeyVector.all)
    func key(_ vector: DIDKeyVector) throws {
        let prefix = "did:key:z"
        #expect(vector.identifier.hasPrefix(prefix))
        let bytes = try #require(Base58.decode(String(vector.identifier.dropFirst(prefix.count))))
        #expect(bytes.starts(with: [0xe7, 0x01]))
        let key = try PublicKey(algorithm: .ecdsaSecp256k1, bytes: bytes.dropFirst(2))
        #expect("did:key:z" + Base58.encode([0xe7, 0x01] + key.bytes) == vector.identifier)
        let made = try SecretKey(bytes: vector.secretKey).publicKey(.ecdsaSecp256k1)
        #expect(made == key)
        if let text = vector.publicKeyBase58 { #expect(Base58.encode(key.bytes) == text) }
    }
}

struct DIDKeyVector: Sendable, CustomTestStringConvertible {
    let identifier: String
    let secretKey: [UInt8]
    let publicKeyBase58: String?

    var testDescription: String { identifier }

    static let all: [DIDKeyVector] = {
        struct Content: Decodable {
            struct Pair: Decodable {
                struct JWK: Decodable { let d: String }
                let publicKeyBase58: String?
                let privateKeyBase58: String?
                let privateKeyJwk: JWK?
            }
            let verificationKeyPair: Pair
        }
        let file = ConformanceCryptography.decode([String: Content].self, from: "didkey/secp256k1.json") ?? [:]
        return file.sorted { $0.key < $1.key }.map { identifier, content in
            let pair = content.verificationKeyPair
            let secret =
                pair.privateKeyBase58.flatMap(Base58.decode) ?? pair.privateKeyJwk.flatMap { base64URL($0.d) } ?? []
            return DIDKeyVector(identifier: identifier, secretKey: secret, publicKeyBase58: pair.publicKeyBase58)
        }
    }()
}
