/// Entries on their way to the store, as the byte strings that a group is made of (``GroupRecords``).
struct GroupBuilder: Sendable {
    let firstPosition: UInt64
    private(set) var entryCount = 0
    private var encoder: CanonicalEncoder
    var blocks: [BlockRow] = []

    /// An empty group in the memory of an earlier one, if nobody else looks at that any more.
    init(firstPosition: UInt64, in memory: consuming [UInt8] = []) {
        self.firstPosition = firstPosition
        encoder = CanonicalEncoder(continuing: memory)
        encoder.removeAll()
    }

    /// What was appended.
    var records: [UInt8] { encoder.bytes }

    /// Appends an entry and its encoded effects. Returns the entry's leaf hash.
    mutating func append(_ entry: LogEntry, effects: [UInt8]) -> Digest {
        // Encoded where it stays, and hashed from there: its bytes are written once.
        let count = entry.byteCount
        encoder.encodeBytes(count: count)
        let start = encoder.bytes.count
        entry.encode(into: &encoder)
        precondition(encoder.bytes.count - start == count, "an entry is as long as was said before it")
        encoder.encode(bytes: effects)
        entryCount += 1
        return encoder.bytes.withUnsafeBytes {
            MerkleTree.leafHash(UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
        }
    }
}
