import Testing

@testable import Tokenize

/// The vectors of BIP-340, messages of any length included, and of its tagged hash.
@Suite("BIP-340 vectors", .needsCryptographyVectors)
struct BIP340VectorTests {
    @Test("verification", arguments: BIP340Vector.all)
    func verify(_ vector: BIP340Vector) throws {
        let signature = try Signature(algorithm: .schnorrBIP340, bytes: vector.signature)
        let key = try? ParsedPublicKey(PublicKey(algorithm: .schnorrBIP340, bytes: vector.publicKey))
        let isAccepted =
            key.map { key in
                vector.message.withUnsafeBytes {
                    SignatureVerifier.verifySchnorr(signature.content, message: $0, point: key.point)
                }
            } ?? false
        #expect(isAccepted == vector.isValid)
        if let key, let digest = Digest(vector.message) {
            #expect(SignatureVerifier.verify(signature, digest: digest, key: key) == vector.isValid)
        }
    }

    @Test("signing a message of any length", arguments: BIP340Vector.all.filter { !$0.secretKey.isEmpty })
    func sign(_ vector: BIP340Vector) throws {
        let secret = try SecretKey(bytes: vector.secretKey)
        let auxiliary = try #require(Digest(vector.auxiliary))
        let content = try vector.message.withUnsafeBytes { (message) throws(SigningFailure) in
            try secret.signSchnorr(message, auxiliary: auxiliary)
        }
        #expect(Signature(algorithm: .schnorrBIP340, content: content).bytes == vector.signature)
    }

    @Test(
        "signing a digest",
        arguments: BIP340Vector.all.filter { !$0.secretKey.isEmpty && $0.message.count == Digest.byteCount }
    )
    func signDigest(_ vector: BIP340Vector) throws {
        let secret = try SecretKey(bytes: vector.secretKey)
        let publicKey = try secret.publicKey(.schnorrBIP340)
        #expect(publicKey.bytes == vector.publicKey)
        let digest = try #require(Digest(vector.message))
        let auxiliary = try #require(Digest(vector.auxiliary))
        let signature = try secret.sign(digest, algorithm: .schnorrBIP340, auxiliary: auxiliary)
        #expect(signature.bytes == vector.signature)
    }

    @Test("tagged hash", arguments: TaggedHashVector.all)
    func taggedHash(_ vector: TaggedHashVector) {
        #expect(TaggedHash(tag: vector.tag).hash(vector.message).bytes == vector.hash)
    }
}

/// A line of the BIP's CSV file.
struct BIP340Vector: Sendable, CustomTestStringConvertible {
    let index: String
    let secretKey: [UInt8]
    let publicKey: [UInt8]
    let auxiliary: [UInt8]
    let message: [UInt8]
    let signature: [UInt8]
    let isValid: Bool
    let comment: String

    var testDescription: String { "\(index) \(comment) (\(isValid ? "valid" : "invalid"))" }

    static let all: [BIP340Vector] = {
        let lines = ConformanceCryptography.text("bip340/test-vectors.csv").split(whereSeparator: \.isNewline)
        return lines.dropFirst().compactMap { line in
            let fields = line.split(separator: ",", maxSplits: 7, omittingEmptySubsequences: false)
            guard fields.count == 8 else {
                Issue.record("not eight fields: \(line)")
                return nil
            }
            let bytes = fields[1...5].map { [UInt8](hexadecimal: $0) ?? [] }
            return BIP340Vector(
                index: String(fields[0]),
                secretKey: bytes[0],
                publicKey: bytes[1],
                auxiliary: bytes[2],
                message: bytes[3],
                signature: bytes[4],
                isValid: fields[6] == "TRUE",
                comment: String(fields[7])
            )
        }
    }()
}

struct TaggedHashVector: Sendable, CustomTestStringConvertible {
    let tag: String
    let message: [UInt8]
    let hash: [UInt8]

    var testDescription: String { "\(tag), \(message.count) bytes" }

    static let all: [TaggedHashVector] = {
        struct File: Decodable {
            struct Case: Decodable {
                let tag: String
                let msg: HexBytes
                let hash: HexBytes
            }
            let cases: [Case]
        }
        let file = ConformanceCryptography.decode(File.self, from: "bip340/tagged_hash.json")
        return (file?.cases ?? []).map { .init(tag: $0.tag, message: $0.msg.bytes, hash: $0.hash.bytes) }
    }()
}
