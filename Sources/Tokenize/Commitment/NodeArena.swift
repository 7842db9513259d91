/// Many small records of one kind, named by index, with reuse of what was released.
///
/// Records live in chunks of a fixed count, so that growth never copies what is there and a copy of the arena shares
/// every chunk that neither side changes.
struct NodeArena<Record: Sendable>: Sendable {
    /// Records in a chunk, as a power of two.
    private static var chunkBits: Int { 12 }
    private static var chunkMask: Int { (1 << chunkBits) - 1 }
    /// Records in an arena: what 31 bits can name.
    static var countMax: Int { Int(Int32.max) }

    private var chunks: ContiguousArray<ContiguousArray<Record>> = []
    private var released: ContiguousArray<UInt32> = []
    private var usedCount = 0

    /// Records in use.
    var count: Int { usedCount - released.count }

    @inline(__always)
    subscript(index: UInt32) -> Record {
        get { chunks[Int(index) >> Self.chunkBits][Int(index) & Self.chunkMask] }
        _modify { yield &chunks[Int(index) >> Self.chunkBits][Int(index) & Self.chunkMask] }
    }

    /// Keeps a record and names it.
    mutating func insert(_ record: Record) -> UInt32 {
        if let index = released.popLast() {
            self[index] = record
            return index
        }
        precondition(usedCount < Self.countMax, "the arena is full")
        let index = usedCount
        if index & Self.chunkMask == 0 {
            var chunk = ContiguousArray<Record>()
            // The first chunk grows as it fills, so that a small tree stays small.
            if index > 0 { chunk.reserveCapacity(1 << Self.chunkBits) }
            chunks.append(chunk)
        }
        chunks[index >> Self.chunkBits].append(record)
        usedCount += 1
        return UInt32(index)
    }

    /// Gives a record back; its index may name another later.
    mutating func release(_ index: UInt32) {
        released.append(index)
    }
}
