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
    /// The ledger cannot work; whether the transaction is durable is found out by submitting it again after restart.
    case failed(LedgerFailure)
    /// A client's signer gave no signature; nothing was submitted.
    case signing(SigningFailure)
}

extension SubmissionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rejected(let rejection): "\(rejection)"
        case .failed(let failure): "\(failure)"
        case .signing(let failure): "\(failure)"
        }
    }
}
