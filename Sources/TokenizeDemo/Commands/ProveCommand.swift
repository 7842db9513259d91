import ArgumentParser
import Tokenize

/// Writes a proof of what an account holds.
struct ProveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Write a proof of what an account holds of an asset now."
    )

    @Argument(help: "The ledger's file.")
    var ledger: String

    @Option(help: "The account (acct1…).")
    var account: String

    @Option(help: "The asset (asset1…), its ISIN, parcel number or currency.")
    var asset: String

    @Option(help: "The partition.")
    var partition: UInt32 = 0

    @Option(help: "The file to write; LEDGER.proof if none is named.")
    var out: String?

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    struct Report: Encodable {
        let file: String
        let byteCount: Int
        let verifierKey: String
        let verdict: VerdictReport
    }

    func run() async throws {
        let files = try LedgerFiles.existing(ledger)
        let account = try accountID()
        if let out { try ProofFile.requireReplaceable(out) }
        let open = try await OpenLedger.open(ledger, signing: true)
        let asset = try await assetID(on: open.ledger)
        guard try await open.ledger.read({ $0.account(account) }) != nil else {
            throw DemoFailure("the ledger has no account \(account)")
        }
        let proof = try await open.ledger.proveHolding(
            asset: asset,
            account: account,
            partition: Partition(partition)
        )
        try await open.ledger.close()
        let path = out ?? files.proofPath
        let bytes = proof.canonicalBytes
        try ProofFile.write(bytes, to: path)
        let key = try VerifierKeyText.read(files.verifierKeyPath)
        let verdict = try proof.verify(under: CheckpointPolicy(origin: key.name, logKeys: [key]))
        let console = Console(isSilent: json)
        if json {
            let report = Report(
                file: path,
                byteCount: bytes.count,
                verifierKey: key.text,
                verdict: VerdictReport(verdict)
            )
            return try console.writeObject(report)
        }
        console.done("\(path): \(Amounts.grouped(bytes.count)) bytes")
        console.show(VerdictTable.table(verdict))
        console.say("Anybody can check it offline:")
        console.quote(Invocation.line("check", path, "--key", files.verifierKeyPath))
    }

    private func accountID() throws(DemoFailure) -> AccountID {
        do {
            return try AccountID(text: account)
        } catch {
            throw DemoFailure("\(Sentence.quoted(account)) is not an account: \(Sentence.text(of: error))")
        }
    }

    private func assetID(on ledger: TokenLedger) async throws -> AssetID {
        if let id = try? AssetID(text: asset) {
            guard try await ledger.read({ $0.asset(id) }) != nil else {
                throw DemoFailure("the ledger has no asset \(id)")
            }
            return id
        }
        let names = AssetIdentification.Scheme.allCases.compactMap { AssetIdentification($0, asset) }
        let found = try await ledger.read { state in names.lazy.compactMap { state.asset(identifiedBy: $0) }.first }
        guard let found else { throw DemoFailure("the ledger has no asset \(Sentence.quoted(asset))") }
        return found
    }
}
