import Tokenize

/// A checkpoint with signature lines of every kind, and what somebody makes of it who goes through chapter 7 by hand.
struct DrawnNote: Sendable {
    /// What a signature line is.
    enum Kind: CaseIterable, Sendable {
        case logRight, logFalse, logOfAnother, witnessRight, witnessFalse, witnessTimeless, witnessAsLog, witnessLate
        case witnessUnsigned, stranger, otherKeyID, otherName

        /// True of a line by a known key that does not verify.
        var isFalse: Bool {
            switch self {
            case .logFalse, .logOfAnother, .witnessFalse, .witnessTimeless, .witnessAsLog, .witnessLate: true
            case .witnessUnsigned: true
            case .logRight, .witnessRight, .stranger, .otherKeyID, .otherName: false
            }
        }
    }

    /// A line as it stands.
    struct Line: Sendable {
        let kind: Kind
        let key: HandKey
        let time: UInt64
        let text: String
    }

    static let origin = "notes.ledger"

    let logs: [HandKey]
    let witnesses: [HandKey]
    let quorum: Int
    /// The origin that the checkpoint names.
    let named: String
    let size: UInt64
    let root: [UInt8]
    let lines: [Line]

    init(_ trial: inout Trial) throws {
        let logs = try (0..<(try trial.number(1...2))).map { try HandKey(Self.origin, 1, number: 1 + UInt8($0)) }
        // The first witness has two keys.
        var witnesses: [HandKey] = []
        for (number, name) in ["witness.one", "witness.one", "witness.two", "witness.three"].enumerated()
        where try trial.number(0...3) > 0 {
            witnesses.append(try HandKey(name, 4, number: 11 + UInt8(number)))
        }
        quorum = try trial.number(0...Set(witnesses.map(\.name)).count)
        named = try trial.number(0...9) == 0 ? "other.ledger" : Self.origin
        size = try trial.draw(Generator<UInt64>.integer())
        root = ModelHash.sha256([try trial.draw(Generator<UInt8>.integer())])
        self.logs = logs
        self.witnesses = witnesses
        // Mostly what is in order, so that what is not is often alone.
        var lines: [Line] = []
        let text = ModelNote.checkpoint(named, size: size, root: root)
        for key in logs + witnesses where try trial.number(0...5) > 0 {
            lines.append(try Self.line(key.algorithm == 1 ? .logRight : .witnessRight, key, text, &trial))
        }
        for _ in 0..<(try trial.number(0...2)) {
            let kind = try trial.draw(.element(of: Kind.allCases))
            let isOfLog = [.logRight, .logFalse, .logOfAnother].contains(kind)
            let isOfWitness = !isOfLog && ![.stranger, .otherKeyID, .otherName].contains(kind)
            let keys = isOfLog ? logs : isOfWitness ? witnesses : logs + witnesses
            guard !keys.isEmpty else { continue }
            let key = keys[try trial.number(0...keys.count - 1)]
            lines.insert(try Self.line(kind, key, text, &trial), at: try trial.number(0...lines.count))
        }
        self.lines = lines
    }

    private static func line(_ kind: Kind, _ key: HandKey, _ text: String, _ trial: inout Trial) throws -> Line {
        let time =
            kind == .witnessLate
            ? UInt64(Int64.max) + 1 : try trial.draw(Generator<UInt64>.integer(in: 0...UInt64(Int64.max)))
        var (name, keyID) = (key.name, key.keyID)
        var signed = try key.signed(text, time: time)
        switch kind {
        case .logRight, .witnessRight, .witnessLate: break
        case .logFalse, .witnessFalse:
            // Any bit, the time's too.
            let bit = try trial.number(0...8 * signed.count - 1)
            signed[bit / 8] ^= 1 << UInt8(bit % 8)
        case .logOfAnother: signed = try key.signature(of: text + "more\n")
        // As if the time were not signed, as if a log had signed, or without a signature.
        case .witnessTimeless:
            signed = ModelNote.time(time) + (try key.signature(of: "cosignature/v1\n" + text))
        case .witnessAsLog: signed = ModelNote.time(time) + (try key.signature(of: text))
        case .witnessUnsigned: signed = Array(signed.prefix(8 + (try trial.number(0...63))))
        case .stranger:
            let stranger = try HandKey("stranger", 4, number: 99)
            (name, keyID) = (stranger.name, stranger.keyID)
        case .otherKeyID: keyID[try trial.number(0...3)] ^= 1
        case .otherName: name += "."
        }
        return Line(kind: kind, key: key, time: time, text: ModelNote.line(name, keyID, signed))
    }

    var text: String { ModelNote.checkpoint(named, size: size, root: root) }

    var bytes: [UInt8] { ModelNote.note(text, lines.map(\.text)) }

    func policy() throws -> CheckpointPolicy {
        try CheckpointPolicy(
            origin: try HandKey.name(Self.origin),
            logKeys: try logs.map { try $0.verifierKey() },
            witnessKeys: try witnesses.map { try $0.verifierKey() },
            witnessQuorum: quorum
        )
    }

    /// The newest time of each witness that cosigned, by name.
    var newest: [String: UInt64] {
        var newest: [String: UInt64] = [:]
        for line in lines where line.kind == .witnessRight {
            newest[line.key.name] = max(line.time, newest[line.key.name] ?? 0)
        }
        return newest
    }

    /// The rule of 7.5.2 that refuses it first; nil if none does.
    func failure() throws -> NoteFailure? {
        if named != Self.origin { return .originMismatch }
        if let first = lines.first(where: { $0.kind.isFalse }) {
            return .wrongSignature(key: try HandKey.name(first.key.name))
        }
        if !lines.contains(where: { $0.kind == .logRight }) { return .noKnownSignature }
        let found = newest.count
        return found < quorum ? .tooFewCosignatures(found: found, required: quorum) : nil
    }
}
