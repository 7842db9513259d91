import Tokenize

/// A small ledger with everybody on it: founders, a bank of issue, citizens, kip and a bond.
struct Fixture {
    static let secret = DisclosureSecret(digest(7))
    static let logSeed = [UInt8](repeating: 9, count: 32)
    static let firstDate = date(2026, 1, 5)

    let ledger: TokenLedger
    let genesis: Genesis
    /// Governor, operator, registrar, issuer, paying agent and transfer agent, in one account.
    let ministry: LedgerClient
    /// Court and regulator need both of them.
    let judges: [LedgerClient]

    static func digest(_ byte: UInt8) -> Digest { Digest([UInt8](repeating: byte, count: 32)) ?? .zero }

    static func date(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
        guard let date = CalendarDate(year: year, month: month, day: day) else { preconditionFailure("no such date") }
        return date
    }

    /// A signer whose key follows from a number.
    static func signer(_ number: Int, _ algorithm: SignatureAlgorithm = .ecdsaSecp256k1) throws -> SoftwareSigner {
        var bytes = [UInt8](repeating: 0, count: 32)
        for index in 0..<8 { bytes[31 - index] = UInt8(truncatingIfNeeded: (number + 1) >> (8 * index)) }
        return try SoftwareSigner(SecretKey(bytes: bytes), algorithm: algorithm)
    }

    static func opening(_ number: Int, party: PartyID) throws -> AccountOpening {
        AccountOpening(policy: KeyPolicy(try signer(number).publicKey), salt: .zero, party: party)
    }

    static let laos: CountryCode = {
        guard let code = CountryCode("LA") else { preconditionFailure("fixture") }
        return code
    }()

    static let state = PartyID(digest: digest(1))
    static let citizens = PartyID(digest: digest(2))
    static let foreigners = PartyID(digest: digest(3))

    static func makeGenesis() throws -> Genesis {
        let founders = try (0..<3).map { try opening($0, party: state) }
        let ministry = [founders[0].account]
        let judges = [founders[1].account, founders[2].account]
        let appointments = [
            AuthorityAppointment(AuthorityReference(.governor), quorum: 1, members: ministry),
            AuthorityAppointment(AuthorityReference(.operator), quorum: 1, members: ministry),
            AuthorityAppointment(AuthorityReference(.registrar), quorum: 1, members: ministry),
            AuthorityAppointment(AuthorityReference(.issuer), quorum: 1, members: ministry),
            AuthorityAppointment(AuthorityReference(.payingAgent), quorum: 1, members: ministry),
            AuthorityAppointment(AuthorityReference(.transferAgent), quorum: 1, members: ministry),
            AuthorityAppointment(AuthorityReference(.court), quorum: 2, members: judges),
            AuthorityAppointment(AuthorityReference(.regulator), quorum: 1, members: judges),
        ].compactMap { $0 }
        guard let key = Digest(try logKey()), let logKeys = LogKeys(log: key) else {
            preconditionFailure("fixture")
        }
        return Genesis(
            name: "test.ledger",
            parameters: LedgerParameters(firstBusinessDate: firstDate),
            logKeys: logKeys,
            disclosureCommitment: secret.commitment,
            parties: [
                PartyRegistration(party: state, jurisdiction: laos, holderClass: .state),
                PartyRegistration(party: citizens, jurisdiction: laos, holderClass: .citizen),
                PartyRegistration(party: foreigners, jurisdiction: laos, holderClass: .foreignPerson),
            ],
            accounts: founders,
            authorities: appointments
        )
    }

    /// The public key of ``logSeed``.
    private static func logKey() throws -> [UInt8] {
        guard let name = NoteName("any") else { preconditionFailure("fixture") }
        return try NoteSigner(name: name, algorithm: .ed25519, seed: logSeed).verifierKey.publicKey
    }

    static func configuration(
        _ genesis: Genesis,
        sealing: LedgerConfiguration.Sealing = .adaptive
    ) throws -> LedgerConfiguration {
        var configuration = LedgerConfiguration(
            disclosureSecret: secret,
            checkpointSigner: try SoftwareCheckpointSigner(ledger: genesis.ledger, name: genesis.name, seed: logSeed),
            sealing: sealing,
            clock: { 1_767_600_000 }
        )
        // Failures that a test asks for are no news.
        configuration.logger.logLevel = .critical
        return configuration
    }

