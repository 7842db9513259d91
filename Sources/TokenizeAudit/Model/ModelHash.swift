import Tokenize

/// SHA-256 (FIPS 180-4), the tagged hashes of Specs/02 and the Merkle root of RFC 6962, written out plainly.
enum ModelHash {
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
    private static let start: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    static func sha256(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        let bitCount = UInt64(message.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: bitCount >> shift))
        }
        var state = start
        for block in stride(from: 0, to: padded.count, by: 64) { mix(Array(padded[block..<block + 64]), into: &state) }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    private static func mix(_ block: [UInt8], into state: inout [UInt32]) {
        var words: [UInt32] = (0..<16).map { index in
            block[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
            let second = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
            words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
        }
        var now = state
        for index in 0..<64 {
            let (a, b, c, e, f, g) = (now[0], now[1], now[2], now[4], now[5], now[6])
            let chosen = (e & f) ^ (~e & g)
            let one = now[7] &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ chosen &+ constants[index]
            let first = one &+ words[index]
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
            now = [first &+ second, a, b, c, now[3] &+ first, e, f, g]
        }
        for index in 0..<8 { state[index] = state[index] &+ now[index] }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The hash of bytes within a domain: `SHA256(SHA256(tag) || SHA256(tag) || bytes)`.
    static func tagged(_ tag: String, _ bytes: [UInt8]) -> Digest {
        let prefix = sha256(Array(tag.utf8))
        return digest(sha256(prefix + prefix + bytes))
    }

    static func digest(_ bytes: [UInt8]) -> Digest { Digest(bytes) ?? .zero }

    /// RFC 6962, section 2.1: the root over these leaves.
    static func merkleRoot(_ leaves: [[UInt8]]) -> [UInt8] {
        if leaves.isEmpty { return sha256([]) }
        if leaves.count == 1 { return sha256([0] + leaves[0]) }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        return sha256([1] + merkleRoot(Array(leaves[..<half])) + merkleRoot(Array(leaves[half...])))
    }

    /// An array of these items, encoded already, as chapter 1 has it.
    static func array(_ items: [UInt8]...) -> [UInt8] { [0x80 | UInt8(items.count)] + items.joined() }

    static func bytes(_ digest: Digest) -> [UInt8] { [0x58, 32] + digest.bytes }

    static func number(_ value: UInt64) -> [UInt8] {
        switch value {
        case 0..<24: return [UInt8(value)]
        case 24..<0x100: return [0x18, UInt8(value)]
        case 0x100..<0x1_0000: return [0x19] + bigEndian(value, 2)
        case 0x1_0000..<0x1_0000_0000: return [0x1A] + bigEndian(value, 4)
        default: return [0x1B] + bigEndian(value, 8)
        }
    }

    private static func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
    }
}
