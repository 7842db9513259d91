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

    /// Signs and submits acts of this account, with others as further principals.
    ///
    /// - Parameters:
    ///   - operations: what is done; principal 0 is this account, 1 and up are `others` in their order.
    ///   - others: clients of the other accounts that sign, none of them this one.
    ///   - memo: for people, at most ``TransactionLimits/memoByteCountMax`` bytes.
    ///   - validDays: days from the business date to the transaction's last valid date.
    public nonisolated func submit(
        _ operations: [Operation],
        with others: [LedgerClient] = [],
        memo: String = "",
        validDays: Int = 7
    ) async throws(SubmissionError) -> Receipt {
        let clients = [self] + others
        var sequences = [UInt64?](repeating: nil, count: clients.count)
        var outcome = LaneSequences.Outcome.used
        let result: Result<Receipt, SubmissionError>
        do throws(SubmissionError) {
            // In one order for everybody: two sales in opposite directions must not wait for each other's lanes.
            for index in clients.indices.sorted(by: { clients[$0].place < clients[$1].place }) {
                sequences[index] = try await clients[index].takeSequence()
            }
            let signed = try await sign(operations, clients, sequences.compactMap { $0 }, memo, validDays)
            result = .success(try await ledger.submit(signed.bytes))
        } catch {
            outcome = LaneSequences.Outcome(after: error)
            result = .failure(error)
        }
        for case (let client, let sequence?) in zip(clients, sequences) { await client.settle(sequence, outcome) }
        return try result.get()
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
