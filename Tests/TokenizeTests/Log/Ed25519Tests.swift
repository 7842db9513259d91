import Foundation
import Testing

@testable import Tokenize

/// Published Ed25519 cases, put through the note verifier.
@Suite(
    "Ed25519 of notes",
    .enabled(if: LogConformance.exists("crypto/wycheproof/ed25519_test.json"), "no outside test data")
)
struct Ed25519Tests {
    struct File: Decodable {
        struct Group: Decodable {
            struct PublicKey: Decodable { let pk: String }
            struct Test: Decodable {
                let tcId: Int
                let comment: String
                let msg: String
                let sig: String
                let result: String
            }
            let publicKey: PublicKey
            let tests: [Test]
        }
        let testGroups: [Group]
        let numberOfTests: Int
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let id: Int
        let comment: String
        let publicKey: String
        let message: String
        let signature: String
        let result: String
        var testDescription: String { "\(id) \(comment)" }
    }

    static let cases = LogConformance.cases {
        try LogConformance.decode(File.self, "crypto/wycheproof/ed25519_test.json").testGroups.flatMap { group in
            group.tests.map { test in
                Case(
                    id: test.tcId,
                    comment: test.comment,
                    publicKey: group.publicKey.pk,
                    message: test.msg,
                    signature: test.sig,
                    result: test.result
                )
            }
        }
    }

    @Test("every case is read, and none may go either way")
    func read() throws {
        let file = try LogConformance.decode(File.self, "crypto/wycheproof/ed25519_test.json")
        #expect(Self.cases.count == file.numberOfTests)
        #expect(Set(Self.cases.map(\.result)) == ["valid", "invalid"])
    }

    @Test("case", arguments: cases)
    func verify(_ vector: Case) throws {
        let key = try NoteVerifierKey(
            name: try #require(NoteName("key.example")),
            algorithm: .ed25519,
            publicKey: try #require([UInt8](hexadecimal: vector.publicKey))
        )
        let signature = NoteSignature(
            name: key.name,
            keyID: key.keyID,
            signature: try #require([UInt8](hexadecimal: vector.signature))
        )
        let message = try #require([UInt8](hexadecimal: vector.message))
        let accepted = (try? key.verify(signature, text: message)) != nil
        #expect(accepted == (vector.result == "valid"))
    }
}
