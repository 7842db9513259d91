import Testing

@testable import Tokenize

/// A ledger with one asset under a rulebook: four persons, one of them with two accounts, and one foreigner.
struct RulebookScene {
    let fixture: Fixture
    let asset: AssetID
    let kip: AssetID
    /// Two accounts of one person.
    let alice: LedgerClient
    let aliceToo: LedgerClient
    let bob: LedgerClient
    let carol: LedgerClient
    let foreigner: LedgerClient
    /// An authority that attests, and another.
    let attester: AuthorityClient
    let otherAttester: AuthorityClient

    static let parties = (20..<24).map { PartyID(digest: Fixture.digest(UInt8($0))) }
    static let (aliceParty, bobParty, carolParty) = (parties[0], parties[1], parties[2])
    static let foreignParty = parties[3]
    static let far = Fixture.date(2030, 1, 1)

    /// Alice holds `units` before the rulebook is laid down.
    init(
        _ rules: [Rule] = [],
        requirements: [Requirement] = [],
        charter: [HoldingRule] = [],
        units: Quantity = 1_000,
        store: any LedgerStore = MemoryStore()
    ) async throws {
        fixture = try await Fixture(store: store)
        let (laos, thailand) = (try #require(CountryCode("LA")), try #require(CountryCode("TH")))
        try await fixture.authority(.registrar).register(
            Self.parties.map { party in
                PartyRegistration(
                    party: party,
                    jurisdiction: party == Self.foreignParty ? thailand : laos,
                    holderClass: party == Self.foreignParty ? .foreignPerson : .citizen
                )
            }
        )
        alice = try await fixture.open(30..<31, party: Self.aliceParty)[0]
        aliceToo = try await fixture.open(31..<32, party: Self.aliceParty)[0]
        bob = try await fixture.open(32..<33, party: Self.bobParty)[0]
        carol = try await fixture.open(33..<34, party: Self.carolParty)[0]
        foreigner = try await fixture.open(34..<35, party: Self.foreignParty)[0]
        kip = try await fixture.makeCash()
        asset = try await fixture.makeAsset(rules: charter)
        let members = [fixture.ministry.account]
        for number in [UInt16(0), 1] {
            let reference = AuthorityReference(.identityIssuer, number: number)
            let appointment = try #require(AuthorityAppointment(reference, quorum: 1, members: members))
            try await fixture.authority(.governor).appoint(appointment)
        }
        attester = AuthorityClient(AuthorityReference(.identityIssuer), members: [fixture.ministry])
        otherAttester = attester.acting(as: AuthorityReference(.identityIssuer, number: 1))
        if units > .zero { try await issuer.issue(units, of: asset, to: alice.account) }
        if !rules.isEmpty || !requirements.isEmpty {
            try await lay(Rulebook(requirements: requirements, rules: rules))
        }
    }

    var ledger: TokenLedger { fixture.ledger }
    var issuer: AuthorityClient { fixture.authority(.issuer) }
    var regulator: AuthorityClient { fixture.authority(.regulator) }
    var registrar: AuthorityClient { fixture.authority(.registrar) }

    /// Lays down the next version of the rulebook.
    func lay(_ book: Rulebook) async throws {
        let asset = asset
        let version = try await ledger.read { $0.rulebook(of: asset)?.version ?? 0 }
        try await issuer.regulate(
            .setRulebook(RulebookSetting(asset: asset, version: version + 1, rulebook: book.canonicalBytes))
        )
    }

    func lay(_ rules: [Rule]) async throws { try await lay(Rulebook(rules: rules)) }

    func move(_ units: Quantity, from giver: LedgerClient, to getter: LedgerClient, memo: String = "") async throws {
        let transfer = Transfer(asset: asset, recipient: getter.account, partition: 0, units: units)
        _ = try await giver.submit([Operation(.transfer(transfer))], memo: memo)
    }

    /// An order of the court.
    func force(_ units: Quantity, from giver: LedgerClient, to getter: LedgerClient) async throws {
        try await fixture.authority(.court).forceTransfer(
            ForcedTransfer(
                asset: asset,
                from: giver.account,
                to: getter.account,
                units: units,
                rank: 1,
                lastDate: Self.far,
                order: Fixture.order("order")
            )
        )
    }

    func attest(
        _ party: PartyID,
        _ topic: Topic,
        _ value: UInt64 = 1,
        until last: CalendarDate = far,
        by authority: AuthorityClient? = nil
    ) async throws {
        let attestation = Attestation(of: party, topic, .number(value), from: Fixture.firstDate, until: last)
        try await (authority ?? attester).regulate(.attest(attestation))
    }

    func trust(_ topic: Topic, _ issuers: [AuthorityClient]) async throws {
        let setting = TrustSetting(asset: asset, topic, issuers: issuers.map(\.reference))
        try await issuer.regulate(.setTrustedIssuers(setting))
    }

    func units(_ client: LedgerClient) async throws -> Quantity {
        let (asset, account) = (asset, client.account)
        return try await ledger.read { $0.holding(asset: asset, account: account, partition: 0).units }
    }

    func pass(days: Int) async throws {
        // No further at once than the parameters of the ledger allow.
        for step in stride(from: 0, to: days, by: 10) {
            let today = try await ledger.read { $0.businessDate }
            let next = try #require(today.adding(days: min(10, days - step)))
            try await fixture.authority(.operator).openBusinessDay(next)
        }
    }

    func expectRefusal(
        _ code: RejectionCode,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async throws {
        try await fixture.expectRefusal(code, sourceLocation: sourceLocation, body)
    }
}
