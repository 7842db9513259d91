/// A complete tile of the log, 256 hashes of 32 bytes (C2SP tlog-tiles).
public struct LogTile: Hashable, Sendable {
    /// 0 for leaf hashes, 1 for the roots of level-0 tiles, and so on.
    public let level: Int
    /// Counted from 0 within the level.
    public let index: UInt64
    /// 8,192 bytes.
    public let hashes: [UInt8]

    /// A tile with these hashes; their number is not checked.
    public init(level: Int, index: UInt64, hashes: [UInt8]) {
        self.level = level
        self.index = index
        self.hashes = hashes
    }
}
