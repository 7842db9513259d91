/// Text with a checksum: a human-readable part, the separator `1`, data of five bits a character, six of checksum.
///
/// The checksum finds any four wrong characters, and a fifth in all but one of a thousand million cases, which is why
/// people may read identifiers aloud and type them. Source: BIP-350; BIP-173 for what it leaves unchanged.
public struct Bech32m: Hashable, Sendable {
    /// Characters of the whole text at most; the checksum promises nothing for longer ones.
    public static let characterCountMax = 90
    /// Characters of the checksum.
    public static let checksumCharacterCount = 6

    /// What the data is: 1 to 83 characters U+0021 to U+007E, without capital letters.
    public let humanReadablePart: String
    /// The data, five bits each.
    public let values: [UInt8]

    /// Data of five bits each. Throws ``Bech32mFailure`` if the text would not be valid.
    public init(humanReadablePart: String, values: [UInt8]) throws(Bech32mFailure) {
        guard !humanReadablePart.isEmpty else { throw .emptyHumanReadablePart }
        guard humanReadablePart.utf8.allSatisfy(Self.isAllowed) else { throw .invalidCharacter }
        guard !humanReadablePart.utf8.contains(where: Self.isUpperCase) else { throw .mixedCase }
        guard values.allSatisfy({ $0 < 32 }) else { throw .invalidCharacter }
        let count = humanReadablePart.utf8.count + 1 + values.count + Self.checksumCharacterCount
        guard count <= Self.characterCountMax else { throw .tooLong }
        self.init(trusted: humanReadablePart, values: values)
    }

    /// Whole bytes; the last value is filled up with zero bits.
    public init(humanReadablePart: String, bytes: [UInt8]) throws(Bech32mFailure) {
        try self.init(humanReadablePart: humanReadablePart, values: Self.values(ofBytes: bytes))
    }

    /// Parts that are known to be valid.
    init(trusted humanReadablePart: String, values: [UInt8]) {
        self.humanReadablePart = humanReadablePart
        self.values = values
    }

    /// Reads a text of one case, upper or lower. Throws ``Bech32mFailure``.
    public init(text: String) throws(Bech32mFailure) {
        // Far longer text is refused before it is copied.
        guard text.utf8.count <= Self.characterCountMax else { throw .tooLong }
        var characters = Array(text.utf8)
        guard characters.allSatisfy(Self.isAllowed) else { throw .invalidCharacter }
        if characters.contains(where: Self.isUpperCase) {
            guard !characters.contains(where: { (0x61...0x7A).contains($0) }) else { throw .mixedCase }
            characters = characters.map { Self.isUpperCase($0) ? $0 | 0x20 : $0 }
        }
        guard let separator = characters.lastIndex(of: Self.separator) else { throw .noSeparator }
        guard separator > 0 else { throw .emptyHumanReadablePart }
        let data = characters[(separator + 1)...]
        guard data.count >= Self.checksumCharacterCount else { throw .noChecksum }
        var values: [UInt8] = []
        values.reserveCapacity(data.count)
        for character in data {
            guard let value = Self.alphabet.firstIndex(of: character) else { throw .invalidCharacter }
            values.append(UInt8(value))
        }
        let part = Array(characters[..<separator])
        guard Self.remainder(part, values) == Self.constant else { throw .wrongChecksum }
        values.removeLast(Self.checksumCharacterCount)
        self.init(trusted: String(decoding: part, as: UTF8.self), values: values)
    }

    /// The text, in lower case.
    public var text: String {
        let part = Array(humanReadablePart.utf8)
        let blank = [UInt8](repeating: 0, count: Self.checksumCharacterCount)
        let remainder = Self.remainder(part, values + blank) ^ Self.constant
        let checksum = (0..<Self.checksumCharacterCount).map {
            UInt8(truncatingIfNeeded: remainder >> (25 - 5 * $0)) & 31
        }
        let data = (values + checksum).map { Self.alphabet[Int($0)] }
        return String(decoding: part + [Self.separator] + data, as: UTF8.self)
    }

    /// The data as whole bytes. Throws if more than four bits are left over, or any that is not zero.
    public var bytes: [UInt8] {
        get throws(Bech32mFailure) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(values.count * 5 / 8)
            var (bits, bitCount) = (0, 0)
            for value in values {
                bits = (bits << 5 | Int(value)) & 0xFFF
                bitCount += 5
                if bitCount >= 8 {
                    bitCount -= 8
                    bytes.append(UInt8(bits >> bitCount & 0xFF))
                }
            }
            guard bitCount <= 4, bits & ((1 << bitCount) - 1) == 0 else { throw .invalidPadding }
            return bytes
        }
    }

    /// Five bits each, most significant first, the last filled up with zero bits.
    static func values(ofBytes bytes: some Sequence<UInt8>) -> [UInt8] {
        var values: [UInt8] = []
        var (bits, bitCount) = (0, 0)
        for byte in bytes {
            bits = (bits << 8 | Int(byte)) & 0xFFF
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                values.append(UInt8(bits >> bitCount & 31))
            }
        }
        if bitCount > 0 { values.append(UInt8(bits << (5 - bitCount) & 31)) }
        return values
    }

    // MARK: The code

    /// What a right checksum leaves; bech32 has 1 here.
    private static let constant: UInt32 = 0x2BC8_30A3
    private static let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let separator = UInt8(ascii: "1")

    /// The polynomial remainder of the expanded human-readable part and `values`.
    private static func remainder(_ part: [UInt8], _ values: [UInt8]) -> UInt32 {
        var remainder: UInt32 = 1
        for value in part.map({ $0 >> 5 }) + [0] + part.map({ $0 & 31 }) + values {
            let top = remainder >> 25
            remainder = (remainder & 0x1FF_FFFF) << 5 ^ UInt32(value)
            for (index, term) in generator.enumerated() where top >> UInt32(index) & 1 == 1 { remainder ^= term }
        }
        return remainder
    }

    private static func isAllowed(_ character: UInt8) -> Bool { (0x21...0x7E).contains(character) }
    private static func isUpperCase(_ character: UInt8) -> Bool { (0x41...0x5A).contains(character) }
}

/// Why a text is not bech32m.
public enum Bech32mFailure: Error, Hashable, Sendable {
    /// More than ``Bech32m/characterCountMax`` characters.
    case tooLong
    /// A character outside U+0021 to U+007E, or outside the alphabet in the data.
    case invalidCharacter
    /// Upper and lower case in one text.
    case mixedCase
    case noSeparator
    case emptyHumanReadablePart
    /// Fewer than six characters after the separator.
    case noChecksum
    case wrongChecksum
    /// The bits left over after whole bytes are more than four, or not zero.
    case invalidPadding
}
