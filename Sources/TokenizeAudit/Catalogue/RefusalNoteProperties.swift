import Tokenize

/// A refusal under a log's signature is read as it stands, and only under that log's key (Specs/16, 16.5).
enum RefusalNoteProperties {
    static let all = [AuditCatalogue.Entry(refusals, usualCaseCount: 100)]

    /// What becomes of a refusal on its way.
    private enum Fault: CaseIterable {
        case nothing, strangerBeside, bitFlipped, stranger, asWitness, otherOrigin, otherKeyToo, form, checkpoint
    }

    static let refusals = Property(
        "PRP-066",
        "A signed refusal is verified by its log's key alone and read as it stands; one of another log or key, of another form or with any bit changed is none.",
        coverage: Fault.allCases.map { .init("\($0)", perMille: 40) }
    ) { trial in
        let drawn = try Drawn(&trial)
        let fault = try trial.draw(.element(of: Fault.allCases))
        trial.label("\(fault)")
        try requireRead(drawn, trial)
        let log = try HandKey(DrawnNote.origin, 1, number: 1)
        let text = drawn.text
        let right = ModelNote.line(log.name, log.keyID, try log.signed(text, time: 0))
        let stranger = try HandKey("stranger", 1, number: 9)
        let besides = ModelNote.line(stranger.name, stranger.keyID, [1, 2, 3])
        let key = try log.verifierKey()
        let origin = try HandKey.name(DrawnNote.origin)
        func outcome(_ bytes: [UInt8], _ keys: [NoteVerifierKey], of origin: NoteName) -> NoteFailure? {
            do throws(NoteFailure) {
                let read = try RefusalNote.verify(bytes, under: keys, origin: origin)
                return drawn.isRead(as: read) ? nil : .notText
            } catch {
                return error
            }
        }
        let found: NoteFailure?
        let expected: NoteFailure?
        switch fault {
        case .nothing:
            let bytes = ModelNote.note(text, [right])
            (found, expected) = (outcome(bytes, [key], of: origin), nil)
            for _ in 0..<20 {
                let damage = try Damage.draw(bytes.count, &trial)
                let damaged = damage.applied(to: bytes)
                guard damaged != bytes else { continue }
                let isRead = (try? RefusalNote.verify(damaged, under: [key], origin: origin)) != nil
                try trial.require(!isRead, "a refusal verifies: \(damage)")
            }
        case .strangerBeside:
            (found, expected) = (outcome(ModelNote.note(text, [besides, right]), [key], of: origin), nil)
        case .bitFlipped:
            var signature = try log.signed(text, time: 0)
            let bit = try trial.number(0...511)
            signature[bit / 8] ^= 1 << UInt8(bit % 8)
            let bytes = ModelNote.note(text, [ModelNote.line(log.name, log.keyID, signature), besides])
            (found, expected) = (outcome(bytes, [key], of: origin), .wrongSignature(key: origin))
        case .stranger:
            let line = ModelNote.line(stranger.name, stranger.keyID, try stranger.signed(text, time: 0))
            (found, expected) = (outcome(ModelNote.note(text, [line]), [key], of: origin), .noKnownSignature)
        case .asWitness:
            // A witness's key under the log's name, and its cosignature of the refusal.
            let witness = try HandKey(DrawnNote.origin, 4, number: 1)
            let line = ModelNote.line(witness.name, witness.keyID, try witness.signed(text, time: 5))
            let keys = [key, try witness.verifierKey()]
            (found, expected) = (outcome(ModelNote.note(text, [line]), keys, of: origin), .noKnownSignature)
        case .otherOrigin:
            let other = try HandKey.name("other.ledger")
            (found, expected) = (outcome(ModelNote.note(text, [right]), [key], of: other), .originMismatch)
        case .otherKeyToo:
            let keys = [try HandKey(DrawnNote.origin, 1, number: 2).verifierKey(), key]
            (found, expected) = (outcome(ModelNote.note(text, [right]), keys, of: origin), nil)
        case .form:
            let wrong = try trial.draw(.element(of: drawn.malformed.filter { $0.hasSuffix("\n") }))
            trial.note(wrong)
            let line = ModelNote.line(log.name, log.keyID, try log.signed(wrong, time: 0))
            (found, expected) = (outcome(ModelNote.note(wrong, [line]), [key], of: origin), .malformedRefusal)
        case .checkpoint:
            // Neither poses as the other.
            let other = ModelNote.checkpoint(DrawnNote.origin, size: drawn.size, root: Cast.digest(1).bytes)
            let line = ModelNote.line(log.name, log.keyID, try log.signed(other, time: 0))
            (found, expected) = (outcome(ModelNote.note(other, [line]), [key], of: origin), .malformedRefusal)
            let refusal = ModelNote.note(text, [right])
            try trial.require((try? SignedCheckpoint(parsing: refusal)) == nil, "a refusal is a checkpoint")
        }
        try trial.require(found == expected, "\(fault): \(said(found)), not \(said(expected))")
    }

