/// What a log commits to at a size: its name, the number of entries, and the root over them (C2SP tlog-checkpoint).
public struct Checkpoint: Sendable {
    /// The log's name. Here it is also the name of the log's keys.
    public let origin: NoteName
    /// Entries in the log.
    public let size: UInt64
    /// The Merkle root over those entries.
    public let root: Digest
    /// Further lines, opaque. This ledger writes none.
    public let extensionLines: [String]

    /// A checkpoint without extension lines.
    public init(origin: NoteName, size: UInt64, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
        extensionLines = []
    }

    /// Reads the text of a checkpoint strictly: ``text`` of the result is the very text given.
    ///
    /// - Throws: ``NoteFailure/malformedCheckpoint``.
    public init(parsing text: [UInt8]) throws(NoteFailure) {
        guard text.last == 0x0A, text.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else { throw .malformedCheckpoint }
        let lines = text.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count >= 3, let origin = NoteName(bytes: Array(lines[0])),
            let size = UInt64(canonicalDecimal: lines[1]), let root = Base64.decode(lines[2]).flatMap({ Digest($0) })
        else { throw .malformedCheckpoint }
        var extensionLines: [String] = []
        for line in lines.dropFirst(3) {
            guard !line.isEmpty, let text = String(validating: line, as: UTF8.self) else { throw .malformedCheckpoint }
            extensionLines.append(text)
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensionLines = extensionLines
    }

    /// The lines that are signed, each with a line feed.
    public var text: [UInt8] {
        var text = origin.bytes + [0x0A] + Array(String(size).utf8) + [0x0A] + Base64.encode(root.bytes) + [0x0A]
        for line in extensionLines { text += Array(line.utf8) + [0x0A] }
        return text
    }
}

extension Checkpoint: Hashable {
    // Strings are equal under Unicode equivalence; checkpoints are equal only byte by byte.
    public static func == (left: Checkpoint, right: Checkpoint) -> Bool { left.text == right.text }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension UInt64 {
    /// The number that ASCII digits spell without leading zeroes, or nil.
    init?(canonicalDecimal digits: some Collection<UInt8>) {
        guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.init(String(decoding: digits, as: UTF8.self))
    }
}
