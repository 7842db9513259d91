/// The form in which a tiled log publishes entries: up to 256 of them, each after its length (C2SP tlog-tiles).
public struct EntryBundle: Hashable, Sendable {
    /// Bytes in an entry: what a 16-bit length can say.
    public static let entryByteCountMax = 65_535
    /// Entries in a complete bundle.
    public static let entryCountMax = 256

    /// The entries' bytes, in log order.
    public let entries: [[UInt8]]

    /// - Throws: ``LedgerFailure/limitExceeded(limit:maximum:)`` for an entry or a bundle that is too long.
    public init(entries: [[UInt8]]) throws(LedgerFailure) {
        guard entries.count <= Self.entryCountMax else {
            throw .limitExceeded(limit: "EntryBundle.entryCountMax", maximum: UInt64(Self.entryCountMax))
        }
        guard entries.allSatisfy({ $0.count <= Self.entryByteCountMax }) else {
            throw .limitExceeded(limit: "EntryBundle.entryByteCountMax", maximum: UInt64(Self.entryByteCountMax))
        }
        self.entries = entries
    }

    /// Reads a bundle of exactly `width` entries; nil if `bytes` are not that.
    public init?(parsing bytes: [UInt8], width: Int) {
        guard (1...Self.entryCountMax).contains(width) else { return nil }
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard entries.count < width, rest.count >= 2 else { return nil }
            let count = bigEndianInteger(rest.prefix(2), as: Int.self)
            rest = rest.dropFirst(2)
            guard rest.count >= count else { return nil }
            entries.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        guard entries.count == width else { return nil }
        self.entries = entries
    }

    /// Each entry after its length in two bytes, most significant first.
    public var bytes: [UInt8] {
        entries.flatMap { bigEndianBytes(UInt16($0.count)) + $0 }
    }

    /// The leaf hashes of the entries: the hashes of the level-0 tile of the same index.
    public var leafHashes: [Digest] { entries.map { MerkleTree.leafHash($0) } }
}
