import Foundation
import Testing

@testable import Tokenize

/// Trees and proofs made by an independent implementation with the ICS-23 `SmtSpec` constants.
@Suite(
    "Compact sparse Merkle tree vectors",
    .enabled(if: LogConformance.exists("state/smt_ics23spec_vectors.json"), "no outside test data")
)
struct StateTreeVectorTests {
    struct Vectors: Decodable {
        let cases: [Case]
    }

    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let n: Int
        let rule: String
        let root: String
        let proofs: [Proof]
        var testDescription: String { "\(n) leaves" }
    }

    struct Proof: Decodable, Sendable {
        let key: String
        let member: Bool
        let terminal: [String]?
        let siblings: [String]
    }

    static let cases = LogConformance.cases {
        try LogConformance.decode(Vectors.self, "state/smt_ics23spec_vectors.json").cases
    }

    @Test("the vectors are read and follow the known rule")
    func read() {
        #expect(!Self.cases.isEmpty)
        #expect(Self.cases.allSatisfy { $0.rule == #"key="acct:<i>", value="val:<i*i>""# })
    }

    @Test("root and proofs", arguments: cases)
    func rootAndProofs(_ vector: Case) throws {
        var tree = StateTree()
        var updates = (0..<vector.n).map { index in
            StateTree.Update(
                keyHash: Hashing.sha256(Array("acct:\(index)".utf8)),
                valueHash: Hashing.sha256(Self.value(index))
            )
        }
        tree.apply(&updates)
        #expect(tree.root.description == vector.root)
        #expect(tree.leafCount == vector.n)
        for expected in vector.proofs { try check(expected, in: tree) }
    }

    private func check(_ expected: Proof, in tree: StateTree) throws {
        let key = Array(expected.key.utf8)
        let path = tree.path(of: Hashing.sha256(key))
        #expect(path.siblings.map(\.description) == expected.siblings)
        #expect(path.terminal.map { [$0.keyHash.description, $0.valueHash.description] } == expected.terminal)
        let value = expected.member ? Self.value(try #require(Int(expected.key.dropFirst(5)))) : nil
        let proof = try #require(tree.proof(key: key, value: value))
        #expect(proof.value == value)
        try proof.verify(root: tree.root)
    }

    private static func value(_ index: Int) -> [UInt8] { Array("val:\(index * index)".utf8) }
}
