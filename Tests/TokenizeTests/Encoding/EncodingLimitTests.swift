import Testing

@testable import Tokenize

/// Every limit of the profile: its last value is accepted, the next refused.
@Suite struct EncodingLimitTests {
    @Test("Eight levels nest; nine do not", arguments: [[0x81], [0xA1, 0x00]] as [[UInt8]])
    func depth(head: [UInt8]) throws {
        let deepest: [UInt8] = (0..<EncodingLimits.nestingDepthMax).flatMap { _ in head } + [0]
        let value = try CanonicalValue(decoding: deepest)
        #expect(try value.encoded() == deepest)
        #expect(reason { try CanonicalValue(decoding: head + deepest) } == .depthExceeded)
        #expect(reason { try CanonicalValue.array([value]).encoded() } == .depthExceeded)
        #expect(reason { try read(head + deepest) { try $0.skip() } } == .depthExceeded)
    }

    @Test("Empty containers count as levels")
    func emptyDepth() {
        let heads = [UInt8](repeating: 0x81, count: 8)
        #expect(reason { try CanonicalValue(decoding: heads + [0x80]) } == .depthExceeded)
        #expect(reason { try CanonicalValue(decoding: heads + [0xA0]) } == .depthExceeded)
    }

    @Test("Siblings do not add up to depth")
    func siblings() throws {
        let value = CanonicalValue.array(Array(repeating: .array([.array([])]), count: 100))
        #expect(try CanonicalValue(decoding: value.encoded()) == value)
    }

    @Test func mapKeys() throws {
        let last = CanonicalValue.map([.init(key: EncodingLimits.mapKeyMax, value: .bool(true))])
        #expect(try last.encoded() == [0xA1, 0x17, 0xF5])
        let beyond = CanonicalValue.map([.init(key: EncodingLimits.mapKeyMax + 1, value: .bool(true))])
        #expect(reason { try beyond.encoded() } == .keyRange)
        let all = CanonicalValue.map((0...23).map { .init(key: $0, value: .unsigned(0)) })
        #expect(try CanonicalValue(decoding: all.encoded()) == all)
        let descending = CanonicalValue.map([.init(key: 1, value: .unsigned(0)), .init(key: 0, value: .unsigned(0))])
        #expect(reason { try descending.encoded() } == .keyOrder)
    }

    @Test func textWithControlCharactersIsNotEncoded() {
        #expect(reason { try CanonicalValue.text("a\u{85}").encoded() } == .controlCharacter)
    }

    @Test(arguments: [0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, UInt64.max] as [UInt64])
    func integerWidths(value: UInt64) throws {
        let bytes = try CanonicalValue.unsigned(value).encoded()
        let width = value < 24 ? 1 : value < 256 ? 2 : value < 65_536 ? 3 : value <= 4_294_967_295 ? 5 : 9
        #expect(bytes.count == width)
        #expect(try read(bytes) { try $0.unsigned() } == value)
        #expect(try read(bytes) { try $0.unsigned(max: value) } == value)
        if value > 0 { #expect(reason { try read(bytes) { try $0.unsigned(max: value - 1) } } == .outOfRange) }
    }

    @Test(arguments: [0, -1, 23, -24, -25, Int64.max, Int64.min] as [Int64])
    func signedIntegers(value: Int64) throws {
        var encoder = CanonicalEncoder()
        encoder.encode(integer: value)
        #expect(try read(encoder.bytes) { try $0.integer() } == value)
    }

    @Test("Signed integers beyond 64 bits are values, but no Int64")
    func signedIntegersBeyond() throws {
        let below = try CanonicalValue.negative(1 << 63).encoded()
        #expect(reason { try read(below) { try $0.integer() } } == .outOfRange)
        #expect(try read(below) { try $0.negative() } == 1 << 63)
        try read(below) { try $0.skip() }
        let above = try CanonicalValue.unsigned(1 << 63).encoded()
        #expect(reason { try read(above) { try $0.integer() } } == .outOfRange)
    }

    @Test func boundsOfStringsAndContainers() throws {
        #expect(try read([0x42, 1, 2]) { try $0.bytes(countMax: 2) } == [1, 2])
        #expect(reason { try read([0x42, 1, 2]) { try $0.bytes(countMax: 1) } } == .limitExceeded("1 bytes"))
        #expect(try read([0x62, 0x61, 0x62]) { try $0.text(byteCountMax: 2) } == "ab")
        #expect(reason { try read([0x62, 0x61, 0x62]) { try $0.text(byteCountMax: 1) } } == .limitExceeded("1 bytes"))
        #expect(reason { try read([0x82, 0, 0]) { try $0.arrayCount(max: 1) } } == .limitExceeded("1 elements"))
        #expect(reason { try read([0xA2, 0, 0, 1, 0]) { try $0.mapCount(max: 1) } } == .limitExceeded("1 pairs"))
        let digest = [0x58, 0x20] + [UInt8](repeating: 7, count: 32)
        #expect(try read(digest) { try $0.digest() }.bytes == [UInt8](repeating: 7, count: 32))
        #expect(reason { try read([0x58, 0x1F] + digest[3...]) { try $0.digest() } } == .outOfRange)
        #expect(
            reason { try read([0x58, 0x21] + digest[2...] + [0]) { try $0.digest() } } == .limitExceeded("32 bytes")
        )
    }

    @Test(
        "A quantity has one form",
        arguments: [0, 23, UInt128(UInt64.max), UInt128(UInt64.max) + 1, .max] as [UInt128]
    )
    func quantities(units: UInt128) throws {
        var encoder = CanonicalEncoder()
        encoder.encode(Quantity(units))
        #expect(encoder.bytes.count == (units < 24 ? 1 : units <= UInt128(UInt64.max) ? 9 : 17))
        #expect(try read(encoder.bytes) { try $0.quantity() } == Quantity(units))
    }

    @Test func quantitiesInAnotherFormAreRefused() {
        let narrow = [0x50] + [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 0xFF, count: 8)
        #expect(reason { try read(narrow) { try $0.quantity() } } == .nonMinimal)
        let short = [0x49, 1] + [UInt8](repeating: 0, count: 8)
        #expect(reason { try read(short) { try $0.quantity() } } == .outOfRange)
        #expect(reason { try read([0x20]) { try $0.quantity() } } == .unexpectedType)
    }

    private func reason<Value>(_ body: () throws -> Value) -> DecodingFailure.Reason? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? DecodingFailure)?.reason
        }
    }
}
