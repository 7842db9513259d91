import ArgumentParser
import Tokenize

/// Says what a ledger holds.
struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Say what a ledger holds: its assets, accounts and blocks."
    )

    @Argument(help: "The ledger's file.")
    var ledger: String

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    struct Report: Encodable {
        let ledger: String
        let name: String
        let entryCount: UInt64
        let blockCount: UInt64
        let businessDate: String
        let accountCount: Int
        let assets: [Asset]
    }

    struct Asset: Encodable {
        let asset: String
        let identification: String
        let kind: String
        let issued: String
        let redeemed: String
        let outstanding: String
        let holderCount: Int
        /// The account that holds most, to try a proof with; nil if nobody holds any.
        let largestHolder: String?
        let status: String
    }

    func run() async throws {
        let open = try await OpenLedger.open(ledger, signing: false)
        let header = try await open.ledger.lastHeader()
        let size = try await open.ledger.size()
        let (date, accountCount, assets) = try await open.ledger.read {
            ($0.businessDate, $0.accountCount, InfoCommand.assets(of: $0))
        }
        let report = Report(
            ledger: "\(open.ledger.id)",
            name: open.ledger.name,
            entryCount: size,
            blockCount: header?.height ?? 0,
            businessDate: "\(date)",
            accountCount: accountCount,
            assets: assets
        )
        try await open.ledger.close()
        let console = Console(isSilent: json)
        if json { return try console.writeObject(report) }
        show(report, console)
    }

    private static func assets(of state: LedgerState) -> [Asset] {
        state.assetIDs.compactMap { id in
            guard let record = state.asset(id) else { return nil }
            let holders = state.holdings(of: id).filter { $0.units > .zero }
            return Asset(
                asset: "\(id)",
                identification: record.identification.value,
                kind: kind(of: record.terms),
                issued: "\(record.issued)",
                redeemed: "\(record.redeemed)",
                outstanding: "\(record.outstanding)",
                holderCount: holders.count,
                largestHolder: holders.max { $0.units < $1.units }.map { "\($0.account)" },
                status: "\(record.status)"
            )
        }
    }

    private static func kind(of terms: InstrumentTerms) -> String {
        switch terms {
        case .bond: "bond"
        case .landShare: "land share"
        case .cash: "cash"
        case .generic: "generic"
        }
    }

    private func show(_ report: Report, _ console: Console) {
        var table = Table("", "")
        table.add("ledger", "\(report.ledger)")
        table.add("name", "\(report.name)")
        table.add("entries", "\(Amounts.grouped(report.entryCount))")
        table.add("blocks", "\(Amounts.grouped(report.blockCount))")
        table.add("date", "\(report.businessDate)")
        table.add("accounts", "\(Amounts.grouped(report.accountCount))")
        console.show(table)
        for asset in report.assets {
            console.skipLine()
            var table = Table("", "")
            table.add("\(asset.kind)", Table.Cell(asset.identification, .heading))
            table.add("asset", "\(asset.asset)")
            table.add("issued", "\(grouped(asset.issued))")
            table.add("redeemed", "\(grouped(asset.redeemed))")
            table.add(
                "outstanding",
                "\(grouped(asset.outstanding)), with \(Amounts.count(asset.holderCount, "holder"))"
            )
            if let holder = asset.largestHolder { table.add("largest", "\(holder)") }
            table.add("status", "\(asset.status)")
            console.show(table)
        }
        if let asset = report.assets.last(where: { $0.largestHolder != nil }), let holder = asset.largestHolder {
            console.say("A proof of what an account holds, for outsiders:")
            console.quote(
                Invocation.line("prove", ledger, "--asset", asset.identification, "--account", holder)
            )
        }
    }

    private func grouped(_ digits: String) -> String { UInt128(digits).map { Amounts.grouped($0) } ?? digits }
}