    private static func said(_ failure: NoteFailure?) -> String { failure.map { "\($0)" } ?? "verified" }

    private static func requireRead(_ drawn: Drawn, _ trial: Trial) throws {
        let read = try RefusalNote(parsing: Array(drawn.text.utf8))
        try trial.require(drawn.isRead(as: read), "\(drawn.text) is read as \(read)")
        try trial.require(read.text == Array(drawn.text.utf8), "\(drawn.text) is written otherwise")
        for wrong in drawn.malformed {
            try trial.require((try? RefusalNote(parsing: Array(wrong.utf8))) == nil, "a refusal is read from \(wrong)")
        }
    }

    /// A refusal, as parts and as text.
    private struct Drawn {
        let transaction: TransactionID
        let (height, size): (UInt64, UInt64)
        let date: HandDate
        let explanation: [UInt8]
        let rules: [(operation: Int?, id: String)]

        init(_ trial: inout Trial) throws {
            transaction = TransactionID(digest: Cast.digest(try trial.draw(Generator<UInt8>.integer())))
            height = try trial.draw(Generator<UInt64>.integer())
            size = try trial.draw(Generator<UInt64>.integer())
            date = try HandDate.draw(&trial)
            explanation = ModelHash.sha256([try trial.draw(Generator<UInt8>.integer())])
            var rules: [(operation: Int?, id: String)] = []
            for _ in 0..<(try trial.number(1...4)) {
                let isWhole = try trial.draw(.bool)
                let operation = try trial.draw(Generator<Int>.integer(in: 0...65_535))
                rules.append((isWhole ? nil : operation, try trial.draw(.element(of: ["TRF-005", "TXN-002"]))))
            }
            self.rules = rules
        }

        private func text(
            head: String = DrawnNote.origin + "/refusal",
            height: String? = nil,
            explanation: String? = nil,
            date: String? = nil,
            rules: [String]? = nil
        ) -> String {
            let lines = [
                head, "transaction \(transaction.text)", "height \(height ?? "\(self.height)")", "size \(size)",
                "date \(date ?? self.date.text)", "explanation \(explanation ?? self.explanation.hexadecimal)",
            ]
            let lasts = rules ?? self.rules.map { "rule \($0.operation.map { "\($0)" } ?? "-") \($0.id)" }
            return (lines + lasts).map { $0 + "\n" }.joined()
        }

        var text: String { text() }

        /// Texts that are nearly one.
        var malformed: [String] {
            let hash = explanation.hexadecimal
            let account = AccountID(digest: transaction.digest).text
            return [
                text(head: DrawnNote.origin), text(head: "/refusal"), text(head: DrawnNote.origin + "/refusals"),
                text(height: "0\(height)"), text(height: "+1"), text(height: ""), text(height: "18446744073709551616"),
                text(explanation: hash.uppercased()), text(explanation: hash + "00"),
                text(explanation: hash.dropLast().description),
                text(date: "2025-02-29"), text(date: date.text + " "), text(rules: []), text(rules: ["rule 0"]),
                text(rules: ["rule 0 TRF-005 more"]), text(rules: ["rule 01 TRF-005"]), text(rules: ["rule  TRF-005"]),
                text(rules: ["rule 65536 TRF-005"]), text(rules: ["rule -1 TRF-005"]), text(rules: ["rule - "]),
                text(rules: ["law 0 TRF-005"]), text(rules: ["rule 0 TRF-005", ""]), text.dropLast().description,
                text(rules: [String](repeating: "rule 0 TRF-005", count: 1_025)),
                text.replacing("size ", with: "size  "), text.replacing("size ", with: "extent "),
                text.replacing("\n", with: "\r\n"), text.replacing(transaction.text, with: account),
            ]
        }

        func isRead(as note: RefusalNote) -> Bool {
            "\(note.origin)" == DrawnNote.origin && note.transaction == transaction && note.height == height
                && note.size == size && "\(note.businessDate)" == date.text
                && note.explanation.bytes == explanation && note.lines.map(\.operation) == rules.map(\.operation)
                && note.lines.map(\.ruleID) == rules.map(\.id)
        }
    }
}
