@testable import Tokenize

/// A log in memory whose entry `i` is the text `leaf i`, with the tiles that its builder gave.
struct SampleLog: Sendable {
    let leafHashes: [Digest]
    let builder: LogBuilder
    let tiles: [TileName: [UInt8]]

    struct TileName: Hashable, Sendable {
        let level: Int
        let index: UInt64
    }

    init(size: Int) {
        leafHashes = (0..<size).map { MerkleTree.leafHash(SampleLog.entry($0)) }
        var builder = LogBuilder()
        for leafHash in leafHashes { builder.append(leafHash) }
        let taken = builder.takeTiles()
        tiles = Dictionary(uniqueKeysWithValues: taken.map { (TileName(level: $0.level, index: $0.index), $0.hashes) })
        self.builder = builder
    }

    static func entry(_ index: Int) -> [UInt8] { Array("leaf \(index)".utf8) }

    var reader: LogReader { reader(tiles: tiles) }

    func reader(tiles: [TileName: [UInt8]]) -> LogReader {
        LogReader(edge: builder.edge) { level, index in tiles[TileName(level: level, index: index)] }
    }

    func builder(atSize size: UInt64) -> LogBuilder {
        var builder = LogBuilder()
        for leafHash in leafHashes.prefix(Int(size)) { builder.append(leafHash) }
        return builder
    }

    /// A builder made from stored tiles, as after a restart.
    func recoveredBuilder(atSize size: UInt64) async throws -> LogBuilder {
        let tiles = tiles
        return try await LogBuilder(
            size: size,
            tailLeafHashes: Array(leafHashes[Int(size - size % 256)..<Int(size)])
        ) { level, index in
            tiles[TileName(level: level, index: index)]
        }
    }

    /// RFC 6962's definition, word for word.
    static func naiveRoot(_ leafHashes: ArraySlice<Digest>) -> Digest {
        guard let first = leafHashes.first else { return MerkleTree.emptyRoot }
        if leafHashes.count == 1 { return first }
        var half = 1
        while half * 2 < leafHashes.count { half *= 2 }
        let middle = leafHashes.startIndex + half
        return MerkleTree.nodeHash(naiveRoot(leafHashes[..<middle]), naiveRoot(leafHashes[middle...]))
    }
}
