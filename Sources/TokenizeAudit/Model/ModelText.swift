/// Text forms with check characters, worked out from their standards on lists of digits.
enum ModelText {
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l")

    /// Bech32m (BIP-350): the kind, `1`, five bits a character, and six characters that make the whole divisible.
    ///
    /// - Parameter padding: the bits that fill up the last character; 0 of what is in order.
    static func bech32m(_ kind: String, _ bytes: [UInt8], padding: Int = 0) -> String {
        var bits = bytes.flatMap { byte in (0..<8).map { Int(byte >> UInt8(7 - $0) & 1) } }
        var fill = padding
        while bits.count % 5 != 0 {
            bits.append(fill & 1)
            fill >>= 1
        }
        let values = stride(from: 0, to: bits.count, by: 5).map { start in
            bits[start..<start + 5].reduce(0) { 2 * $0 + $1 }
        }
        return bech32m(kind, values: values)
    }

    /// The same of five bits each.
    static func bech32m(_ kind: String, values: [Int]) -> String {
        let letters = kind.utf8.map { Int($0) }
        let head = letters.map { $0 >> 5 } + [0] + letters.map { $0 & 31 }
        let rest = checksum(head + values + [0, 0, 0, 0, 0, 0]) ^ 0x2BC8_30A3
        let check = (0..<6).map { rest >> (5 * (5 - $0)) & 31 }
        return kind + "1" + String((values + check).map { alphabet[$0] })
    }

    private static func checksum(_ values: [Int]) -> Int {
        let generator = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
        var sum = 1
        for value in values {
            let top = sum >> 25
            sum = (sum & 0x1FF_FFFF) << 5 ^ value
            for (bit, term) in generator.enumerated() where top >> bit & 1 == 1 { sum ^= term }
        }
        return sum
    }

    /// The decimal digits of letters and digits: A is 10, Z is 35.
    private static func digits(_ text: String) -> [Int] {
        text.utf8.flatMap { byte in
            let value = byte < 0x41 ? Int(byte) - 0x30 : Int(byte) - 55
            return value < 10 ? [value] : [value / 10, value % 10]
        }
    }

    /// ISO 6166: from the right every other digit is doubled, and the sum of all digits is filled up to tens.
    static func checkDigitOfISIN(_ body: String) -> Int {
        var (sum, isDoubled) = (0, true)
        for digit in digits(body).reversed() {
            let value = isDoubled ? 2 * digit : digit
            sum += value > 9 ? value - 9 : value
            isDoubled.toggle()
        }
        return (10 - sum % 10) % 10
    }

    /// ISO 7064, MOD 97-10: what is lacking to 98 when two zeros stand for the check digits.
    static func checkDigitsOfLEI(_ body: String) -> Int {
        98 - (digits(body) + [0, 0]).reduce(0) { (10 * $0 + $1) % 97 }
    }
}
