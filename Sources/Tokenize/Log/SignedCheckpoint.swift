/// A checkpoint with the signatures of its log and of witnesses, not yet verified.
public struct SignedCheckpoint: Hashable, Sendable {
    /// What is signed; to be trusted only as ``VerifiedCheckpoint``.
    let checkpoint: Checkpoint
    /// The note that carries it.
    public let note: SignedNote

    /// Takes a note whose text is a checkpoint.
    ///
    /// - Throws: ``NoteFailure/malformedCheckpoint``.
    public init(_ note: SignedNote) throws(NoteFailure) {
        checkpoint = try Checkpoint(parsing: note.text)
        self.note = note
    }

    /// Reads a signed checkpoint strictly.
    ///
    /// - Throws: the ``NoteFailure`` that says what is wrong with the form.
    public init(parsing bytes: [UInt8]) throws(NoteFailure) {
        try self.init(SignedNote(parsing: bytes))
    }

    /// The checkpoint as it is stored and sent.
    public var bytes: [UInt8] { note.bytes }

    /// Checks the checkpoint under a policy.
    ///
    /// - Throws: ``NoteFailure/originMismatch``, ``NoteFailure/wrongSignature(key:)``,
    ///   ``NoteFailure/noKnownSignature`` or ``NoteFailure/tooFewCosignatures(found:required:)``.
    public func verify(under policy: CheckpointPolicy) throws(NoteFailure) -> VerifiedCheckpoint {
        try VerifiedCheckpoint(self, policy: policy)
    }
}

/// A checkpoint that its log signed and enough witnesses cosigned. Only verification makes one.
public struct VerifiedCheckpoint: Hashable, Sendable {
    /// What the log says, to be relied on.
    public let checkpoint: Checkpoint
    /// The newest cosignature of each known witness that cosigned.
    public let cosignatures: [Cosignature]

    fileprivate init(_ signed: SignedCheckpoint, policy: CheckpointPolicy) throws(NoteFailure) {
        guard signed.checkpoint.origin == policy.origin else { throw .originMismatch }
        let signatures = try signed.note.verifiedSignatures(by: policy.logKeys + policy.witnessKeys)
        guard signatures.contains(where: { $0.key.algorithm == .ed25519 }) else { throw .noKnownSignature }
        // A witness counts once, however many keys or signatures it has.
        var cosignatures: [Cosignature] = []
        for (key, time) in signatures where key.algorithm == .cosignatureV1 {
            let cosignature = Cosignature(witness: key.name, time: time)
            if let known = cosignatures.firstIndex(where: { $0.witness == key.name }) {
                if cosignatures[known].time < time { cosignatures[known] = cosignature }
            } else {
                cosignatures.append(cosignature)
            }
        }
        guard cosignatures.count >= policy.witnessQuorum else {
            throw .tooFewCosignatures(found: cosignatures.count, required: policy.witnessQuorum)
        }
        checkpoint = signed.checkpoint
        self.cosignatures = cosignatures
    }
}
