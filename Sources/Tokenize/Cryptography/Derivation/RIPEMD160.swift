/// RIPEMD-160 (Dobbertin, Bosselaers, Preneel 1996; ISO/IEC 10118-3).
///
/// BIP-32 names a parent key by it, and nothing else here uses it: it is not fit to protect anything.
enum RIPEMD160 {
    static let byteCount = 20
    private static let blockByteCount = 64

    /// The 20-byte hash of `message`.
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        while padded.count % blockByteCount != blockByteCount - 8 { padded.append(0) }
        withUnsafeBytes(of: (UInt64(message.count) * 8).littleEndian) { padded.append(contentsOf: $0) }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for start in stride(from: 0, to: padded.count, by: blockByteCount) {
            let words = (0..<16).map { index in
                padded.withUnsafeBytes {
                    UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
                }
            }
            compress(words, into: &state)
        }
        return state.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
    }

    /// Two lines of five rounds of sixteen steps, over the same sixteen words, then added crosswise.
    private static func compress(_ words: [UInt32], into state: inout [UInt32]) {
        let left = line(words, from: state, order: Array(0..<16), constants: leftConstants) { $0 }
        let right = line(words, from: state, order: (0..<16).map { (9 * $0 + 5) % 16 }, constants: rightConstants) {
            4 - $0
        }
        let before = state
        for index in 0..<5 {
            state[index] = before[(index + 1) % 5] &+ left[(index + 2) % 5] &+ right[(index + 3) % 5]
        }
    }

    /// One line: each round visits the words in the order of the round before, permuted once more.
    private static func line(
        _ words: [UInt32],
        from state: [UInt32],
        order: [Int],
        constants: [UInt32],
        function: (Int) -> Int
    ) -> [UInt32] {
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        var order = order
        for round in 0..<5 {
            for word in order {
                let sum = a &+ mix(function(round), b, c, d) &+ words[word] &+ constants[round]
                let next = rotate(sum, shifts[round][word]) &+ e
                (a, b, c, d, e) = (e, next, b, rotate(c, 10), d)
            }
            order = order.map { permutation[$0] }
        }
        return [a, b, c, d, e]
    }

    private static func mix(_ function: Int, _ x: UInt32, _ y: UInt32, _ z: UInt32) -> UInt32 {
        switch function {
        case 0: x ^ y ^ z
        case 1: (x & y) | (~x & z)
        case 2: (x | ~y) ^ z
        case 3: (x & z) | (y & ~z)
        default: x ^ (y | ~z)
        }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        (word << count) | (word >> (32 - count))
    }

    private static let permutation = [7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8]
    private static let leftConstants: [UInt32] = [0, 0x5A82_7999, 0x6ED9_EBA1, 0x8F1B_BCDC, 0xA953_FD4E]
    private static let rightConstants: [UInt32] = [0x50A2_8BE6, 0x5C4D_D124, 0x6D70_3EF3, 0x7A6D_76E9, 0]

    /// By round, then by word; the same for both lines.
    private static let shifts: [[UInt32]] = [
        [11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8],
        [12, 13, 11, 15, 6, 9, 9, 7, 12, 15, 11, 13, 7, 8, 7, 7],
        [13, 15, 14, 11, 7, 7, 6, 8, 13, 14, 13, 12, 5, 5, 6, 9],
        [14, 11, 12, 14, 8, 6, 5, 5, 15, 12, 15, 14, 9, 9, 8, 6],
        [15, 12, 13, 13, 9, 5, 8, 6, 14, 11, 12, 11, 8, 6, 5, 5],
    ]
}
