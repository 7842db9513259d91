/// Shows an outsider what an account held of an asset at the end of a block: leaf, header, inclusion and checkpoint.
///
/// The header is the last entry under the checkpoint, so an old one cannot pose as the present: whoever shows an old
/// proof shows an old checkpoint. Verified with nothing but the log's key (Specs/07).
public struct OwnershipProof: Hashable, Sendable {
    /// The version of the form, the first field of the encoding.
    public static let version: UInt64 = 1
    /// Bytes in a signed checkpoint.
    public static let checkpointByteCountMax = 16_384

    /// The holding's record, present or absent, under the header's state root.
    public let state: StateProof
    /// The header entry's bytes.
    public let header: [UInt8]
    /// Inclusion of the header at index `checkpoint size - 1`.
    public let inclusion: LogInclusionProof
    /// The signed note.
    public let checkpoint: [UInt8]

    /// A proof with these parts; ``verify(under:)`` checks it.
    public init(state: StateProof, header: [UInt8], inclusion: LogInclusionProof, checkpoint: [UInt8]) {
        self.state = state
        self.header = header
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    /// What a verified proof says.
    public struct Verdict: Hashable, Sendable {
        /// The log's origin line: the ledger's name and identifier.
        public let origin: String
        /// The block's height, 1 for the first.
        public let height: UInt64
        /// The business date on which the holding was as shown.
        public let businessDate: CalendarDate
        /// Seconds since 1970-01-01T00:00:00Z when the block was sealed; informative only.
        public let sealingTime: UInt64
        /// Entries under the checkpoint.
        public let size: UInt64
        /// The asset that is held.
        public let asset: AssetID
        /// The account that holds.
        public let account: AccountID
        /// The number of the asset's part, 0 for the ordinary one.
        public let partition: UInt32
        /// Units held; zero if the proof shows that there is no such record.
        public let units: Quantity
        /// Encumbrances on the holding, senior first.
        public let encumbrances: [ProvenEncumbrance]
        /// Witnesses whose cosignatures were counted.
        public let witnessCount: Int

        /// Units that the holder could dispose of on the business date: the units less, for each layer, the greater of
        /// the sum of what is reserved and the largest of what is attached; never below zero. A freeze of the whole
        /// account is not part of a holding.
        public var available: Quantity {
            let standing = encumbrances.filter { $0.lastDate >= businessDate }
            var covered = Quantity.zero
            for layer in Set(standing.map { $0.layer }) {
                var reserved = Quantity.zero
                var attached = Quantity.zero
                for encumbrance in standing where encumbrance.layer == layer {
                    if encumbrance.isReserved {
                        reserved = reserved.adding(encumbrance.amount) ?? .max
                    } else {
                        attached = max(attached, encumbrance.amount)
                    }
                }
                covered = covered.adding(max(reserved, attached)) ?? .max
            }
            return units.subtracting(covered) ?? .zero
        }
    }

    /// Verifies everything, under the log's key and as many witnesses as `policy` asks for.
    ///
    /// The caller compares asset, account and partition of the verdict with what it asked for: a proof of absence whose
    /// key was changed can be a true proof of another absence (Specs/06, 6.5).
    ///
    /// - Throws: the first ``OwnershipFailure`` that applies; nothing is proven then.
    public func verify(under policy: CheckpointPolicy) throws(OwnershipFailure) -> Verdict {
        let verified: VerifiedCheckpoint
        do {
            verified = try SignedCheckpoint(parsing: checkpoint).verify(under: policy)
        } catch {
            throw .checkpoint(error)
        }
        let size = verified.checkpoint.size
        guard size > 0, inclusion.size == size, inclusion.index == size - 1 else { throw .wrongPosition }
        do {
            try inclusion.verify(entry: header, root: verified.checkpoint.root)
        } catch {
            throw .inclusion(error)
        }
        guard case .header(let block)? = try? LogEntry(canonicalBytes: header), block.previousSize == size - 1 else {
            throw .malformed
        }
        do {
            try state.verify(root: block.stateRoot)
        } catch {
            throw .state(error)
        }
        guard case .holding(let asset, let account, let partition)? = try? StateKey(canonicalBytes: state.key) else {
            throw .malformed
        }
        let holding: ProvenHolding
        do {
            holding = try state.value.map { try ProvenHolding(value: $0) } ?? .none
        } catch {
            throw .malformed
        }
        return Verdict(
            origin: "\(verified.checkpoint.origin)",
            height: block.height,
            businessDate: block.businessDate,
            sealingTime: block.sealingTime,
            size: size,
            asset: asset,
            account: account,
            partition: partition,
            units: holding.units,
            encumbrances: holding.encumbrances,
            witnessCount: verified.cosignatures.count
        )
    }
}

extension OwnershipProof {
    /// The proof's encoding: `[version, state proof, header, inclusion, checkpoint]`, each as a byte string.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 4_096)
        encoder.encodeArray(count: 5)
        encoder.encode(OwnershipProof.version)
        encoder.encode(bytes: state.canonicalBytes)
        encoder.encode(bytes: header)
        encoder.encode(bytes: inclusion.canonicalBytes)
        encoder.encode(bytes: checkpoint)
        return encoder.bytes
    }

    /// Reads a proof that takes up all of `bytes`.
    public init(canonicalBytes bytes: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try decoder.array(count: 5)
            guard try decoder.unsigned() == OwnershipProof.version else { throw decoder.failure(.outOfRange) }
            let state = try StateProof(canonicalBytes: try decoder.bytes(countMax: StateProof.byteCountMax))
            let header = try decoder.bytes(countMax: LogEntry.byteCountMax)
            let inclusion = try LogInclusionProof(canonicalBytes: try decoder.bytes(countMax: LogEntry.byteCountMax))
            let checkpoint = try decoder.bytes(countMax: OwnershipProof.checkpointByteCountMax)
            decoder.leave()
            return OwnershipProof(state: state, header: header, inclusion: inclusion, checkpoint: checkpoint)
        }
    }
}
