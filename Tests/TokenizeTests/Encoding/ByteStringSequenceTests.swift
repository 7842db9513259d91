import Testing

@testable import Tokenize

/// Sequences of byte strings (RFC 8742), the framing of what is stored.
@Suite struct ByteStringSequenceTests {
    @Test func comeBackInOrder() {
        let strings = [0, 1, 23, 24, 255, 256, 65_535, 65_536].map { [UInt8](repeating: 0xA5, count: $0) }
        var bytes: [UInt8] = []
        for string in strings { ByteStrings.append(string, to: &bytes) }
        var offset = 0
        for string in strings { #expect(ByteStrings.next(in: bytes, &offset) == string) }
        #expect(offset == bytes.count)
        #expect(ByteStrings.next(in: bytes, &offset) == nil)
    }

    @Test("Each is framed as the canonical encoder writes it", arguments: [0, 23, 24, 255, 256, 65_535, 65_536])
    func isCanonical(count: Int) throws {
        let string = [UInt8](repeating: 1, count: count)
        var bytes: [UInt8] = []
        ByteStrings.append(string, to: &bytes)
        #expect(try CanonicalValue.bytes(string).encoded() == bytes)
    }

    @Test(
        "A longer head than needed, another type and a cut end are refused",
        arguments: [
            "5801aa", "5817" + String(repeating: "00", count: 23), "5900ff" + String(repeating: "00", count: 255),
            "5a0000ffff" + String(repeating: "00", count: 65_535), "5b000000000000000100", "5fff", "00", "60", "41",
            "58",
            "590100", "5affffffff00",
        ]
    )
    func refuses(hex: String) throws {
        var offset = 0
        #expect(ByteStrings.next(in: try #require([UInt8](hexadecimal: hex)), &offset) == nil)
        #expect(offset == 0)
    }
}
