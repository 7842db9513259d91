import Tokenize

/// Term sheets, and what they come to, are those of an implementation that is not this one (Specs/12, vectors).
enum TermSheetProperties {
    static let all = [AuditCatalogue.Entry(sheets, usualCaseCount: 60)]

    static let sheets = Property(
        "PRP-067",
        "A term sheet is read as the terms of the vectors of chapter 12, byte by byte, and falls due as they say; one with a field left out, unknown or of another form is refused.",
        coverage: [
            .init("left out", perMille: 200), .init("unknown", perMille: 100), .init("another form", perMille: 300),
        ]
    ) { trial in
        let cases = try TermVectors.read()
        let vector = cases[try trial.number(0...cases.count - 1)]
        trial.note(vector.name)
        let terms = try TermSheetFile.read(vector.sheet, TermVectors.names)
        try trial.require(
            terms.canonicalBytes == vector.encoding,
            "\(vector.name) is encoded \(terms.canonicalBytes.hexadecimal)"
        )
        try trial.require(
            try BondTerms(canonicalBytes: vector.encoding) == terms,
            "\(vector.name) is decoded otherwise"
        )
        try requireDues(of: terms, vector, trial)
        try requireRefused(vector, &trial)
    }

    private static func requireDues(of terms: BondTerms, _ vector: TermVectors.Case, _ trial: Trial) throws {
        let calendar = try BusinessCalendar(canonicalBytes: TermVectors.calendarBytes)
        try trial.require(
            calendar.digest.bytes.hexadecimal == TermVectors.calendarDigest,
            "a calendar's digest is \(calendar.digest)"
        )
        let schedule = try vector.schedule(terms, calendar)
        try trial.require(schedule.dues.count == vector.dues.count, "\(vector.name): \(schedule.dues.count) dues")
        for (due, expected) in zip(schedule.dues, vector.dues) {
            let total = due.amount == nil ? nil : try due.total(on: TermVectors.units, terms.rounding)
            let found = [
                "\(due.id.date)", "\(due.id.kind)", "\(due.paymentDate)", "\(due.recordDate)", text(due.exDate),
                text(due.amount?.perUnit), text(due.amount?.taxedPart), text(due.amount?.factorAfter), text(total),
            ]
            let wanted = [
                expected.date, expected.kind, expected.payment, expected.record, text(expected.ex),
                text(expected.perUnit), text(expected.taxedPart), text(expected.factorAfter), text(expected.total),
            ]
            try trial.require(found == wanted, "\(vector.name): \(found), not \(wanted)")
        }
    }

    private static func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "-" }

    /// One field of the sheet is not there, or has another name, or holds what it cannot.
    private static func requireRefused(_ vector: TermVectors.Case, _ trial: inout Trial) throws {
        let sheet = String(decoding: vector.sheet, as: UTF8.self)
        let fields = [
            "cash", "denomination", "issueDate", "interest", "dayCount", "repayment", "redemptionPrice", "calendar",
            "businessDays", "recordDate", "exDate", "rounding", "tax", "defaults", "pledgedIncome", "faceUnit", "lot",
            "classDate", "treasury", "penaltyRate", "acceleration", "digest", "interestGrace",
        ]
        let name = fields[try trial.number(0...fields.count - 1)]
        guard let place = sheet.firstRange(of: "\"\(name)\":") else { return }
        let changed: String
        switch try trial.number(0...2) {
        case 0:
            changed = sheet.replacing("\"\(name)\":", with: "\"\(name)s\":", maxReplacements: 1)
            trial.label("left out")
        case 1:
            changed = sheet.replacingCharacters(at: place.lowerBound, with: "\"surplus\":1,")
            trial.label("unknown")
        default:
            // What begins there becomes a list of itself, or a truth value.
            changed = sheet.replacingCharacters(at: place.upperBound, with: "true,\"\(name)More\":")
            trial.label("another form")
        }
        trial.note("\(name) changed")
        let read = try? TermSheetFile.read(Array(changed.utf8), TermVectors.names)
        try trial.require(read == nil, "\(vector.name) with another \(name) is read")
        let cut = Array(vector.sheet.prefix(try trial.number(0...vector.sheet.count - 1)))
        try trial.require((try? TermSheetFile.read(cut, TermVectors.names)) == nil, "a sheet that ends early is read")
    }
}

extension String {
    /// The text with more text put in at a place.
    fileprivate func replacingCharacters(at index: Index, with text: String) -> String {
        String(self[..<index]) + text + String(self[index...])
    }
}
