import Testing

@testable import Tokenize

@Suite("Genesis")
struct GenesisTests {
    private func changed(
        name: String? = nil,
        parties: [PartyRegistration]? = nil,
        accounts: [AccountOpening]? = nil,
        authorities: [AuthorityAppointment]? = nil
    ) throws -> Genesis {
        let genesis = try Fixture.makeGenesis()
        return Genesis(
            name: name ?? genesis.name,
            parameters: genesis.parameters,
            logKeys: genesis.logKeys,
            disclosureCommitment: genesis.disclosureCommitment,
            parties: parties ?? genesis.parties,
            accounts: accounts ?? genesis.accounts,
            authorities: authorities ?? genesis.authorities
        )
    }

    private func code(_ genesis: Genesis) -> RejectionCode? {
        do throws(Rejection) {
            _ = try LedgerState(genesis: genesis)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("founds parties, accounts and authorities, and encodes to itself")
    func founds() throws {
        let genesis = try Fixture.makeGenesis()
        #expect(try Genesis(canonicalBytes: genesis.canonicalBytes) == genesis)
        let state = try LedgerState(genesis: genesis)
        #expect(state.accountIDs == genesis.accounts.map { $0.account })
        #expect(state.authority(AuthorityReference(.court))?.quorum == 2)
        #expect(state.ledger == genesis.ledger)
        #expect(state.businessDate == Fixture.firstDate)
    }

    @Test("one that contradicts itself founds nothing")
    func contradictions() throws {
        let genesis = try Fixture.makeGenesis()
        let stranger = try Fixture.opening(9, party: PartyID(digest: Fixture.digest(99)))
        let member = genesis.accounts[0].account
        let governor = try #require(
            AuthorityAppointment(AuthorityReference(.governor), quorum: 1, members: [member])
        )
        let unknown = try #require(
            AuthorityAppointment(AuthorityReference(.issuer), quorum: 1, members: [stranger.account])
        )
        let scoped = try #require(
            AuthorityAppointment(
                AuthorityReference(.governor, asset: AssetID(digest: .zero)),
                quorum: 1,
                members: [member]
            )
        )
        let off = try EncodedPublicKey(
            algorithm: .ecdsaSecp256k1,
            bytes: [2] + [UInt8](repeating: 0, count: 31) + [5]
        )
        let invalid = AccountOpening(
            policy: try KeyPolicy(threshold: 1, keys: [.init(key: off)]),
            salt: .zero,
            party: Fixture.state
        )
        #expect(code(try changed(parties: genesis.parties + [genesis.parties[0]])) == .partyExists)
        #expect(code(try changed(accounts: genesis.accounts + [genesis.accounts[0]])) == .accountExists)
        #expect(code(try changed(accounts: genesis.accounts + [stranger])) == .unknownParty)
        #expect(code(try changed(accounts: genesis.accounts + [invalid])) == .invalidKey)
        #expect(code(try changed(authorities: [governor, unknown])) == .unknownAccount)
        #expect(code(try changed(authorities: [governor, scoped])) == .outOfScope)
        let others = genesis.authorities.filter { $0.reference.role != .governor }
        #expect(code(try changed(authorities: others)) == .lastGovernor)
        #expect(code(try changed(authorities: [governor])) == nil)
    }

    @Test("an authority that is named twice is refused")
    func authorityTwice() async throws {
        let genesis = try Fixture.makeGenesis()
        let member = genesis.accounts[1].account
        let again = try #require(
            AuthorityAppointment(AuthorityReference(.governor), quorum: 1, members: [member])
        )
        let other = try #require(
            AuthorityAppointment(AuthorityReference(.governor, number: 1), quorum: 1, members: [member])
        )
        for doubled in [genesis.authorities + [again], genesis.authorities + [genesis.authorities[2]]] {
            try await expectRefusal(of: try changed(authorities: doubled), .keyOrder)
        }
        let apart = try changed(authorities: genesis.authorities + [other])
        #expect(try Genesis(canonicalBytes: apart.canonicalBytes) == apart)
    }

    @Test(
        "a name that no checkpoint can bear is refused",
        arguments: [0x20, 0x2B, 0xA0, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
    )
    func name(scalar: UInt32) async throws {
        let character = Character(try #require(Unicode.Scalar(scalar)))
        for name in ["test\(character)ledger", "\(character)", "ledger\(character)"] {
            try await expectRefusal(of: try changed(name: name), .outOfRange)
        }
        let lao = try changed(name: "ບັນຊີ.ledger")
        #expect(try Genesis(canonicalBytes: lao.canonicalBytes) == lao)
        #expect(NoteName(LogOrigin.text(ledger: lao.ledger, name: lao.name)) != nil)
    }

    /// Expects that the genesis does not decode, and that an engine does not found a ledger on it.
    private func expectRefusal(of genesis: Genesis, _ reason: DecodingFailure.Reason) async throws {
        do throws(DecodingFailure) {
            _ = try Genesis(canonicalBytes: genesis.canonicalBytes)
            Issue.record("it decodes")
        } catch {
            #expect(error.reason == reason)
        }
        var configuration = try Fixture.configuration(try Fixture.makeGenesis())
        configuration.checkpointSigner = nil
        let store = MemoryStore()
        let place = try await FailurePlace.of {
            _ = try await TokenLedger.create(genesis: genesis, store: store, configuration: configuration)
        }
        #expect(place == .misconfigured)
        #expect(try await store.extent().entryCount == 0)
    }

    @Test("an engine refuses to found a ledger on it, and writes nothing")
    func refused() async throws {
        let store = MemoryStore()
        let genesis = try changed(authorities: [])
        await #expect(throws: LedgerFailure.self) {
            try await TokenLedger.create(
                genesis: genesis,
                store: store,
                configuration: try Fixture.configuration(genesis)
            )
        }
        #expect(try await store.extent().entryCount == 0)
    }

    @Test("any other genesis is another ledger")
    func names() throws {
        let genesis = try Fixture.makeGenesis()
        let fewer = try changed(parties: genesis.parties.dropLast())
        #expect(fewer.ledger != genesis.ledger)
    }
}
