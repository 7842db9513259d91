import Testing

@testable import Tokenize

/// The vectors of BIP-32: every chain, derived step by step and from text, and every invalid key.
@Suite("BIP-32 vectors", .needsCryptographyVectors)
struct BIP32VectorTests {
    @Test("private derivation", arguments: BIP32Vector.all)
    func privateDerivation(_ vector: BIP32Vector) throws {
        let key = try ExtendedPrivateKey(seed: vector.seed).descendant(DerivationPath(vector.path))
        let privateText = key.exportedText()
        let publicText = try key.publicKey().text
        #expect(privateText == vector.privateText)
        #expect(publicText == vector.publicText)
    }

    @Test("texts read back", arguments: BIP32Vector.all)
    func readBack(_ vector: BIP32Vector) throws {
        let key = try ExtendedPrivateKey(vector.privateText)
        let privateText = key.exportedText()
        #expect(privateText == vector.privateText)
        #expect(try ExtendedPublicKey(vector.publicText).text == vector.publicText)
    }

    @Test("public derivation of ordinary children", arguments: BIP32Vector.all.filter { $0.parentPublicText != nil })
    func publicDerivation(_ vector: BIP32Vector) throws {
        let parent = try ExtendedPublicKey(try #require(vector.parentPublicText))
        let step = try #require(DerivationPath(vector.path).steps.last)
        if step.isHardened {
            #expect(throws: DerivationFailure.hardenedChildOfPublicKey(step)) { try parent.child(step) }
        } else {
            #expect(try parent.child(step).text == vector.publicText)
        }
    }

    @Test("invalid texts", arguments: BIP32InvalidVector.all)
    func invalid(_ vector: BIP32InvalidVector) {
        #expect(throws: DerivationFailure.self) { _ = try ExtendedPrivateKey(vector.key) }
        #expect(throws: DerivationFailure.self) { try ExtendedPublicKey(vector.key) }
    }
}

struct BIP32Vector: Sendable, CustomTestStringConvertible {
    let seed: [UInt8]
    let path: String
    let privateText: String
    let publicText: String
    /// The public key one step up the same chain, if the file has it.
    let parentPublicText: String?

    var testDescription: String { "\(path) of \(seed.hexadecimal)" }

    static let all: [BIP32Vector] = {
        struct File: Decodable {
            struct Tree: Decodable {
                let seed: HexBytes
                let chains: [Chain]
            }
            struct Chain: Decodable {
                let path: String
                let xpub: String
                let xprv: String
            }
            let valid: [Tree]
        }
        let file = ConformanceCryptography.decode(File.self, from: "bip32/bip32_vectors.json")
        return (file?.valid ?? []).flatMap { tree in
            let keys = Dictionary(tree.chains.map { ($0.path, $0.xpub) }) { first, _ in first }
            return tree.chains.map { chain in
                let parent = chain.path.split(separator: "/").dropLast().joined(separator: "/")
                return BIP32Vector(
                    seed: tree.seed.bytes,
                    path: chain.path,
                    privateText: chain.xprv,
                    publicText: chain.xpub,
                    parentPublicText: keys[parent]
                )
            }
        }
    }()
}

struct BIP32InvalidVector: Decodable, Sendable, CustomTestStringConvertible {
    let key: String
    let reason: String

    var testDescription: String { "\(key.prefix(4)): \(reason)" }

    static let all: [BIP32InvalidVector] = {
        struct File: Decodable { let invalid: [BIP32InvalidVector] }
        return ConformanceCryptography.decode(File.self, from: "bip32/bip32_vectors.json")?.invalid ?? []
    }()
}
