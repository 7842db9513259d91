import Foundation
import Testing
import Tokenize

/// The cases of `Specs/vectors/encoding.json`, which an independent implementation wrote.
struct EncodingVectors: Decodable {
    struct Accepted: Decodable, Sendable, CustomTestStringConvertible {
        let diagnostic: String
        let hex: String
        var testDescription: String { diagnostic }
    }

    struct Refused: Decodable, Sendable, CustomTestStringConvertible {
        let hex: String
        let rule: String
        var testDescription: String { "\(rule): \(hex)" }
    }

    struct QuantityCase: Decodable, Sendable, CustomTestStringConvertible {
        let units: String
        let hex: String
        var testDescription: String { units }
    }

    struct DateCase: Decodable, Sendable, CustomTestStringConvertible {
        let text: String
        let days: Int32
        let hex: String
        var testDescription: String { text }
    }

    struct IdentifierCase: Decodable, Sendable, CustomTestStringConvertible {
        let kind: String
        let digest: String
        let text: String
        var testDescription: String { text }
    }

    struct RefusedText: Decodable, Sendable, CustomTestStringConvertible {
        let text: String
        let why: String
        var testDescription: String { "\(why): \(text.debugDescription)" }
    }

    struct Quantities: Decodable {
        let accept: [QuantityCase]
        let refuse: [Refused]
    }

    struct Dates: Decodable {
        let accept: [DateCase]
        let refuse: [Refused]
        let refuseText: [String]
    }

    struct Identifiers: Decodable {
        let accept: [IdentifierCase]
        let refuseAccount: [RefusedText]
    }

    let accept: [Accepted]
    let refuse: [Refused]
    let quantities: Quantities
    let dates: Dates
    let identifiers: Identifiers

    /// The file is a part of the package, so a run without it has nothing to say.
    static let file: EncodingVectors = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        do {
            let data = try Data(contentsOf: root.appendingPathComponent("Specs/vectors/encoding.json"))
            return try JSONDecoder().decode(EncodingVectors.self, from: data)
        } catch {
            preconditionFailure("Specs/vectors/encoding.json: \(error)")
        }
    }()
}

@Suite("Vectors of the encoding's specification")
struct SpecificationVectorTests {
    @Test("ENC-001: a value has these bytes", arguments: EncodingVectors.file.accept)
    func accepts(_ vector: EncodingVectors.Accepted) throws {
        let value = try CanonicalValue(decoding: try #require([UInt8](hexadecimal: vector.hex)))
        #expect(value.description == vector.diagnostic)
        #expect(try value.encoded().hexadecimal == vector.hex)
    }

    @Test("ENC-002: an input that breaks a rule is refused", arguments: EncodingVectors.file.refuse)
    func refuses(_ vector: EncodingVectors.Refused) throws {
        let bytes = try #require([UInt8](hexadecimal: vector.hex))
        #expect(throws: DecodingFailure.self) { try CanonicalValue(decoding: bytes) }
    }

    @Test("ENC-061, ENC-062: a quantity has this form", arguments: EncodingVectors.file.quantities.accept)
    func quantity(_ vector: EncodingVectors.QuantityCase) throws {
        let bytes = try #require([UInt8](hexadecimal: vector.hex))
        let quantity = try Self.quantity(bytes)
        #expect(quantity.description == vector.units)
        var encoder = CanonicalEncoder()
        encoder.encode(quantity)
        #expect(encoder.bytes == bytes)
    }

    @Test("ENC-061, ENC-062: a quantity in another form is refused", arguments: EncodingVectors.file.quantities.refuse)
    func refusesQuantity(_ vector: EncodingVectors.Refused) throws {
        let bytes = try #require([UInt8](hexadecimal: vector.hex))
        #expect(throws: DecodingFailure.self) { try Self.quantity(bytes) }
    }

    @Test("ENC-065, ENC-080: a date has these days and this text", arguments: EncodingVectors.file.dates.accept)
    func date(_ vector: EncodingVectors.DateCase) throws {
        let date = try #require(CalendarDate(vector.text))
        #expect(date.daysSinceEpoch == vector.days)
        #expect(date.description == vector.text)
        #expect(CalendarDate(daysSinceEpoch: vector.days) == date)
        var encoder = CanonicalEncoder()
        encoder.encode(integer: Int64(date.daysSinceEpoch))
        #expect(encoder.bytes.hexadecimal == vector.hex)
    }

    @Test("ENC-065: days outside the calendar's years are refused", arguments: EncodingVectors.file.dates.refuse)
    func refusesDays(_ vector: EncodingVectors.Refused) throws {
        let bytes = try #require([UInt8](hexadecimal: vector.hex))
        #expect(throws: DecodingFailure.self) {
            try CanonicalDecoder.decode(bytes) { (decoder) throws(DecodingFailure) -> CalendarDate in
                try CalendarDate(from: &decoder)
            }
        }
    }

    @Test("ENC-080: a text that is no date is refused", arguments: EncodingVectors.file.dates.refuseText)
    func refusesDateText(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("an identifier has this text", arguments: EncodingVectors.file.identifiers.accept)
    func identifier(_ vector: EncodingVectors.IdentifierCase) throws {
        switch vector.kind {
        case "account": try expect(AccountID.self, vector)
        case "party": try expect(PartyID.self, vector)
        case "asset": try expect(AssetID.self, vector)
        case "ledger": try expect(LedgerID.self, vector)
        case "transaction": try expect(TransactionID.self, vector)
        case "encumbrance": try expect(EncumbranceID.self, vector)
        default: Issue.record("no kind is called \(vector.kind)")
        }
    }

    @Test("a text that names no account is refused", arguments: EncodingVectors.file.identifiers.refuseAccount)
    func refusesIdentifier(_ vector: EncodingVectors.RefusedText) {
        #expect(throws: IdentifierTextFailure.self) { try AccountID(text: vector.text) }
    }

    private static func quantity(_ bytes: [UInt8]) throws -> Quantity {
        try CanonicalDecoder.decode(bytes) { (decoder) throws(DecodingFailure) -> Quantity in try decoder.quantity() }
    }

    private func expect<I: LedgerIdentifier>(_ kind: I.Type, _ vector: EncodingVectors.IdentifierCase) throws {
        let bytes = try #require([UInt8](hexadecimal: vector.digest))
        let id = I(digest: try #require(Digest(bytes)))
        #expect(id.text == vector.text)
        #expect(try I(text: vector.text) == id)
        #expect(try I(text: vector.text.uppercased()) == id)
    }
}
