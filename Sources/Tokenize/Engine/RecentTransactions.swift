/// Committed transactions that the projection does not know yet, in log order.
///
/// Kept as rows and indexed only when somebody asks: nearly every transaction comes once.
struct RecentTransactions: Sendable {
    private(set) var rows: [ProjectionBatch.ReceiptRow] = []
    private var index = SlotIndex()
    private var indexedCount = 0

    mutating func append(_ transaction: TransactionID, at position: UInt64) {
        rows.append(ProjectionBatch.ReceiptRow(transaction: transaction, position: position))
    }

    /// The position of a transaction, or nil if it is not among them.
    mutating func position(of transaction: TransactionID) -> UInt64? {
        while indexedCount < rows.count {
            index.insert(indexedCount, rows[indexedCount].transaction.digest.word0) {
                rows[$0].transaction.digest.word0
            }
            indexedCount += 1
        }
        let found = index.find(transaction.digest.word0) { rows[$0].transaction == transaction }
        return found.map { rows[$0].position }
    }

    /// Forgets the first `count`, which the projection knows now.
    mutating func removeFirst(_ count: Int) {
        rows.removeFirst(count)
        index = SlotIndex()
        indexedCount = 0
    }
}
