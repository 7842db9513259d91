import Foundation
import Testing

@testable import Tokenize

/// The examples in section 2.8 of Specs/02-cryptography.md, as they stand there.
@Suite("Examples of the specification")
struct SpecificationExampleTests {
    /// The values of the table, top row first.
    private static let values: [String] = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let file = root.appendingPathComponent("Specs/02-cryptography.md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let section = text.components(separatedBy: "## 2.8").last ?? ""
        return section.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2).map { row in
            row.split(separator: "`").dropLast().last.map(String.init) ?? ""
        }
    }()

    @Test("digest, keys and signatures are those of the table")
    func examples() throws {
        let values = Self.values
        try #require(values.count == 7)
        let secret = try SecretKey(bytes: [UInt8](repeating: 7, count: 32))
        let digest = TaggedHash(tag: "Tokenize/transaction").hash([0, 1, 2])
        #expect(digest.bytes.hexadecimal == values[0])
        let ecdsaKey = try secret.publicKey(.ecdsaSecp256k1)
        #expect(ecdsaKey.description == values[1])
        let ecdsa = try secret.sign(digest, algorithm: .ecdsaSecp256k1)
        #expect(ecdsa.description == values[2])
        let high = try Signature(algorithm: .ecdsaSecp256k1, bytes: try #require([UInt8](hexadecimal: values[3])))
        #expect(high.bytes == highSTwin(of: ecdsa.bytes))
        #expect(!SignatureVerifier.verify(high, digest: digest, key: try ParsedPublicKey(ecdsaKey)))
        let schnorrKey = try secret.publicKey(.schnorrBIP340)
        #expect(schnorrKey.description == values[4])
        let schnorr = try secret.sign(digest, algorithm: .schnorrBIP340, auxiliary: .zero)
        #expect(schnorr.description == values[5])
        #expect(SignatureVerifier.verify(schnorr, digest: digest, key: try ParsedPublicKey(schnorrKey)))
    }
}
