import Tokenize

/// Whatever parses is written as the very bytes it was read from.
enum NoteTarget {
    static func run(_ bytes: [UInt8]) {
        if let note = try? SignedNote(parsing: bytes) {
            precondition(note.bytes == bytes)
            _ = try? note.verifiedSignatures(by: FuzzKeys.policy?.logKeys ?? [])
        }
        if let checkpoint = try? Checkpoint(parsing: bytes) { precondition(checkpoint.text == bytes) }
        if let checkpoint = try? SignedCheckpoint(parsing: bytes) {
            precondition(checkpoint.bytes == bytes)
            if let policy = FuzzKeys.policy { _ = try? checkpoint.verify(under: policy) }
        }
        if let refusal = try? RefusalNote(parsing: bytes) { precondition(refusal.text == bytes) }
        if let text = try? SignedNote(parsing: bytes).text, let refusal = try? RefusalNote(parsing: text) {
            precondition(refusal.text == text)
            let keys = FuzzKeys.policy(of: refusal.origin)?.logKeys ?? []
            _ = try? RefusalNote.verify(bytes, under: keys, origin: refusal.origin)
        }
        if let text = String(validating: bytes, as: UTF8.self) {
            if let key = try? NoteVerifierKey(text: text) { precondition(key.text == text) }
            if let resource = LogResource(path: text) { precondition(resource.path == text) }
            _ = NoteName(text)
        }
        // The first byte says how many entries the rest should hold.
        if let width = bytes.first, let bundle = EntryBundle(parsing: Array(bytes.dropFirst()), width: Int(width) + 1) {
            precondition(bundle.bytes == Array(bytes.dropFirst()))
        }
    }
}

/// The keys under which inputs are verified: those of the corpus.
enum FuzzKeys {
    static let policy = NoteName("test.ledger").flatMap { policy(of: $0) }

    /// The policy of a log of this name, under the corpus's key.
    static func policy(of origin: NoteName) -> CheckpointPolicy? {
        guard let signer = try? NoteSigner(name: origin, algorithm: .ed25519, seed: [UInt8](repeating: 9, count: 32))
        else { return nil }
        return try? CheckpointPolicy(origin: origin, logKeys: [signer.verifierKey])
    }
}
