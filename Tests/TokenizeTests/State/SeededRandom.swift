import Foundation

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        // Mixed, so that the numbers of one seed are not those of the next one, shifted.
        state = SeededRandom.mixed(seed &+ 0x2545_F491_4F6C_DD1D)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SeededRandom.mixed(state)
    }

    private static func mixed(_ input: UInt64) -> UInt64 {
        var value = input
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension SeededRandom {
    /// Seeds of a random test: so many, or TOKENIZE_SEED_COUNT for a longer hunt.
    static func seeds(_ count: UInt64) -> Range<UInt64> {
        let wanted = ProcessInfo.processInfo.environment["TOKENIZE_SEED_COUNT"].flatMap { UInt64($0) }
        return 0..<(wanted ?? count)
    }
}
