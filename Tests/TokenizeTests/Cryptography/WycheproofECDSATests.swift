import Testing

@testable import Tokenize

/// Project Wycheproof's ECDSA vectors over secp256k1 and SHA-256.
@Suite("Wycheproof ECDSA secp256k1", .needsCryptographyVectors)
struct WycheproofECDSATests {
    @Test("strict DER and low-S: accepted exactly if valid", arguments: WycheproofVector.load("bitcoin"))
    func strictDER(_ vector: WycheproofVector) throws {
        let signature = try? Signature(der: vector.signature)
        #expect(try vector.isAccepted(signature) == vector.isValid)
    }

    @Test("64 bytes: accepted exactly if valid and low-S", arguments: WycheproofVector.load("p1363"))
    func compact(_ vector: WycheproofVector) throws {
        let signature = try? Signature(algorithm: .ecdsaSecp256k1, bytes: vector.signature)
        #expect(try vector.isAccepted(signature) == (vector.isValid && !vector.hasHighS))
        // Normalising, as a device's adapter does, brings back exactly the valid ones with a high s.
        #expect(try vector.isAccepted(try? signature?.normalised()) == vector.isValid)
    }

    @Test("DER import, normalised: accepted exactly if valid", arguments: WycheproofVector.load(nil))
    func imported(_ vector: WycheproofVector) throws {
        let signature = try? Signature(der: vector.signature).normalised()
        #expect(try vector.isAccepted(signature) == vector.isValid)
    }
}

/// One case of a Wycheproof file.
struct WycheproofVector: Sendable, CustomTestStringConvertible {
    let file: String
    let id: Int
    let comment: String
    let uncompressedKey: [UInt8]
    let message: [UInt8]
    let signature: [UInt8]
    let isValid: Bool

    var testDescription: String { "\(file) \(id) \(comment) (\(isValid ? "valid" : "invalid"))" }

    /// True if `s` of a 64-byte signature is above half of the order.
    var hasHighS: Bool {
        guard signature.count == 64 else { return false }
        return halfOrder.lexicographicallyPrecedes(signature.suffix(32))
    }

    /// Whether the engine's verifier accepts the vector's message with `signature`; nil was not a signature.
    func isAccepted(_ signature: Signature?) throws -> Bool {
        let key = try PublicKey(
            algorithm: .ecdsaSecp256k1,
            bytes: [2 | (uncompressedKey[64] & 1)] + uncompressedKey[1...32]
        )
        guard let signature else { return false }
        return SignatureVerifier.verify(signature, digest: Hashing.sha256(message), key: try ParsedPublicKey(key))
    }

    static func load(_ variant: String?) -> [WycheproofVector] {
        let name = ["ecdsa_secp256k1_sha256", variant, "test"].compactMap { $0 }.joined(separator: "_")
        guard let file = ConformanceCryptography.decode(File.self, from: "wycheproof/\(name).json") else { return [] }
        return file.testGroups.flatMap { group in
            group.tests.map { test in
                WycheproofVector(
                    file: variant ?? "der",
                    id: test.tcId,
                    comment: test.comment,
                    uncompressedKey: group.publicKey.uncompressed.bytes,
                    message: test.msg.bytes,
                    signature: test.sig.bytes,
                    isValid: test.result == "valid"
                )
            }
        }
    }

    private struct File: Decodable {
        let testGroups: [Group]
    }

    private struct Group: Decodable {
        struct Key: Decodable { let uncompressed: HexBytes }
        let publicKey: Key
        let tests: [Case]
    }

    private struct Case: Decodable {
        let tcId: Int
        let comment: String
        let msg: HexBytes
        let sig: HexBytes
        let result: String
    }
}

/// (n - 1) / 2, the greatest `s` that the verifier accepts.
let halfOrder = [UInt8](hexadecimal: "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0") ?? []
