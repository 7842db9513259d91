/// A text with the signatures of one or more keys (C2SP signed-note).
///
/// Parsing checks the form alone: the text means nothing until a known key's signature is verified.
public struct SignedNote: Hashable, Sendable {
    /// Bytes in a note.
    public static let byteCountMax = 262_144
    /// Signatures in a note.
    public static let signatureCountMax = 64

    /// An em dash and a space, which begin a signature line.
    static let signatureMark = Array("\u{2014} ".utf8)
    private static let lineFeed: UInt8 = 0x0A

    /// UTF-8 with a line feed at its end and no other control characters.
    public let text: [UInt8]
    /// At least one.
    public let signatures: [NoteSignature]

    /// - Throws: ``NoteFailure/notText``, ``NoteFailure/noSignatures`` or ``NoteFailure/limitExceeded(limit:maximum:)``.
    init(text: [UInt8], signatures: [NoteSignature]) throws(NoteFailure) {
        guard text.last == Self.lineFeed, Self.isText(text) else { throw .notText }
        guard !signatures.isEmpty else { throw .noSignatures }
        guard signatures.count <= Self.signatureCountMax else {
            throw .limitExceeded(limit: "SignedNote.signatureCountMax", maximum: UInt64(Self.signatureCountMax))
        }
        self.text = text
        self.signatures = signatures
        guard bytes.count <= Self.byteCountMax else { throw Self.tooLong }
    }

    /// Reads a note strictly: ``bytes`` of the result are the very bytes given.
    ///
    /// - Throws: the ``NoteFailure`` that says what is wrong with the form.
    public init(parsing bytes: [UInt8]) throws(NoteFailure) {
        guard bytes.count <= Self.byteCountMax else { throw Self.tooLong }
        guard Self.isText(bytes) else { throw .notText }
        // The last empty line parts the text from the signatures.
        guard bytes.last == Self.lineFeed, let separator = Self.lastEmptyLine(bytes) else { throw .noSignatures }
        let lines = bytes[(separator + 1)...].dropLast().split(
            separator: Self.lineFeed,
            omittingEmptySubsequences: false
        )
        var signatures: [NoteSignature] = []
        for (index, line) in lines.enumerated() {
            guard signatures.count < Self.signatureCountMax else {
                throw .limitExceeded(limit: "SignedNote.signatureCountMax", maximum: UInt64(Self.signatureCountMax))
            }
            guard let signature = NoteSignature(line: line) else { throw .malformedSignatureLine(index: index) }
            signatures.append(signature)
        }
        try self.init(text: Array(bytes[..<separator]), signatures: signatures)
    }

    /// The note as it is stored and sent.
    public var bytes: [UInt8] {
        var bytes = text + [Self.lineFeed]
        for signature in signatures { bytes += signature.line + [Self.lineFeed] }
        return bytes
    }

    /// Checks every signature that claims to be by one of `keys`, and ignores the others.
    ///
    /// - Returns: the keys whose signatures verified, with the time that a cosignature states (0 for a plain
    ///   signature), in the note's order. Empty if no known key signed.
    /// - Throws: ``NoteFailure/wrongSignature(key:)`` if one of them does not verify: the whole note is refused then.
    public func verifiedSignatures(
        by keys: [NoteVerifierKey]
    ) throws(NoteFailure) -> [(key: NoteVerifierKey, time: UInt64)] {
        var verified: [(key: NoteVerifierKey, time: UInt64)] = []
        for signature in signatures {
            for key in keys where key.matches(signature) {
                verified.append((key, try key.verify(signature, text: text)))
            }
        }
        return verified
    }

    /// The index of the line feed that is the last empty line, or nil if there is none after a text.
    private static func lastEmptyLine(_ bytes: [UInt8]) -> Int? {
        bytes.indices.dropFirst().last { bytes[$0] == lineFeed && bytes[$0 - 1] == lineFeed }
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 || $0 == lineFeed } && String(validating: bytes, as: UTF8.self) != nil
    }

    private static let tooLong = NoteFailure.limitExceeded(
        limit: "SignedNote.byteCountMax",
        maximum: UInt64(byteCountMax)
    )
}
