/// One record in the making: an entry's encoding and its effects', in memory that is used again for the next.
struct RecordEncoding: Sendable {
    /// A CBOR sequence of byte strings, one for each effect.
    private(set) var effects: [UInt8] = []
    private var entryEncoder = CanonicalEncoder()
    private var effectEncoder = CanonicalEncoder()

    /// The encoded entry.
    var entry: [UInt8] { entryEncoder.bytes }

    /// The RFC 6962 root over the effects' encodings, which a transaction's entry commits to.
    static func effectsRoot(_ effects: [Effect]) -> Digest {
        var encoding = RecordEncoding()
        return encoding.encode(effects)
    }

    /// Encodes a transaction's effects. Returns the RFC 6962 root over their encodings.
    mutating func encode(_ effects: [Effect]) -> Digest {
        guard effects.count != 1 else { return encode(effects[0]) }
        var hashes: [Digest] = []
        hashes.reserveCapacity(effects.count)
        for effect in effects { hashes.append(encode(effect)) }
        return MerkleTree.root(ofLeafHashes: hashes)
    }

    /// Encodes one effect. Returns its leaf hash.
    private mutating func encode(_ effect: Effect) -> Digest {
        effectEncoder.removeAll()
        effect.encode(into: &effectEncoder)
        ByteStrings.append(effectEncoder.bytes, to: &effects)
        return MerkleTree.leafHash(effectEncoder.bytes)
    }

    mutating func encode(_ entry: LogEntry) {
        entryEncoder.removeAll()
        entry.encode(into: &entryEncoder)
    }

    /// Forgets the record and keeps its memory.
    mutating func removeAll() {
        effects.removeAll(keepingCapacity: true)
        entryEncoder.removeAll()
    }
}
