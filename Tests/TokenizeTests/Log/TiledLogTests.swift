import Foundation
import Testing

@testable import Tokenize

/// Roots, tiles and proofs of a log of 70,000 entries, made by an independent implementation.
@Suite("Tiles of a log of 70,000 entries", .enabled(if: LogConformance.exists("log/tlog"), "no outside test data"))
struct TiledLogTests {
    struct Vectors: Decodable, Sendable {
        struct Inclusion: Decodable, Sendable, CustomTestStringConvertible {
            let index: UInt64
            let size: UInt64
            let proof: [String]
            var testDescription: String { "entry \(index) of \(size)" }
        }
        struct Consistency: Decodable, Sendable, CustomTestStringConvertible {
            let old: UInt64
            let new: UInt64
            let proof: [String]
            var testDescription: String { "from \(old) to \(new)" }
        }

        let roots: [String: String]
        let digestOfRootsTo300: String
        let tiles: [String: [String: String]]
        let inclusion: [Inclusion]
        let consistency: [Consistency]

        enum CodingKeys: String, CodingKey {
            case roots, tiles, inclusion, consistency
            case digestOfRootsTo300 = "all_roots_0_300_sha256"
        }
    }

    struct References: Decodable, Sendable {
        let leaves: [String]
        let roots: [String: String]
    }

    static let vectors = LogConformance.cases {
        [try LogConformance.decode(Vectors.self, "log/tlog/rfc6962_tiles.json")]
    }
    static let log = SampleLog(size: 70_000)

    @Test("the vectors are read")
    func read() {
        #expect(Self.vectors.count == 1)
    }

    @Test("root at size", arguments: vectors.flatMap { $0.roots.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } })
    func root(size: String, expected: String) async throws {
        let size = try #require(UInt64(size))
        #expect(Self.log.builder(atSize: size).root.description == expected)
        #expect(try await Self.log.reader.root(atSize: size).description == expected)
    }

    @Test("roots at every size from 0 to 300")
    func everyRoot() throws {
        let expected = try #require(Self.vectors.first).digestOfRootsTo300
        var builder = LogBuilder()
        var roots = builder.root.bytes
        for leafHash in Self.log.leafHashes.prefix(300) {
            builder.append(leafHash)
            roots += builder.root.bytes
        }
        #expect(Hashing.sha256(roots).description == expected)
    }

    @Test("inclusion proof", arguments: vectors.flatMap(\.inclusion))
    func inclusion(_ vector: Vectors.Inclusion) async throws {
        let proof = try await Self.log.reader.inclusionProof(index: vector.index, size: vector.size)
        #expect(proof.path.map(\.description) == vector.proof)
        try proof.verify(
            leafHash: Self.log.leafHashes[Int(vector.index)],
            root: Self.log.builder(atSize: vector.size).root
        )
    }

    @Test("consistency proof", arguments: vectors.flatMap(\.consistency))
    func consistency(_ vector: Vectors.Consistency) async throws {
        let proof = try await Self.log.reader.consistencyProof(old: vector.old, new: vector.new)
        #expect(proof.path.map(\.description) == vector.proof)
    }

    @Test("reference roots of Certificate Transparency")
    func referenceRoots() throws {
        let references = try LogConformance.decode(References.self, "log/tlog/ct_reference_roots.json")
        let leaves = try references.leaves.map { try #require([UInt8](hexadecimal: $0)) }
        for (size, root) in references.roots {
            let count = try #require(Int(size))
            let hashes = leaves.prefix(count).map { MerkleTree.leafHash($0) }
            #expect(MerkleTree.root(ofLeafHashes: hashes).description == root)
        }
    }
}
