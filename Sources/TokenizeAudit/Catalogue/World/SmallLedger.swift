import Tokenize

/// A small ledger to try a property on: every office is filled, and three people hold an asset.
///
/// Alice has 100 units of ``asset`` and the company 30, the ministry 40 and Bob none; foreigners may hold at most a tenth.
/// The same acts on two such ledgers write the same bytes: keys, clock and sealing are fixed.
public struct SmallLedger: Sendable {
    /// The ledger, in memory.
    public let ledger: TokenLedger
    /// Shares of which 170 units are outstanding.
    public let asset: AssetID
    /// Kip, of which Alice and the foreigner have 500 units each.
    public let cash: AssetID
    /// A citizen with 100 shares.
    public let alice: LedgerClient
    /// A citizen without shares.
    public let bob: LedgerClient
    /// A foreigner without shares.
    public let foreigner: LedgerClient
    private let world: AuditWorld

    /// Founds one.
    ///
    /// - Throws: ``AuditFailure`` or the ledger's own failure.
    public init() async throws {
        let world = try await AuditWorld(in: MemoryStore(), hasBond: false)
        self.world = world
        ledger = world.ledger
        asset = world.assets[AuditWorld.share]
        cash = world.assets[AuditWorld.cash]
        alice = Self.client(Cast.alice, world)
        bob = Self.client(Cast.bob, world)
        foreigner = Self.client(Cast.foreigner, world)
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
        return AuthorityClient(AuthorityReference(role), members: members.map { Self.client($0, world) })
    }

    /// Units that an account holds of the asset, in all partitions.
    public func units(of client: LedgerClient) async throws -> Quantity {
        let (asset, account) = (asset, client.account)
        return try await ledger.read { state in
            Quantity(state.holdings(of: asset).filter { $0.account == account }.reduce(0) { $0 + $1.units.units })
        }
    }

    private static func client(_ member: Int, _ world: AuditWorld) -> LedgerClient {
        let member = world.cast.members[member]
        return LedgerClient(ledger: world.ledger, account: member.account, signers: member.signers)
    }
}
