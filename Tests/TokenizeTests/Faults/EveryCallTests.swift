import Foundation
import Testing
import TokenizeSQLite

@testable import Tokenize

/// A process that is killed at, or told of a failure of, each of its calls to the file system in turn.
@Suite(
    "Every call to the file system",
    .enabled(if: TracedWriter.obstacle == nil, "\(TracedWriter.obstacle ?? "")")
)
struct EveryCallTests {
    static let transferCount = 4
    /// `TOKENIZE_CALL_STRIDE` takes every so many-th call only, from another one at each run.
    static let stride = 1

    @Test("SIGKILL: what was acknowledged is there, the rest is a prefix, and the ledger goes on")
    func killed() async throws {
        let campaign = try await Plan()
        var killedCount = 0
        let faults = campaign.faults(stride: Campaign.count("TOKENIZE_CALL_STRIDE", suite: Self.stride)) { _ in
            [.kill]
        }
        for fault in faults {
            let writer = try campaign.writer()
            let outcome = try await writer.run(fault)
            let what = "seed \(campaign.seed), \(fault)"
            #expect(outcome.wasKilled != (outcome.lines.last == "end"), "\(what): \(outcome.lines)")
            #expect(!outcome.lines.contains { $0.hasPrefix("failed") }, "\(what): \(outcome.lines)")
            if outcome.wasKilled { killedCount += 1 }
            try await campaign.requireRecovery(writer, outcome, what)
        }
        // A call less or more there may be from one run to the next, at the very end.
        #expect(killedCount * 10 >= faults.count * 9, "\(killedCount) of \(faults.count)")
    }

    @Test("EIO and ENOSPC: nothing is acknowledged after it, work is refused, and goes on after a restart")
    func failing() async throws {
        let campaign = try await Plan()
        var refusedCount = 0
        let faults = campaign.faults(stride: Campaign.count("TOKENIZE_CALL_STRIDE", suite: Self.stride)) { call in
            switch call {
            case "fsync", "fdatasync": [.error("EIO")]
            case "rename", "renameat", "renameat2", "unlink", "unlinkat": [.error("EIO")]
            default: [.error("EIO"), .lastingError("ENOSPC")]
            }
        }
        for fault in faults {
            let writer = try campaign.writer()
            let outcome = try await writer.run(fault)
            let what = "seed \(campaign.seed), \(fault)"
            #expect(!outcome.wasKilled, "\(what)")
            try Self.requireSilence(outcome, what)
            if outcome.lines.contains(where: { $0.hasPrefix("failed") }) { refusedCount += 1 }
            try await campaign.requireRecovery(writer, outcome, what)
        }
        // Some calls may fail without harm: the last ones, when the process closes, and those that only tidy up.
        #expect(refusedCount * 2 > faults.count, "\(refusedCount) of \(faults.count)")
    }

    /// No receipt after a failure, every failure has a type, and no receipt after a sync that failed.
    private static func requireSilence(_ outcome: TracedWriter.Outcome, _ what: String) throws {
        let firstFailure = outcome.lines.firstIndex { $0.hasPrefix("failed ") } ?? outcome.lines.endIndex
        for line in outcome.lines[firstFailure...] {
            #expect(!line.hasPrefix("done "), "\(what): \(outcome.lines)")
            guard line.hasPrefix("failed ") else { continue }
            let cases = ["inputOutput", "storePoisoned", "cannotOpen", "corrupted", "storeClosed", "lostTail"]
            #expect(cases.contains { line.contains($0) }, "\(what): \(line)")
        }
        // The folder's sync with a new write-ahead log is SQLite's, which does not ask how it went; the store syncs the
        // folder itself when it opens. The projection is no part of what is acknowledged.
        let failedSync = outcome.trace.firstIndex { line in
            line.contains("(INJECTED)") && (line.hasPrefix("fsync") || line.hasPrefix("fdatasync"))
                && ["ledger.sqlite>", "ledger.sqlite-wal>", "ledger.sqlite.mark>"].contains { line.contains($0) }
        }
        guard let failedSync else { return }
        for line in outcome.trace[failedSync...] {
            #expect(!(line.hasPrefix("write(") && line.contains("\"done ")), "\(what): \(line)")
        }
    }
}

