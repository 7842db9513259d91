import Testing

@testable import Tokenize

/// Proofs from stored tiles: right for every pair, refused after any change, and never made from a damaged store.
@Suite("Log proofs")
struct LogProofTests {
    static let log = SampleLog(size: 66_000)

    @Test("any two of the first 60 sizes are consistent, and every entry is in every size")
    func small() async throws {
        let log = SampleLog(size: 60)
        for size in 1...UInt64(60) {
            let root = SampleLog.naiveRoot(log.leafHashes[..<Int(size)])
            for index in 0..<size {
                let proof = try await log.reader.inclusionProof(index: index, size: size)
                try proof.verify(leafHash: log.leafHashes[Int(index)], root: root)
            }
            for old in 1...size {
                let proof = try await log.reader.consistencyProof(old: old, new: size)
                try proof.verify(oldRoot: SampleLog.naiveRoot(log.leafHashes[..<Int(old)]), newRoot: root)
            }
        }
    }

    @Test("random sizes of a long log")
    func long() async throws {
        var generator = SeededGenerator("long log")
        var sizes: [UInt64] = [1, 255, 256, 257, 65_535, 65_536, 65_537, 66_000]
        for _ in 0..<12 { sizes.append(UInt64.random(in: 1...66_000, using: &generator)) }
        var roots: [UInt64: Digest] = [:]
        for size in sizes {
            roots[size] = try await Self.log.reader.root(atSize: size)
            #expect(roots[size] == SampleLog.naiveRoot(Self.log.leafHashes[..<Int(size)]), "seed \(generator.seed)")
        }
        for old in sizes {
            for new in sizes where old <= new {
                let proof = try await Self.log.reader.consistencyProof(old: old, new: new)
                try proof.verify(oldRoot: try #require(roots[old]), newRoot: try #require(roots[new]))
            }
            let index = UInt64.random(in: 0..<old, using: &generator)
            let proof = try await Self.log.reader.inclusionProof(index: index, size: old)
            try proof.verify(entry: SampleLog.entry(Int(index)), root: try #require(roots[old]))
        }
    }

    @Test("every altered byte of an inclusion proof is refused")
    func alteredInclusion() async throws {
        let root = Self.log.builder.root
        let leafHash = Self.log.leafHashes[12_345]
        let proof = try await Self.log.reader.inclusionProof(index: 12_345, size: 66_000)
        for (position, hash) in proof.path.enumerated() {
            for byte in 0..<Digest.byteCount {
                var path = proof.path
                path[position] = try Self.altered(hash, byte: byte)
                let altered = LogInclusionProof(index: proof.index, size: proof.size, path: path)
                #expect(throws: ProofFailure.rootMismatch) { try altered.verify(leafHash: leafHash, root: root) }
            }
        }
        for byte in 0..<Digest.byteCount {
            #expect(throws: ProofFailure.rootMismatch) {
                try proof.verify(leafHash: Self.altered(leafHash, byte: byte), root: root)
            }
        }
        let shorter = LogInclusionProof(index: proof.index, size: proof.size, path: Array(proof.path.dropLast()))
        #expect(throws: ProofFailure.wrongHashCount) { try shorter.verify(leafHash: leafHash, root: root) }
        let longer = LogInclusionProof(index: proof.index, size: proof.size, path: proof.path + [.zero])
        #expect(throws: ProofFailure.wrongHashCount) { try longer.verify(leafHash: leafHash, root: root) }
        for index in [0, 12_344, 12_346, 65_999] as [UInt64] {
            let moved = LogInclusionProof(index: index, size: proof.size, path: proof.path)
            #expect(throws: ProofFailure.self) { try moved.verify(leafHash: leafHash, root: root) }
        }
    }

    @Test("every altered byte of a consistency proof is refused")
    func alteredConsistency() async throws {
        let oldRoot = try await Self.log.reader.root(atSize: 40_001)
        let newRoot = Self.log.builder.root
        let proof = try await Self.log.reader.consistencyProof(old: 40_001, new: 66_000)
        for (position, hash) in proof.path.enumerated() {
            for byte in 0..<Digest.byteCount {
                var path = proof.path
                path[position] = try Self.altered(hash, byte: byte)
                let altered = LogConsistencyProof(oldSize: 40_001, newSize: 66_000, path: path)
                #expect(throws: ProofFailure.rootMismatch) { try altered.verify(oldRoot: oldRoot, newRoot: newRoot) }
            }
        }
        #expect(throws: ProofFailure.rootMismatch) { try proof.verify(oldRoot: newRoot, newRoot: oldRoot) }
    }

    @Test("the greatest sizes do not overflow")
    func extremes() {
        let hashes = [Digest](repeating: .zero, count: 64)
        for size: UInt64 in [.max, .max - 1, 1 << 63, (1 << 63) + 1] {
            for index: UInt64 in [0, 1, size / 2, size - 1] {
                #expect(MerkleTree.inclusionRanges(index: index, size: size).count <= MerkleTree.inclusionHashCountMax)
                for count in [0, 1, 63, 64] {
                    #expect(throws: ProofFailure.self) {
                        try MerkleTree.verifyInclusion(
                            leafHash: .zero,
                            index: index,
                            size: size,
                            proof: Array(hashes.prefix(count)),
                            root: .zero
                        )
                    }
                }
            }
            for old: UInt64 in [1, 2, size / 2, size - 1] {
                let ranges = MerkleTree.consistencyRanges(old: old, new: size)
                #expect(ranges.count <= MerkleTree.consistencyHashCountMax)
                #expect(throws: ProofFailure.self) {
                    try MerkleTree.verifyConsistency(
                        oldSize: old,
                        oldRoot: .zero,
                        newSize: size,
                        newRoot: .zero,
                        proof: Array(hashes.prefix(ranges.count))
                    )
                }
            }
        }
    }

    @Test("a damaged tile gives a failure, never a wrong proof")
    func damagedTiles() async throws {
        var generator = SeededGenerator("damaged tiles")
        let names = Self.log.tiles.keys.sorted { ($0.level, $0.index) < ($1.level, $1.index) }
        for _ in 0..<60 {
            let name = try #require(names.randomElement(using: &generator))
            var tiles = Self.log.tiles
            let offset = Int.random(in: 0..<LogTiling.tileByteCount, using: &generator)
            tiles[name]?[offset] ^= UInt8.random(in: 1...255, using: &generator)
            let reader = Self.log.reader(tiles: tiles)
            // An entry below the damaged hash, so that its proof needs the tile.
            let span = UInt64(1) << UInt64(8 * name.level)
            let index = (name.index * 256 + UInt64(offset / 32)) * span
            let size = UInt64.random(in: index + 1...66_000, using: &generator)
            await expectHonest(index: index, size: size, reader: reader, seed: generator.seed)
            let other = UInt64.random(in: 0..<size, using: &generator)
            await expectHonest(index: other, size: size, reader: reader, seed: generator.seed)
        }
        await #expect(throws: LedgerFailure.self) {
            try await Self.log.reader(tiles: [:]).inclusionProof(index: 0, size: 66_000)
        }
    }

    @Test("sizes and indices out of range are refused")
    func outOfRange() async {
        let reader = Self.log.reader
        await #expect(throws: LedgerFailure.limitExceeded(limit: "log size", maximum: 66_000)) {
            try await reader.root(atSize: 66_001)
        }
        await #expect(throws: LedgerFailure.limitExceeded(limit: "log index", maximum: 10)) {
            try await reader.inclusionProof(index: 10, size: 10)
        }
        await #expect(throws: LedgerFailure.limitExceeded(limit: "log size", maximum: 10)) {
            try await reader.consistencyProof(old: 0, new: 10)
        }
    }

    /// Either the reader says that the store is damaged, or its proof is right.
    private func expectHonest(index: UInt64, size: UInt64, reader: LogReader, seed: UInt64) async {
        do {
            let proof = try await reader.inclusionProof(index: index, size: size)
            let root = SampleLog.naiveRoot(Self.log.leafHashes[..<Int(size)])
            #expect(throws: Never.self, "seed \(seed)") {
                try proof.verify(entry: SampleLog.entry(Int(index)), root: root)
            }
        } catch {
            guard case .corrupted = error else {
                Issue.record("\(error), seed \(seed)")
                return
            }
        }
    }

    private static func altered(_ digest: Digest, byte: Int) throws -> Digest {
        var bytes = digest.bytes
        bytes[byte] ^= 0x10
        return try #require(Digest(bytes))
    }
}
