import Testing

@testable import Tokenize

@Suite("Export of a log from a store")
struct LogExportTests {
    /// A ledger with more than a tile of entries, and its checkpoint.
    private static func sample() async throws -> (store: MemoryStore, checkpoint: Checkpoint) {
        let store = MemoryStore()
        let fixture = try await Fixture(store: store, sealing: .onRequest)
        let people = try await fixture.open(10..<12)
        let cash = try await fixture.makeCash()
        for _ in 0..<300 { try await fixture.ministry.transfer(1, of: cash, to: people[0].account) }
        return (store, try await fixture.ledger.checkpoint().checkpoint)
    }

    private static func files(_ store: MemoryStore, _ checkpoint: Checkpoint) async throws -> [LogExport.File] {
        var files = LogExport.Files(of: store, under: checkpoint)
        var all: [LogExport.File] = []
        while let file = try await files.next() { all.append(file) }
        return all
    }

    @Test("every resource of a tiled log of that size is given once")
    func resources() async throws {
        let (store, checkpoint) = try await Self.sample()
        let rest = Int(checkpoint.size) - 256
        let files = try await Self.files(store, checkpoint)
        #expect(
            files.map(\.resource.path) == [
                "tile/entries/000", "tile/0/000", "tile/entries/001.p/\(rest)", "tile/0/001.p/\(rest)",
                "tile/1/000.p/1",
            ]
        )
        let bundle = try #require(EntryBundle(parsing: files[0].bytes, width: 256))
        #expect(LogTiling.bytes(of: bundle.leafHashes) == files[1].bytes)
    }

    @Test("an earlier checkpoint exports the log as it was")
    func earlier() async throws {
        let (store, checkpoint) = try await Self.sample()
        let bundle = try #require(EntryBundle(parsing: try await Self.files(store, checkpoint)[0].bytes, width: 256))
        let root = MerkleTree.root(ofLeafHashes: bundle.leafHashes[..<7])
        let files = try await Self.files(store, Checkpoint(origin: checkpoint.origin, size: 7, root: root))
        #expect(files.map(\.resource.path) == ["tile/entries/000.p/7", "tile/0/000.p/7"])
    }

    @Test("a checkpoint of another log, or of more than there is, is a typed failure")
    func foreignCheckpoint() async throws {
        let (store, checkpoint) = try await Self.sample()
        let other = Checkpoint(origin: checkpoint.origin, size: checkpoint.size, root: .zero)
        await #expect(throws: LedgerFailure.rootMismatch(entryCount: checkpoint.size, source: "checkpoint")) {
            try await Self.files(store, other)
        }
        let longer = Checkpoint(origin: checkpoint.origin, size: checkpoint.size + 1, root: checkpoint.root)
        await #expect(
            throws: LedgerFailure.lostTail(
                entryCount: checkpoint.size,
                expected: checkpoint.size + 1,
                source: "checkpoint"
            )
        ) {
            try await Self.files(store, longer)
        }
    }
}
