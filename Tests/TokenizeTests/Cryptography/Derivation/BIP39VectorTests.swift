import Foundation
import Testing

@testable import Tokenize

/// The vectors of BIP-39: English in full, the other languages from their words on.
@Suite("BIP-39 vectors", .needsCryptographyVectors)
struct BIP39VectorTests {
    /// The passphrase of every vector in the file.
    private static let passphrase = "TREZOR"

    @Test("entropy to words and back", arguments: BIP39Vector.all.filter { $0.language == "english" })
    func words(_ vector: BIP39Vector) throws {
        let mnemonic = try Mnemonic(entropy: vector.entropy)
        let phrase = mnemonic.exportedPhrase()
        #expect(phrase == vector.phrase)
        let read = try Mnemonic(vector.phrase)
        let readPhrase = read.exportedPhrase()
        #expect(readPhrase == vector.phrase)
        let key = try read.masterKey(passphrase: Self.passphrase)
        let text = key.exportedText()
        #expect(text == vector.masterKey)
    }

    // Only the English list ships; for the other languages the words are given and the seed is tested.
    @Test("words to seed and master key", arguments: BIP39Vector.all)
    func seed(_ vector: BIP39Vector) throws {
        let phrase = Array(vector.phrase.decomposedStringWithCompatibilityMapping.utf8)
        let bytes = phrase.withUnsafeBytes { phrase in
            Mnemonic.seed(phrase: phrase, passphrase: Array(Self.passphrase.utf8)).withUnsafeBytes { Array($0) }
        }
        #expect(bytes == vector.seed)
        let key = try ExtendedPrivateKey(seed: bytes)
        let text = key.exportedText()
        #expect(text == vector.masterKey)
    }

    @Test("the word list is the published one")
    func wordList() {
        let published = ConformanceCryptography.text("bip39/english.txt").split(whereSeparator: \.isWhitespace)
        #expect(EnglishWordList.words == published.map(String.init))
    }
}

struct BIP39Vector: Sendable, CustomTestStringConvertible {
    let language: String
    let entropy: [UInt8]
    let phrase: String
    let seed: [UInt8]
    let masterKey: String

    var testDescription: String { "\(language) \(entropy.hexadecimal)" }

    static let all: [BIP39Vector] = {
        let file = ConformanceCryptography.decode([String: [[String]]].self, from: "bip39/vectors.json")
        return (file ?? [:]).sorted { $0.key < $1.key }.flatMap { language, cases in
            cases.map { fields in
                BIP39Vector(
                    language: language,
                    entropy: [UInt8](hexadecimal: fields[0]) ?? [],
                    phrase: fields[1],
                    seed: [UInt8](hexadecimal: fields[2]) ?? [],
                    masterKey: fields[3]
                )
            }
        }
    }()
}
