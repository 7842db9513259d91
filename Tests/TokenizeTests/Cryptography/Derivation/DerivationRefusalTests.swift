import Testing

@testable import Tokenize

/// What derivation and mnemonics refuse.
@Suite("Derivation refusals")
struct DerivationRefusalTests {
    private static let zeroPhrase = Array(repeating: "abandon", count: 11).joined(separator: " ") + " about"

    @Test("a seed has 16 to 64 bytes", arguments: [0, 1, 15, 65, 1000])
    func seedLength(count: Int) {
        #expect(throws: DerivationFailure.seedLength(found: count)) {
            _ = try ExtendedPrivateKey(seed: [UInt8](repeating: 1, count: count))
        }
    }

    @Test(
        "malformed paths",
        arguments: [
            "", "/", "m/", "M/0", "0/1", "m//1", "m/1/", "m/-1", "m/+1", "m/2147483648", "m/1''", "m/'", "m/x", "m/1 ",
            "m/99999999999999999999", "mm/1",
        ]
    )
    func malformedPath(text: String) {
        #expect(throws: DerivationFailure.malformedPath) { try DerivationPath(text) }
    }

    @Test("paths read back", arguments: ["m", "m/0", "m/44'/0'/2147483647", "m/2147483647'"])
    func path(text: String) throws {
        #expect(try DerivationPath(text).description == text)
        #expect(
            try DerivationPath(text.replacing("'", with: "h")) == DerivationPath(text.replacing("'", with: "H"))
        )
    }

    @Test("a key has at most 255 ancestors")
    func depth() throws {
        let first = ChildIndex(number: 0)
        #expect(throws: DerivationFailure.depthExceeded) {
            try DerivationPath(steps: Array(repeating: first, count: 256))
        }
        let path = try DerivationPath(steps: Array(repeating: first, count: 255))
        let deepest = try ExtendedPrivateKey(seed: [UInt8](repeating: 1, count: 16)).descendant(path)
        let publicKey = try deepest.publicKey()
        #expect(throws: DerivationFailure.depthExceeded) { try publicKey.child(first) }
        #expect(throws: DerivationFailure.depthExceeded) { _ = try deepest.child(first) }
    }

    @Test("private and public derivation of ordinary children agree; the child's key signs")
    func agreement() throws {
        let path = try DerivationPath("m/1/2/3")
        let master = try ExtendedPrivateKey(seed: [UInt8](repeating: 7, count: 32))
        let publicChild = try master.publicKey().descendant(path)
        let child = try master.descendant(path)
        let childPublicKey = try child.publicKey()
        #expect(childPublicKey == publicChild)
        let digest = Hashing.sha256([1])
        let signature = try child.secretKey().sign(digest, algorithm: .ecdsaSecp256k1)
        let key = try ParsedPublicKey(publicChild.publicKey)
        #expect(SignatureVerifier.verify(signature, digest: digest, key: key))
    }

    @Test("the two kinds of text are not confused")
    func kinds() throws {
        let master = try ExtendedPrivateKey(seed: [UInt8](repeating: 7, count: 32))
        let privateText = master.exportedText()
        let publicText = try master.publicKey().text
        #expect(throws: DerivationFailure.unknownVersion(0x0488_ADE4)) { try ExtendedPublicKey(privateText) }
        #expect(throws: DerivationFailure.unknownVersion(0x0488_B21E)) { _ = try ExtendedPrivateKey(publicText) }
    }

    /// Phrases written as runs: how often, which word.
    static let refusedPhrases: [(runs: [(count: Int, word: String)], failure: MnemonicFailure)] = [
        ([], .wordCount(found: 0)),
        ([(1, "abandon"), (1, "about")], .wordCount(found: 2)),
        ([(27, "abandon")], .wordCount(found: 27)),
        ([(12, "abandon")], .wrongChecksum),
        ([(11, "abandon"), (1, "About")], .unknownWord(position: 11)),
        ([(1, "abandom"), (11, "abandon")], .unknownWord(position: 0)),
    ]

    @Test("mnemonics", arguments: refusedPhrases)
    func mnemonic(runs: [(count: Int, word: String)], failure: MnemonicFailure) {
        let words = runs.flatMap { run in repeatElement(run.word, count: run.count) }
        #expect(throws: failure) { _ = try Mnemonic(words.joined(separator: " ")) }
    }

    @Test("entropy has 16, 20, 24, 28 or 32 bytes", arguments: [0, 12, 15, 17, 33, 36])
    func entropyLength(count: Int) {
        #expect(throws: MnemonicFailure.entropyLength(found: count)) {
            _ = try Mnemonic(entropy: [UInt8](repeating: 1, count: count))
        }
    }

    @Test("a passphrase beyond ASCII must come normalised")
    func passphrase() throws {
        let mnemonic = try Mnemonic(Self.zeroPhrase)
        #expect(throws: MnemonicFailure.passphraseNotASCII) { _ = try mnemonic.masterKey(passphrase: "café") }
        let normalised = try mnemonic.masterKey(normalisedPassphrase: "cafe\u{301}".utf8)
        let plain = try mnemonic.masterKey(passphrase: "cafe")
        let normalisedText = normalised.exportedText()
        let plainText = plain.exportedText()
        #expect(normalisedText != plainText)
    }

    @Test("blanks between words do not matter")
    func blanks() throws {
        let read = try Mnemonic("  " + Self.zeroPhrase.replacing(" ", with: "\r\n\t ") + "\n")
        let phrase = read.exportedPhrase()
        #expect(phrase == Self.zeroPhrase)
    }

    @Test("a generated mnemonic has 24 words and reads back")
    func generated() throws {
        let mnemonic = Mnemonic.generate()
        let phrase = mnemonic.exportedPhrase()
        #expect(phrase.split(separator: " ").count == 24)
        let read = try Mnemonic(phrase)
        let readPhrase = read.exportedPhrase()
        #expect(readPhrase == phrase)
    }
}
