import Tokenize

/// Signed refusals in files: the note, and nothing else.
enum RefusalFile {
    private static let byteCountMax = 1 << 20

    /// Writes a refusal, over an older one at most.
    static func write(_ refusal: SignedNote, to path: String) throws(DemoFailure) {
        try requireReplaceable(path)
        try SmallFile.write(refusal.bytes, to: path)
    }

    /// Whether a file is meant to be a signed refusal, sound or not: its first line says so.
    static func holdsRefusal(_ bytes: [UInt8]) -> Bool {
        bytes.prefix { $0 != UInt8(ascii: "\n") }.suffix(RefusalNote.kind.utf8.count).elementsEqual(
            RefusalNote.kind.utf8
        )
    }

    static func requireReplaceable(_ path: String) throws(DemoFailure) {
        try SmallFile.requireReplaceable(path, what: "refusal", byteCountMax: byteCountMax) { bytes in
            (try? RefusalNote(parsing: SignedNote(parsing: bytes).text)) != nil
        }
    }
}
