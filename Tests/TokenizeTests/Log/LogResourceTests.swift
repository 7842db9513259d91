import Foundation
import Testing

@testable import Tokenize

/// Paths, partial tiles and entry bundles as a tiled log publishes them.
@Suite("Log resources")
struct LogResourceTests {
    @Test(
        "paths",
        arguments: [
            ("checkpoint", LogResource.checkpoint),
            ("tile/0/000", .tile(level: 0, index: 0, width: 256)),
            ("tile/0/x001/x234/067", .tile(level: 0, index: 1_234_067, width: 256)),
            ("tile/63/x001/234.p/255", .tile(level: 63, index: 1_234, width: 255)),
            ("tile/entries/999.p/1", .entries(index: 999, width: 1)),
            ("tile/entries/x001/000", .entries(index: 1_000, width: 256)),
            (
                "tile/0/x018/x446/x744/x073/x709/x551/615",
                .tile(level: 0, index: UInt64.max, width: 256)
            ),
        ]
    )
    func paths(path: String, resource: LogResource) {
        #expect(resource.path == path)
        #expect(LogResource(path: path) == resource)
    }

    @Test(
        "paths that name nothing",
        arguments: [
            "", "/checkpoint", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/64/000",
            "tile/-1/000", "tile/0/x000/001", "tile/0/x00/001", "tile/0/001/001", "tile/0/x001", "tile/0/000.p/0",
            "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p", "tile/0/000.p/1/", "tile/0/000/1",
            "tile/0/.p/1", "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/0a0", "tile/0/+00", "tiles/0/000",
        ]
    )
    func wrongPaths(path: String) {
        #expect(LogResource(path: path) == nil)
    }

    @Test("bundles")
    func bundles() throws {
        let bundle = try EntryBundle(entries: [[1, 2, 3], [], [UInt8](repeating: 7, count: 65_535)])
        let bytes = bundle.bytes
        #expect(Array(bytes.prefix(9)) == [0, 3, 1, 2, 3, 0, 0, 0xFF, 0xFF])
        #expect(EntryBundle(parsing: bytes, width: 3) == bundle)
        #expect(EntryBundle(parsing: bytes, width: 2) == nil)
        #expect(EntryBundle(parsing: bytes, width: 4) == nil)
        #expect(EntryBundle(parsing: Array(bytes.dropLast()), width: 3) == nil)
        #expect(EntryBundle(parsing: bytes + [0], width: 3) == nil)
        #expect(throws: LedgerFailure.self) { try EntryBundle(entries: [[UInt8](repeating: 0, count: 65_536)]) }
        #expect(throws: LedgerFailure.self) { try EntryBundle(entries: [[UInt8]](repeating: [], count: 257)) }
    }

    @Test(
        "tiles and bundles of every published size are those of the vectors",
        .enabled(if: LogConformance.exists("log/tlog"), "no outside test data"),
        arguments: TiledLogTests.vectors.flatMap { $0.tiles.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    )
    func vectors(size: String, expected: [String: String]) throws {
        let size = try #require(UInt64(size))
        var builder = LogBuilder()
        var published: [LogResource: [UInt8]] = [:]
        for leafHash in TiledLogTests.log.leafHashes.prefix(Int(size)) { builder.append(leafHash) }
        for tile in builder.takeTiles() {
            published[.tile(level: tile.level, index: tile.index, width: 256)] = tile.hashes
        }
        for (resource, bytes) in builder.edge.partialTileFiles { published[resource] = bytes }
        for start in stride(from: 0, to: size, by: 256) {
            let width = min(256, size - start)
            let entries = (start..<start + width).map { SampleLog.entry(Int($0)) }
            published[.entries(index: start / 256, width: Int(width))] = try EntryBundle(entries: entries).bytes
        }
        let digests = Dictionary(
            uniqueKeysWithValues: published.map { ($0.key.path, Hashing.sha256($0.value).description) }
        )
        #expect(digests == expected)
    }
}
