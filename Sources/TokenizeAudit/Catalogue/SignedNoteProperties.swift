import Tokenize

/// Whom a note convinces: signature lines, keys and policies of chapter 7, put together by hand.
enum SignedNoteProperties {
    static let all = [AuditCatalogue.Entry(notes, usualCaseCount: 150)] + RefusalNoteProperties.all

    static let notes = Property(
        "PRP-065",
        "A checkpoint is accepted under a policy exactly if section 7.5.2 says so, line by line; what has another form than chapter 7 gives notes, keys and policies is none.",
        coverage: DrawnNote.Kind.allCases.map { .init("\($0)", perMille: 30) } + [
            .init("accepted", perMille: 100), .init("accepted beside unknown lines", perMille: 20),
            .init("wrongSignature", perMille: 150), .init("noKnownSignature", perMille: 10),
            .init("tooFewCosignatures", perMille: 20), .init("originMismatch", perMille: 30),
        ]
    ) { trial in
        let drawn = try DrawnNote(&trial)
        for line in drawn.lines { trial.label("\(line.kind)") }
        if drawn.lines.isEmpty {
            try trial.require((try? SignedNote(parsing: drawn.bytes)) == nil, "a note that nobody signed is one")
        } else {
            try requireVerdict(drawn, &trial)
        }
        try requireSigned(drawn, trial)
        try requireKeys(drawn.logs + drawn.witnesses, &trial)
        try requirePolicies(trial)
        try requireForm(&trial)
        try requireKnownNotes(trial)
    }

    // MARK: Verdicts

    private static func requireVerdict(_ drawn: DrawnNote, _ trial: inout Trial) throws {
        trial.note(drawn.lines.map { "\($0.kind) of \($0.key.name)" }.joined(separator: ", "))
        let signed = try SignedCheckpoint(parsing: drawn.bytes)
        try trial.require(signed.bytes == drawn.bytes, "a note is written otherwise than it was read")
        let policy = try drawn.policy()
        let verdict = Result { () throws(NoteFailure) in try signed.verify(under: policy) }
        switch (verdict, try drawn.failure()) {
        case (.success(let verified), nil):
            trial.label("accepted")
            let unknown: [DrawnNote.Kind] = [.stranger, .otherKeyID, .otherName]
            trial.label("accepted beside unknown lines", when: drawn.lines.contains { unknown.contains($0.kind) })
            let checkpoint = verified.checkpoint
            try trial.require(
                checkpoint.size == drawn.size && checkpoint.root.bytes == drawn.root,
                "another checkpoint is verified: \(checkpoint.size) entries"
            )
            try trial.require("\(checkpoint.origin)" == drawn.named, "of another origin: \(checkpoint.origin)")
            let found = verified.cosignatures.map { ("\($0.witness)", $0.time) }
            try trial.require(
                found.count == drawn.newest.count && found.allSatisfy { drawn.newest[$0.0] == $0.1 },
                "cosigned by \(found), not \(drawn.newest.sorted { $0.key < $1.key })"
            )
        case (.failure(let failure), let expected?):
            trial.label("\(expected)".prefix { $0 != "(" }.description)
            try trial.require(failure == expected, "refused by \(failure), not \(expected)")
        case (.success, let expected?): try trial.require(false, "accepted, not refused by \(expected)")
        case (.failure(let failure), nil): try trial.require(false, "refused by \(failure), though it is in order")
        }
    }

    /// What the engine signs is what stands there when it is put together by hand.
    private static func requireSigned(_ drawn: DrawnNote, _ trial: Trial) throws {
        let (log, root) = (drawn.logs[0], ModelHash.digest(drawn.root))
        let origin = try HandKey.name(DrawnNote.origin)
        let checkpoint = Checkpoint(origin: origin, size: drawn.size, root: root)
        let text = ModelNote.checkpoint(DrawnNote.origin, size: drawn.size, root: drawn.root)
        var lines = [ModelNote.line(log.name, log.keyID, try log.signed(text, time: 0))]
        var signed = try log.signer().sign(checkpoint)
        try trial.require(signed.bytes == ModelNote.note(text, lines), "a log signs otherwise")
        for (number, witness) in drawn.witnesses.enumerated() {
            let time = drawn.size / 2 + UInt64(number)
            guard time <= UInt64(Int64.max) else { continue }
            lines.append(ModelNote.line(witness.name, witness.keyID, try witness.signed(text, time: time)))
            signed = try witness.signer().cosign(signed, time: time)
            try trial.require(signed.bytes == ModelNote.note(text, lines), "a witness signs otherwise")
        }
        let other = Checkpoint(origin: try HandKey.name("other.ledger"), size: 1, root: root)
        try trial.require((try? log.signer().sign(other)) == nil, "a log signs for another")
    }

    // MARK: Keys

