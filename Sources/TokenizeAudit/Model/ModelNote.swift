import Tokenize

/// Signed notes, checkpoints and cosignatures, put together character by character as chapter 7 has them.
enum ModelNote {
    /// Numbers of the two algorithms (7.4).
    static let (log, witness): (UInt8, UInt8) = (1, 4)

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    /// RFC 4648, section 4: six bits a digit, filled up with zero bits, and `=` for the digits that are not needed.
    static func base64(_ bytes: [UInt8]) -> String {
        var text = ""
        var (bits, bitCount) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(digits[bits >> bitCount & 63])
            }
            bits &= 0xFF
        }
        if bitCount > 0 { text.append(digits[bits << (6 - bitCount) & 63]) }
        while text.count % 4 != 0 { text.append("=") }
        return text
    }

    /// The first four bytes of the hash over name, algorithm and key.
    static func keyID(_ name: String, _ algorithm: UInt8, _ key: [UInt8]) -> [UInt8] {
        Array(ModelHash.sha256(Array(name.utf8) + [0x0A, algorithm] + key).prefix(4))
    }

    /// How a key is written down.
    static func keyText(_ name: String, _ algorithm: UInt8, _ key: [UInt8]) -> String {
        "\(name)+\(keyID(name, algorithm, key).hexadecimal)+\(base64([algorithm] + key))"
    }

    /// A signature line, without its line feed.
    static func line(_ name: String, _ keyID: [UInt8], _ signature: [UInt8]) -> String {
        "\u{2014} \(name) \(base64(keyID + signature))"
    }

    /// A text that ends in a line feed, an empty line, and the lines.
    static func note(_ text: String, _ lines: [String]) -> [UInt8] {
        Array((text + "\n" + lines.map { $0 + "\n" }.joined()).utf8)
    }

    /// What is signed of a checkpoint (7.5).
    static func checkpoint(_ origin: String, size: UInt64, root: [UInt8]) -> String {
        "\(origin)\n\(size)\n\(base64(root))\n"
    }

    /// What a witness signs (7.6): the time, and the checkpoint.
    static func cosigned(_ time: UInt64, _ text: String) -> String { "cosignature/v1\ntime \(time)\n\(text)" }

    /// A time in eight bytes, the highest first.
    static func time(_ time: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
    }
}
