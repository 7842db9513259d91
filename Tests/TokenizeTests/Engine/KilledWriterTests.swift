import Testing
import TokenizeSQLite

@testable import Tokenize

/// Killed in the middle of a load: whatever was acknowledged is there, and the ledger goes on.
@Suite("Killed writer")
struct KilledWriterTests {
    static let killCount = 26
    static let submitterCount = 8
    /// Transactions that each submitter has for one process; more than it lives for.
    static let transactionCount = 60

    @Test("every acknowledged transaction is there after SIGKILL")
    func everyAcknowledged() async throws {
        let seed = Campaign.seed("killed writer")
        var random = SplitMix(seed: seed)
        let folder = try TemporaryFolder()
        let database = StoreCrash.path(in: folder)
        let market = try await Market(
            store: try await SQLiteStore.open(path: database),
            peopleCount: Self.submitterCount
        )
        try await market.ledger.close()
        let writer = KilledWriter(database: database, secretHexadecimal: Fixture.digest(7).bytes.hexadecimal)
        var configuration = try Fixture.configuration(market.fixture.genesis)
        var acknowledged: [TransactionID] = []
        var next = [UInt64](repeating: 0, count: Self.submitterCount)
        for kill in 0..<Self.killCount {
            // Now and then while it opens the ledger, else anywhere in the load.
            let count = kill % 8 == 7 ? 0 : Int.random(in: 1...120, using: &random)
            let outcome = try await writer.run(
                try await load(of: market, from: next, &random),
                killingAfter: count,
                in: folder
            )
            #expect(outcome.wasKilled, "seed \(seed), kill \(kill)")
            #expect(outcome.acknowledged.count >= count, "seed \(seed), kill \(kill)")
            acknowledged += outcome.acknowledged

            // Mostly the next process finds the files as the last one left them; sometimes a snapshot is made.
            configuration.snapshotEntryCountMin = kill % 5 == 0 ? 1 : 0
            let store = try await SQLiteStore.open(path: database)
            let ledger = try await TokenLedger.open(store: store, configuration: configuration)
            for transaction in kill == Self.killCount - 1 ? acknowledged : outcome.acknowledged {
                let receipt = try await ledger.receipt(of: transaction)
                #expect(receipt != nil, "seed \(seed), kill \(kill): \(transaction)")
            }
            for person in 0..<Self.submitterCount {
                let account = market.people[person].account
                next[person] = try #require(try await ledger.read { $0.nextSequence(of: account) })
            }
            let further = try await market.transfer(from: 0, sequence: next[0])
            acknowledged.append(try await ledger.submit(further.bytes).transaction)
            next[0] += 1
            try await ledger.close()
            if kill % 5 == 4 || kill == Self.killCount - 1 {
                try await audit(database, count: acknowledged.count, "seed \(seed), kill \(kill)")
            }
        }
        #expect(Set(acknowledged).count == acknowledged.count)
    }

    /// What the submitters have for one process: some send one by one, some several at once.
    private func load(
        of market: Market,
        from next: [UInt64],
        _ random: inout SplitMix
    ) async throws -> [[[[UInt8]]]] {
        var submitters: [[[[UInt8]]]] = []
        for person in 0..<Self.submitterCount {
            var submissions: [[[UInt8]]] = []
            var sequence = next[person]
            while sequence < next[person] + UInt64(Self.transactionCount) {
                let count = person % 2 == 0 ? 1 : Int.random(in: 1...8, using: &random)
                var transactions: [[UInt8]] = []
                for _ in 0..<count {
                    transactions.append(try await market.transfer(from: person, sequence: sequence).bytes)
                    sequence += 1
                }
                submissions.append(transactions)
            }
            submitters.append(submissions)
        }
        return submitters
    }

    private func audit(_ database: String, count: Int, _ what: String) async throws {
        let store = try await SQLiteStore.open(path: database)
        let report = try await LedgerAuditor.audit(store: store, secret: Fixture.secret)
        #expect(report.transactionCount >= UInt64(count), "\(what)")
        #expect(report.assetsOutOfBalance.isEmpty, "\(what)")
        #expect(report.projectedEntryCount == report.entryCount, "\(what)")
        await store.close()
    }
}
