import Testing
import Tokenize

@Suite("Parties and accounts")
struct RegistrationRuleTests {
    @Test("ACC-001: a party is registered once")
    func partyExists() async throws {
        let fixture = try await Fixture()
        let party = PartyID(digest: Fixture.digest(40))
        let laos = try #require(CountryCode("LA"))
        let registration = PartyRegistration(party: party, jurisdiction: laos, holderClass: .citizen)
        let registrar = fixture.authority(.registrar)
        try await fixture.expectRefusal(.partyExists) { try await registrar.register([registration, registration]) }
        try await registrar.register([registration])
        try await fixture.expectRefusal(.partyExists) { try await registrar.register([registration]) }
    }

    @Test("ACC-002, ACC-003: an account has a known party, and is opened once")
    func accounts() async throws {
        let fixture = try await Fixture()
        let registrar = fixture.authority(.registrar)
        let party = PartyID(digest: Fixture.digest(40))
        let early = try Fixture.opening(40, party: party)
        try await fixture.expectRefusal(.unknownParty) { try await registrar.open([early]) }
        let laos = try #require(CountryCode("LA"))
        let registration = PartyRegistration(party: party, jurisdiction: laos, holderClass: .foreignEntity)
        try await registrar.submit([
            .registerParty(registration, under: registrar.reference), .openAccount(early, under: registrar.reference),
        ])
        try await fixture.expectRefusal(.accountExists) { try await registrar.open([early]) }
        let account = early.account
        #expect(try await fixture.ledger.read { $0.party(of: account) } == party)
        let salted = AccountOpening(policy: early.policy, salt: Fixture.digest(1), party: party)
        try await fixture.expectRefusal(.accountExists) { try await registrar.open([salted, salted]) }
        try await registrar.open([salted])
    }

    @Test("the log's keys are rotated by the governor")
    func logKeys() async throws {
        let fixture = try await Fixture()
        let keys = try #require(LogKeys(log: Fixture.digest(5), witnesses: [Fixture.digest(6)], witnessQuorum: 1))
        let operation = { (role: Role) in Operation(.rotateLogKeys(keys, under: AuthorityReference(role))) }
        try await fixture.expectRefusal(.roleMayNot) { _ = try await fixture.ministry.submit([operation(.registrar)]) }
        _ = try await fixture.ministry.submit([operation(.governor)])
        #expect(try await fixture.ledger.read { $0.logKeys } == keys)
        #expect(LogKeys(log: .zero, witnesses: [.zero, .zero]) == nil)
        #expect(LogKeys(log: .zero, witnessQuorum: 1) == nil)
    }
}
