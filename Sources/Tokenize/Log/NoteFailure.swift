/// Why a signed note, a checkpoint or a proof file is refused.
public indirect enum NoteFailure: Error, Hashable, Sendable {
    /// Not UTF-8, or a control character other than a line feed.
    case notText
    /// No empty line before the signatures, no signature, or no line feed at the end.
    case noSignatures
    /// A signature line is not `— name base64`.
    case malformedSignatureLine(index: Int)
    /// A verifier key is not `name+hash+base64`, or its hash is not that of name and key.
    case malformedKey
    /// The key's algorithm is unknown, or does not serve this purpose.
    case unsuitableAlgorithm(UInt8)
    /// The note's text is not a checkpoint.
    case malformedCheckpoint
    /// The note's text is not a refusal.
    case malformedRefusal
    /// The checkpoint or refusal names another log.
    case originMismatch
    /// A signature by a known key does not verify.
    case wrongSignature(key: NoteName)
    /// No known log key signed.
    case noKnownSignature
    /// Fewer witnesses than the policy demands cosigned.
    case tooFewCosignatures(found: Int, required: Int)
    /// A policy that names a key twice, or demands more witnesses than it names.
    case malformedPolicy
    /// Not a proof file of version 1.
    case malformedProof
    /// The inclusion proof does not show that the entry is in the log.
    case notIncluded(ProofFailure)
    /// A named limit was exceeded.
    case limitExceeded(limit: String, maximum: UInt64)
}
