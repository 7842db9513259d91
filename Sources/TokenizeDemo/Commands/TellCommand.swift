import ArgumentParser
import Foundation

/// Tells the stories.
struct TellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tell",
        abstract: "Tell the stories of a bond and of a land parcel (the default).",
        aliases: ["run"]
    )

    @Option(help: "The folder in which the ledgers are founded; a temporary one if none is named.")
    var ledger: String?

    @Option(help: "A scenario file: tells its story alone, with its terms.")
    var scenario: String?

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    struct Report: Encodable {
        var bond: BondStory.Report?
        var land: LandStory.Report?
    }

    func run() async throws {
        let console = Console(isSilent: json)
        let scenarios = try scenario.map { [try Scenario(path: $0)] } ?? Scenario.embedded()
        let folder = try Folder.forLedgers(ledger)
        // Before the first story begins: nobody should wait for a second that cannot be told.
        for scenario in scenarios { _ = try LedgerFiles.founding(folder.path(scenario.ledgerFileName)) }
        var report = Report()
        for scenario in scenarios {
            let path = folder.path(scenario.ledgerFileName)
            switch scenario {
            case .bond(let terms): report.bond = try await BondStory.tell(terms, at: path, console)
            case .land(let terms): report.land = try await LandStory.tell(terms, at: path, console)
            }
        }
        if json { try console.writeObject(report) }
    }
}
