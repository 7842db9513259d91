/// Whom a verifier believes: the log's name and keys, the witnesses, and how many of them must agree.
public struct CheckpointPolicy: Hashable, Sendable {
    /// The log's name.
    public let origin: NoteName
    /// Keys of the log; one of them must have signed.
    public let logKeys: [NoteVerifierKey]
    /// Keys of witnesses. Several keys of one name are one witness.
    public let witnessKeys: [NoteVerifierKey]
    /// Witnesses that must have cosigned; 0 asks for none.
    public let witnessQuorum: Int

    /// - Throws: ``NoteFailure/malformedPolicy`` if there is no log key, if a log key has another name than the log,
    ///   if a public key occurs twice, or if the quorum is negative or above the number of witnesses;
    ///   ``NoteFailure/unsuitableAlgorithm(_:)`` if a key serves the other purpose.
    public init(
        origin: NoteName,
        logKeys: [NoteVerifierKey],
        witnessKeys: [NoteVerifierKey] = [],
        witnessQuorum: Int = 0
    ) throws(NoteFailure) {
        for key in logKeys where key.algorithm != .ed25519 { throw .unsuitableAlgorithm(key.algorithm.rawValue) }
        for key in witnessKeys where key.algorithm != .cosignatureV1 {
            throw .unsuitableAlgorithm(key.algorithm.rawValue)
        }
        let publicKeys = (logKeys + witnessKeys).map(\.publicKey)
        // One secret under two names would count as two witnesses, or as the log and its own witness.
        guard Set(publicKeys).count == publicKeys.count else { throw .malformedPolicy }
        guard !logKeys.isEmpty, logKeys.allSatisfy({ $0.name == origin }) else { throw .malformedPolicy }
        guard (0...Set(witnessKeys.map(\.name)).count).contains(witnessQuorum) else { throw .malformedPolicy }
        self.origin = origin
        self.logKeys = logKeys
        self.witnessKeys = witnessKeys
        self.witnessQuorum = witnessQuorum
    }
}
