import Foundation
import Testing
import TokenizeSQLite

@testable import Tokenize

/// A process that is short of open files or of memory does its work or says why not; and what it acknowledged is there.
@Suite("Cramped process")
struct CrampedProcessTests {
    private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("CrashWriter").path

    /// Runs the process with so much of something; true if it did all its work.
    private func run(_ what: String, _ amount: Int, _ recorded: RecordedTransactions) async throws -> Bool {
        let writer = TracedWriter(
            folder: try TemporaryFolder(),
            secretHexadecimal: RecordedTransactions.secretHexadecimal,
            genesis: recorded.genesis.canonicalBytes,
            transactions: recorded.transactions
        )
        let arguments = ["cramped", what, "\(amount)"] + (try writer.stepArguments())
        let status = try await ChildProcess.run(Self.executable, arguments)
        let lines = try writer.recordedLines()
        #expect(!status.wasSignalled && status.code == 0, "\(what) \(amount): \(status), \(lines)")
        let failure = lines.firstIndex { $0.hasPrefix("failed ") } ?? lines.endIndex
        #expect(!lines[failure...].contains { $0.hasPrefix("done ") }, "\(what) \(amount): \(lines)")
        #expect(lines.last == "end" || failure < lines.endIndex, "\(what) \(amount): \(lines)")
        let acknowledged = try lines.filter { $0.hasPrefix("done ") }.map {
            try TransactionID(text: String($0.dropFirst(5)))
        }
        let store = try await SQLiteStore.open(path: writer.database)
        if try await store.extent().entryCount > 0 {
            let configuration = try Fixture.configuration(recorded.genesis)
            let ledger = try await TokenLedger.open(store: store, configuration: configuration)
            for transaction in acknowledged {
                #expect(try await ledger.receipt(of: transaction) != nil, "\(what) \(amount)")
            }
            for result in await ledger.submit(recorded.transactions) { _ = try result.get() }
            try await ledger.close()
        } else {
            #expect(acknowledged.isEmpty, "\(what) \(amount)")
            await store.close()
        }
        return lines.last == "end" && failure == lines.endIndex
    }

    @Test("few open files")
    func files() async throws {
        let recorded = try await RecordedTransactions(transferCount: 4)
        var wholeCount = 0
        var refusedCount = 0
        for limit in [8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 24, 64] {
            if try await run("files", limit, recorded) { wholeCount += 1 } else { refusedCount += 1 }
        }
        #expect(wholeCount > 0)
        #expect(refusedCount > 0)
    }

    @Test("little memory for SQLite")
    func heap() async throws {
        let recorded = try await RecordedTransactions(transferCount: 4)
        var wholeCount = 0
        var refusedCount = 0
        for kibibytes in [16, 64, 128, 192, 256, 320, 384, 512, 768, 1_024, 16_384] {
            if try await run("heap", kibibytes << 10, recorded) { wholeCount += 1 } else { refusedCount += 1 }
        }
        #expect(wholeCount > 0)
        #expect(refusedCount > 0)
    }

    @Test("bytes that claim to be enormous are refused in little memory")
    func hostile() async throws {
        let status = try await ChildProcess.run(Self.executable, ["cramped", "hostile", "\(Self.addressSpace)"])
        #expect(!status.wasSignalled && status.code == 0, "\(status)")
        let words = status.output.split(whereSeparator: \.isWhitespace)
        #expect(words.count == 4 && words.first == "refused" && words[1] == words[3], "\(status.output)")
    }

    /// Bytes of address space, of which an idle process of Swift takes some hundreds of millions.
    static let addressSpace = 1 << 30

    @Test("a ledger is made and written in a bounded address space")
    func addressSpace() async throws {
        let recorded = try await RecordedTransactions(transferCount: 4)
        #expect(try await run("memory", Self.addressSpace, recorded))
    }
}
