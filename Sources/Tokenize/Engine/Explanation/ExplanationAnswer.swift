/// What a ledger answers to a question why a transaction is refused.
public struct ExplanationAnswer: Sendable, Hashable {
    /// What the rules say, as far as whoever asked may know it.
    public let explanation: Explanation
    /// Entries of the log that the state reflected; all of them were durable before the answer was given.
    public let size: UInt64
    /// The receipt of the transaction if it is committed already: submitting it again gives this and no refusal.
    public let committed: Receipt?
    /// The refusal under the ledger's signature, if it was asked for and there is one.
    public let refusal: SignedNote?

    /// The answer with another explanation of the same transaction: for whoever keeps the ledger and has its state
    /// explain it.
    public func disclosing(_ explanation: Explanation) -> ExplanationAnswer {
        ExplanationAnswer(explanation: explanation, size: size, committed: committed, refusal: nil)
    }
}

/// Why a question is not answered.
public indirect enum ExplanationError: Error, Hashable, Sendable {
    /// The question itself is at fault. Nothing was looked at.
    case request(Fault)
    /// The ledger cannot work.
    case failed(LedgerFailure)
    /// A client's signer gave no signature; nothing was asked.
    case signing(SigningFailure)

    /// What is wrong with a question. None of it depends on what the transaction is about.
    public enum Fault: Hashable, Sendable {
        /// Its bytes are not a question.
        case malformed(DecodingFailure)
        /// It is meant for another ledger.
        case wrongLedger
        /// Its last valid height has passed.
        case expired
        /// Its last valid height is too far away.
        case validityTooFar
        /// No account has the requester's name.
        case unknownRequester
        /// A signature is not valid, or its key is not the requester's.
        case badSignature
        /// The signatures do not reach the requester's threshold.
        case thresholdNotReached
        /// The requester's keys are being replaced: they may be a thief's.
        case inRecovery
        /// It was answered before.
        case alreadyAnswered
        /// Too many questions are remembered; a later block makes room.
        case tooManyQuestions
        /// The ledger has no signer of refusals.
        case noRefusalSigner
    }
}
