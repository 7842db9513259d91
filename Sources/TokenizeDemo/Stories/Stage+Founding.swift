import Tokenize
import TokenizeSQLite

/// How a ledger begins: files, secrets, and a genesis that says who may do what.
extension Stage {
    /// Founds the ledger of a story in a file of its own.
    static func found(_ terms: CommonTerms, at path: String, _ console: Console) async throws -> Stage {
        let files = try LedgerFiles.founding(path)
        let (secret, seed) = try files.createSecrets()
        let institutions = try Institutions(terms)
        let genesis = institutions.genesis(terms, logKeys: try logKeys(terms, seed: seed), secret: secret)
        let signer = try SoftwareCheckpointSigner(ledger: genesis.ledger, name: genesis.name, seed: seed)
        try SmallFile.write(Array((signer.verifierKey.text + "\n").utf8), to: files.verifierKeyPath)
        let store = try await SQLiteStore.open(path: path)
        let clock = StoryClock(morningOf: terms.calendar.first)
        let ledger = try await TokenLedger.create(
            genesis: genesis,
            store: store,
            configuration: LedgerConfiguration(
                disclosureSecret: secret,
                checkpointSigner: signer,
                clock: { clock.seconds },
                logger: QuietLog.logger
            )
        )
        let stage = Stage(
            ledger: ledger,
            clock: clock,
            files: files,
            verifierKey: signer.verifierKey,
            console: console,
            terms: terms,
            institutions: institutions
        )
        try await stage.layDownMandate()
        stage.tellFounding()
        return stage
    }

    private static func logKeys(_ terms: CommonTerms, seed: [UInt8]) throws -> LogKeys {
        guard let name = NoteName(terms.ledgerName) else { throw DemoFailure("'\(terms.ledgerName)' names no log") }
        let key = try NoteSigner(name: name, algorithm: .ed25519, seed: seed).verifierKey
        guard let digest = Digest(key.publicKey), let logKeys = LogKeys(log: digest) else {
            throw DemoFailure("the log has no key")
        }
        return logKeys
    }

    private func layDownMandate() async throws {
        guard let mandate = Institutions.issuerMandate else { throw DemoFailure("the mandate is none") }
        try await authority(AuthorityReference(.governor), ministry, approvingMinistry)
            .control(.setMandate(MandateSetting(AuthorityReference(.issuer), mandate)))
    }

    private func tellFounding() {
        console.chapter("The ledger is founded")
        console.say("Genesis names who may do what, and how many must sign. No later act can pretend otherwise.")
        var table = Table("institution", "power", "signatures")
        table.add("\(terms.ministry), \(terms.approvingMinistry)", "govern together", "2 of 2")
        table.add("the same two", "create an asset: the mandate that they lay down for themselves", "2 of 2")
        table.add("\(terms.ministry)", "issues an asset that both created", "1 of 1")
        table.add("\(terms.centralBank)", "opens business days, and issues money", "1 of 1")
        table.add("\(terms.depository)", "registers parties, opens accounts, and attests what it has checked", "1 of 1")
        table.add("\(terms.regulator)", "freezes accounts by order", "1 of 1")
        table.add(
            "\(terms.court)",
            "freezes and moves holdings by order",
            "\(Institutions.courtQuorum) of \(institutions.judges.count)"
        )
        console.show(table)
        console.say(
            "The story's clock runs with its business days: what waits ten days here waits ten days of the ledger."
        )
        console.done("Ledger \(ledger.id.short), business date \(terms.calendar.first)")
    }
}
