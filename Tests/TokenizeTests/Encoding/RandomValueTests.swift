import Testing

@testable import Tokenize

/// Random values: they come back, and no damaged encoding is read as anything but itself.
@Suite struct RandomValueTests {
    @Test func valuesComeBack() throws {
        var generator = SeededGenerator("random canonical values")
        for _ in 0..<2_000 {
            let value = CanonicalValue.random(depth: 0, using: &generator)
            let bytes = try value.encoded()
            #expect(try CanonicalValue(decoding: bytes) == value)
            try read(bytes) { try $0.skip() }
        }
    }

    @Test func everyTruncationIsRefused() throws {
        var generator = SeededGenerator("truncated canonical values")
        for _ in 0..<300 {
            let bytes = try CanonicalValue.random(depth: 0, using: &generator).encoded()
            for count in 0..<bytes.count {
                #expect(throws: DecodingFailure.self) { try CanonicalValue(decoding: Array(bytes[..<count])) }
            }
            #expect(throws: DecodingFailure.self) { try CanonicalValue(decoding: bytes + [0]) }
        }
    }

    @Test func everyFlippedBitIsRefusedOrEncodesToItself() throws {
        var generator = SeededGenerator("flipped canonical values")
        for _ in 0..<200 {
            var bytes = try CanonicalValue.random(depth: 0, using: &generator).encoded()
            for bit in 0..<(bytes.count * 8) {
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                if let value = try? CanonicalValue(decoding: bytes) { #expect(try value.encoded() == bytes) }
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            }
        }
    }

    @Test func randomBytesAreRefusedOrEncodeToThemselves() throws {
        var generator = SeededGenerator("random bytes")
        var accepted = 0
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            guard let value = try? CanonicalValue(decoding: bytes) else { continue }
            accepted += 1
            #expect(try value.encoded() == bytes)
        }
        #expect(accepted > 0)
    }
}

extension CanonicalValue {
    /// A value of any type, with small containers.
    static func random(depth: Int, using generator: inout some RandomNumberGenerator) -> CanonicalValue {
        switch Int.random(in: 0..<(depth < EncodingLimits.nestingDepthMax ? 8 : 5), using: &generator) {
        case 0: return .unsigned(number(&generator))
        case 1: return .negative(number(&generator))
        case 2:
            let count = Int.random(in: 0...40, using: &generator)
            return .bytes((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        case 3: return .text(text(&generator))
        case 4: return .bool(Bool.random(using: &generator))
        case 5, 6:
            let count = Int.random(in: 0...3, using: &generator)
            return .array((0..<count).map { _ in random(depth: depth + 1, using: &generator) })
        default:
            let keys = (0...EncodingLimits.mapKeyMax).filter { _ in Int.random(in: 0..<12, using: &generator) == 0 }
            return .map(keys.map { Pair(key: $0, value: random(depth: depth + 1, using: &generator)) })
        }
    }

    /// Of every width as likely.
    private static func number(_ generator: inout some RandomNumberGenerator) -> UInt64 {
        UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
    }

    private static func text(_ generator: inout some RandomNumberGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let value =
                UInt32.random(in: 0...0x10_FFFF, using: &generator) >> UInt32.random(in: 0..<16, using: &generator)
            guard value >= 0xA0 || (0x20..<0x7F).contains(value), let scalar = Unicode.Scalar(value) else { continue }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}
