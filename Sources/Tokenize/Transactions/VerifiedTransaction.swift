/// A transaction all of whose signatures are right for the keys that they carry.
///
/// Whether these keys may speak for the principals is not known here: that is a question to the state.
/// Only this file makes one.
public struct VerifiedTransaction: Sendable {
    /// The transaction as it was received.
    public let signed: SignedTransaction

    private init(_ signed: SignedTransaction) { self.signed = signed }

    /// Checks every signature. `parsed` gives a key's parsed form if some account knows the key; one that none knows
    /// is refused before any curve arithmetic. It is asked once for each signature, in their order.
    @inline(__always)
    static func verify(
        _ signed: SignedTransaction,
        parsed: (EncodedPublicKey) -> ParsedPublicKey?
    ) throws(Rejection) -> VerifiedTransaction {
        if signed.signatures.count == 1 {
            try check(signed.signatures[0], of: signed, parsed(signed.signatures[0].key))
        } else {
            let keys = signed.signatures.map { parsed($0.key) }
            for key in keys where key == nil { throw Rejection(.unknownKey) }
            for (entry, key) in zip(signed.signatures, keys) { try check(entry, of: signed, key) }
        }
        return VerifiedTransaction(signed)
    }

    private static func check(
        _ entry: TransactionSignature,
        of signed: SignedTransaction,
        _ key: ParsedPublicKey?
    ) throws(Rejection) {
        guard let key else { throw Rejection(.unknownKey) }
        guard SignatureVerifier.verify(entry.signature, digest: signed.id.digest, key: key) else {
            throw Rejection(.badSignature)
        }
    }

    /// A transaction of a log that this process has opened: its signatures were checked then, or when it was appended.
    ///
    /// For reads of the past alone; what an opening replays is verified anew.
    static func replayed(_ signed: SignedTransaction) -> VerifiedTransaction { VerifiedTransaction(signed) }
}
