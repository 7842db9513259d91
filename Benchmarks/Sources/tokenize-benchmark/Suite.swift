import Dispatch
import Foundation
@_spi(Benchmarks) import Tokenize
import TokenizeSQLite

struct Suite {
    let options: Options

    func run(into report: inout Report) async throws {
        let coreCount = ProcessInfo.processInfo.activeProcessorCount
        report.add("cores", Double(coreCount), "cores")
        try await signedDurable(coreCount, Workload(accountCount: options.accountCount), into: &report)
        try applyOnly(accountCount: options.accountCount, name: "applyPerSecond", into: &report)
        stateTree(leafCount: 20_000, name: "stateUpdatesPerSecond", into: &report)
        for count in Coupons.holderCounts { try Coupons.measure(holderCount: count, into: &report) }
        try RuleCheck.measure(personCount: options.personCount, into: &report)
        report.add("peakMemoryBytes", Report.peakMemoryBytes, "peak resident memory, bytes")
        if options.growth {
            for count in [10_000, 100_000, 1_000_000] {
                try applyOnly(accountCount: count, name: "applyPerSecond\(count)", into: &report)
                stateTree(leafCount: count, name: "stateUpdatesPerSecond\(count)", into: &report)
            }
            report.add("peakMemoryBytes1000000", Report.peakMemoryBytes, "peak memory with 1,000,000 accounts, bytes")
        }
    }

    /// What rulebooks cost: the check alone, and signed durable transfers without and with one.
    func rules(into report: inout Report) async throws {
        let coreCount = ProcessInfo.processInfo.activeProcessorCount
        try RuleCheck.measure(personCount: options.personCount, into: &report)
        try await signedDurable(coreCount, Workload(accountCount: options.accountCount), into: &report)
        try await signedDurable(coreCount, Workload(accountCount: options.accountCount, hasRules: true), into: &report)
    }

    /// Signed durable transfers against bare verification, in turn, on the same cores.
    private func signedDurable(_ coreCount: Int, _ workload: Workload, into report: inout Report) async throws {
        let suffix = workload.hasRules ? "WithRules" : ""
        let text = workload.hasRules ? " under a rulebook" : ""
        let signers = try workload.makeSigners(keyCountMax: options.accountCount)
        let transfers = try workload.transfers(options.transferCount * options.rounds, signers: signers)
        let bare = BareVerification(Array(transfers.prefix(options.transferCount)))

        let folder = FileManager.default.temporaryDirectory.appending(path: "tokenize-benchmark-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await SQLiteStore.open(path: folder.appending(path: "ledger.sqlite").path)
        let ledger = try await TokenLedger.create(
            genesis: workload.genesis,
            store: store,
            configuration: LedgerConfiguration(disclosureSecret: workload.secret, snapshotEntryCountMin: 0)
        )
        for result in await ledger.submit(try workload.setUp(signers)) { _ = try result.get() }

        try await ledger.waitUntilProjected()

        var bareRates: [Double] = []
        var durableRates: [Double] = []
        var processorTimes: [Double] = []
        var bareTimes: [Double] = []
        for round in 0..<options.rounds {
            let bareBefore = Suite.processorSeconds()
            bareRates.append(bare.measure(coreCount: coreCount))
            bareTimes.append((Suite.processorSeconds() - bareBefore) / Double(options.transferCount) * 1e6)
            let batch = transfers[(round * options.transferCount)..<((round + 1) * options.transferCount)]
                .map { $0.bytes }
            let before = Suite.processorSeconds()
            let start = ContinuousClock.now
            let results = await ledger.submit(batch)
            let elapsed = (ContinuousClock.now - start).inSeconds
            processorTimes.append((Suite.processorSeconds() - before) / Double(batch.count) * 1e6)
            durableRates.append(Double(batch.count) / elapsed)
            for result in results { _ = try result.get() }
            try await ledger.waitUntilProjected()
            bareRates.append(bare.measure(coreCount: coreCount))
        }
        try await ledger.close()
        let ratios = durableRates.enumerated().map { round, rate in
            rate / ((bareRates[2 * round] + bareRates[2 * round + 1]) / 2)
        }
        report.add("bareVerify\(suffix)PerSecond", Report.median(bareRates), "bare verifications a second, all cores")
        report.add(
            "signedDurable\(suffix)PerSecond",
            Report.median(durableRates),
            "signed durable transfers a second\(text)"
        )
        report.add("ratio\(suffix)", Report.median(ratios), "their ratio\(text)")
        report.add(
            "processorMicrosecondsPerVerification\(suffix)",
            Report.median(bareTimes),
            "processor time a bare verification, us"
        )
        report.add(
            "processorMicrosecondsPerTransfer\(suffix)",
            Report.median(processorTimes),
            "processor time a transfer\(text), us"
        )
    }

    /// Decided, applied, hashed into the log and sealed; without signatures, without a store.
    func applyOnly(accountCount: Int, name: String, into report: inout Report) throws {
        let workload = try Workload(accountCount: accountCount)
        let signers = try workload.makeSigners(keyCountMax: 1_000)
        let setUp = try workload.setUp(signers).map { try SignedTransaction(bytes: $0) }
        let transfers = try workload.transfers(options.transferCount, signers: signers)
            .map { try SignedTransaction(bytes: $0.bytes) }
        var loop = try ApplyLoop(genesis: workload.genesis, secret: workload.secret)
        for transaction in setUp { try loop.apply(transaction) }
        loop.seal()
        let applied = try ContinuousClock().measure {
            for transaction in transfers { try loop.apply(transaction) }
        }
        let sealed = ContinuousClock().measure { loop.seal() }
        report.add(
            name,
            Double(transfers.count) / applied.inSeconds,
            "transfers applied a second at \(accountCount) accounts, one core"
        )
        report.add(
            "\(name)Sealing",
            Double(transfers.count) / sealed.inSeconds,
            "transfers a second that sealing them in one block adds"
        )
    }

    /// All that is done with a transaction but the curve and the store, on one thread.
    func pathOnly(into report: inout Report) throws {
        let workload = try Workload(accountCount: options.accountCount)
        let signers = try workload.makeSigners(keyCountMax: options.accountCount)
        let transfers = try workload.transfers(options.transferCount, signers: signers).map { $0.bytes }
        var loop = try PathLoop(genesis: workload.genesis, secret: workload.secret)
        for result in loop.run(try workload.setUp(signers)) { _ = try result.get() }
        let before = Suite.processorSeconds()
        let results = loop.run(transfers)
        let seconds = Suite.processorSeconds() - before
        for result in results { _ = try result.get() }
        report.add("pathMicroseconds", seconds / Double(transfers.count) * 1e6, "processor time a transfer's path, us")
    }

    /// Changes of existing leaves, in batches of 20,000.
    private func stateTree(leafCount: Int, name: String, into report: inout Report) {
        var loop = StateTreeLoop(leafCount: leafCount)
        let rounds = 5
        let batch = min(20_000, leafCount)
        let elapsed = ContinuousClock().measure {
            for round in 0..<rounds { loop.update(count: batch, round: round) }
        }
        report.add(
            name,
            Double(rounds * batch) / elapsed.inSeconds,
            "state-tree updates a second in a tree of \(leafCount), one core"
        )
    }

    static func processorSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
