import Tokenize

/// What a store holds, taken apart without the engine.
struct StoredLog: Hashable, Sendable {
    /// Entries and the effects that stand beside them.
    private(set) var entries: [[UInt8]] = []
    private(set) var effects: [[UInt8]] = []

    init(of store: any LedgerStore) async throws {
        let count = try await store.extent().entryCount
        while UInt64(entries.count) < count {
            guard let group = try await store.group(containing: UInt64(entries.count)) else {
                throw AuditFailure(reason: "the store has no group at \(entries.count)")
            }
            try append(group)
        }
    }

    init(_ group: EntryGroup) throws { try append(group) }

    private mutating func append(_ group: EntryGroup) throws {
        let records = try Self.byteStrings(group.records)
        guard records.count == 2 * group.entryCount else {
            throw AuditFailure(reason: "a group has \(records.count) byte strings for \(group.entryCount) entries")
        }
        for index in 0..<group.entryCount {
            entries.append(records[2 * index])
            effects.append(records[2 * index + 1])
        }
    }

    /// The byte strings of a sequence, such as the effects of one entry.
    static func byteStrings(_ sequence: [UInt8]) throws -> [[UInt8]] {
        try CanonicalDecoder.decode(sequence) {
            (decoder: inout CanonicalDecoder) throws(DecodingFailure) -> [[UInt8]] in
            var strings: [[UInt8]] = []
            while !decoder.isAtEnd { strings.append(try decoder.bytes(countMax: Self.recordByteCountMax)) }
            return strings
        }
    }

    /// Bytes of the effects of one entry, at most.
    private static let recordByteCountMax = 64 << 20

    /// The signed transactions, in order.
    func transactions() throws -> [SignedTransaction] {
        try entries.compactMap { bytes in
            guard case .transaction(let signed, _, _) = try LogEntry(canonicalBytes: bytes) else { return nil }
            return try SignedTransaction(bytes: signed)
        }
    }

    /// The log's root over the first so many entries.
    func root(size: Int) -> Digest { MerkleTree.root(ofLeafHashes: entries.prefix(size).map(MerkleTree.leafHash)) }

    /// The rows of the newest snapshot: everything that can change a later decision.
    static func snapshot(in store: any LedgerStore) async throws -> [UInt8] {
        guard let newest = try await store.snapshot(atOrBefore: .max) else {
            throw AuditFailure(reason: "there is no snapshot")
        }
        var (bytes, index): ([UInt8], Int) = ([], 0)
        while let chunk = try await store.snapshotChunk(height: newest.height, index: index) {
            bytes += chunk
            index += 1
        }
        return bytes
    }
}
