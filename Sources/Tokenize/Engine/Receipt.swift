/// Proof, for the one who submitted, that a transaction is committed and durable.
public struct Receipt: Hashable, Sendable {
    /// The transaction's name.
    public let transaction: TransactionID
    /// Position of its entry in the log.
    public let position: UInt64
    /// Height of the block that it is part of.
    public let height: UInt64
    /// Merkle root of its effects, as the entry holds it.
    public let effectsRoot: Digest
    /// Effects of the transaction.
    public let effectCount: UInt64
}

/// Why a submission gave no receipt.
public indirect enum SubmissionError: Error, Hashable, Sendable {
    /// A rule refuses the transaction. Nothing was logged and nothing changed.
    case rejected(Rejection)
    /// The ledger cannot work. Whether bytes that were submitted to it are durable is found out by submitting the same
    /// bytes again after restart; from a client it says that nothing was submitted.
    case failed(LedgerFailure)
    /// A client submitted this transaction and does not know what became of it.
    ///
    /// Submit the same transaction again, ``LedgerClient/submit(_:with:)`` also on a ledger that was opened anew: it is
    /// committed at most once, and its first receipt comes back. The same acts signed anew could take effect twice.
    case outcomeUnknown(SignedTransaction, LedgerFailure)
    /// A client's signer gave no signature; nothing was submitted.
    case signing(SigningFailure)
}

extension SubmissionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rejected(let rejection): "\(rejection)"
        case .failed(let failure): "\(failure)"
        case .outcomeUnknown(let transaction, let failure): "\(transaction.id) may be committed or not: \(failure)"
        case .signing(let failure): "\(failure)"
        }
    }
}
