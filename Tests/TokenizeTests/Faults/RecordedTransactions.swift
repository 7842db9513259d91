@testable import Tokenize

/// A small ledger's genesis and transactions, signed: what another process, or another build, is given to write.
struct RecordedTransactions: Sendable {
    let genesis: Genesis
    let transactions: [[UInt8]]

    /// An asset, four people, an issue to them and so many transfers among them.
    init(transferCount: Int) async throws {
        let store = MemoryStore()
        let market = try await Market(store: store)
        try await market.run(transferCount)
        try await market.ledger.close()
        genesis = market.fixture.genesis
        let closed = await MemoryStore(reopening: store)
        var transactions: [[UInt8]] = []
        var position: UInt64 = 0
        while let group = try await closed.group(containing: position) {
            for record in try GroupRecords.records(of: group) {
                if case .transaction(let bytes, _, _) = try LogEntry(canonicalBytes: record.entry) {
                    transactions.append(bytes)
                }
            }
            position = group.endPosition
        }
        self.transactions = transactions
    }

    static var secretHexadecimal: String { Fixture.digest(7).bytes.hexadecimal }
}
