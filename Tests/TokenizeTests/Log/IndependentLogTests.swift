import Foundation
import Testing

@testable import Tokenize

/// A log that was exported, read by the verifier in `Specs/verifier` and checked to the last signature.
@Suite("Independent check of an exported log", .enabled(if: PythonVerifier.isInstalled, "no python3"))
struct IndependentLogTests {
    /// A log's files, less than a tile of entries, which can be exchanged and published anew.
    private struct Log {
        let name: NoteName
        let seed: [UInt8]
        var entries: [[UInt8]]

        var key: [String] {
            get throws { ["--key", try NoteSigner(name: name, algorithm: .ed25519, seed: seed).verifierKey.text] }
        }

        /// Writes the log as its own key would publish it, whatever the entries are.
        func write(into folder: TemporaryFolder, at path: String) throws -> String {
            let leafHashes = entries.map(MerkleTree.leafHash)
            let signer = try NoteSigner(name: name, algorithm: .ed25519, seed: seed)
            let root = MerkleTree.root(ofLeafHashes: leafHashes)
            let checkpoint = Checkpoint(origin: name, size: UInt64(entries.count), root: root)
            let files = [
                "checkpoint": try signer.sign(checkpoint).bytes,
                "tile/entries/000.p/\(entries.count)": try EntryBundle(entries: entries).bytes,
                "tile/0/000.p/\(entries.count)": LogTiling.bytes(of: leafHashes),
            ]
            for (file, bytes) in files {
                let url = folder.url.appending(path: path).appending(path: file)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(bytes).write(to: url)
            }
            return folder.path(path)
        }
    }

    /// The entries of a ledger on which the log key was rotated, if `seed` is another than the first.
    private func log(seed: [UInt8] = Fixture.logSeed) async throws -> Log {
        let market = try await Market()
        try await market.run(8)
        let signer = try SoftwareCheckpointSigner(
            ledger: market.ledger.id,
            name: market.fixture.genesis.name,
            seed: seed
        )
        if seed != Fixture.logSeed {
            let key = try #require(Digest(signer.verifierKey.publicKey))
            let keys = try #require(LogKeys(log: key))
            let governor = AuthorityReference(.governor)
            try await market.fixture.authority(.governor).submit([.rotateLogKeys(keys, under: governor)])
            try await market.ledger.use(checkpointSigner: signer)
        }
        let size = try await market.ledger.checkpoint().checkpoint.size
        let store = market.ledger.store
        var entries: [[UInt8]] = []
        while UInt64(entries.count) < size {
            let group = try #require(try await store.group(containing: UInt64(entries.count)))
            entries += try GroupRecords.records(of: group).map(\.entry)
        }
        try await market.ledger.close()
        return Log(name: signer.verifierKey.name, seed: seed, entries: Array(entries.prefix(Int(size))))
    }

    private func verdict(_ log: Log, _ folder: TemporaryFolder, _ path: String) async throws -> String {
        let answer = try await PythonVerifier.run(["log", try log.write(into: folder, at: path)] + log.key, in: folder)
        #expect(answer.status == (answer.lines.first?.hasPrefix("verified: ") == true ? 0 : 1), "\(answer.errors)")
        return try #require(answer.lines.first)
    }

    @Test("an honest log holds, with the key that the ledger names and with no other")
    func honest() async throws {
        let folder = try TemporaryFolder()
        let log = try await log()
        #expect(try await verdict(log, folder, "log").hasPrefix("verified: \(log.name), size \(log.entries.count), "))
        let newSeed = [UInt8](repeating: 21, count: 32)
        let rotated = try await self.log(seed: newSeed)
        #expect(try await verdict(rotated, folder, "rotated").hasPrefix("verified: "))
        let old = Log(name: rotated.name, seed: Fixture.logSeed, entries: rotated.entries)
        #expect(try await verdict(old, folder, "old").contains("7.5.1"))
    }

    @Test("what its own key publishes is refused if a signature, a header or a sequence is wrong")
    func forged() async throws {
        let folder = try TemporaryFolder()
        let honest = try await log()
        let position = try #require(honest.entries.lastIndex { $0[1] == 1 })
        guard case .transaction(let bytes, let root, let count) = try LogEntry(canonicalBytes: honest.entries[position])
        else { throw LedgerFailure.misconfigured(reason: "no transaction") }
        var unsigned = bytes
        unsigned[unsigned.count - 1] ^= 1
        let header = try #require(honest.entries.indices.last)
        let attacks: [(String, String, (inout [[UInt8]]) -> Void)] = [
            (
                "signature", "SIG-002",
                {
                    let entry = LogEntry.transaction(bytes: unsigned, effectsRoot: root, effectCount: count)
                    $0[position] = entry.canonicalBytes
                }
            ),
            ("sequence", "SEQ-001", { $0.insert($0[position], at: position) }),
            ("header", "height", { $0.append($0[header]) }),
            ("end", "7.5", { $0.removeLast() }),
            ("genesis", "genesis", { $0.append($0[0]) }),
        ]
        for (name, reason, attack) in attacks {
            var log = honest
            attack(&log.entries)
            let line = try await verdict(log, folder, name)
            #expect(line.hasPrefix("refused: ") && line.contains(reason), "\(name): \(line)")
        }
    }

    @Test("a file with a byte changed is refused, and so is one that is missing")
    func altered() async throws {
        let folder = try TemporaryFolder()
        let log = try await log()
        let count = log.entries.count
        for file in ["checkpoint", "tile/entries/000.p/\(count)", "tile/0/000.p/\(count)"] {
            _ = try log.write(into: folder, at: "log")
            let url = folder.url.appending(path: "log").appending(path: file)
            var bytes = try Data(contentsOf: url)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: url)
            for _ in 0..<2 {
                let answer = try await PythonVerifier.run(["log", folder.path("log")] + log.key, in: folder)
                #expect(answer.status == 1 && answer.lines.first?.hasPrefix("refused: ") == true, "\(file): \(answer)")
                try? FileManager.default.removeItem(at: url)
            }
        }
    }
}
