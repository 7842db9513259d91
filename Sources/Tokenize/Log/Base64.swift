/// Base 64 with the standard alphabet and padding (RFC 4648, section 4): one text for each byte string.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    private static let values: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// The text of `bytes`, in ASCII.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
            for digit in 0..<4 {
                text.append(digit <= count ? alphabet[Int(group >> UInt32(18 - 6 * digit)) & 63] : padding)
            }
        }
        return text
    }

    /// The bytes that `text` spells; nil if it is not the very text that ``encode(_:)`` writes for them.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let digits = Array(text)
        guard digits.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3)
        for start in stride(from: 0, to: digits.count, by: 4) {
            let isLast = start + 4 == digits.count
            var digitCount = 4
            while isLast, digitCount > 2, digits[start + digitCount - 1] == padding { digitCount -= 1 }
            var group: UInt32 = 0
            for offset in 0..<4 {
                if offset >= digitCount {
                    group <<= 6
                } else {
                    guard let value = values[Int(digits[start + offset])] else { return nil }
                    group = group << 6 | UInt32(value)
                }
            }
            let byteCount = digitCount - 1
            // Bits beyond the last byte must be zero, else two texts would spell the same bytes.
            guard group << UInt32(8 + 8 * byteCount) == 0 else { return nil }
            for offset in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * offset))) }
        }
        return bytes
    }
}
