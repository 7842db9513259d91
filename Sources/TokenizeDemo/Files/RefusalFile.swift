import Tokenize

/// Signed refusals in files: the note, and nothing else.
enum RefusalFile {
    private static let byteCountMax = 1 << 20

    /// Writes a refusal, over an older one at most.
    static func write(_ refusal: SignedNote, to path: String) throws(DemoFailure) {
        try requireReplaceable(path)
        try SmallFile.write(refusal.bytes, to: path)
    }

    static func requireReplaceable(_ path: String) throws(DemoFailure) {
        try SmallFile.requireReplaceable(path, what: "refusal", byteCountMax: byteCountMax) { bytes in
            (try? RefusalNote(parsing: SignedNote(parsing: bytes).text)) != nil
        }
    }
}
