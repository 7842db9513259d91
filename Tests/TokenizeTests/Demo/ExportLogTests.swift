import Foundation
import Testing

@testable import Tokenize

@Suite("An exported log is a tiled log")
struct ExportLogTests {
    @Test("the root of the checkpoint follows from the level-0 tiles, and these from the entries")
    func readable() async throws {
        var scenario = try SampleScenario.shortBond()
        try scenario.set("trading.tradeCount", to: "600")
        let told = try await ToldLedger(scenario, "bond")
        let folder = try told.file("tiles")
        let run = try await told.run("export-log", told.path, folder, "--json")
        #expect(run.status == 0, "\(run.errors)")

        let note = try String(contentsOfFile: "\(folder)/checkpoint", encoding: .utf8)
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let size = try #require(Int(lines[1]))
        let root = try #require(Data(base64Encoded: lines[2]))
        #expect(lines[0].hasPrefix("bonds.demo.la/ledger1"))
        try #require(size > 512, "more than two tiles")

        var leaves: [[UInt8]] = []
        for index in 0...((size - 1) / 256) {
            let width = min(256, size - index * 256)
            let suffix = width == 256 ? "" : ".p/\(width)"
            let tile = try file(folder, String(format: "tile/0/%03d", index) + suffix)
            let bundle = try file(folder, String(format: "tile/entries/%03d", index) + suffix)
            let hashes = stride(from: 0, to: tile.count, by: 32).map { Array(tile[$0..<$0 + 32]) }
            #expect(hashes.count == width)
            let computed = try entries(of: bundle).map { Hashing.sha256([0] + $0).bytes }
            #expect(computed == hashes, "tile \(index)")
            leaves += hashes
        }
        #expect(merkleRoot(leaves[...]) == Array(root))
        let level1 = try file(folder, "tile/1/000.p/\(size / 256)")
        let computed = (0..<size / 256).flatMap { merkleRoot(leaves[$0 * 256..<($0 + 1) * 256]) }
        #expect(level1 == computed)
    }

    @Test("a second export goes over the first; a folder of something else is left alone")
    func folders() async throws {
        let told = try await ToldLedger.bond()
        let folder = try told.file("tiles")
        #expect(try await told.run("export-log", told.path, folder).status == 0)
        #expect(try await told.run("export-log", told.path, folder).status == 0)
        let other = try await ToldLedger.bond()
        let foreign = try await told.run("export-log", other.path, folder)
        #expect(foreign.isOneClearError && foreign.errors.contains("is not empty"), "\(foreign.errors)")
        let home = try await told.run("export-log", told.path, try told.file("told"))
        #expect(home.isOneClearError && home.errors.contains("is not empty"), "\(home.errors)")
    }

    private func file(_ folder: String, _ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
    }

    /// Each entry after its length in two bytes.
    private func entries(of bundle: [UInt8]) throws -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bundle[...]
        while let high = rest.popFirst() {
            let low = rest.popFirst()
            let count = Int(high) << 8 | Int(try #require(low))
            try #require(rest.count >= count)
            entries.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return entries
    }

    /// RFC 6962, section 2.1, word for word.
    private func merkleRoot(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1, let first = leaves.indices.first else { return leaves.first ?? [] }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = merkleRoot(leaves[first..<first + split])
        return Hashing.sha256([1] + left + merkleRoot(leaves[(first + split)...])).bytes
    }
}
