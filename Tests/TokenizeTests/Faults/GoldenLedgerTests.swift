import Foundation
import Testing

@testable import Tokenize

/// With a scripted clock and sealing, every build writes the very bytes whose digests `Specs/vectors/ledger.json` has.
///
/// The suite runs the build that it is part of; `Scripts/soak builds` runs a release build on the same vector.
@Suite("Golden ledger")
struct GoldenLedgerTests {
    struct Vector: Codable {
        var description: String
        var secret: String
        var genesis: String
        var transactions: [String]
        var clockStart: UInt64
        var clockStep: UInt64
        var sealedEvery: Int
        /// What comes of it, by name.
        var results: [String: String]
    }

    static let file = PackageRoot.url.appending(path: "Specs/vectors/ledger.json")
    private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("CrashWriter").path

    /// What a process of this build makes of the vector in `file`.
    private func results(of file: URL) async throws -> [String: String] {
        let folder = try TemporaryFolder()
        let arguments = ["scripted", file.path, StoreCrash.path(in: folder)]
        let status = try await ChildProcess.run(Self.executable, arguments)
        #expect(status.code == 0 && !status.wasSignalled, "\(status)")
        var results: [String: String] = [:]
        for line in status.output.split(separator: "\n") {
            let words = line.split(separator: " ")
            results[String(words[0])] = String(words.last ?? "")
        }
        return results
    }

    @Test("the bytes are those of the vector")
    func bytes() async throws {
        if ProcessInfo.processInfo.environment["TOKENIZE_WRITE_VECTORS"] != nil { try await write() }
        let vector = try JSONDecoder().decode(Vector.self, from: Data(contentsOf: Self.file))
        #expect(vector.results.keys.sorted() == ["logRoot", "records", "size", "snapshot", "stateRoot"])
        #expect(
            try await results(of: Self.file) == vector.results,
            "if the wire format has changed on purpose, write the vector anew with TOKENIZE_WRITE_VECTORS=1"
        )
    }

    /// Writes the vector anew, after a change of the wire format.
    private func write() async throws {
        let recorded = try await RecordedTransactions(transferCount: 20)
        var vector = Vector(
            description: "A ledger from its genesis and signed transactions, with a scripted clock: the clock is read "
                + "once for each header and is clockStep later each time, and a header follows every sealedEvery "
                + "transactions, and the genesis, and the last. records and snapshot are SHA-256 of 00 and the bytes.",
            secret: RecordedTransactions.secretHexadecimal,
            genesis: recorded.genesis.canonicalBytes.hexadecimal,
            transactions: recorded.transactions.map(\.hexadecimal),
            clockStart: 1_767_600_000,
            clockStep: 10,
            sealedEvery: 5,
            results: [:]
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(vector).write(to: Self.file)
        vector.results = try await results(of: Self.file)
        try (encoder.encode(vector) + Data("\n".utf8)).write(to: Self.file)
    }
}