    private static func requireKeys(_ keys: [HandKey], _ trial: inout Trial) throws {
        for key in keys {
            let read = try NoteVerifierKey(text: key.text)
            try trial.require(read.text == key.text && "\(read.name)" == key.name, "\(key.text) is read as \(read)")
            try trial.require(read.publicKey == key.publicKey, "another key is read: \(read)")
            try trial.require(read.algorithm.rawValue == key.algorithm, "of another algorithm: \(read)")
        }
        let key = keys[try trial.number(0...keys.count - 1)]
        let base = ModelNote.base64([key.algorithm] + key.publicKey)
        var id = key.keyID
        id[try trial.number(0...3)] ^= 1 << UInt8(try trial.number(0...7))
        var wrong = [
            "\(key.name)+\(id.hexadecimal)+\(base)", "other+\(key.keyID.hexadecimal)+\(base)",
            "\(key.name)+\(key.keyID.hexadecimal)0+\(base)", "+\(key.keyID.hexadecimal)+\(base)", key.text + "A",
            ModelNote.keyText(key.name, 2, key.publicKey), ModelNote.keyText(key.name, key.algorithm, [1, 2, 3]),
            "\(key.name) \(key.keyID.hexadecimal)+\(base)",
        ]
        let upper = key.keyID.hexadecimal.uppercased()
        if upper != key.keyID.hexadecimal { wrong.append("\(key.name)+\(upper)+\(base)") }
        for point in smallPoints {
            for sign: UInt8 in [0, 0x80] {
                wrong.append(ModelNote.keyText(key.name, key.algorithm, point.dropLast() + [point[31] | sign]))
            }
        }
        for text in wrong {
            try trial.require((try? NoteVerifierKey(text: text)) == nil, "a key is read from \(text)")
        }
    }

    /// The y of the points of order 1, 2, 4 and 8, and those that are not below 2^255 - 19 (7.4), the lowest byte first.
    private static let smallPoints: [[UInt8]] =
        [
            numbered(1, 0), numbered(0, 0), numbered(0xEC, 0xFF),
            [
                0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
                0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
            ],
            [
                0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
                0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
            ],
        ] + (0xED...0xFF).map { numbered($0, 0xFF) }

    private static func numbered(_ first: UInt8, _ rest: UInt8) -> [UInt8] {
        [first] + [UInt8](repeating: rest, count: 30) + [rest & 0x7F]
    }

    // MARK: Policies

    private static func requirePolicies(_ trial: Trial) throws {
        func key(_ name: String, _ algorithm: UInt8, _ number: UInt8) throws -> NoteVerifierKey {
            try HandKey(name, algorithm, number: number).verifierKey()
        }
        let (origin, log) = (DrawnNote.origin, try key(DrawnNote.origin, 1, 1))
        let (one, two) = (try key("witness.one", 4, 11), try key("witness.two", 4, 12))
        let again = try key("witness.one", 4, 13)
        let cases: [(String, [NoteVerifierKey], [NoteVerifierKey], Int, isRight: Bool)] = [
            ("a log's key", [log], [], 0, true), ("two witnesses", [log], [one, two], 2, true),
            ("two keys of a log", [log, try key(origin, 1, 2)], [one], 1, true),
            ("no log's key", [], [one], 1, false), ("a quorum above the witnesses", [log], [one, two], 3, false),
            ("a quorum above the witnesses' names", [log], [one, again], 2, false),
            ("a quorum below 0", [log], [one], -1, false), ("a log's key twice", [log, log], [], 0, false),
            ("a witness's key twice", [log], [one, one], 1, false),
            ("a key under two names", [log], [one, try key("witness.two", 4, 11)], 1, false),
            ("a log that is its own witness", [log], [try key("witness.one", 4, 1)], 1, false),
            ("a key of another name", [try key("other.ledger", 1, 1)], [], 0, false),
            ("a key of another name beside it", [log, try key("other.ledger", 1, 2)], [], 0, false),
            ("a witness as a log", [try key(origin, 4, 1)], [], 0, false),
            ("a log as a witness", [log], [try key("witness.one", 1, 11)], 0, false),
        ]
        for (name, logs, witnesses, quorum, isRight) in cases {
            let policy = try? CheckpointPolicy(
                origin: try HandKey.name(origin),
                logKeys: logs,
                witnessKeys: witnesses,
                witnessQuorum: quorum
            )
            try trial.require((policy != nil) == isRight, "a policy with \(name) is one: \(policy != nil)")
        }
    }

    // MARK: Form

