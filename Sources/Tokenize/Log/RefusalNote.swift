/// What a ledger signs of a refusal: which transaction, where the ledger stood, and the rules that refused.
///
/// Its first line is that of no checkpoint, and its second is no number, so that a log's key that signs both never
/// signs one as the other.
public struct RefusalNote: Hashable, Sendable {
    /// A rule that refuses, as it stands on a line.
    public struct Line: Hashable, Sendable {
        /// Index of the operation in the body; nil if the transaction as a whole is refused.
        public let operation: Int?
        /// The rule's id, `TRF-005` say.
        public let ruleID: String
    }

    /// Rules on a note; what follows is left out, and stands in the explanation.
    public static let lineCountMax = 1_024
    /// How its first line ends, after the log's name.
    public static let kind = "/refusal"

    /// The log's name.
    public let origin: NoteName
    /// The transaction that was refused.
    public let transaction: TransactionID
    /// The height of the block into which it would have come.
    public let height: UInt64
    /// Entries in the log when it was asked.
    public let size: UInt64
    /// The business date under which it was asked.
    public let businessDate: CalendarDate
    /// The digest of the explanation, facts and remedies included.
    public let explanation: Digest
    /// The rules, those of the transaction as a whole first.
    public let lines: [Line]

    init(
        origin: NoteName,
        transaction: TransactionID,
        height: UInt64,
        size: UInt64,
        businessDate: CalendarDate,
        explanation: Digest,
        lines: [Line]
    ) {
        self.origin = origin
        self.transaction = transaction
        self.height = height
        self.size = size
        self.businessDate = businessDate
        self.explanation = explanation
        self.lines = Array(lines.prefix(Self.lineCountMax))
    }

    /// The lines that are signed, each with a line feed.
    public var text: [UInt8] {
        var lines = [
            "\(origin)\(Self.kind)", "transaction \(transaction)", "height \(height)", "size \(size)",
            "date \(businessDate)", "explanation \(explanation.bytes.hexadecimal)",
        ]
        lines += self.lines.map { "rule \($0.operation.map { "\($0)" } ?? "-") \($0.ruleID)" }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// Reads the text of a refusal strictly: ``text`` of the result is the very text given.
    ///
    /// - Throws: ``NoteFailure/malformedRefusal``.
    public init(parsing text: [UInt8]) throws(NoteFailure) {
        guard let string = String(validating: text, as: UTF8.self), string.hasSuffix("\n") else {
            throw .malformedRefusal
        }
        let lines = string.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 6, lines.count <= 6 + Self.lineCountMax, lines[0].hasSuffix(Self.kind),
            let origin = NoteName(String(lines[0].dropLast(Self.kind.count))),
            let transaction = Self.value(lines[1], "transaction").flatMap({ try? TransactionID(text: $0) }),
            let height = Self.value(lines[2], "height").flatMap({ UInt64(canonicalDecimal: Array($0.utf8)) }),
            let size = Self.value(lines[3], "size").flatMap({ UInt64(canonicalDecimal: Array($0.utf8)) }),
            let date = Self.value(lines[4], "date").flatMap({ CalendarDate($0) }),
            let digest = Self.value(lines[5], "explanation").flatMap({ [UInt8](hexadecimal: $0) }).flatMap({
                Digest($0)
            })
        else { throw .malformedRefusal }
        var rules: [Line] = []
        for line in lines.dropFirst(6) {
            guard let rule = Self.value(line, "rule").flatMap({ Line($0) }) else { throw .malformedRefusal }
            rules.append(rule)
        }
        self.init(
            origin: origin,
            transaction: transaction,
            height: height,
            size: size,
            businessDate: date,
            explanation: digest,
            lines: rules
        )
        guard self.text == text else { throw .malformedRefusal }
    }

    private static func value(_ line: Substring, _ name: String) -> String? {
        line.hasPrefix(name + " ") ? String(line.dropFirst(name.count + 1)) : nil
    }

    /// Checks a signed refusal with nothing but the log's keys, and reads it.
    ///
    /// - Parameters:
    ///   - bytes: the signed note.
    ///   - keys: keys of the log, as a checkpoint policy names them.
    ///   - origin: the log's name.
    /// - Throws: ``NoteFailure/noKnownSignature`` or ``NoteFailure/wrongSignature(key:)``;
    ///   ``NoteFailure/originMismatch``; ``NoteFailure/malformedRefusal``; the failure of a note that is none.
    public static func verify(
        _ bytes: [UInt8],
        under keys: [NoteVerifierKey],
        origin: NoteName
    ) throws(NoteFailure) -> RefusalNote {
        let note = try SignedNote(parsing: bytes)
        let logKeys = keys.filter { $0.algorithm == .ed25519 }
        guard try !note.verifiedSignatures(by: logKeys).isEmpty else { throw .noKnownSignature }
        let refusal = try RefusalNote(parsing: note.text)
        guard refusal.origin == origin else { throw .originMismatch }
        return refusal
    }
}

extension RefusalNote.Line {
    /// Reads `0 TRF-005`, or `- TXN-002`.
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        if parts[0] == "-" {
            operation = nil
        } else {
            guard let position = UInt64(canonicalDecimal: Array(parts[0].utf8)), position < 1 << 16 else { return nil }
            operation = Int(position)
        }
        ruleID = String(parts[1])
    }
}

extension NoteSigner {
    /// Signs a refusal as its log does. The key's name must be the refusal's origin.
    ///
    /// - Throws: ``NoteFailure/originMismatch``; ``NoteFailure/unsuitableAlgorithm(_:)`` if this is a witness's key.
    public borrowing func sign(_ refusal: RefusalNote) throws(NoteFailure) -> SignedNote {
        guard refusal.origin == verifierKey.name else { throw .originMismatch }
        return try sign(text: String(decoding: refusal.text, as: UTF8.self))
    }
}
