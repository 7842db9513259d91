import Tokenize

/// A log without meaning, the same at every run: what a store is given when only keeping is under test.
struct SampleGroups {
    /// Bytes of records a group has.
    let recordByteCount: Int
    /// Entries a group has.
    let entryCount: Int

    init(recordByteCount: Int = 900, entryCount: Int = 3) {
        self.recordByteCount = recordByteCount
        self.entryCount = entryCount
    }

    /// Group `number`, from 0. Every second group seals a block, every third completes a tile.
    func group(_ number: Int) -> EntryGroup {
        var random = SplitMix(seed: UInt64(number) &* 7919 &+ 1)
        let first = UInt64(number * entryCount)
        let sealed = number / 2
        let block = BlockRow(
            height: UInt64(sealed + 1),
            headerPosition: first + UInt64(entryCount - 1),
            stateRoot: random.digest(),
            businessDate: 20_000 + Int32(sealed),
            sealingTime: 1_700_000_000 + UInt64(number)
        )
        let tile = LogTile(level: number % 2, index: UInt64(number / 3), hashes: random.bytes(8192))
        return EntryGroup(
            firstPosition: first,
            entryCount: entryCount,
            records: random.bytes(recordByteCount),
            logRoot: random.digest(),
            tiles: number % 3 == 2 ? [tile] : [],
            blocks: number % 2 == 1 ? [block] : []
        )
    }

    /// Groups 0 to `count` - 1.
    func groups(_ count: Int) -> [EntryGroup] { (0..<count).map(group) }
}

/// Bytes that look random and are the same at every run (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: next().littleEndian) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }

    mutating func digest() -> Digest { Digest(bytes(32)) ?? .zero }
}
