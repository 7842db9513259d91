/// A transaction all of whose signatures are right for the keys that they carry.
///
/// Whether these keys may speak for the principals is not known here: that is a question to the state.
/// Only this file makes one.
public struct VerifiedTransaction: Sendable {
    /// The transaction as it was received.
    public let signed: SignedTransaction

    private init(_ signed: SignedTransaction) { self.signed = signed }

    /// Checks every signature. `keys` are the parsed forms of the signatures' keys, in their order, as far as some
    /// account knows them; a key that none knows is refused before any curve arithmetic.
    static func verify(
        _ signed: SignedTransaction,
        keys: some Collection<ParsedPublicKey?>
    ) throws(Rejection) -> VerifiedTransaction {
        for key in keys where key == nil { throw Rejection(.unknownKey) }
        for (entry, key) in zip(signed.signatures, keys) {
            guard let key, SignatureVerifier.verify(entry.signature, digest: signed.id.digest, key: key) else {
                throw Rejection(.badSignature)
            }
        }
        return VerifiedTransaction(signed)
    }

    /// A transaction that the log already commits to: its signatures were checked before it was appended, and the
    /// log's root binds them.
    static func replayed(_ signed: SignedTransaction) -> VerifiedTransaction { VerifiedTransaction(signed) }
}
