/// Shows an outsider one thing that a transaction did: an effect, its entry, and the log that holds the entry.
///
/// Short whatever the transaction: one payment out of a million needs some twenty hashes. Verified with nothing but
/// the log's key (Specs/07).
public struct EffectProof: Hashable, Sendable {
    /// The version of the form, the first field of the encoding.
    public static let version: UInt64 = 1
    /// Bytes in an effect.
    public static let effectByteCountMax = 4_096

    /// The effect's bytes.
    public let effect: [UInt8]
    /// Inclusion of the effect under the entry's effects root.
    public let effectInclusion: LogInclusionProof
    /// The entry's bytes, those of a transaction.
    public let entry: [UInt8]
    /// Inclusion of the entry under the checkpoint.
    public let inclusion: LogInclusionProof
    /// The signed note.
    public let checkpoint: [UInt8]

    /// A proof with these parts; ``verify(under:)`` checks it.
    public init(
        effect: [UInt8],
        effectInclusion: LogInclusionProof,
        entry: [UInt8],
        inclusion: LogInclusionProof,
        checkpoint: [UInt8]
    ) {
        self.effect = effect
        self.effectInclusion = effectInclusion
        self.entry = entry
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    /// What a verified proof says.
    public struct Verdict: Hashable, Sendable {
        /// The log's origin line: the ledger's name and identifier.
        public let origin: String
        /// Entries under the checkpoint.
        public let size: UInt64
        /// Position of the entry in the log.
        public let position: UInt64
        /// The signed transaction, as the log has it.
        public let transaction: [UInt8]
        /// The effect's bytes.
        public let effect: [UInt8]
        /// The effect's place among those of the transaction, counted from 0.
        public let effectIndex: UInt64
        /// Effects of the transaction.
        public let effectCount: UInt64
        /// Witnesses whose cosignatures were counted.
        public let witnessCount: Int
    }

    /// Verifies everything, under the log's key and as many witnesses as `policy` asks for.
    ///
    /// - Throws: the first ``EffectProofFailure`` that applies; nothing is proven then.
    public func verify(under policy: CheckpointPolicy) throws(EffectProofFailure) -> Verdict {
        let verified: VerifiedCheckpoint
        do {
            verified = try SignedCheckpoint(parsing: checkpoint).verify(under: policy)
        } catch {
            throw .checkpoint(error)
        }
        guard inclusion.size == verified.checkpoint.size else { throw .wrongSize }
        do {
            try inclusion.verify(entry: entry, root: verified.checkpoint.root)
        } catch {
            throw .inclusion(error)
        }
        guard case .transaction(let transaction, let root, let count)? = try? LogEntry(canonicalBytes: entry) else {
            throw .malformed
        }
        guard effectInclusion.size == count else { throw .wrongSize }
        do {
            try effectInclusion.verify(entry: effect, root: root)
        } catch {
            throw .effect(error)
        }
        return Verdict(
            origin: "\(verified.checkpoint.origin)",
            size: verified.checkpoint.size,
            position: inclusion.index,
            transaction: transaction,
            effect: effect,
            effectIndex: effectInclusion.index,
            effectCount: count,
            witnessCount: verified.cosignatures.count
        )
    }
}

extension EffectProof: CanonicalCodable {
    /// `[version, effect, effect inclusion, entry, inclusion, checkpoint]`, each part as a byte string.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        encoder.encode(EffectProof.version)
        encoder.encode(bytes: effect)
        encoder.encode(bytes: effectInclusion.canonicalBytes)
        encoder.encode(bytes: entry)
        encoder.encode(bytes: inclusion.canonicalBytes)
        encoder.encode(bytes: checkpoint)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        guard try decoder.unsigned() == EffectProof.version else { throw decoder.failure(.outOfRange) }
        effect = try decoder.bytes(countMax: EffectProof.effectByteCountMax)
        effectInclusion = try LogInclusionProof(canonicalBytes: try decoder.bytes(countMax: LogEntry.byteCountMax))
        entry = try decoder.bytes(countMax: LogEntry.byteCountMax)
        inclusion = try LogInclusionProof(canonicalBytes: try decoder.bytes(countMax: LogEntry.byteCountMax))
        checkpoint = try decoder.bytes(countMax: OwnershipProof.checkpointByteCountMax)
        decoder.leave()
    }
}
