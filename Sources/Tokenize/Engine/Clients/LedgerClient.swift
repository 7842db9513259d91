/// Acts for one account: counts sequences, signs, submits.
///
/// ```swift
/// let alice = LedgerClient(ledger: ledger, account: aliceID, signers: [signer])
/// let receipt = try await alice.transfer(500, of: bond, to: bobID)
/// ```
/// Calls may be concurrent: each takes a sequence of its own from the lane's window. A client owns its lane; two
/// clients of one account use two lanes.
public actor LedgerClient {
    /// The ledger that it submits to.
    public nonisolated let ledger: TokenLedger
    /// The account that it acts for.
    public nonisolated let account: AccountID
    /// The lane whose sequences it counts.
    public nonisolated let lane: UInt16
    nonisolated let signers: [any Signer]

    private var sequences = LaneSequences()
    /// Calls that wait until the lane's window has room.
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// A client of an account.
    ///
    /// - Parameters:
    ///   - ledger: the ledger that it submits to.
    ///   - account: the account that it acts for.
    ///   - signers: signers whose keys reach the account's threshold together.
    ///   - lane: the lane whose sequences this client counts.
    public init(ledger: TokenLedger, account: AccountID, signers: [any Signer], lane: UInt16 = 0) {
        self.ledger = ledger
        self.account = account
        self.signers = signers
        self.lane = lane
    }

    /// Takes a sequence that this client has not used; waits while the lane's window has no room.
    func takeSequence() async throws(SubmissionError) -> UInt64 {
        while true {
            if !sequences.isKnown { try await askLedger() }
            if let sequence = sequences.take() { return sequence }
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func askLedger() async throws(SubmissionError) {
        let window: LaneWindow?
        do {
            window = try await ledger.read { [account, lane] in $0.laneWindow(of: account, lane: lane) }
        } catch {
            throw .failed(error)
        }
        // Another call may have asked meanwhile; the first answer stands.
        sequences.learn(window ?? .fresh)
    }

    /// Ends what a sequence was taken for.
    func settle(_ sequence: UInt64, _ outcome: LaneSequences.Outcome) {
        sequences.settle(sequence, outcome)
        for continuation in waiting { continuation.resume() }
        waiting.removeAll()
    }

    /// Takes the sequence that a signed transaction names, if this client counts its lane.
    private func takeSequence(of transaction: SignedTransaction) async {
        guard let sequence = sequence(in: transaction) else { return }
        // Without an answer the count stays unknown, and the ledger is asked before the next sequence is taken.
        if !sequences.isKnown { try? await askLedger() }
        sequences.take(sequence)
    }

    /// The sequence of this client's lane that a transaction names, or nil.
    private nonisolated func sequence(in transaction: SignedTransaction) -> UInt64? {
        transaction.body.principals.first { $0.account == account && $0.lane == lane }?.sequence
    }

    /// Signs and submits acts of this account, with others as further principals.
    ///
    /// - Parameters:
    ///   - operations: what is done; principal 0 is this account, 1 and up are `others` in their order.
    ///   - others: clients of the other accounts that sign, none of them this one.
    ///   - memo: for people, at most ``TransactionLimits/memoByteCountMax`` bytes.
    ///   - validDays: days from the business date to the transaction's last valid date.
    /// - Throws: ``SubmissionError/outcomeUnknown(_:_:)`` with the transaction if it may be committed or not.
    public nonisolated func submit(
        _ operations: [Operation],
        with others: [LedgerClient] = [],
        memo: String = "",
        validDays: Int = 7
    ) async throws(SubmissionError) -> Receipt {
        let prepared = try await prepare(operations, with: others, memo: memo, validDays: validDays)
        return try await submit(prepared, with: others)
    }

    /// Signs acts of this account, with others as further principals, and submits nothing.
    ///
    /// Whoever must not do something twice, whatever happens to this process, keeps the bytes before submitting them.
    /// The sequences stay taken until the transaction is submitted (``submit(_:with:)``) or given up
    /// (``discard(_:with:)``).
    ///
    /// - Throws: ``SubmissionError/failed(_:)`` or ``SubmissionError/signing(_:)``; then nothing is taken.
    public nonisolated func prepare(
        _ operations: [Operation],
        with others: [LedgerClient] = [],
        memo: String = "",
        validDays: Int = 7
    ) async throws(SubmissionError) -> SignedTransaction {
        let clients = [self] + others
        var sequences = [UInt64?](repeating: nil, count: clients.count)
        do throws(SubmissionError) {
            // In one order for everybody: two sales in opposite directions must not wait for each other's lanes.
            for index in clients.indices.sorted(by: { clients[$0].place < clients[$1].place }) {
                sequences[index] = try await clients[index].takeSequence()
            }
            return try await sign(operations, clients, sequences.compactMap { $0 }, memo, validDays)
        } catch {
            let outcome = LaneSequences.Outcome(after: error)
            for case (let client, let sequence?) in zip(clients, sequences) { await client.settle(sequence, outcome) }
            throw error
        }
    }

    /// Submits a signed transaction, the first time or again: it is committed at most once, and a transaction that is
    /// committed gives its first receipt, also on a ledger that was opened anew.
    ///
    /// - Parameters:
    ///   - transaction: as ``prepare(_:with:memo:validDays:)`` or ``SubmissionError/outcomeUnknown(_:_:)`` gave it.
    ///   - others: clients of its other principals, so that they know of their sequences.
    /// - Throws: ``SubmissionError/outcomeUnknown(_:_:)`` with the transaction if it may be committed or not;
    ///   ``SubmissionError/rejected(_:)`` if it is not committed, now or before.
    public nonisolated func submit(
        _ transaction: SignedTransaction,
        with others: [LedgerClient] = []
    ) async throws(SubmissionError) -> Receipt {
        let clients = [self] + others
        for client in clients { await client.takeSequence(of: transaction) }
        var outcome = LaneSequences.Outcome.used
        let result: Result<Receipt, SubmissionError>
        do throws(SubmissionError) {
            result = .success(try await ledger.submit(transaction.bytes))
        } catch {
            outcome = LaneSequences.Outcome(after: error)
            if case .failed(let failure) = error {
                result = .failure(.outcomeUnknown(transaction, failure))
            } else {
                result = .failure(error)
            }
        }
        await settle(transaction, of: clients, outcome)
        return try result.get()
    }

    /// Gives up a prepared transaction that was never submitted: its sequences can be taken again.
    ///
    /// Its bytes stay valid until one of its sequences is used or its last valid date has passed.
    public nonisolated func discard(_ transaction: SignedTransaction, with others: [LedgerClient] = []) async {
        await settle(transaction, of: [self] + others, .free)
    }

    private nonisolated func settle(
        _ transaction: SignedTransaction,
        of clients: [LedgerClient],
        _ outcome: LaneSequences.Outcome
    ) async {
        for client in clients {
            if let sequence = client.sequence(in: transaction) { await client.settle(sequence, outcome) }
        }
    }

    private nonisolated var place: (AccountID, UInt16) { (account, lane) }

    /// A transaction with every client's signatures.
    private nonisolated func sign(
        _ operations: [Operation],
        _ clients: [LedgerClient],
        _ sequences: [UInt64],
        _ memo: String,
        _ validDays: Int
    ) async throws(SubmissionError) -> SignedTransaction {
        let today: CalendarDate
        do {
            today = try await ledger.read { $0.businessDate }
        } catch {
            throw .failed(error)
        }
        let body = TransactionBody(
            ledger: ledger.id,
            principals: zip(clients, sequences).map { client, sequence in
                Principal(account: client.account, lane: client.lane, sequence: sequence)
            },
            lastValidDate: today.adding(days: validDays) ?? today,
            operations: operations,
            memo: memo
        )
        let id = body.id
        var signatures: [TransactionSignature] = []
        for signer in clients.flatMap({ $0.signers }) {
            let key = signer.publicKey.encoded
            if signatures.contains(where: { $0.key == key }) { continue }
            do {
                signatures.append(TransactionSignature(key: key, signature: try await signer.sign(id.digest)))
            } catch {
                throw .signing(error)
            }
        }
        return SignedTransaction(body: body, signatures: signatures)
    }
}
