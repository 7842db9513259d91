import Testing
import Tokenize

@Suite("Identifiers of securities and entities")
struct SecuritiesIdentifierTests {
    @Test("published ISINs are accepted", arguments: ["TH0623C7NA84", "TH0655F7U886", "US912810TM09", "XS0104440986"])
    func isin(text: String) throws {
        let isin = try ISIN(text)
        #expect(isin.description == text)
        #expect(isin.prefix + isin.nationalNumber + String(try ISIN.checkDigit(of: text.dropLast())) == text)
    }

    @Test("an ISIN with one other digit, or two neighbours exchanged that differ, is refused or another's")
    func isinErrors() throws {
        let text = "TH0623C7NA84"
        for index in 2..<11 {
            var characters = Array(text)
            characters[index] = characters[index] == "5" ? "6" : "5"
            #expect(throws: IdentifierFailure.wrongCheckDigits, "\(index)") { try ISIN(String(characters)) }
        }
        #expect(throws: IdentifierFailure.wrongLength(expected: 12)) { try ISIN("TH0623C7NA8") }
        #expect(throws: IdentifierFailure.wrongLength(expected: 12)) { try ISIN("TH0623C7NA844") }
        #expect(throws: IdentifierFailure.wrongLength(expected: 12)) { try ISIN("TH0623C7NA8é") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 0)) { try ISIN("th0623C7NA84") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 5)) { try ISIN("TH062-C7NA84") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 11)) { try ISIN("TH0623C7NA8A") }
        #expect(throws: IdentifierFailure.unknownPrefix("ZZ")) { try ISIN("ZZ0623C7NA84") }
        #expect(throws: IdentifierFailure.unknownPrefix("T0")) { try ISIN("T00623C7NA84") }
        #expect(throws: IdentifierFailure.wrongLength(expected: 11)) { try ISIN.checkDigit(of: "TH0623C7NA84") }
    }

    @Test("an LEI with one other character is refused")
    func lei() throws {
        let text = "4597005TYE6YMC5RJ031"
        #expect(try LEI(text).description == text)
        #expect(try LEI.checkDigits(of: text.dropLast(2)) == 31)
        for index in 0..<20 {
            var characters = Array(text)
            characters[index] = characters[index] == "7" ? "8" : "7"
            #expect(throws: IdentifierFailure.wrongCheckDigits, "\(index)") { try LEI(String(characters)) }
        }
        #expect(throws: IdentifierFailure.wrongLength(expected: 20)) { try LEI("4597005TYE6YMC5RJ03") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 4)) { try LEI("4597 05TYE6YMC5RJ031") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 19)) { try LEI("4597005TYE6YMC5RJ03A") }
    }

    @Test("check digits that leave the same remainder, but that ISO 7064 never makes, are refused")
    func leiCheckDigitRange() throws {
        // A body whose check digits are 97 or 98 has a twin 00 or 01.
        var found = 0
        for number in 0..<500 {
            let body = "LA0000000000000" + String(1_000 + number).suffix(3)
            let digits = try LEI.checkDigits(of: body)
            #expect((2...98).contains(digits))
            _ = try LEI(body + (digits < 10 ? "0" : "") + "\(digits)")
            guard digits >= 97 else { continue }
            found += 1
            #expect(throws: IdentifierFailure.wrongCheckDigits) { try LEI(body + "0\(digits - 97)") }
        }
        #expect(found > 0)
    }

    @Test(
        "classifications of government bonds and bills are accepted",
        arguments: ["DBFTFR", "DBZTFR", "DBVTFR", "DBFTAR", "DBFTGR", "DBFTPR", "DYZTXR", "DMPXXR", "DBXXXX"]
    )
    func cfi(text: String) throws {
        #expect(try CFI(text).description == text)
    }

    @Test("a classification says what it is")
    func cfiMeaning() throws {
        let cfi = try CFI("DBFTAR")
        #expect(cfi.category == "Debt instruments")
        #expect(cfi.group == "Bonds")
        #expect(
            cfi.attributes.map(\.value) == ["Fixed rate", "Government guarantee", "Amortization plan", "Registered"]
        )
        #expect(try CFI("DYZTXR").attributes.map(\.name) == ["Type of interest", "Guarantee or ranking", "Form"])
    }

    @Test("what is no classification is refused, with the place")
    func cfiErrors() {
        #expect(throws: IdentifierFailure.wrongLength(expected: 6)) { try CFI("DBFTF") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 2)) { try CFI("DB1TFR") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 0)) { try CFI("dbftfr") }
        #expect(throws: IdentifierFailure.unknownCategory("E")) { try CFI("ESVUFR") }
        #expect(throws: IdentifierFailure.unknownGroup("X")) { try CFI("DXFTFR") }
        #expect(throws: IdentifierFailure.unknownAttribute(1, "Q")) { try CFI("DBQTFR") }
        #expect(throws: IdentifierFailure.unknownAttribute(3, "F")) { try CFI("DYZTFR") }
        #expect(throws: IdentifierFailure.unknownAttribute(4, "A")) { try CFI("DBFTFA") }
    }

    @Test("a short name has an issuer and a description")
    func fisn() throws {
        let name = try FISN("LAO PDR/6.9 BD 20280630")
        #expect(name.issuer == "LAO PDR")
        #expect(name.instrument == "6.9 BD 20280630")
        #expect(name.description == "LAO PDR/6.9 BD 20280630")
        #expect(try FISN(String(repeating: "A", count: 15) + "/" + String(repeating: "B", count: 19)).text.count == 35)
        for text in ["", "LAO PDR", "/BD", "LAO PDR/", "A/B/C", " A/B", "A /B", "A/ B", "A/B "] {
            #expect(throws: IdentifierFailure.malformedShortName, "\(text)") { try FISN(text) }
        }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 1)) { try FISN("Lao/BD") }
        #expect(throws: IdentifierFailure.malformedCharacter(at: 3)) { try FISN("LAO\t/BD") }
        #expect(throws: IdentifierFailure.wrongLength(expected: 15)) {
            try FISN(String(repeating: "A", count: 16) + "/B")
        }
        #expect(throws: IdentifierFailure.wrongLength(expected: 19)) {
            try FISN("A/" + String(repeating: "B", count: 20))
        }
    }
}
