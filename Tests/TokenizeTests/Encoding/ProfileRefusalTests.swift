import Testing

@testable import Tokenize

/// Why and where the decoder refuses what the profile does not have.
@Suite struct ProfileRefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let hex: String
        let reason: DecodingFailure.Reason
        var testDescription: String { "\(hex): \(reason)" }
    }

    static let refusals: [Refusal] = [
        Refusal(hex: "", reason: .truncated),
        Refusal(hex: "18", reason: .truncated),
        Refusal(hex: "1b00000001000000", reason: .truncated),
        Refusal(hex: "5b7fffffffffffffff", reason: .truncated),
        Refusal(hex: "9b7fffffffffffffff", reason: .truncated),
        Refusal(hex: "bb7fffffffffffffff", reason: .truncated),
        Refusal(hex: "1817", reason: .nonMinimal),
        Refusal(hex: "1900ff", reason: .nonMinimal),
        Refusal(hex: "1a0000ffff", reason: .nonMinimal),
        Refusal(hex: "1b00000000ffffffff", reason: .nonMinimal),
        Refusal(hex: "781761", reason: .nonMinimal),
        Refusal(hex: "b800", reason: .nonMinimal),
        Refusal(hex: "1f", reason: .indefiniteLength),
        Refusal(hex: "5f", reason: .indefiniteLength),
        Refusal(hex: "7f", reason: .indefiniteLength),
        Refusal(hex: "9f", reason: .indefiniteLength),
        Refusal(hex: "bf", reason: .indefiniteLength),
        Refusal(hex: "1c", reason: .notInProfile),
        Refusal(hex: "1e", reason: .notInProfile),
        Refusal(hex: "c000", reason: .notInProfile),
        Refusal(hex: "d81800", reason: .notInProfile),
        Refusal(hex: "f6", reason: .notInProfile),
        Refusal(hex: "f7", reason: .notInProfile),
        Refusal(hex: "f815", reason: .notInProfile),
        Refusal(hex: "f90000", reason: .notInProfile),
        Refusal(hex: "ff", reason: .notInProfile),
        Refusal(hex: "61ff", reason: .invalidText),
        Refusal(hex: "61c3", reason: .invalidText),
        Refusal(hex: "6180", reason: .invalidText),
        Refusal(hex: "62c080", reason: .invalidText),
        Refusal(hex: "62c1bf", reason: .invalidText),
        Refusal(hex: "63e09fbf", reason: .invalidText),
        Refusal(hex: "63eda080", reason: .invalidText),
        Refusal(hex: "63edbfbf", reason: .invalidText),
        Refusal(hex: "64f08fbfbf", reason: .invalidText),
        Refusal(hex: "64f4908080", reason: .invalidText),
        Refusal(hex: "64f5808080", reason: .invalidText),
        Refusal(hex: "6100", reason: .controlCharacter),
        Refusal(hex: "610a", reason: .controlCharacter),
        Refusal(hex: "611f", reason: .controlCharacter),
        Refusal(hex: "617f", reason: .controlCharacter),
        Refusal(hex: "62c280", reason: .controlCharacter),
        Refusal(hex: "62c29f", reason: .controlCharacter),
        Refusal(hex: "a201000000", reason: .keyOrder),
        Refusal(hex: "a200000000", reason: .keyOrder),
        Refusal(hex: "a1181800", reason: .keyRange),
        Refusal(hex: "a12000", reason: .keyRange),
        Refusal(hex: "a1616100", reason: .keyRange),
        Refusal(hex: "0000", reason: .trailingBytes),
    ]

    @Test(arguments: refusals)
    func names(refusal: Refusal) throws {
        let bytes = try #require([UInt8](hexadecimal: refusal.hex))
        let failure = #expect(throws: DecodingFailure.self) { try CanonicalValue(decoding: bytes) }
        #expect(failure?.reason == refusal.reason)
        #expect((0...bytes.count).contains(failure?.offset ?? -1))
    }

    @Test(
        "Text's edges are text",
        arguments: [
            "20", "7e", "c2a0", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf",
            "f0908080", "f48fbfbf",
        ]
    )
    func acceptsText(hex: String) throws {
        let content = try #require([UInt8](hexadecimal: hex))
        let bytes = [0x60 | UInt8(content.count)] + content
        #expect(try CanonicalValue(decoding: bytes).encoded() == bytes)
    }

    @Test("No Unicode table decides: an unassigned scalar and both forms of one letter stay apart")
    func textIsBytes() throws {
        let composed = CanonicalValue.text("\u{e9}")
        let decomposed = CanonicalValue.text("e\u{301}")
        #expect(composed != decomposed)
        #expect(try composed.encoded() != decomposed.encoded())
        let unassigned = CanonicalValue.text("\u{E0FFF}")
        #expect(try CanonicalValue(decoding: unassigned.encoded()) == unassigned)
    }

    @Test func aWrongTypeIsNamed() {
        #expect(throws: DecodingFailure(.unexpectedType, offset: 0)) { try read([0x40]) { try $0.unsigned() } }
        #expect(throws: DecodingFailure(.unexpectedType, offset: 0)) { try read([0xF5]) { try $0.unsigned() } }
        #expect(throws: DecodingFailure(.unexpectedType, offset: 0)) { try read([0x00]) { try $0.bool() } }
        #expect(throws: DecodingFailure(.notInProfile, offset: 0)) { try read([0xC0]) { try $0.bool() } }
        #expect(throws: DecodingFailure(.notInProfile, offset: 0)) { try read([0xF6]) { try $0.unsigned() } }
        #expect(throws: DecodingFailure(.outOfRange, offset: 1)) { try read([0x81, 0x00]) { try $0.array(count: 0) } }
    }
}

/// Reads all of `bytes` with one call of the decoder.
func read<Value>(_ bytes: [UInt8], _ body: (inout CanonicalDecoder) throws -> Value) throws -> Value {
    try bytes.withUnsafeBytes { buffer in
        var decoder = CanonicalDecoder(buffer)
        let value = try body(&decoder)
        try decoder.finish()
        return value
    }
}