    init(
        store: any LedgerStore = MemoryStore(),
        sealing: LedgerConfiguration.Sealing = .adaptive,
        configure: (inout LedgerConfiguration) -> Void = { _ in }
    ) async throws {
        genesis = try Fixture.makeGenesis()
        var configuration = try Fixture.configuration(genesis, sealing: sealing)
        configure(&configuration)
        ledger = try await TokenLedger.create(genesis: genesis, store: store, configuration: configuration)
        ministry = try Fixture.client(ledger, 0, genesis.accounts[0].account)
        judges = [
            try Fixture.client(ledger, 1, genesis.accounts[1].account),
            try Fixture.client(ledger, 2, genesis.accounts[2].account),
        ]
    }

    static func client(_ ledger: TokenLedger, _ number: Int, _ account: AccountID) throws -> LedgerClient {
        LedgerClient(ledger: ledger, account: account, signers: [try signer(number)])
    }

    func authority(_ role: Role) -> AuthorityClient {
        let members = role == .court ? judges : role == .regulator ? [judges[0]] : [ministry]
        return AuthorityClient(AuthorityReference(role), members: members)
    }

    /// The citizen with key `number`.
    static func citizen(_ number: Int) -> PartyID {
        var bytes = [UInt8](repeating: 0xC1, count: 32)
        for index in 0..<8 { bytes[31 - index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
        guard let digest = Digest(bytes) else { preconditionFailure("fixture") }
        return PartyID(digest: digest)
    }

    /// Opens accounts with keys `numbers` for a party; if none is given, each for a citizen of its own.
    func open(_ numbers: Range<Int>, party: PartyID? = nil) async throws -> [LedgerClient] {
        if party == nil {
            let citizens = numbers.map {
                PartyRegistration(party: Fixture.citizen($0), jurisdiction: Fixture.laos, holderClass: .citizen)
            }
            for start in stride(from: 0, to: citizens.count, by: TransactionLimits.operationCountMax) {
                let end = min(start + TransactionLimits.operationCountMax, citizens.count)
                try await authority(.registrar).register(Array(citizens[start..<end]))
            }
        }
        let openings = try numbers.map { try Fixture.opening($0, party: party ?? Fixture.citizen($0)) }
        for start in stride(from: 0, to: openings.count, by: TransactionLimits.operationCountMax) {
            let end = min(start + TransactionLimits.operationCountMax, openings.count)
            try await authority(.registrar).open(Array(openings[start..<end]))
        }
        return try zip(numbers, openings).map { try Fixture.client(ledger, $0, $1.account) }
    }

    /// Kip, with `units` in the ministry's account.
    func makeCash(_ units: Quantity = 1_000_000_000) async throws -> AssetID {
        guard let identification = AssetIdentification(.currency, "LAK") else { preconditionFailure("fixture") }
        let cash = try await authority(.issuer).createAsset(
            nonce: 1,
            identification: identification,
            terms: .cash(CashTerms(currency: "LAK", minorUnitDigits: 0)),
            charter: Charter(authorities: []),
            cap: .max
        )
        try await authority(.issuer).issue(units, of: cash, to: ministry.account)
        return cash
    }

    /// A generic asset with a charter.
    func makeAsset(
        nonce: UInt64 = 100,
        authorities: [CharterAuthority] = [],
        rules: [HoldingRule] = [],
        cap: Quantity = 1_000_000
    ) async throws -> AssetID {
        guard let identification = AssetIdentification(.other, "asset-\(nonce)") else { preconditionFailure("fixture") }
        return try await authority(.issuer).createAsset(
            nonce: nonce,
            identification: identification,
            terms: .generic(GenericTerms(name: "test", documentDigest: .zero)),
            charter: Charter(authorities: authorities, rules: rules),
            cap: cap
        )
    }
}

/// The refusal of a submission, or nil if nothing refuses it.
func rejection(_ body: () async throws -> Void) async throws -> Rejection? {
    do {
        try await body()
        return nil
    } catch SubmissionError.rejected(let rejection) {
        return rejection
    }
}

/// The rule that refuses, or nil if nothing does.
func refusal(_ body: () async throws -> Void) async throws -> RejectionCode? {
    try await rejection(body)?.code
}

extension OperatorTransfer {
    /// Units that whoever acts moves from one client's account to another's.
    init(_ units: Quantity, of asset: AssetID, from owner: LedgerClient, to recipient: LedgerClient) {
        self.init(asset: asset, owner: owner.account, recipient: recipient.account, units: units)
    }
}
