@testable import Tokenize

/// A small ledger's genesis and transactions, signed: what another process, or another build, is given to write.
struct RecordedTransactions: Sendable {
    /// A transaction that the ledger refused, and the committed one after which it was submitted.
    struct Refused: Sendable {
        let bytes: [UInt8]
        let after: TransactionID
    }

    let genesis: Genesis
    let transactions: [[UInt8]]

    /// An asset, four people, an issue to them and so many transfers among them.
    init(transferCount: Int) async throws {
        let store = MemoryStore()
        let market = try await Market(store: store)
        try await market.run(transferCount)
        try await market.ledger.close()
        try await self.init(genesis: market.fixture.genesis, closed: store)
    }

    /// What a closed ledger has committed, and what it has refused, in the order of submission.
    init(genesis: Genesis, closed store: MemoryStore, refused: [Refused] = []) async throws {
        self.genesis = genesis
        let closed = await MemoryStore(reopening: store)
        var transactions: [[UInt8]] = []
        var position: UInt64 = 0
        while let group = try await closed.group(containing: position) {
            for record in try GroupRecords.records(of: group) {
                if case .transaction(let bytes, _, _) = try LogEntry(canonicalBytes: record.entry) {
                    transactions.append(bytes)
                    let id = try SignedTransaction(bytes: bytes).id
                    transactions += refused.filter { $0.after == id }.map(\.bytes)
                }
            }
            position = group.endPosition
        }
        self.transactions = transactions
    }

    static var secretHexadecimal: String { Fixture.digest(7).bytes.hexadecimal }
}
