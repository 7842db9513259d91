import Testing
import Tokenize

/// The vectors of BIP-350, and the valid ones of BIP-173, whose checksum is another and must be refused.
@Suite(.needs(Bech32mVectors.file))
struct Bech32mVectorTests {
    @Test(arguments: Bech32mVectors.all?.bech32m.valid ?? [])
    func valid(vector: Bech32mVectors.Vector) throws {
        let decoded = try Bech32m(text: vector.s)
        #expect(decoded.text == vector.s.lowercased())
        #expect(try Bech32m(humanReadablePart: decoded.humanReadablePart, values: decoded.values) == decoded)
    }

    @Test(arguments: Bech32mVectors.all?.bech32m.invalid ?? [])
    func invalid(vector: Bech32mVectors.Vector) {
        #expect(throws: Bech32mFailure.self) { try Bech32m(text: vector.s) }
    }

    @Test(arguments: Bech32mVectors.all?.bech32.valid ?? [])
    func olderChecksum(vector: Bech32mVectors.Vector) {
        #expect(throws: Bech32mFailure.wrongChecksum) { try Bech32m(text: vector.s) }
    }

    /// Addresses of witness version 1 and later: five bits of version, then the program.
    @Test(arguments: Bech32mVectors.all?.segwit_valid.filter { $0.version > 0 } ?? [])
    func witnessPrograms(vector: Bech32mVectors.Address) throws {
        let decoded = try Bech32m(text: vector.address)
        let program = try Bech32m(humanReadablePart: "x", values: Array(decoded.values.dropFirst())).bytes
        #expect(decoded.values.first == vector.version)
        #expect(program == Array(vector.script.dropFirst(2)))
        let version = try #require(decoded.values.first)
        let packed = try Bech32m(humanReadablePart: "x", bytes: program).values
        let again = try Bech32m(humanReadablePart: decoded.humanReadablePart, values: [version] + packed)
        #expect(again.text == vector.address.lowercased())
    }
}

/// The vector file.
struct Bech32mVectors: Decodable, Sendable {
    static let file = "crypto/bip350/bech32m_vectors.json"
    static let all = Conformance.load(Bech32mVectors.self, file)

    let bech32m: Lists
    let bech32: Lists
    let segwit_valid: [Address]

    struct Lists: Decodable, Sendable {
        let valid: [Vector]
        let invalid: [Vector]
    }

    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let s: String
        let reason: String?
        var testDescription: String { reason.map { "\(s.debugDescription): \($0)" } ?? s }
    }

    struct Address: Decodable, Sendable, CustomTestStringConvertible {
        let address: String
        let scriptPubKey: String
        var script: [UInt8] { [UInt8](hexadecimal: scriptPubKey) ?? [] }
        /// OP_0 is 0, OP_1 to OP_16 are 0x51 to 0x60.
        var version: UInt8 { script.first.map { $0 == 0 ? 0 : $0 &- 0x50 } ?? 0 }
        var testDescription: String { address }
    }
}
