/// One leaf of the log (Specs/07): the genesis, a committed transaction with its outcome, or a block's header.
public enum LogEntry: Hashable, Sendable {
    /// The encoded genesis, always at position 0.
    case genesis([UInt8])
    /// The signed transaction as received, with the Merkle root and number of its effects.
    case transaction(bytes: [UInt8], effectsRoot: Digest, effectCount: UInt64)
    /// Closes a block.
    case header(BlockHeader)

    /// Bytes of an entry; a tile bundle cannot hold more (C2SP tlog-tiles).
    public static let byteCountMax = 65_535
}

/// What a block's header says: where the block ends and what the state is then.
public struct BlockHeader: Hashable, Sendable {
    /// 1 for the first block.
    public let height: UInt64
    /// Entries before this one: the header's own position.
    public let previousSize: UInt64
    /// Root of the state tree after the block's transactions.
    public let stateRoot: Digest
    /// The business date that stands open at the end of the block.
    public let businessDate: CalendarDate
    /// Seconds since 1970-01-01T00:00:00Z: the later of the previous header's and the sealer's clock. Informative.
    public let sealingTime: UInt64

    /// A header with these fields; nothing is checked.
    public init(
        height: UInt64,
        previousSize: UInt64,
        stateRoot: Digest,
        businessDate: CalendarDate,
        sealingTime: UInt64
    ) {
        self.height = height
        self.previousSize = previousSize
        self.stateRoot = stateRoot
        self.businessDate = businessDate
        self.sealingTime = sealingTime
    }
}

extension LogEntry {
    /// The entry's encoding, which the log hashes.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: byteCount)
        encode(into: &encoder)
        return encoder.bytes
    }

    /// Bytes in the encoding, known before it is written.
    var byteCount: Int {
        switch self {
        case .genesis(let bytes): 2 + CanonicalEncoder.byteCount(ofBytes: bytes.count)
        case .transaction(let bytes, _, let effectCount):
            2 + CanonicalEncoder.byteCount(ofBytes: bytes.count)
                + CanonicalEncoder.byteCount(ofBytes: Digest.byteCount) + CanonicalEncoder.headByteCount(effectCount)
        case .header(let header):
            2 + CanonicalEncoder.headByteCount(header.height) + CanonicalEncoder.headByteCount(header.previousSize)
                + CanonicalEncoder.byteCount(ofBytes: Digest.byteCount)
                + CanonicalEncoder.byteCount(ofInteger: Int64(header.businessDate.daysSinceEpoch))
                + CanonicalEncoder.headByteCount(header.sealingTime)
        }
    }

    func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .genesis(let bytes):
            encoder.encodeArray(count: 2)
            encoder.encode(0 as UInt64)
            encoder.encode(bytes: bytes)
        case .transaction(let bytes, let effectsRoot, let effectCount):
            encoder.encodeArray(count: 4)
            encoder.encode(1 as UInt64)
            encoder.encode(bytes: bytes)
            encoder.encode(effectsRoot)
            encoder.encode(effectCount)
        case .header(let header):
            encoder.encodeArray(count: 6)
            encoder.encode(2 as UInt64)
            encoder.encode(header.height)
            encoder.encode(header.previousSize)
            encoder.encode(header.stateRoot)
            encoder.encode(integer: Int64(header.businessDate.daysSinceEpoch))
            encoder.encode(header.sealingTime)
        }
    }

    /// Reads an entry that takes up all of `bytes`.
    public init(canonicalBytes bytes: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try LogEntry(from: &decoder)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 6)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (0, 2): self = .genesis(try decoder.bytes(countMax: LogEntry.byteCountMax))
        case (1, 4):
            let bytes = try decoder.bytes(countMax: LogEntry.byteCountMax)
            let root = try decoder.digest()
            self = .transaction(bytes: bytes, effectsRoot: root, effectCount: try decoder.unsigned())
        case (2, 6):
            let height = try decoder.unsigned()
            let previousSize = try decoder.unsigned()
            let stateRoot = try decoder.digest()
            guard let days = Int32(exactly: try decoder.integer()),
                let date = CalendarDate(daysSinceEpoch: days)
            else { throw decoder.failure(.outOfRange) }
            self = .header(
                BlockHeader(
                    height: height,
                    previousSize: previousSize,
                    stateRoot: stateRoot,
                    businessDate: date,
                    sealingTime: try decoder.unsigned()
                )
            )
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}
