import Foundation
import Testing

@testable import Tokenize

/// With a scripted clock and sealing, every build writes the very bytes whose digests the vectors have: a ledger of
/// transfers (`Specs/vectors/ledger.json`), and one on which a bit of everything happens (`Specs/vectors/history.json`).
///
/// The suite runs the build that it is part of; `Scripts/soak builds` runs a release build on the same vectors.
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

    enum Name: String, CaseIterable, Sendable {
        case ledger, history

        var file: URL { PackageRoot.url.appending(path: "Specs/vectors/\(rawValue).json") }
    }

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

    @Test("the bytes are those of the vector", arguments: Name.allCases)
    func bytes(_ name: Name) async throws {
        if ProcessInfo.processInfo.environment["TOKENIZE_WRITE_VECTORS"] != nil { try await write(name) }
        let vector = try JSONDecoder().decode(Vector.self, from: Data(contentsOf: name.file))
        let names = ["logRoot", "records", "refused", "size", "snapshot", "stateRoot"]
        #expect(vector.results.keys.sorted() == names)
        #expect(
            try await results(of: name.file) == vector.results,
            "if the wire format has changed on purpose, write the vectors anew with TOKENIZE_WRITE_VECTORS=1"
        )
    }

    @Test("the history is recorded as it is in its vector, and has refusals")
    func history() async throws {
        let vector = try JSONDecoder().decode(Vector.self, from: Data(contentsOf: Name.history.file))
        let (recorded, refusedCount) = try await RecordedHistory.record()
        #expect(recorded.transactions.map(\.hexadecimal) == vector.transactions)
        #expect(vector.results["refused"]?.split(separator: ",").count == refusedCount)
        #expect(refusedCount == 5)
    }

    /// Writes a vector anew, after a change of the wire format.
    private func write(_ name: Name) async throws {
        var vector = try await vector(name)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(vector).write(to: name.file)
        vector.results = try await results(of: name.file)
        try (encoder.encode(vector) + Data("\n".utf8)).write(to: name.file)
    }

    private func vector(_ name: Name) async throws -> Vector {
        let recorded =
            name == .ledger
            ? try await RecordedTransactions(transferCount: 20) : try await RecordedHistory.record().recorded
        return Vector(
            description: "A ledger from its genesis and signed transactions, with a scripted clock: the clock is read "
                + "once for each header and is clockStep later each time, and a header follows every sealedEvery "
                + "committed transactions, and the genesis, and the last. refused has the place of each transaction "
                + "that is refused, from 0, with the code. records and snapshot are SHA-256 of 00 and the bytes.",
            secret: RecordedTransactions.secretHexadecimal,
            genesis: recorded.genesis.canonicalBytes.hexadecimal,
            transactions: recorded.transactions.map(\.hexadecimal),
            clockStart: RecordedHistory.clockStart,
            clockStep: name == .ledger ? 10 : RecordedHistory.clockStep,
            sealedEvery: RecordedHistory.sealedEvery,
            results: [:]
        )
    }
}
