/// Pseudo-random numbers that follow from a seed alone, on every machine and for ever.
///
/// xoshiro256** (Blackman and Vigna, 2018), filled by SplitMix64 as its authors advise. It is not for secrets.
/// Counterexample files name a seed, so neither algorithm may ever change.
struct RandomStream: Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64)

    /// The stream of one case of a run: cases are independent, so that each can be run alone.
    init(seed: UInt64, caseIndex: UInt64 = 0) {
        var mixer = SplitMix64(state: seed)
        mixer = SplitMix64(state: mixer.next() ^ (caseIndex &* 0x9E37_79B9_7F4A_7C15))
        words = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        let result = Self.rotate(words.1 &* 5, by: 7) &* 9
        let shifted = words.1 << 17
        words.2 ^= words.0
        words.3 ^= words.1
        words.1 ^= words.2
        words.0 ^= words.3
        words.2 ^= shifted
        words.3 = Self.rotate(words.3, by: 45)
        return result
    }

    /// A number from 0 through `most`, each equally likely.
    mutating func next(upTo most: UInt64) -> UInt64 {
        guard most < .max else { return next() }
        let count = most + 1
        // Numbers below the threshold would favour some remainders.
        let threshold = (0 &- count) % count
        while true {
            let number = next()
            if number >= threshold { return number % count }
        }
    }

    private static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 { word << count | word >> (64 - count) }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): spreads a seed over many bits.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