/// What is written in every run, how many calls that takes, and what must be there afterwards.
private struct Plan {
    let seed: UInt64
    let recorded: RecordedTransactions
    let counts: [String: Int]

    init() async throws {
        seed = Campaign.seed("every call")
        recorded = try await RecordedTransactions(transferCount: EveryCallTests.transferCount)
        let writer = try Plan.writer(recorded)
        let outcome = try await writer.run(nil)
        counts = outcome.counts
        #expect(outcome.lines.last == "end", "\(outcome.lines)")
        #expect(outcome.threadCount == 1, "strace counts the calls of each thread by itself")
        #expect(try outcome.acknowledged.count == recorded.transactions.count)
        // A call that strace does not see would not be tried.
        for call in ["openat", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink"] {
            #expect((counts[call] ?? 0) > 0, "no \(call) was seen: \(counts)")
        }
        print("every call: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    }

    func writer() throws -> TracedWriter { try Plan.writer(recorded) }

    private static func writer(_ recorded: RecordedTransactions) throws -> TracedWriter {
        TracedWriter(
            folder: try TemporaryFolder(),
            secretHexadecimal: RecordedTransactions.secretHexadecimal,
            genesis: recorded.genesis.canonicalBytes,
            transactions: recorded.transactions
        )
    }

    /// Every `stride`-th call from a random one on, and at least one of each name.
    func faults(
        stride: Int,
        _ effects: (String) -> [TracedWriter.Fault.Effect]
    ) -> [TracedWriter.Fault] {
        var random = SplitMix(seed: seed)
        var faults: [TracedWriter.Fault] = []
        for call in TracedWriter.calls {
            let count = counts[call] ?? 0
            guard count > 0 else { continue }
            for effect in effects(call) {
                var number = Int.random(in: 1...min(stride, count), using: &random)
                while number <= count {
                    faults.append(TracedWriter.Fault(call: call, number: number, effect: effect))
                    number += stride
                }
            }
        }
        return faults
    }

    /// Opens what the process left, as the next process would, and lets it finish the work.
    func requireRecovery(_ writer: TracedWriter, _ outcome: TracedWriter.Outcome, _ what: String) async throws {
        let acknowledged = try outcome.acknowledged
        let configuration = try Fixture.configuration(recorded.genesis)
        let store = try await SQLiteStore.open(path: writer.database)
        let ledger: TokenLedger
        if try await store.extent().entryCount == 0 {
            #expect(acknowledged.isEmpty && !outcome.lines.contains("open"), "\(what)")
            ledger = try await TokenLedger.create(
                genesis: recorded.genesis,
                store: store,
                configuration: configuration
            )
        } else {
            ledger = try await TokenLedger.open(store: store, configuration: configuration)
        }
        var receipts: [Receipt?] = []
        for bytes in recorded.transactions {
            receipts.append(try await ledger.receipt(of: try SignedTransaction(bytes: bytes).id))
        }
        let found = receipts.prefix { $0 != nil }.count
        #expect(receipts[found...].allSatisfy { $0 == nil }, "\(what): no prefix")
        let isComplete = found >= acknowledged.count
        #expect(isComplete, "\(what): \(found) of \(acknowledged.count)")
        // All of it again: what is there gives its first receipt, the rest is done now.
        for (index, result) in await ledger.submit(recorded.transactions).enumerated() {
            let receipt = try result.get()
            if let first = receipts[index] { #expect(receipt == first, "\(what)") }
        }
        try await ledger.close()
        let again = try await SQLiteStore.open(path: writer.database)
        let report = try await LedgerAuditor.audit(store: again, secret: Fixture.secret)
        #expect(report.transactionCount == UInt64(recorded.transactions.count), "\(what)")
        #expect(report.assetsOutOfBalance.isEmpty, "\(what)")
        #expect(report.unsealedEntryCount == 0, "\(what)")
        await again.close()
    }
}
