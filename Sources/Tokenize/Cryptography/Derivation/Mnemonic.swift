/// A seed that a person can write down: 12 to 24 English words with a checksum (BIP-39).
///
/// It holds the entropy, locked and wiped like every secret, and makes the words when asked.
public struct Mnemonic: ~Copyable, Sendable {
    /// Bytes of entropy: 4 for every 3 words.
    public static let entropyByteCounts = [16, 20, 24, 28, 32]
    static let iterationCount = 2048
    private static let bitsPerWord = 11
    private static let blanks = Array(" \t\n\r".utf8)

    private let entropy: SecretMemory

    /// The mnemonic of this entropy.
    ///
    /// The caller's copy of the bytes is the caller's to wipe.
    /// - Throws: ``MnemonicFailure/entropyLength(found:)`` unless there are 16, 20, 24, 28 or 32 bytes.
    public init(entropy bytes: some Collection<UInt8>) throws(MnemonicFailure) {
        guard Self.entropyByteCounts.contains(bytes.count) else { throw .entropyLength(found: bytes.count) }
        var memory = SecretMemory(byteCount: bytes.count)
        memory.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
        entropy = memory
    }

    /// A new mnemonic of 24 words from the system's random number generator.
    public static func generate() -> Mnemonic {
        var memory = SecretMemory(byteCount: 32)
        var generator = SystemRandomNumberGenerator()
        memory.withUnsafeMutableBytes { $0.fill(from: &generator) }
        return Mnemonic(memory: memory)
    }

    private init(memory: consuming SecretMemory) { entropy = memory }

