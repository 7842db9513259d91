import Testing

@testable import Tokenize

/// Appendix A of RFC 8949: what is in the profile decodes to the stated value and encodes to the same bytes; all the
/// rest is refused.
@Suite(.needs(AppendixAVector.file))
struct AppendixATests {
    @Test(arguments: AppendixAVector.all.filter { $0.expected != nil })
    func decodesAndEncodes(vector: AppendixAVector) throws {
        let value = try CanonicalValue(decoding: vector.bytes)
        #expect(value == vector.expected)
        #expect(try value.encoded() == vector.bytes)
    }

    @Test(arguments: AppendixAVector.all.filter { $0.expected == nil })
    func refuses(vector: AppendixAVector) {
        #expect(throws: DecodingFailure.self) { try CanonicalValue(decoding: vector.bytes) }
    }

    @Test func everyVectorIsEither() {
        #expect(AppendixAVector.all.count == 82)
        #expect(AppendixAVector.all.filter { $0.expected != nil }.count == AppendixAVector.inProfile.count)
    }
}

/// One line of the appendix.
struct AppendixAVector: Decodable, Sendable, CustomTestStringConvertible {
    static let file = "encoding/appendix_a.json"
    static let all = Conformance.load([AppendixAVector].self, file) ?? []

    let hex: String

    var bytes: [UInt8] { [UInt8](hexadecimal: hex) ?? [] }
    var expected: CanonicalValue? { Self.inProfile[hex] }
    var testDescription: String { hex }

    /// The lines that the profile has, with their values as the appendix prints them.
    static let inProfile: [String: CanonicalValue] = [
        "00": .unsigned(0), "01": .unsigned(1), "0a": .unsigned(10), "17": .unsigned(23), "1818": .unsigned(24),
        "1819": .unsigned(25), "1864": .unsigned(100), "1903e8": .unsigned(1_000), "1a000f4240": .unsigned(1_000_000),
        "1b000000e8d4a51000": .unsigned(1_000_000_000_000), "1bffffffffffffffff": .unsigned(.max),
        "20": .negative(0), "29": .negative(9), "3863": .negative(99), "3903e7": .negative(999),
        "3bffffffffffffffff": .negative(.max),
        "f4": .bool(false), "f5": .bool(true),
        "40": .bytes([]), "4401020304": .bytes([1, 2, 3, 4]),
        "60": .text(""), "6161": .text("a"), "6449455446": .text("IETF"), "62225c": .text("\"\\"),
        "62c3bc": .text("\u{fc}"), "63e6b0b4": .text("\u{6c34}"), "64f0908591": .text("\u{10151}"),
        "80": .array([]), "83010203": .array([.unsigned(1), .unsigned(2), .unsigned(3)]),
        "8301820203820405": .array([
            .unsigned(1), .array([.unsigned(2), .unsigned(3)]), .array([.unsigned(4), .unsigned(5)]),
        ]),
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819": .array((1...25).map { .unsigned($0) }),
        "a0": .map([]),
        "a201020304": .map([.init(key: 1, value: .unsigned(2)), .init(key: 3, value: .unsigned(4))]),
    ]
}
