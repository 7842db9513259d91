import ArgumentParser
import Tokenize
import TokenizeSQLite

/// Checks a whole ledger again, from its genesis.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify every signature, replay every transition and rebuild the roots of a ledger."
    )

    @Argument(help: "The ledger's file.")
    var ledger: String

    @Option(help: "A signed checkpoint of this ledger that you kept: the ledger must still hold all that it names.")
    var checkpoint: String?

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    struct Report: Encodable {
        let ledger: String
        let name: String
        let entryCount: UInt64
        let transactionCount: UInt64
        let signatureCount: UInt64
        let blockCount: UInt64
        let snapshotCount: Int
        let businessDate: String
        let accountCount: Int
        let assetCount: Int
        let stateRoot: String
        let logRoot: String
        let daysOpenedFast: [String]
        let milliseconds: Int64
    }

    func run() async throws {
        let files = try LedgerFiles.existing(ledger)
        let secret = try files.secret()
        let expecting = try checkpoint.map { try CheckpointFile.read($0, under: files.verifierKeyPath) }
        let console = Console(isSilent: json)
        let start = ContinuousClock.now
        let store = try await SQLiteStore.open(path: ledger)
        let report: AuditReport
        do throws(LedgerFailure) {
            report = try await LedgerAuditor.audit(store: store, secret: secret, expecting: expecting) { progress in
                VerifyCommand.show(progress)
            }
        } catch {
            await store.close()
            VerifyCommand.clearProgress()
            throw error
        }
        await store.close()
        VerifyCommand.clearProgress()
        if let asset = report.assetsOutOfBalance.first {
            throw DemoFailure("the holdings of \(asset) do not add up to what is outstanding")
        }
        let elapsed = ContinuousClock.now - start
        if json { return try console.writeObject(Report(report, elapsed)) }
        show(report, elapsed, console)
    }

    private func show(_ report: AuditReport, _ elapsed: Duration, _ console: Console) {
        console.done("\(ledger) is what it says it is (\(Amounts.seconds(elapsed)))")
        var table = Table("checked", ">how many", "")
        table.add("entries", "\(Amounts.grouped(report.entryCount))", "decoded and hashed into the log again")
        table.add("signatures", "\(Amounts.grouped(report.signatureCount))", "verified")
        table.add("transactions", "\(Amounts.grouped(report.transactionCount))", "decided again by the rules")
        table.add("blocks", "\(Amounts.grouped(report.blockCount))", "with the state root that their header names")
        table.add("snapshots", "\(Amounts.grouped(report.snapshotCount))", "equal to the state that was replayed")
        table.add("assets", "\(Amounts.grouped(report.assetCount))", "holdings add up to what is outstanding")
        console.show(table)
        var result = Table("", "")
        result.add("ledger", "\(report.ledger)")
        result.add("date", "\(report.businessDate)")
        result.add("state", "\(report.stateRoot.bytes.hexadecimal)")
        result.add("log", "\(report.logRoot.bytes.hexadecimal)")
        console.show(result)
        showPace(report, console)
    }

    /// Days in the list are named up to here; `--json` has all of them.
    private static let namedDayCountMax = 12

    /// Informs of days that were opened faster than real time. That is no fault: no rule counts opened days alone.
    private func showPace(_ report: AuditReport, _ console: Console) {
        let days = report.daysOpenedFast
        guard !days.isEmpty else { return }
        let named = days.prefix(Self.namedDayCountMax).map { "\($0)" }.joined(separator: ", ")
        let rest = days.count > Self.namedDayCountMax ? " and others" : ""
        console.say("For information: \(days.count) business days were opened faster than real time: \(named)\(rest).")
    }

    private static func show(_ progress: AuditProgress) {
        guard Terminal.hasLiveErrors, progress.totalEntryCount > 0 else { return }
        let percent = progress.entryCount * 100 / progress.totalEntryCount
        Terminal.overwriteErrorLine("  \(percent)%  \(Amounts.grouped(progress.entryCount)) entries verified")
    }

    private static func clearProgress() {
        if Terminal.hasLiveErrors { Terminal.overwriteErrorLine("") }
    }
}

extension VerifyCommand.Report {
    init(_ report: AuditReport, _ elapsed: Duration) {
        self.init(
            ledger: "\(report.ledger)",
            name: report.name,
            entryCount: report.entryCount,
            transactionCount: report.transactionCount,
            signatureCount: report.signatureCount,
            blockCount: report.blockCount,
            snapshotCount: report.snapshotCount,
            businessDate: "\(report.businessDate)",
            accountCount: report.accountCount,
            assetCount: report.assetCount,
            stateRoot: report.stateRoot.bytes.hexadecimal,
            logRoot: report.logRoot.bytes.hexadecimal,
            daysOpenedFast: report.daysOpenedFast.map { "\($0)" },
            milliseconds: Amounts.milliseconds(elapsed)
        )
    }
}