    /// One line or two of a note are not as 7.4 has them: it is none, whoever is said to have signed.
    private static func requireForm(_ trial: inout Trial) throws {
        let key = try HandKey("anybody", 1, number: 77)
        let (text, mark) = ("one\ntwo\n", "\u{2014} ")
        let right = ModelNote.line(key.name, key.keyID, [7])
        func line(_ count: Int) -> String {
            ModelNote.line(key.name, key.keyID, [UInt8](repeating: 1, count: count))
        }
        let many = [String](repeating: right, count: 65)
        let taken = [
            ModelNote.note(text, [right]), ModelNote.note(text + "\nthree\n", [right, right]),
            ModelNote.note(text, Array(many.prefix(64))), ModelNote.note(text, [line(8_192)]),
            ModelNote.note(longText(ModelNote.note("", [right]).count, 262_144), [right]),
        ]
        for bytes in taken {
            let read = try? SignedNote(parsing: bytes).bytes
            try trial.require(read == bytes, "a note of \(bytes.count) bytes is no note")
        }
        var refused = [
            ModelNote.note(text, []), ModelNote.note(text, many), ModelNote.note(text, [line(8_193)]),
            ModelNote.note(text, [line(0)]), ModelNote.note(text, [right, ""]),
            ModelNote.note("one\u{1}\n", [right]), ModelNote.note("one\r\n", [right]), ModelNote.note("one", [right]),
            Array(ModelNote.note(text, [right]).dropLast()), [0xC0, 0xAF] + ModelNote.note(text, [right]),
            ModelNote.note(longText(ModelNote.note("", [right]).count, 262_145), [right]),
        ]
        // Five bytes are seven digits and a sign that fills up; bits beyond the last byte stand in the seventh.
        let base = ModelNote.base64(key.keyID + [0])
        let head = base.prefix(6)
        let bad = [
            "- \(key.name) \(base)", "\(key.name) \(base)", "\(mark)\(key.name)  \(base)", "\(mark)\(key.name)\(base)",
            "\(mark) \(base)", "\(mark)\(key.name) \(base) ", "\(mark)\(key.name) \(base.dropLast())",
            "\(mark)\(key.name) \(head)B=", "\(mark)\(key.name) \(head)A\n", "\(mark)\(key.name) \(base)====",
            "\(mark)a+b \(base)", "\(mark)a\u{3000}b \(base)", "\(mark)\(key.name) \(head)-=",
        ]
        refused += bad.map { ModelNote.note(text, [$0]) } + bad.map { ModelNote.note(text, [right, $0]) }
        for bytes in refused {
            let read = try? SignedNote(parsing: bytes)
            try trial.require(read == nil, "a note is read from \(String(decoding: bytes.suffix(80), as: UTF8.self))")
        }
        try requireCheckpointForm(key, trial)
    }

    /// A text that makes a note so many bytes long with what else it has.
    private static func longText(_ rest: Int, _ count: Int) -> String {
        String(repeating: "a", count: count - rest - 1) + "\n"
    }

    private static func requireCheckpointForm(_ key: HandKey, _ trial: Trial) throws {
        let root = ModelNote.base64(Cast.digest(3).bytes)
        for text in ["a\n5\n\(root)\n", "a\n0\n\(root)\nmore\n", "a\n\(UInt64.max)\n\(root)\n"] {
            let read = try? Checkpoint(parsing: Array(text.utf8)).text
            try trial.require(read == Array(text.utf8), "no checkpoint is \(text)")
        }
        for text in [
            "a\n05\n\(root)\n", "a\n+5\n\(root)\n", "a\n\n\(root)\n", "\n5\n\(root)\n", "a\n5\n\(root)",
            "a b\n5\n\(root)\n",
            "a\n18446744073709551616\n\(root)\n", "a\n5\n\(root.dropLast(4))\n", "a\n5\n", "a\n5\n\(root)\n\nmore\n",
            "a\n5\n\(root.dropLast(2))D=\n", "a+b\n5\n\(root)\n",
        ] {
            let read = try? Checkpoint(parsing: Array(text.utf8))
            try trial.require(read == nil, "a checkpoint is read from \(text)")
            let note = ModelNote.note(text, [ModelNote.line(key.name, key.keyID, [7])])
            try trial.require((try? SignedCheckpoint(parsing: note)) == nil, "a signed one is read from \(text)")
        }
    }

    // MARK: Notes of others

    /// The example of the signed-note specification, and a signature by the first key of RFC 8032, section 7.1.
    private static func requireKnownNotes(_ trial: Trial) throws {
        let key = try NoteVerifierKey(text: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        let signature =
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
        for (text, isRight) in [(text, true), (text.replacing("the answer", with: "an answer"), false)] {
            let bytes = ModelNote.note(text, ["\u{2014} PeterNeumann \(signature)"])
            let verified = try? SignedNote(parsing: bytes).verifiedSignatures(by: [key]).map(\.key)
            try trial.require(verified == (isRight ? [key] : nil), "the known note is verified: \(verified != nil)")
        }
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
        let known = try HandKey("known", 1, seed: [UInt8](hexadecimal: seed) ?? [])
        let publicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        try trial.require(
            known.publicKey.hexadecimal == publicKey,
            "another public key: \(known.publicKey.hexadecimal)"
        )
        let signed = try known.signature(of: "audit\n").hexadecimal
        let expected =
            "2877587e4994501c3e8420c3ed064b8f53c98935090c6334db4d29e699d802a1"
            + "a1f3ba59fb8a6be57c55982d9d1c9a4269a8fdb4a0a8377ce459da4456b3d502"
        try trial.require(signed == expected, "another signature: \(signed)")
    }
}
