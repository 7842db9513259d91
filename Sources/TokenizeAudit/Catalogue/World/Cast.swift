import Logging
import Tokenize

/// Who is on the ledgers that properties make: founders with fixed keys, so that the same choices write the same bytes.
struct Cast: Sendable {
    /// An account and its keys.
    struct Member: Sendable {
        let name: String
        let opening: AccountOpening
        let signers: [SoftwareSigner]

        var account: AccountID { opening.account }
    }

    /// Places of members in ``members``.
    static let (ministry, firstJudge, secondJudge, alice, bob, carol, foreigner, company) = (0, 1, 2, 3, 4, 5, 6, 7)

    /// Ministry, two judges, three citizens, a foreigner, and a company whose two keys sign together.
    let members: [Member]
    /// A key that no account knows.
    let outsider: SoftwareSigner
    let genesis: Genesis

    static let secret = DisclosureSecret(digest(7))
    static let firstDate = CalendarDate(daysSinceEpoch: 20_458)
    private static let logSeed = [UInt8](repeating: 9, count: Digest.byteCount)
    private static let names = ["ministry", "judge 1", "judge 2", "alice", "bob", "carol", "foreigner", "company"]
    private static let ledgerName = "audit.ledger"

    static func digest(_ byte: UInt8) -> Digest {
        Digest([UInt8](repeating: byte, count: Digest.byteCount)) ?? .zero
    }

    /// Digest of a text, for names that nobody has to guess.
    static func digest(of text: String) -> Digest { MerkleTree.leafHash(Array(text.utf8)) }

    static func party(_ number: UInt8) -> PartyID { PartyID(digest: digest(number)) }

    init() throws {
        let classes: [HolderClass] = [
            .state, .state, .state, .citizen, .citizen, .citizen, .foreignPerson, .domesticEntity,
        ]
        var members: [Member] = []
        for (index, name) in Self.names.enumerated() {
            let signers = try (0...(index == Self.company ? 1 : 0)).map { try Self.signer(10 * index + $0) }
            let weighted = signers.map { KeyPolicy.WeightedKey(key: $0.publicKey.encoded) }
            let policy = try KeyPolicy(threshold: UInt64(signers.count), keys: weighted)
            let opening = AccountOpening(policy: policy, salt: .zero, party: Self.party(UInt8(index + 1)))
            members.append(Member(name: name, opening: opening, signers: signers))
        }
        self.members = members
        outsider = try Self.signer(99)
        let accounts = members.map { $0.account }
        let judges = [accounts[Self.firstJudge], accounts[Self.secondJudge]]
        let offices: [(Role, Int, [AccountID])] = [
            (.governor, 1, [accounts[0]]), (.operator, 1, [accounts[0]]), (.registrar, 1, [accounts[0]]),
            (.issuer, 1, [accounts[0]]), (.payingAgent, 1, [accounts[0]]), (.transferAgent, 1, [accounts[0]]),
            (.court, 2, judges), (.regulator, 1, judges), (.auditor, 1, [accounts[Self.carol]]),
            (.identityIssuer, 1, [accounts[Self.firstJudge]]),
        ]
        guard let country = CountryCode("LA"), let abroad = CountryCode("TH"),
            let key = Digest(try Self.logSigner().verifierKey.publicKey),
            let logKeys = LogKeys(log: key), let date = Self.firstDate
        else { throw AuditFailure(reason: "the founding values are malformed") }
        genesis = Genesis(
            name: Self.ledgerName,
            parameters: LedgerParameters(firstBusinessDate: date),
            logKeys: logKeys,
            disclosureCommitment: Self.secret.commitment,
            parties: classes.enumerated().map { index, holderClass in
                PartyRegistration(
                    party: Self.party(UInt8(index + 1)),
                    jurisdiction: holderClass == .foreignPerson ? abroad : country,
                    holderClass: holderClass
                )
            },
            accounts: members.map { $0.opening },
            authorities: offices.compactMap {
                AuthorityAppointment(AuthorityReference($0.0), quorum: $0.1, members: $0.2)
            }
        )
    }

    static func signer(_ number: Int) throws -> SoftwareSigner {
        var bytes = [UInt8](repeating: 0, count: 32)
        (bytes[30], bytes[31]) = (1, UInt8(number))
        return try SoftwareSigner(SecretKey(bytes: bytes))
    }

    private static func logSigner() throws -> NoteSigner {
        guard let name = NoteName("any") else { throw AuditFailure(reason: "the log's name is malformed") }
        return try NoteSigner(name: name, algorithm: .ed25519, seed: logSeed)
    }

    /// The place of an account among the members.
    func index(of account: AccountID) -> Int? { members.firstIndex { $0.account == account } }

    func checkpointSigner() throws -> SoftwareCheckpointSigner {
        try SoftwareCheckpointSigner(ledger: genesis.ledger, name: genesis.name, seed: Self.logSeed)
    }

    /// What an outsider who knows the log's key believes.
    func checkpointPolicy() throws -> CheckpointPolicy {
        let key = try checkpointSigner().verifierKey
        return try CheckpointPolicy(origin: key.name, logKeys: [key])
    }

    /// A configuration under which the same transactions write the same bytes.
    func configuration(
        sealing: LedgerConfiguration.Sealing,
        clock: AuditClock = AuditClock(),
        warnings: WarningList? = nil,
        secret: DisclosureSecret = Self.secret
    ) throws -> LedgerConfiguration {
        var configuration = LedgerConfiguration(
            disclosureSecret: secret,
            checkpointSigner: try checkpointSigner(),
            sealing: sealing,
            clock: { clock.time }
        )
        // Failures that a property asks for are no news.
        configuration.logger = Logger(label: "tokenize.audit") { _ in warnings?.handler ?? SwiftLogNoOpLogHandler() }
        return configuration
    }

    /// Signs a body with these keys.
    static func sign(_ body: TransactionBody, _ signers: [SoftwareSigner]) throws -> SignedTransaction {
        let id = body.id
        let signatures = try signers.map {
            TransactionSignature(key: $0.publicKey.encoded, signature: try $0.sign(id.digest))
        }
        return SignedTransaction(body: body, signatures: signatures)
    }
}

/// The catalogue itself cannot work: no statement about the engine.
public struct AuditFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is the matter.
    public let reason: String

    public var description: String { reason }
}