    /// The mnemonic that these words spell: lower-case English words separated by blanks, tabs or line ends.
    ///
    /// - Throws: ``MnemonicFailure`` for another number of words, an unknown word or a wrong checksum.
    public init(_ phrase: String) throws(MnemonicFailure) {
        let words = phrase.utf8.split(whereSeparator: Self.blanks.contains)
        guard words.count % 3 == 0, Self.entropyByteCounts.contains(words.count / 3 * 4) else {
            throw .wordCount(found: words.count)
        }
        let entropyByteCount = words.count / 3 * 4
        // Entropy, then the checksum in the upper bits of one more byte.
        var bits = SecretMemory(byteCount: entropyByteCount + 1)
        for (position, word) in words.enumerated() {
            guard let index = EnglishWordList.index(of: Substring(word)) else { throw .unknownWord(position: position) }
            bits.withUnsafeMutableBytes { $0.write(index, at: position * Self.bitsPerWord) }
        }
        var entropy = SecretMemory(byteCount: entropyByteCount)
        let checksum = bits.withUnsafeBytes { buffer in
            entropy.withUnsafeMutableBytes {
                $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<entropyByteCount]))
            }
            return buffer[entropyByteCount]
        }
        guard checksum == Self.checksum(of: entropy) else { throw .wrongChecksum }
        self.entropy = entropy
    }

    /// The words, separated by single blanks. They are the secret: the caller keeps them safe.
    public borrowing func exportedPhrase() -> String {
        phrase().withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// The words as they are hashed, in memory that is wiped.
    private borrowing func phrase() -> SecretMemory {
        let checksum = Self.checksum(of: entropy)
        var bits = SecretMemory(byteCount: entropy.byteCount + 1)
        bits.withUnsafeMutableBytes { buffer in
            entropy.withUnsafeBytes { buffer.copyMemory(from: $0) }
            buffer[buffer.count - 1] = checksum
        }
        let wordCount = entropy.byteCount / 4 * 3
        func word(_ position: Int, _ bits: UnsafeRawBufferPointer) -> String.UTF8View {
            EnglishWordList.words[bits.read(at: position * Self.bitsPerWord)].utf8
        }
        return bits.withUnsafeBytes { bits in
            let letterCount = (0..<wordCount).reduce(0) { $0 + word($1, bits).count }
            var phrase = SecretMemory(byteCount: letterCount + wordCount - 1)
            phrase.withUnsafeMutableBytes { buffer in
                var end = 0
                for position in 0..<wordCount {
                    if position > 0 {
                        buffer[end] = UInt8(ascii: " ")
                        end += 1
                    }
                    for letter in word(position, bits) {
                        buffer[end] = letter
                        end += 1
                    }
                }
            }
            return phrase
        }
    }

    /// The master key of this mnemonic and a passphrase.
    ///
    /// - Throws: ``MnemonicFailure/passphraseNotASCII`` for other characters: BIP-39 hashes the NFKD form, which needs
    ///   Unicode's tables. Normalise such a passphrase and use ``masterKey(normalisedPassphrase:)``.
    public borrowing func masterKey(passphrase: String = "") throws(MnemonicFailure) -> ExtendedPrivateKey {
        guard passphrase.utf8.allSatisfy({ $0 < 0x80 }) else { throw .passphraseNotASCII }
        return try masterKey(normalisedPassphrase: Array(passphrase.utf8))
    }

    /// The master key of this mnemonic and a passphrase that the caller has brought to NFKD, as UTF-8.
    ///
    /// - Throws: ``MnemonicFailure/unusableSeed``, with a probability below 2^-127.
    public borrowing func masterKey(
        normalisedPassphrase: some Collection<UInt8>
    ) throws(MnemonicFailure) -> ExtendedPrivateKey {
        let seed = phrase().withUnsafeBytes { Self.seed(phrase: $0, passphrase: Array(normalisedPassphrase)) }
        do throws(DerivationFailure) {
            return try ExtendedPrivateKey(seed: seed)
        } catch {
            throw .unusableSeed
        }
    }

    /// The 64-byte seed of words and passphrase, both NFKD in UTF-8; the words of any language.
    static func seed(phrase: UnsafeRawBufferPointer, passphrase: [UInt8]) -> SecretMemory {
        var seed = SecretMemory(byteCount: HMACSHA512.byteCount)
        seed.withUnsafeMutableBytes { output in
            PBKDF2.deriveBlock(
                password: phrase,
                salt: Array("mnemonic".utf8) + passphrase,
                iterationCount: iterationCount,
                into: output
            )
        }
        return seed
    }

    /// The first bits of SHA-256 of the entropy, one for every four bytes, in the upper bits of a byte.
    private static func checksum(of entropy: borrowing SecretMemory) -> UInt8 {
        let first = entropy.withUnsafeBytes { Hashing.sha256($0) }.bytes[0]
        return first & ~(0xff >> UInt8(entropy.byteCount / 4))
    }
}

/// Why there is no mnemonic, or no key of one.
public enum MnemonicFailure: Error, Hashable, Sendable {
    /// Entropy has 16, 20, 24, 28 or 32 bytes.
    case entropyLength(found: Int)
    /// A mnemonic has 12, 15, 18, 21 or 24 words.
    case wordCount(found: Int)
    /// The word at this position, counted from 0, is not in the list. The word itself is withheld: it may be secret.
    case unknownWord(position: Int)
    /// The words are in the list and do not belong together.
    case wrongChecksum
    /// The passphrase has characters beyond ASCII and must be normalised by the caller.
    case passphraseNotASCII
    /// The seed gives no key.
    case unusableSeed
}

extension UnsafeMutableRawBufferPointer {
    /// Sets the eleven bits from bit `offset` on, all zero before, to `value`.
    fileprivate func write(_ value: Int, at offset: Int) {
        for bit in 0..<11 where value >> (10 - bit) & 1 == 1 {
            self[(offset + bit) / 8] |= 0x80 >> UInt8((offset + bit) % 8)
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The eleven bits from bit `offset` on.
    fileprivate func read(at offset: Int) -> Int {
        (offset..<offset + 11).reduce(0) { $0 << 1 | Int(self[$1 / 8] >> UInt8(7 - $1 % 8) & 1) }
    }
}
