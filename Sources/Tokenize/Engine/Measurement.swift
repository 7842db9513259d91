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

/// The way of a transaction without the curve and without a store, for measurement: decoded, its key looked up,
/// decided, applied, appended.
@_spi(Benchmarks)
public struct PathLoop {
    private var writer: LedgerWriter
    private let verifier = TransactionVerifier(directory: KeyDirectory())

    /// A ledger at its beginning.
    public init(genesis: Genesis, secret: DisclosureSecret) throws {
        writer = try LedgerWriter(genesis: genesis, secret: secret)
    }

    /// Runs encoded transactions as one submission would, chunk by chunk. Gives the results as a submitter gets them.
    public mutating func run(_ transactions: [[UInt8]]) -> [Result<Receipt, SubmissionError>] {
        var results: [Result<Receipt, SubmissionError>] = []
        results.reserveCapacity(transactions.count)
        for start in stride(from: 0, to: transactions.count, by: EngineLimits.verificationChunkCount) {
            let items = decode(transactions[start...].prefix(EngineLimits.verificationChunkCount))
            var delivery = Delivery(submission: 0, range: start..<start)
            while delivery.range.upperBound - start < items.count {
                let rest = items[delivery.range.count...]
                writer.decide(rest, blockEntryCountMax: .max, &delivery, &results)
                if writer.isGroupFull { takeGroup() }
            }
        }
        takeGroup()
        return results
    }

    private func decode(_ transactions: ArraySlice<[UInt8]>) -> [VerifiedChunk.Item] {
        let decoded = transactions.map { TransactionVerifier.decode($0) }
        let keys = verifier.lookUpKeys(of: decoded)
        return zip(decoded, keys).map { decoded, key in
            switch decoded {
            case .success(let signed): key == nil ? .unknownKey(signed) : .verified(.replayed(signed))
            case .failure(let rejection): .refused(rejection)
            }
        }
    }

    private mutating func takeGroup() {
        guard let group = writer.takeGroup() else { return }
        verifier.directory.add(writer.takePolicies())
        writer.reuse(group.records)
    }
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
