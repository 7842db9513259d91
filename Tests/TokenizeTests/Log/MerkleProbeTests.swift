import Foundation
import Testing
import Tokenize

/// Published inclusion and consistency probes for RFC 6962 trees, most of them wrong in one way.
@Suite("RFC 6962 probes", .enabled(if: LogConformance.exists("log/rfc6962"), "no outside test data"))
struct MerkleProbeTests {
    struct Inclusion: Decodable, Sendable, CustomTestStringConvertible {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: Data
        let leafHash: Data
        let proof: [Data]?
        let wantErr: Bool
        var file: String?
        var testDescription: String { file ?? "" }
    }

    struct Consistency: Decodable, Sendable, CustomTestStringConvertible {
        let size1: UInt64
        let size2: UInt64
        let root1: Data
        let root2: Data
        let proof: [Data]?
        let wantErr: Bool
        var file: String?
        var testDescription: String { file ?? "" }
    }

    static let inclusionFiles = LogConformance.files(below: "log/rfc6962/inclusion", extension: "json")
    static let inclusionCases = LogConformance.cases {
        try inclusionFiles.map { path in
            var probe = try LogConformance.decode(Inclusion.self, "log/rfc6962/inclusion/\(path)")
            probe.file = path
            return probe
        }
    }
    static let consistencyFiles = LogConformance.files(below: "log/rfc6962/consistency", extension: "json")
    static let consistencyCases = LogConformance.cases {
        try consistencyFiles.map { path in
            var probe = try LogConformance.decode(Consistency.self, "log/rfc6962/consistency/\(path)")
            probe.file = path
            return probe
        }
    }

    @Test("every file is read")
    func everyFileIsRead() {
        #expect(!Self.inclusionFiles.isEmpty && Self.inclusionCases.count == Self.inclusionFiles.count)
        #expect(!Self.consistencyFiles.isEmpty && Self.consistencyCases.count == Self.consistencyFiles.count)
    }

    @Test("inclusion", arguments: inclusionCases)
    func inclusion(_ probe: Inclusion) {
        let accepted = (try? check(probe)) != nil
        #expect(accepted == !probe.wantErr)
    }

    @Test("consistency", arguments: consistencyCases)
    func consistency(_ probe: Consistency) {
        let accepted = (try? check(probe)) != nil
        #expect(accepted == !probe.wantErr)
    }

    private func check(_ probe: Inclusion) throws {
        try MerkleTree.verifyInclusion(
            leafHash: Self.digest(probe.leafHash),
            index: probe.leafIdx,
            size: probe.treeSize,
            proof: (probe.proof ?? []).map(Self.digest),
            root: Self.digest(probe.root)
        )
    }

    private func check(_ probe: Consistency) throws {
        try MerkleTree.verifyConsistency(
            oldSize: probe.size1,
            oldRoot: Self.digest(probe.root1),
            newSize: probe.size2,
            newRoot: Self.digest(probe.root2),
            proof: (probe.proof ?? []).map(Self.digest)
        )
    }

    /// Some probes hold a string of another length where a hash belongs. The type refuses it; so that the verifier is
    /// asked all the same, an arbitrary hash stands in its place.
    private static func digest(_ data: Data) -> Digest {
        Digest(data) ?? MerkleTree.leafHash(Array(data))
    }
}
