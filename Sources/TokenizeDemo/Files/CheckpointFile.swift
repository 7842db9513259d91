import Tokenize

/// Signed checkpoints in files, as an exported log has one.
enum CheckpointFile {
    /// The checkpoint in a file, once its signature is verified under the key in another.
    static func read(_ path: String, under keyPath: String) throws(DemoFailure) -> Checkpoint {
        let bytes = try SmallFile.read(path, what: "checkpoint", byteCountMax: SignedNote.byteCountMax)
        let key = try VerifierKeyText.read(keyPath)
        do {
            let policy = try CheckpointPolicy(origin: key.name, logKeys: [key])
            return try SignedCheckpoint(parsing: bytes).verify(under: policy).checkpoint
        } catch {
            throw DemoFailure("\(path): \(Sentence.text(of: error))")
        }
    }
}
