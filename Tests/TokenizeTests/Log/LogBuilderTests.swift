import Testing

@testable import Tokenize

@Suite("Log builder")
struct LogBuilderTests {
    static let log = SampleLog(size: 1_100)
    static let longLog = SampleLog(size: 66_000)

    @Test("has the root of the definition at every size to 1,100")
    func everyRoot() {
        var builder = LogBuilder()
        #expect(builder.root == MerkleTree.emptyRoot)
        for size in 1...Self.log.leafHashes.count {
            builder.append(Self.log.leafHashes[size - 1])
            #expect(builder.size == UInt64(size))
            #expect(builder.root == SampleLog.naiveRoot(Self.log.leafHashes[..<size]), "size \(size)")
        }
    }

    @Test("gives every complete tile once, in order")
    func tiles() {
        let leafHashes = Self.longLog.leafHashes
        var builder = LogBuilder()
        var names: [SampleLog.TileName] = []
        for (count, leafHash) in leafHashes.enumerated() {
            builder.append(leafHash)
            if count % 1_000 == 0 {
                names += builder.takeTiles().map { SampleLog.TileName(level: $0.level, index: $0.index) }
            }
        }
        names += builder.takeTiles().map { SampleLog.TileName(level: $0.level, index: $0.index) }
        #expect(names.filter { $0.level == 0 }.map(\.index) == Array(0..<257))
        #expect(names.filter { $0.level == 1 }.map(\.index) == [0])
        #expect(names.count == 258)
        #expect(Self.longLog.tiles[SampleLog.TileName(level: 0, index: 3)] == leafHashes[768..<1_024].flatMap(\.bytes))
    }

    @Test("goes on from stored tiles as if it had never stopped")
    func recovery() async throws {
        var generator = SeededGenerator("log recovery")
        var sizes: [UInt64] = [0, 255, 256, 257, 65_535, 65_536, 65_537, 66_000]
        for _ in 0..<6 { sizes.append(UInt64.random(in: 0...66_000, using: &generator)) }
        for size in sizes {
            var recovered = try await Self.longLog.recoveredBuilder(atSize: size)
            let expected = Self.longLog.builder(atSize: size)
            #expect(recovered.root == expected.root, "size \(size), seed \(generator.seed)")
            var tiles: [LogTile] = []
            for leafHash in Self.longLog.leafHashes[Int(size)...] {
                recovered.append(leafHash)
                tiles += recovered.takeTiles()
            }
            #expect(recovered.root == Self.longLog.builder.root, "size \(size), seed \(generator.seed)")
            for tile in tiles {
                let name = SampleLog.TileName(level: tile.level, index: tile.index)
                #expect(tile.hashes == Self.longLog.tiles[name])
            }
        }
    }

    @Test("refuses to go on from tiles that are missing, short, or not of this log")
    func damagedRecovery() async throws {
        let log = Self.longLog
        let tail = Array(log.leafHashes[65_792..<66_000])
        await #expect(throws: LedgerFailure.self) {
            try await LogBuilder(size: 66_000, tailLeafHashes: tail) { _, _ in nil }
        }
        await #expect(throws: LedgerFailure.self) {
            try await LogBuilder(size: 66_000, tailLeafHashes: tail) { _, _ in [1, 2, 3] }
        }
        await #expect(throws: LedgerFailure.self) {
            try await LogBuilder(size: 66_000, tailLeafHashes: []) { level, index in
                log.tiles[SampleLog.TileName(level: level, index: index)]
            }
        }
        let damaged = try await LogBuilder(size: 66_000, tailLeafHashes: tail) { level, index in
            var bytes = log.tiles[SampleLog.TileName(level: level, index: index)]
            bytes?[77] ^= 1
            return bytes
        }
        #expect(damaged.root != log.builder.root)
    }
}
