import Testing

@testable import Tokenize

/// Other systems' ECDSA signatures of a digest are ours: same curve, same nonces, same low-S rule.
@Suite("EIP-712 signatures", .needsCryptographyVectors)
struct EIPSignatureTests {
    // Only the signatures are tested: the digests are Keccak-256, which this library does not have.
    @Test("r and s", arguments: EIPSignatureVector.all)
    func signature(_ vector: EIPSignatureVector) throws {
        let secret = try SecretKey(bytes: vector.secretKey)
        let signature = try secret.sign(try #require(Digest(vector.digest)), algorithm: .ecdsaSecp256k1)
        #expect(signature.bytes == vector.signature)
    }
}

struct EIPSignatureVector: Sendable, CustomTestStringConvertible {
    let name: String
    let secretKey: [UInt8]
    let digest: [UInt8]
    let signature: [UInt8]

    var testDescription: String { name }

    static let all: [EIPSignatureVector] = {
        struct File: Decodable {
            struct Case: Decodable {
                let name: String
                let digest: HexBytes
                let r: HexBytes
                let s: HexBytes
            }
            let privateKey: HexBytes
            let cases: [Case]
        }
        guard let file = ConformanceCryptography.decode(File.self, from: "eip/eip712_191_55.json") else { return [] }
        return file.cases.map {
            EIPSignatureVector(
                name: $0.name,
                secretKey: file.privateKey.bytes,
                digest: $0.digest.bytes,
                signature: $0.r.bytes + $0.s.bytes
            )
        }
    }()
}
