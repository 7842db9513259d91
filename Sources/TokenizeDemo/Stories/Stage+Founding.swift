import Foundation
import Tokenize
import TokenizeSQLite

/// How a ledger begins: institutions with their powers and quorums, a money, and files.
extension Stage {
    static let courtQuorum = 2
    private static let judgeCount = 3

    /// Founds the ledger of a story in a file of its own.
    static func found(_ terms: CommonTerms, at path: String, _ console: Console) async throws -> Stage {
        let files = try LedgerFiles.founding(path)
        let (secret, seed) = try files.createSecrets()
        guard let home else { throw DemoFailure("no country") }
        let state = PartyID(digest: Randomness.digest())
        let bank = PartyID(digest: Randomness.digest())
        let ministry = try Participant(terms.ministry, .state, country: home, party: state)
        let centralBank = try Participant(terms.centralBank, .financialInstitution, country: home, party: bank)
        let payingAgent = try Participant(
            "\(terms.centralBank), paying agent",
            .financialInstitution,
            country: home,
            party: bank
        )
        let depository = try Participant(terms.depository, .domesticEntity, country: home)
        let judges = try (1...judgeCount).map {
            try Participant("\(terms.court), judge \($0)", .state, country: home, party: state)
        }
        let genesis = try genesis(
            terms,
            seed: seed,
            secret: secret,
            ministry,
            centralBank,
            payingAgent,
            depository,
            judges
        )
        let signer = try SoftwareCheckpointSigner(ledger: genesis.ledger, name: genesis.name, seed: seed)
        try SmallFile.write(Array((signer.verifierKey.text + "\n").utf8), to: files.verifierKeyPath)
        let store = try await SQLiteStore.open(path: path)
        let ledger = try await TokenLedger.create(
            genesis: genesis,
            store: store,
            configuration: LedgerConfiguration(
                disclosureSecret: secret,
                checkpointSigner: signer,
                logger: QuietLog.logger
            )
        )
        let stage = Stage(
            ledger: ledger,
            store: store,
            files: files,
            verifierKey: signer.verifierKey,
            console: console,
            terms: terms,
            ministry: ministry,
            centralBank: centralBank,
            depository: depository,
            payingAgent: payingAgent,
            judges: judges
        )
        stage.tellFounding()
        return stage
    }

    private static func genesis(
        _ terms: CommonTerms,
        seed: [UInt8],
        secret: DisclosureSecret,
        _ ministry: Participant,
        _ centralBank: Participant,
        _ payingAgent: Participant,
        _ depository: Participant,
        _ judges: [Participant]
    ) throws -> Genesis {
        guard let name = NoteName(terms.ledgerName) else { throw DemoFailure("'\(terms.ledgerName)' names no log") }
        let logKey = try NoteSigner(name: name, algorithm: .ed25519, seed: seed).verifierKey
        guard let key = Digest(logKey.publicKey), let logKeys = LogKeys(log: key) else {
            throw DemoFailure("no log key")
        }
        let founders = [ministry, centralBank, payingAgent, depository] + judges
        var parties: [PartyRegistration] = []
        for founder in founders where !parties.contains(where: { $0.party == founder.registration.party }) {
            parties.append(founder.registration)
        }
        let appointments = [
            AuthorityAppointment(AuthorityReference(.governor), quorum: 1, members: [ministry.account]),
            AuthorityAppointment(AuthorityReference(.operator), quorum: 1, members: [centralBank.account]),
            AuthorityAppointment(AuthorityReference(.registrar), quorum: 1, members: [depository.account]),
            AuthorityAppointment(AuthorityReference(.issuer), quorum: 1, members: [ministry.account]),
            AuthorityAppointment(AuthorityReference(.issuer, number: 1), quorum: 1, members: [centralBank.account]),
            AuthorityAppointment(AuthorityReference(.court), quorum: courtQuorum, members: judges.map(\.account)),
        ]
        return Genesis(
            name: terms.ledgerName,
            parameters: LedgerParameters(
                firstBusinessDate: terms.calendar.first,
                businessDayGapMax: terms.businessDayGapMax
            ),
            logKeys: logKeys,
            disclosureCommitment: secret.commitment,
            parties: parties,
            accounts: founders.map(\.opening),
            authorities: appointments.compactMap { $0 }
        )
    }

    private func tellFounding() {
        console.chapter("The ledger is founded")
        console.say("Genesis names who may do what, and how many must sign. No later act can pretend otherwise.")
        var table = Table("institution", "power", "signatures")
        table.add("\(ministry.name)", "governs; issues", "1 of 1")
        table.add("\(centralBank.name)", "opens business days; issues money", "1 of 1")
        table.add("\(depository.name)", "registers parties, opens accounts", "1 of 1")
        table.add("\(terms.court)", "freezes and moves by order", "\(Stage.courtQuorum) of \(judges.count)")
        console.show(table)
        console.done("Ledger \(ledger.id.short), business date \(terms.calendar.first)")
    }
}
