/// Signs checkpoints of a log: a key in memory, or a device or service that keeps it.
public protocol CheckpointSigner: Sendable {
    /// The key that verifies what this signer signs; its name is the log's origin.
    var verifierKey: NoteVerifierKey { get }

    /// Signs a checkpoint whose origin is the key's name.
    func sign(_ checkpoint: Checkpoint) async throws(NoteFailure) -> SignedCheckpoint
}

/// A checkpoint signer that signs refusals as well. Of what else a ledger says it signs nothing.
public protocol RefusalSigner: CheckpointSigner {
    /// Signs a refusal whose origin is the key's name.
    func sign(_ refusal: RefusalNote) async throws(NoteFailure) -> SignedNote
}

/// A checkpoint signer with its Ed25519 key in memory.
public final class SoftwareCheckpointSigner: RefusalSigner {
    private let signer: NoteSigner

    /// A signer that owns the key of `signer`; its name is the origin.
    public init(_ signer: consuming NoteSigner) { self.signer = signer }

    /// A signer for a ledger, from a seed of 32 bytes.
    public convenience init(ledger: LedgerID, name: String, seed: [UInt8]) throws(NoteFailure) {
        guard let origin = NoteName(LogOrigin.text(ledger: ledger, name: name)) else { throw .malformedKey }
        self.init(try NoteSigner(name: origin, algorithm: .ed25519, seed: seed))
    }

    public var verifierKey: NoteVerifierKey { signer.verifierKey }

    public func sign(_ checkpoint: Checkpoint) async throws(NoteFailure) -> SignedCheckpoint {
        try signer.sign(checkpoint)
    }

    public func sign(_ refusal: RefusalNote) async throws(NoteFailure) -> SignedNote {
        try signer.sign(refusal)
    }
}

/// The first line of a ledger's checkpoints.
public enum LogOrigin {
    /// `name/ledger1…`: what people call the ledger, and what it is.
    public static func text(ledger: LedgerID, name: String) -> String { "\(name)/\(ledger)" }
}
