import Testing

@testable import Tokenize

/// Inputs that a strict decoder must refuse, and such as it must accept.
@Suite(.needs(StrictProfileVectors.file))
struct StrictProfileTests {
    @Test(arguments: StrictProfileVectors.all.reject)
    func refuses(vector: StrictProfileVectors.Vector) {
        #expect(throws: DecodingFailure.self) { try CanonicalValue(decoding: vector.bytes) }
        #expect(throws: DecodingFailure.self) { try skip(vector.bytes) }
    }

    @Test(arguments: StrictProfileVectors.all.accept)
    func accepts(vector: StrictProfileVectors.Vector) throws {
        #expect(try CanonicalValue(decoding: vector.bytes).encoded() == vector.bytes)
        try skip(vector.bytes)
    }

    private func skip(_ bytes: [UInt8]) throws {
        try CanonicalDecoder.decode(bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try decoder.skip()
        }
    }
}

/// The file's two lists.
struct StrictProfileVectors: Decodable, Sendable {
    static let file = "encoding/strict_profile.json"
    static let all = Conformance.load(StrictProfileVectors.self, file) ?? StrictProfileVectors(reject: [], accept: [])

    let reject: [Vector]
    let accept: [Vector]

    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let name: String?
        let hex: String

        var bytes: [UInt8] { [UInt8](hexadecimal: hex) ?? [] }
        var testDescription: String { name ?? hex }
    }
}
