/// One signature line of a note: who claims to have signed, and the bytes.
public struct NoteSignature: Hashable, Sendable {
    /// Signature bytes after the key id; enough for post-quantum algorithms that others use.
    static let byteCountMax = 8_192

    /// Whose signature it says it is.
    public let name: NoteName
    /// The first four bytes of a hash of name, algorithm and key.
    public let keyID: UInt32
    /// What the algorithm makes: 64 bytes for Ed25519, 72 for a cosignature. Not empty.
    public let signature: [UInt8]

    init(name: NoteName, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// The line without its line feed.
    var line: [UInt8] {
        SignedNote.signatureMark + name.bytes + [0x20] + Base64.encode(bigEndianBytes(keyID) + signature)
    }

    /// Reads a line without its line feed; nil if it is not `— name base64`.
    init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: SignedNote.signatureMark) else { return nil }
        let rest = line.dropFirst(SignedNote.signatureMark.count)
        guard let space = rest.firstIndex(of: 0x20), let name = NoteName(bytes: Array(rest[..<space])),
            let blob = Base64.decode(rest[(space + 1)...]), blob.count > 4, blob.count <= 4 + Self.byteCountMax
        else { return nil }
        self.name = name
        keyID = bigEndianInteger(blob[..<4], as: UInt32.self)
        signature = Array(blob[4...])
    }
}

/// The bytes of an integer, most significant first.
func bigEndianBytes<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
}

/// The integer that bytes spell, most significant first; higher bytes that do not fit are lost.
func bigEndianInteger<Integer: FixedWidthInteger>(_ bytes: some Sequence<UInt8>, as type: Integer.Type) -> Integer {
    bytes.reduce(0) { $0 << 8 | Integer($1) }
}
