import Tokenize

/// A small ledger to try a property on: every office is filled, and a few people hold a few units.
///
/// These are all the units there are; whoever is not in the table has none.
///
/// | | ``cash`` | ``asset`` | ``bond`` |
/// |---|---|---|---|
/// | ministry | 5,000 | 40 | |
/// | Alice | 500 | 100 | |
/// | Bob | | | 60 |
/// | foreigner | 500 | | |
/// | company | | 30 | |
///
/// Without a bond, Bob's 60 are plain units. Foreigners may hold at most a tenth of ``asset``. An objection to a recovery
/// waits for a business day that is opened, as mandates of the registrar and the regulator say (chapter 15 of Specs).
/// The same acts on two such ledgers write the same bytes: keys, clock and sealing are fixed.
///
/// It need not be closed: what is in memory goes with the case. Close it to restart it from what it has stored:
///
/// ```swift
/// let store = MemoryStore()
/// let small = try await SmallLedger(in: store)
/// try await small.alice.transfer(10, of: small.asset, to: small.bob.account)
/// try await small.ledger.close()
/// let again = try await small.reopened(in: MemoryStore(reopening: store))
/// ```
public struct SmallLedger: Sendable {
    /// The ledger.
    public let ledger: TokenLedger
    /// Shares of which 170 units are outstanding.
    public let asset: AssetID
    /// Kip, of which 6,000 are outstanding.
    public let cash: AssetID
    /// Holds offices; see ``authority(_:)``.
    public let ministry: LedgerClient
    /// A citizen with shares.
    public let alice: LedgerClient
    /// A citizen without shares.
    public let bob: LedgerClient
    /// A citizen with nothing, who is the auditor.
    public let carol: LedgerClient
    /// A foreigner without shares.
    public let foreigner: LedgerClient
    /// A company whose two keys sign together.
    public let company: LedgerClient
    /// Whom to believe who checks its proofs offline: the log's own key.
    public let checkpointPolicy: CheckpointPolicy
    private let world: AuditWorld
    private let hasBond: Bool
    /// One for each of the cast: two of one account would count the same sequences.
    private let clients: [LedgerClient]

    /// Transactions after which a block is closed.
    public static let blockTransactionCount = 3

    /// Founds one.
    ///
    /// - Parameters:
    ///   - store: where it lives; must be empty.
    ///   - withBond: true for Bob's 60 units of a bond, whose life ``LedgerModel`` does not know.
    /// - Throws: ``AuditFailure`` or the ledger's own failure, `LedgerFailure`.
    public init(in store: any LedgerStore = MemoryStore(), withBond: Bool = false) async throws {
        let sealing = LedgerConfiguration.Sealing.every(Self.blockTransactionCount)
        try self.init(await AuditWorld(in: store, sealing: sealing, hasBond: withBond), hasBond: withBond)
    }

    /// The ledger as it opens again from what it has stored, with clients that ask it how far they are.
    ///
    /// - Parameters:
    ///   - store: what the ledger has left behind, which must be closed there.
    ///   - expecting: a checkpoint that was kept; what does not extend it is not opened.
    /// - Throws: `LedgerFailure` that says what is damaged, lost or foreign.
    public func reopened(in store: any LedgerStore, expecting: Checkpoint? = nil) async throws -> SmallLedger {
        try SmallLedger(await world.reopened(in: store, expecting: expecting), hasBond: hasBond)
    }

    private init(_ world: AuditWorld, hasBond: Bool) throws {
        self.world = world
        self.hasBond = hasBond
        clients = world.cast.members.map { member in
            LedgerClient(ledger: world.ledger, account: member.account, signers: member.signers)
        }
        ledger = world.ledger
        asset = world.assets[AuditWorld.share]
        cash = world.assets[AuditWorld.cash]
        ministry = clients[Cast.ministry]
        alice = clients[Cast.alice]
        bob = clients[Cast.bob]
        carol = clients[Cast.carol]
        foreigner = clients[Cast.foreigner]
        company = clients[Cast.company]
        checkpointPolicy = try world.cast.checkpointPolicy()
    }

    /// A bill with a face of 10 kip that matures three days after it was issued, is repaid at its face, and is taxed
    /// from nobody.
    ///
    /// - Precondition: the ledger was founded with a bond.
    public var bond: AssetID {
        precondition(hasBond, "this ledger has no bond: found it with one")
        return world.assets[AuditWorld.bond]
    }

    /// What founded it.
    public var genesis: Genesis { world.cast.genesis }

    /// The secret that ``genesis`` commits to: audits and state roots ask for it.
    public var disclosureSecret: DisclosureSecret { Cast.secret }

    /// What its clock says, in seconds since 1970-01-01T00:00:00Z. It stands until somebody sets it, and goes on across
    /// restarts.
    public var time: UInt64 {
        get { world.clock.time }
        nonmutating set { world.clock.move(to: newValue) }
    }

    /// An authority over the whole ledger, with as many members as its quorum asks: both judges are the court and the
    /// first of them the regulator and the identity issuer, Carol is the auditor, and the ministry everything else.
    public func authority(_ role: Role) -> AuthorityClient {
        let members =
            switch role {
            case .court: [Cast.firstJudge, Cast.secondJudge]
            case .regulator, .identityIssuer: [Cast.firstJudge]
            case .auditor: [Cast.carol]
            default: [Cast.ministry]
            }
        return AuthorityClient(AuthorityReference(role), members: members.map { clients[$0] })
    }

    /// Units that an account holds of an asset, in all partitions; of ``asset`` unless it is said.
    public func units(of client: LedgerClient, in asset: AssetID? = nil) async throws -> Quantity {
        let (asset, account) = (asset ?? self.asset, client.account)
        return try await ledger.read { state in
            Quantity(state.holdings(of: asset).filter { $0.account == account }.reduce(0) { $0 + $1.units.units })
        }
    }
}
