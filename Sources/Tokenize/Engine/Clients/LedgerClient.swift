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

    private var nextSequence: UInt64?
    /// Sequences taken by transactions that were refused, to be taken again.
    private var returned: [UInt64] = []

    /// - Parameters:
    ///   - signers: signers whose keys reach the account's threshold together.
    ///   - lane: the lane whose sequences this client counts.
    public init(ledger: TokenLedger, account: AccountID, signers: [any Signer], lane: UInt16 = 0) {
        self.ledger = ledger
        self.account = account
        self.signers = signers
        self.lane = lane
    }

    /// Takes a sequence that this client has not used.
    func takeSequence() async throws(SubmissionError) -> UInt64 {
        if nextSequence == nil {
            let start: UInt64?
            do {
                start = try await ledger.read { [account, lane] in $0.nextSequence(of: account, lane: lane) }
            } catch {
                throw .failed(error)
            }
            // Another call may have asked meanwhile; the first answer stands.
            if nextSequence == nil { nextSequence = start ?? 0 }
        }
        if let smallest = returned.min(), let index = returned.firstIndex(of: smallest) {
            returned.remove(at: index)
            return smallest
        }
        let sequence = nextSequence ?? 0
        nextSequence = sequence + 1
        return sequence
    }

    /// Gives back a sequence whose transaction was refused.
    func giveBack(_ sequence: UInt64, after rejection: Rejection) {
        if rejection.code == .sequenceUsed || rejection.code == .sequenceBeyondWindow {
            // Somebody else uses the lane: ask the ledger again.
            nextSequence = nil
            returned.removeAll()
        } else {
            returned.append(sequence)
        }
    }

    /// Signs and submits acts of this account, with others as further principals.
    ///
    /// - Parameters:
    ///   - operations: what is done; principal 0 is this account, 1 and up are `others` in their order.
    ///   - others: clients of the other accounts that sign, none of them this one.
    ///   - validDays: days from the business date to the transaction's last valid date.
    public nonisolated func submit(
        _ operations: [Operation],
        with others: [LedgerClient] = [],
        memo: String = "",
        validDays: Int = 7
    ) async throws(SubmissionError) -> Receipt {
        let clients = [self] + others
        var sequences: [UInt64] = []
        for client in clients { sequences.append(try await client.takeSequence()) }
        let signed = try await sign(operations, clients, sequences, memo, validDays)
        do throws(SubmissionError) {
            return try await ledger.submit(signed.bytes)
        } catch {
            if case .rejected(let rejection) = error {
                for (client, sequence) in zip(clients, sequences) {
                    await client.giveBack(sequence, after: rejection)
                }
            }
            throw error
        }
    }

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
