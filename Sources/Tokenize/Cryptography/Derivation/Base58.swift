/// Base58 with Bitcoin's alphabet, and Base58Check, which adds four bytes of a double SHA-256.
///
/// The text form of BIP-32 keys. Everything else here is bech32m.
enum Base58 {
    /// Longest input of either direction; the work grows with the square of it.
    static let byteCountMax = 256
    private static let checksumByteCount = 4
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    /// The digits of `bytes`, of which there are at most ``byteCountMax``; a leading zero byte is a leading `1`.
    static func encode(_ bytes: [UInt8]) -> String {
        precondition(bytes.count <= byteCountMax)
        let zeroCount = bytes.prefix { $0 == 0 }.count
        var digits = convert(bytes.dropFirst(zeroCount), from: 256, to: 58)
        digits.append(contentsOf: repeatElement(0, count: zeroCount))
        return String(decoding: digits.reversed().map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The bytes that `text` spells, or nil if it is too long or has other characters.
    static func decode(_ text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count <= byteCountMax else { return nil }
        var digits: [UInt8] = []
        for character in characters {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            digits.append(UInt8(digit))
        }
        let zeroCount = digits.prefix { $0 == 0 }.count
        var bytes = convert(digits.dropFirst(zeroCount), from: 58, to: 256)
        bytes.append(contentsOf: repeatElement(0, count: zeroCount))
        return bytes.reversed()
    }

    /// Base58Check of `payload`.
    static func encodeChecked(_ payload: [UInt8]) -> String {
        encode(payload + checksum(payload))
    }

    /// The payload, or nil if the text is not Base58 or its checksum does not match.
    static func decodeChecked(_ text: String) -> [UInt8]? {
        guard let bytes = decode(text), bytes.count >= checksumByteCount else { return nil }
        let payload = Array(bytes.dropLast(checksumByteCount))
        return checksum(payload) == Array(bytes.suffix(checksumByteCount)) ? payload : nil
    }

    private static func checksum(_ payload: [UInt8]) -> [UInt8] {
        Array(Hashing.sha256(Hashing.sha256(payload).bytes).bytes.prefix(checksumByteCount))
    }

    /// The number whose digits, most significant first, are given, in another base, least significant first.
    private static func convert(_ digits: ArraySlice<UInt8>, from base: Int, to target: Int) -> [UInt8] {
        var result: [UInt8] = []
        for digit in digits {
            var carry = Int(digit)
            for index in result.indices {
                carry += Int(result[index]) * base
                result[index] = UInt8(carry % target)
                carry /= target
            }
            while carry > 0 {
                result.append(UInt8(carry % target))
                carry /= target
            }
        }
        return result
    }
}
