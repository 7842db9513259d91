import Testing
import Tokenize

/// The text form of identifiers.
@Suite struct IdentifierTextTests {
    static let text = "acct1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0st3cpft"

    private func account() throws -> AccountID {
        AccountID(digest: try #require(Digest((0..<32).map { UInt8($0) })))
    }

    @Test func isStable() throws {
        let account = try account()
        #expect(account.text == Self.text)
        #expect("\(account)" == Self.text)
        #expect(try AccountID(text: Self.text) == account)
        #expect(try AccountID(text: Self.text.uppercased()) == account)
    }

    @Test func everyKindHasItsOwnPart() throws {
        let digest = try account().digest
        let texts = [
            AccountID(digest: digest).text, PartyID(digest: digest).text, AssetID(digest: digest).text,
            LedgerID(digest: digest).text, TransactionID(digest: digest).text, EncumbranceID(digest: digest).text,
        ]
        #expect(texts.map { String($0.prefix { $0 != "1" }) } == ["acct", "party", "asset", "ledger", "tx", "enc"])
        #expect(Set(texts).count == texts.count)
    }

    @Test func anotherKindIsNamed() {
        #expect(throws: IdentifierTextFailure.wrongKind(expected: "asset", found: "acct")) {
            try AssetID(text: Self.text)
        }
    }

    @Test func anotherLengthIsNamed() throws {
        let short = try Bech32m(humanReadablePart: "acct", bytes: [UInt8](repeating: 1, count: 31)).text
        #expect(throws: IdentifierTextFailure.wrongByteCount(31)) { try AccountID(text: short) }
    }

    @Test("Every wrong character is found")
    func typingErrors() throws {
        let characters = Array(Self.text)
        for index in characters.indices {
            for wrong in "qpzry9x8gf2tvdw0s3jn54khce6mua7l1b" where wrong != characters[index] {
                var text = characters
                text[index] = wrong
                #expect(throws: IdentifierTextFailure.self) { try AccountID(text: String(text)) }
            }
        }
    }

    @Test("Two neighbours in the wrong order, a missing and a doubled character are found")
    func slips() throws {
        let characters = Array(Self.text)
        for index in characters.indices {
            var missing = characters
            missing.remove(at: index)
            #expect(throws: IdentifierTextFailure.self) { try AccountID(text: String(missing)) }
            var doubled = characters
            doubled.insert(characters[index], at: index)
            #expect(throws: IdentifierTextFailure.self) { try AccountID(text: String(doubled)) }
            guard index > 0, characters[index] != characters[index - 1] else { continue }
            var swapped = characters
            swapped.swapAt(index, index - 1)
            #expect(throws: IdentifierTextFailure.self) { try AccountID(text: String(swapped)) }
        }
    }

    @Test func caseIsNotMixed() {
        #expect(throws: IdentifierTextFailure.malformed(.mixedCase)) {
            try AccountID(text: "A" + Self.text.dropFirst())
        }
        #expect(throws: IdentifierTextFailure.malformed(.tooLong)) {
            try AccountID(text: String(repeating: "a", count: 91))
        }
        #expect(throws: Bech32mFailure.mixedCase) { try Bech32m(humanReadablePart: "Acct", bytes: []) }
    }

    @Test func lengthsEdge() throws {
        #expect(try Bech32m(humanReadablePart: "a", values: [UInt8](repeating: 0, count: 82)).text.count == 90)
        #expect(throws: Bech32mFailure.tooLong) {
            try Bech32m(humanReadablePart: "a", values: [UInt8](repeating: 0, count: 83))
        }
        #expect(throws: Bech32mFailure.invalidCharacter) { try Bech32m(humanReadablePart: "a", values: [32]) }
        #expect(throws: Bech32mFailure.emptyHumanReadablePart) { try Bech32m(humanReadablePart: "", values: []) }
    }

    @Test func paddingIsZeroAndShort() throws {
        #expect(throws: Bech32mFailure.invalidPadding) { try Bech32m(humanReadablePart: "a", values: [0, 1]).bytes }
        #expect(throws: Bech32mFailure.invalidPadding) { try Bech32m(humanReadablePart: "a", values: [0, 0, 0]).bytes }
        #expect(try Bech32m(humanReadablePart: "a", values: [31, 28]).bytes == [0xFF])
    }
}
