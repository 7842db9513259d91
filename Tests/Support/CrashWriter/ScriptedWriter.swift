import Foundation
import Tokenize
import TokenizeSQLite

/// Writes the ledger that a vector describes (`Specs/vectors/ledger.json`, `history.json`), and says what came of it.
///
/// `CrashWriter scripted VECTOR DATABASE` prints the vector's results as this build finds them, a line each. A debug and
/// a release build print the same.
enum ScriptedWriter {
    /// The clock of a scripted run: so much later at each reading.
    private final class ScriptedClock: Sendable {
        private let lock = NSLock()
        private nonisolated(unsafe) var time: UInt64
        private let step: UInt64

        init(start: UInt64, step: UInt64) {
            time = start
            self.step = step
        }

        func read() -> UInt64 {
            lock.lock()
            defer { lock.unlock() }
            time += step
            return time
        }
    }

    private struct Vector: Decodable {
        let secret: String
        let genesis: String
        let transactions: [String]
        let clockStart: UInt64
        let clockStep: UInt64
        let sealedEvery: Int
    }

    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 2 else { throw CrashWriter.UsageError() }
        let vector = try JSONDecoder().decode(Vector.self, from: Data(contentsOf: URL(fileURLWithPath: arguments[0])))
        guard let bytes = [UInt8](hexadecimal: vector.secret), let secret = Digest(bytes),
            let genesis = [UInt8](hexadecimal: vector.genesis)
        else { throw CrashWriter.UsageError() }
        let clock = ScriptedClock(start: vector.clockStart, step: vector.clockStep)
        let configuration = LedgerConfiguration(
            disclosureSecret: DisclosureSecret(secret),
            sealing: .every(vector.sealedEvery),
            clock: { clock.read() }
        )
        let store = try await SQLiteStore.open(path: arguments[1])
        let ledger = try await TokenLedger.create(
            genesis: try Genesis(canonicalBytes: genesis),
            store: store,
            configuration: configuration
        )
        let transactions = try vector.transactions.map { text in
            guard let bytes = [UInt8](hexadecimal: text) else { throw CrashWriter.UsageError() }
            return bytes
        }
        var refused: [String] = []
        for (place, result) in await ledger.submit(transactions).enumerated() {
            do throws(SubmissionError) {
                _ = try result.get()
            } catch .rejected(let rejection) {
                refused.append("\(place):\(rejection.code.rawValue)")
            }
        }
        try await ledger.close()
        CrashWriter.say("refused \(refused.isEmpty ? "none" : refused.joined(separator: ","))")
        try await report(SQLiteStore.open(path: arguments[1]))
    }

    private static func report(_ store: SQLiteStore) async throws {
        var records: [UInt8] = []
        var position: UInt64 = 0
        var logRoot = Digest.zero
        while let group = try await store.group(containing: position) {
            records += group.records
            position = group.endPosition
            logRoot = group.logRoot
        }
        let block = try await store.lastBlock()
        var snapshot: [UInt8] = []
        if let height = block?.height {
            var index = 0
            while let chunk = try await store.snapshotChunk(height: height, index: index) {
                snapshot += chunk
                index += 1
            }
        }
        await store.close()
        CrashWriter.say("size \(position)")
        CrashWriter.say("logRoot \(logRoot.bytes.hexadecimal)")
        CrashWriter.say("stateRoot \((block?.stateRoot ?? .zero).bytes.hexadecimal)")
        CrashWriter.say("records \(MerkleTree.leafHash(records).bytes.hexadecimal)")
        CrashWriter.say("snapshot \(MerkleTree.leafHash(snapshot).bytes.hexadecimal)")
    }
}
