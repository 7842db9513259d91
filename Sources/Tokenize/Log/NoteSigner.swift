/// A secret key that signs notes. It cannot be copied or printed, and its bytes are cleared when it goes.
///
/// Signatures are deterministic where swift-crypto's own Ed25519 is used (Linux); Apple's adds randomness to them.
public struct NoteSigner: ~Copyable, Sendable {
    /// The public half, with the key's name and algorithm.
    public let verifierKey: NoteVerifierKey
    private let secretKey: Ed25519.SecretKey

    /// The key that a 32-byte seed gives (RFC 8032).
    ///
    /// - Throws: ``NoteFailure/malformedKey`` if there are not 32 bytes.
    public init(name: NoteName, algorithm: NoteVerifierKey.Algorithm, seed: [UInt8]) throws(NoteFailure) {
        guard let secretKey = Ed25519.SecretKey(seed: seed) else { throw .malformedKey }
        // A noncopyable value must not be half made when an error leaves.
        let verifierKey = try NoteVerifierKey(
            name: name,
            algorithm: algorithm,
            publicKey: secretKey.publicKey
        )
        self.secretKey = secretKey
        self.verifierKey = verifierKey
    }

    /// Signs a text as a log does.
    ///
    /// - Throws: ``NoteFailure/unsuitableAlgorithm(_:)`` if this is a witness's key; ``NoteFailure/notText``.
    public borrowing func sign(text: String) throws(NoteFailure) -> SignedNote {
        let bytes = Array(text.utf8)
        return try SignedNote(text: bytes, signatures: [signature(of: bytes)])
    }

    /// Signs a checkpoint as its log does. The key's name must be the checkpoint's origin.
    ///
    /// - Throws: ``NoteFailure/originMismatch``; ``NoteFailure/unsuitableAlgorithm(_:)`` if this is a witness's key.
    public borrowing func sign(_ checkpoint: Checkpoint) throws(NoteFailure) -> SignedCheckpoint {
        guard checkpoint.origin == verifierKey.name else { throw .originMismatch }
        let note = try SignedNote(text: checkpoint.text, signatures: [signature(of: checkpoint.text)])
        return try SignedCheckpoint(note)
    }

    /// Adds a witness's cosignature. The caller has checked that the checkpoint is consistent with all it cosigned.
    ///
    /// - Parameters:
    ///   - checkpoint: what is cosigned.
    ///   - time: seconds since 1970-01-01T00:00:00Z.
    /// - Throws: ``NoteFailure/unsuitableAlgorithm(_:)`` if this is a log's key;
    ///   ``NoteFailure/limitExceeded(limit:maximum:)`` for a time above 2^63 - 1 or too many signatures.
    public borrowing func cosign(
        _ checkpoint: SignedCheckpoint,
        time: UInt64
    ) throws(NoteFailure) -> SignedCheckpoint {
        guard verifierKey.algorithm == .cosignatureV1 else {
            throw .unsuitableAlgorithm(verifierKey.algorithm.rawValue)
        }
        guard time <= Cosignature.timeMax else {
            throw .limitExceeded(limit: "Cosignature.timeMax", maximum: Cosignature.timeMax)
        }
        let message = Cosignature.message(time: time, text: checkpoint.note.text)
        let signature = NoteSignature(
            name: verifierKey.name,
            keyID: verifierKey.keyID,
            signature: bigEndianBytes(time) + (try rawSignature(of: message))
        )
        let note = try SignedNote(text: checkpoint.note.text, signatures: checkpoint.note.signatures + [signature])
        return try SignedCheckpoint(note)
    }

    private borrowing func signature(of text: [UInt8]) throws(NoteFailure) -> NoteSignature {
        guard verifierKey.algorithm == .ed25519 else { throw .unsuitableAlgorithm(verifierKey.algorithm.rawValue) }
        return NoteSignature(
            name: verifierKey.name,
            keyID: verifierKey.keyID,
            signature: try rawSignature(of: text)
        )
    }

    private borrowing func rawSignature(of message: [UInt8]) throws(NoteFailure) -> [UInt8] {
        guard let signature = secretKey.signature(of: message) else { throw .malformedKey }
        return signature
    }
}
