/// The writer alone, for measurement: no signatures, no store.
@_spi(Benchmarks)
public struct ApplyLoop {
    private var writer: LedgerWriter

    /// A ledger at its beginning.
    public init(genesis: Genesis, secret: DisclosureSecret) throws {
        writer = try LedgerWriter(genesis: genesis, secret: secret)
    }

    /// Decides and applies a transaction as if its signatures had been checked, and appends its entry.
    @discardableResult
    public mutating func apply(_ signed: SignedTransaction) throws -> Receipt {
        let receipt = try writer.commit(.replayed(signed))
        if writer.groupEntryCount >= EngineLimits.groupEntryCountTarget { _ = writer.takeGroup() }
        return receipt
    }

    /// Brings the state tree up to date and closes the block.
    public mutating func seal() { _ = writer.seal(time: 0) }
}

/// The state tree alone, for measurement.
@_spi(Benchmarks)
public struct StateTreeLoop {
    private var tree = StateTree()
    private let leafCount: Int

    /// A tree with this many leaves.
    public init(leafCount: Int) {
        self.leafCount = leafCount
        var updates = (0..<leafCount).map { StateTreeLoop.update($0, round: -1) }
        tree.apply(&updates)
    }

    /// Changes `count` leaves, scattered over the tree.
    public mutating func update(count: Int, round: Int) {
        let stride = leafCount / count
        var updates = (0..<count).map { StateTreeLoop.update($0 * stride, round: round) }
        tree.apply(&updates)
    }

    private static func update(_ index: Int, round: Int) -> StateTree.Update {
        var key = UInt64(index)
        var value = UInt64(bitPattern: Int64(round))
        return StateTree.Update(
            keyHash: withUnsafeBytes(of: &key) { Hashing.sha256($0) },
            valueHash: withUnsafeBytes(of: &value) { Hashing.sha256($0) }
        )
    }
}
