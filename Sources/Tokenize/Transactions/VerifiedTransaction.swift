/// A transaction all of whose signatures are right for the keys that they carry.
///
/// Whether these keys may speak for the principals is not known here: that is a question to the state.
/// Only this file makes one.
public struct VerifiedTransaction: Sendable {
    public let signed: SignedTransaction

    private init(_ signed: SignedTransaction) { self.signed = signed }

    /// Checks every signature. `keys` gives the parsed form of keys that some account knows; one that it does not
    /// give is refused before any curve arithmetic.
    static func verify(
        _ signed: SignedTransaction,
        keys: (EncodedPublicKey) -> ParsedPublicKey?
    ) throws(Rejection) -> VerifiedTransaction {
        for entry in signed.signatures {
            guard let parsed = keys(entry.key) else { throw Rejection(.unknownKey) }
            guard SignatureVerifier.verify(entry.signature, digest: signed.id.digest, key: parsed) else {
                throw Rejection(.badSignature)
            }
        }
        return VerifiedTransaction(signed)
    }

    /// A transaction that the log already commits to: its signatures were checked before it was appended, and the
    /// log's root binds them.
    static func replayed(_ signed: SignedTransaction) -> VerifiedTransaction { VerifiedTransaction(signed) }
}
