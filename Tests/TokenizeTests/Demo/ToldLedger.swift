import Foundation
import Testing
import Tokenize
import TokenizeSQLite

/// A ledger on which a short story was told, in a folder that goes with it.
struct ToldLedger {
    let folder = Result { try TemporaryFolder() }
    let path: String
    let report: [String: Any]

    /// Tells a story with `--json`; its report is the object below `name`.
    init(_ scenario: SampleScenario, _ name: String) async throws {
        let folder = try folder.get()
        let file = try scenario.write(to: folder)
        let run = try await DemoRun(
            ["tell", "--json", "--scenario", file, "--ledger", folder.path("told")],
            in: folder
        )
        try #require(run.status == 0, "\(run.errors)")
        report = try #require(try run.object()[name] as? [String: Any])
        path = folder.path("told/\(name).ledger")
    }

    static func bond() async throws -> ToldLedger { try await ToldLedger(SampleScenario.shortBond(), "bond") }

    /// A file beside the ledger.
    func file(_ name: String) throws -> String { try folder.get().path(name) }

    /// Runs the program on something.
    func run(_ arguments: String...) async throws -> DemoRun { try await DemoRun(arguments, in: folder.get()) }

    /// An amount in a part of the report.
    func amount(_ name: String, _ part: [String: Any]) throws -> UInt128 {
        try #require((part[name] as? String).flatMap { UInt128($0) }, "\(name)")
    }

    /// Opens the ledger as another program would, with the secret beside it.
    func withLedger(_ body: (TokenLedger) async throws -> Void) async throws {
        let text = try String(contentsOfFile: "\(path).secret", encoding: .utf8)
        let bytes = try #require([UInt8](hexadecimal: text.trimmingCharacters(in: .whitespacesAndNewlines)))
        let secret = DisclosureSecret(try #require(Digest(bytes)))
        let store = try await SQLiteStore.open(path: path)
        let ledger = try await TokenLedger.open(
            store: store,
            configuration: LedgerConfiguration(disclosureSecret: secret)
        )
        do {
            try await body(ledger)
        } catch {
            try await ledger.close()
            throw error
        }
        try await ledger.close()
    }

    /// The ledger's account and asset that the story proved.
    func summary(_ key: String) throws -> String {
        try #require((report["ledger"] as? [String: Any])?[key] as? String)
    }
}
