import Tokenize

/// A transaction that a story is about to submit among many.
struct PlannedTransaction: Sendable {
    let operations: [Operation]
    /// Who signs; operations name them by index.
    let principals: [Participant]
}

/// Many at once: signed on all cores, submitted in order, every one durable.
extension Stage {
    /// Bulk transactions use a lane of their own, so that they never meet the clients' sequences.
    private static let bulkLane: UInt16 = 1
    private static let batchCount = 256
    private static let signingChunkCount = 32
    private static let validDays = 7

    /// Submits transactions in order; none may be refused.
    func submit(_ planned: [PlannedTransaction], _ label: String, done: String) async throws {
        var progress = Progress(console, label, total: planned.count)
        let numbered = try await numbered(planned)
        let today = try await businessDate()
        let lastDate = today.adding(days: Stage.validDays) ?? today
        for start in stride(from: 0, to: numbered.count, by: Stage.batchCount) {
            let batch = numbered[start..<min(start + Stage.batchCount, numbered.count)]
            for result in await ledger.submit(try await sign(Array(batch), lastDate)) { _ = try result.get() }
            progress.advance(to: start + batch.count)
        }
        progress.finish(done)
    }

    /// Pairs every transaction with the sequences that it uses up.
    private func numbered(
        _ planned: [PlannedTransaction]
    ) async throws -> [(PlannedTransaction, [Principal])] {
        let accounts = Array(Set(planned.flatMap { $0.principals.map(\.account) }))
        let starts = try await ledger.read { state in
            accounts.map { state.nextSequence(of: $0, lane: Stage.bulkLane) ?? 0 }
        }
        var next = Dictionary(uniqueKeysWithValues: zip(accounts, starts))
        return planned.map { transaction in
            let principals = transaction.principals.map { participant in
                let sequence = next[participant.account, default: 0]
                next[participant.account] = sequence + 1
                return Principal(account: participant.account, lane: Stage.bulkLane, sequence: sequence)
            }
            return (transaction, principals)
        }
    }

    private func sign(
        _ batch: [(PlannedTransaction, [Principal])],
        _ lastDate: CalendarDate
    ) async throws -> [[UInt8]] {
        let ledgerID = ledger.id
        return try await withThrowingTaskGroup(of: (Int, [[UInt8]]).self) { group in
            for start in stride(from: 0, to: batch.count, by: Stage.signingChunkCount) {
                let chunk = batch[start..<min(start + Stage.signingChunkCount, batch.count)]
                group.addTask {
                    let signed = try chunk.map { transaction, principals in
                        let body = TransactionBody(
                            ledger: ledgerID,
                            principals: principals,
                            lastValidDate: lastDate,
                            operations: transaction.operations
                        )
                        return try body.signed(by: transaction.principals).bytes
                    }
                    return (start, signed)
                }
            }
            var parts: [Int: [[UInt8]]] = [:]
            for try await (start, signed) in group { parts[start] = signed }
            return parts.sorted { $0.key < $1.key }.flatMap(\.value)
        }
    }
}

extension TransactionBody {
    /// The transaction with everybody's signature over its id.
    func signed(by participants: [Participant]) throws -> SignedTransaction {
        let digest = id.digest
        return SignedTransaction(
            body: self,
            signatures: try participants.map {
                TransactionSignature(key: $0.signer.publicKey.encoded, signature: try $0.signer.sign(digest))
            }
        )
    }
}
