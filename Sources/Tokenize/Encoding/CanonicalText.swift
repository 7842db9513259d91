/// The profile's text: valid UTF-8 (RFC 3629) without U+0000-001F and U+007F-009F, judged by bytes alone, so that
/// no toolchain's Unicode tables decide what may be replayed.
enum CanonicalText {
    /// What is wrong with the bytes as text, or nil.
    static func fault(in bytes: UnsafeRawBufferPointer) -> DecodingFailure.Reason? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                if lead < 0x20 || lead == 0x7F { return .controlCharacter }
                index += 1
                continue
            }
            let width: Int
            var scalar: UInt32
            switch lead {
            case 0xC2...0xDF: (width, scalar) = (2, UInt32(lead & 0x1F))
            case 0xE0...0xEF: (width, scalar) = (3, UInt32(lead & 0x0F))
            case 0xF0...0xF4: (width, scalar) = (4, UInt32(lead & 0x07))
            default: return .invalidText
            }
            guard index + width <= bytes.count else { return .invalidText }
            for offset in 1..<width {
                let next = bytes[index + offset]
                guard next & 0xC0 == 0x80 else { return .invalidText }
                scalar = scalar << 6 | UInt32(next & 0x3F)
            }
            let least: UInt32 = width == 2 ? 0x80 : width == 3 ? 0x800 : 0x1_0000
            guard scalar >= least, scalar <= 0x10_FFFF, !(0xD800...0xDFFF).contains(scalar) else {
                return .invalidText
            }
            if scalar <= 0x9F { return .controlCharacter }
            index += width
        }
        return nil
    }
}

extension String {
    /// True if both texts are the same bytes.
    ///
    /// `==`, `<` and `hash(into:)` of `String` follow Unicode's canonical equivalences, whose tables differ between
    /// toolchains; nothing that decides may use them.
    @inline(__always)
    func isSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// True if this text comes before `other` byte by byte.
    func precedesInBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }

    /// Hashes the bytes, and their end.
    func hashBytes(into hasher: inout Hasher) {
        var copy = self
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    /// True if the text has no control characters and may be encoded.
    var isCanonicalText: Bool {
        Array(utf8).withUnsafeBytes { CanonicalText.fault(in: $0) == nil }
    }
}
