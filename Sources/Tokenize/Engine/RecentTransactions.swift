/// Rows of a block of recent transactions.
private let recentBlockRowCount = 4_096

/// Committed transactions that the projection does not know yet, in log order.
///
/// Kept as rows and indexed only when somebody asks: nearly every transaction comes once. In blocks, so that none is
/// moved while they grow.
struct RecentTransactions: Sendable {
    private var blocks: [[ProjectionBatch.ReceiptRow]] = []
    private var count = 0
    private var index = SlotIndex()
    private var indexedCount = 0

    /// All of them.
    var rows: [ProjectionBatch.ReceiptRow] { Array(blocks.joined()) }

    mutating func append(_ transaction: TransactionID, at position: UInt64) {
        if count % recentBlockRowCount == 0 {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(recentBlockRowCount)
        }
        blocks[blocks.count - 1].append(ProjectionBatch.ReceiptRow(transaction: transaction, position: position))
        count += 1
    }

    /// Appends those of `results` that were committed.
    mutating func append(_ results: ArraySlice<Result<Receipt, SubmissionError>>) {
        for case .success(let receipt) in results { append(receipt.transaction, at: receipt.position) }
    }

    /// The position of a transaction, or nil if it is not among them.
    mutating func position(of transaction: TransactionID) -> UInt64? {
        while indexedCount < count {
            index.insert(indexedCount, blocks.row(indexedCount).transaction.digest.word0) {
                blocks.row($0).transaction.digest.word0
            }
            indexedCount += 1
        }
        let found = index.find(transaction.digest.word0) { blocks.row($0).transaction == transaction }
        return found.map { blocks.row($0).position }
    }

    /// Forgets the first `count`, which the projection knows now.
    mutating func removeFirst(_ count: Int) {
        let rest = rows.dropFirst(count)
        self = RecentTransactions()
        for row in rest { append(row.transaction, at: row.position) }
    }
}

extension [[ProjectionBatch.ReceiptRow]] {
    fileprivate func row(_ number: Int) -> ProjectionBatch.ReceiptRow {
        self[number / recentBlockRowCount][number % recentBlockRowCount]
    }
}
