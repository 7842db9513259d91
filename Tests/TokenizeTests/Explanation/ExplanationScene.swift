import Testing

@testable import Tokenize

/// Two citizens, each a party of its own, and a foreigner, on an asset of which foreigners hold at most a tenth.
struct ExplanationScene {
    let fixture: Fixture
    let asset: AssetID
    let alice: LedgerClient
    let bob: LedgerClient
    let foreigner: LedgerClient
    /// Numbers of the keys of Alice, Bob and the foreigner.
    static let (aliceKey, bobKey, foreignKey) = (10, 11, 13)
    static let aliceParty = PartyID(digest: Fixture.digest(21))
    static let bobParty = PartyID(digest: Fixture.digest(22))

    var ledger: TokenLedger { fixture.ledger }
    var court: AuthorityClient { fixture.authority(.court) }
    var issuer: LedgerClient { fixture.ministry }

    init(configure: (inout LedgerConfiguration) -> Void = { _ in }) async throws {
        fixture = try await Fixture(configure: configure)
        let country = try #require(CountryCode("LA"))
        let parties = [Self.aliceParty, Self.bobParty].map {
            PartyRegistration(party: $0, jurisdiction: country, holderClass: .citizen)
        }
        try await fixture.authority(.registrar).register(parties)
        alice = try await fixture.open(Self.aliceKey..<11, party: Self.aliceParty)[0]
        bob = try await fixture.open(Self.bobKey..<12, party: Self.bobParty)[0]
        foreigner = try await fixture.open(Self.foreignKey..<14, party: Fixture.foreigners)[0]
        asset = try await fixture.makeAsset(rules: [.classShareLimit(.foreign, numerator: 10, denominator: 100)])
        try await fixture.authority(.issuer).issue(1_000, of: asset, to: alice.account)
    }

    func transfer(_ units: Quantity, to recipient: LedgerClient, principal: Int = 0) -> Tokenize.Operation {
        Operation(.transfer(Transfer(asset: asset, recipient: recipient.account, units: units)), principal: principal)
    }

    /// A transaction of Alice with her signature.
    func signed(
        _ operations: [Tokenize.Operation],
        lastValidDate: CalendarDate = Fixture.firstDate,
        ahead: UInt64 = 0
    ) async throws -> SignedTransaction {
        try fixture.sign(
            try await fixture.body(operations, [alice], ahead: ahead, lastValidDate: lastValidDate),
            [Self.aliceKey]
        )
    }

    /// The court's act that moves units from Alice to Bob.
    func forcedTransfer(_ units: Quantity) -> Act {
        let forced = ForcedTransfer(
            asset: asset,
            from: alice.account,
            to: bob.account,
            units: units,
            rank: 1,
            lastDate: Fixture.date(2030, 1, 1),
            order: Fixture.order("K-18")
        )
        return .forceTransfer(forced, under: AuthorityReference(.court))
    }

    /// An encumbrance of the court.
    func encumber(_ target: EncumbranceTarget, _ amount: Quantity = 0) async throws {
        try await court.encumber(
            Encumbering(
                target: target,
                kind: .freeze,
                amount: amount,
                rank: 1,
                lastDate: Fixture.date(2026, 3, 31),
                order: Fixture.order("K-17")
            )
        )
    }

    /// All that the rules say, for whoever holds the state.
    func explanation(_ transaction: SignedTransaction) async throws -> Explanation {
        try await ledger.read { $0.explanation(of: transaction) }
    }

    func explanation(draft body: TransactionBody) async throws -> Explanation {
        try await ledger.read { $0.explanation(ofDraft: body) }
    }
}

extension Explanation {
    /// The codes that refuse an operation.
    func codes(_ operation: Int = 0) -> [RejectionCode] { operations[operation].findings.map(\.code) }

    func finding(_ code: RejectionCode, _ operation: Int = 0) -> RuleFinding? {
        operations[operation].findings.first { $0.code == code }
    }
}

extension RuleFinding {
    /// The values of facts of a name, as text.
    func values(_ name: Rejection.Fact.Name) -> [String] {
        facts.filter { $0.fact.name == name }.map { "\($0.fact.value)" }
    }
}
