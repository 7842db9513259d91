/// The effects of the transaction in hand, in memory that is used again for the next.
struct RecordEncoding: Sendable {
    /// A CBOR sequence of byte strings, one for each effect.
    private(set) var effects = CanonicalEncoder()
    private var effectEncoder = CanonicalEncoder()

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

    /// Encodes what a transition did. Returns the RFC 6962 root over the effects' encodings.
    mutating func encode(_ transition: borrowing Transition, of state: LedgerState) -> Digest {
        guard !transition.servicing.bulk.isEmpty else { return encode(transition.effects) }
        var frontier = MerkleFrontier()
        state.forEachEffect(of: transition) { effect in
            frontier.append(encode(effect))
        } bulk: { payment, entry in
            effectEncoder.removeAll()
            payment.effect(entry, in: state).encode(into: &effectEncoder)
            effectEncoder.bytes.withUnsafeBytes { bytes in
                effects.encode(bytes: bytes)
                frontier.append(MerkleTree.leafHash(bytes))
            }
        }
        return frontier.root
    }

    /// Encodes one effect. Returns its leaf hash.
    private mutating func encode(_ effect: Effect) -> Digest {
        effectEncoder.removeAll()
        effect.encode(into: &effectEncoder)
        return effectEncoder.bytes.withUnsafeBytes { bytes in
            effects.encode(bytes: bytes)
            return MerkleTree.leafHash(bytes)
        }
    }

    /// Forgets the effects and keeps their memory.
    mutating func removeAll() { effects.removeAll() }
}
