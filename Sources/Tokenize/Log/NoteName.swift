/// The name of a key in a signed note, and of a log: compared byte by byte.
///
/// Not empty, UTF-8, without control characters, Unicode spaces and `+` (C2SP signed-note). Names look like URLs
/// without a scheme.
public struct NoteName: Hashable, Sendable {
    /// Bytes in a name.
    public static let byteCountMax = 255

    let bytes: [UInt8]

    /// The name that `text` spells, or nil if it is none.
    public init?(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    init?(bytes: [UInt8]) {
        guard !bytes.isEmpty, bytes.count <= Self.byteCountMax, let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy(Self.isAllowed)
        else { return nil }
        self.bytes = bytes
    }

    // Control characters, `+` and the Unicode property White_Space, fixed here so that no toolchain's tables decide.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x20, 0x2B, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: false
        default: true
        }
    }
}

extension NoteName: CustomStringConvertible {
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
