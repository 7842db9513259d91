/// What a header entry says, kept beside the log for look-up.
public struct BlockRow: Hashable, Sendable {
    /// 1 for the first block.
    public let height: UInt64
    /// Position of the header entry in the log.
    public let headerPosition: UInt64
    /// Root of the state tree after the block.
    public let stateRoot: Digest
    /// Days since 1970-01-01.
    public let businessDate: Int32
    /// Seconds since 1970-01-01T00:00:00Z.
    public let sealingTime: UInt64

    /// A row with these fields.
    public init(height: UInt64, headerPosition: UInt64, stateRoot: Digest, businessDate: Int32, sealingTime: UInt64) {
        self.height = height
        self.headerPosition = headerPosition
        self.stateRoot = stateRoot
        self.businessDate = businessDate
        self.sealingTime = sealingTime
    }
}

extension BlockHeader {
    /// The header's look-up row.
    public var row: BlockRow {
        BlockRow(
            height: height,
            headerPosition: previousSize,
            stateRoot: stateRoot,
            businessDate: businessDate.daysSinceEpoch,
            sealingTime: sealingTime
        )
    }
}
