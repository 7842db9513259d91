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
        guard bytes.count <= Self.byteCountMax, let text = String(validating: bytes, as: UTF8.self),
            NameText.isName(text)
        else { return nil }
        self.bytes = bytes
    }
}

extension NoteName: CustomStringConvertible {
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
