import Testing
import Tokenize

@Suite("Authorities")
struct AuthorityQuorumTests {
    @Test("AUT-001: every role does its own acts and no others", arguments: Role.allCases)
    func roleMayNot(role: Role) async throws {
        let scene = try await RuleScene()
        let acts = try sampleActs(scene, under: AuthorityReference(role))
        #expect(acts.count == 15)
        let powers: [Role: Set<String>] = [
            .governor: ["appointAuthority", "rotateLogKeys"],
            .operator: ["openBusinessDay"],
            .registrar: ["registerParty", "openAccount"],
            .issuer: ["createAsset", "issue", "redeem", "cancelUnits", "distribute", "redeemAll"],
            .transferAgent: ["reclassify", "redeem"],
            .payingAgent: ["distribute", "redeemAll", "redeem"],
            .regulator: ["encumber", "release", "forceTransfer"],
            .court: ["encumber", "release", "forceTransfer"],
            .auditor: [],
            .identityIssuer: [],
        ]
        for (name, act) in acts {
            // Nobody is a member of what the fixture does not appoint: an act within the role fails later or passes.
            let refused = try await refusal {
                _ = try await scene.fixture.ministry.submit([Operation(act)], with: scene.fixture.judges)
            }
            let may = try #require(powers[role]).contains(name)
            #expect((refused == .roleMayNot) == !may, "\(role) \(name): \(String(describing: refused))")
        }
        try await scene.expectRefusal(.roleMayNot) {
            let act = Act.openBusinessDay(Fixture.date(2026, 1, 6), under: AuthorityReference(.auditor))
            _ = try await scene.fixture.ministry.submit([Operation(act)])
        }
    }

    private func sampleActs(_ scene: RuleScene, under: AuthorityReference) throws -> [(String, Act)] {
        let (asset, alice) = (scene.asset, scene.alice.account)
        let order = Fixture.order("order")
        let laos = try #require(CountryCode("LA"))
        let keys = try #require(LogKeys(log: .zero))
        let appointment = try #require(AuthorityAppointment(under, quorum: 1, members: [alice]))
        let creation = AssetCreation(
            nonce: 9,
            identification: try #require(AssetIdentification(.other, "x")),
            terms: InstrumentTerms.generic(GenericTerms(name: "x", documentDigest: .zero)).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 1
        )
        let freeze = Encumbering(
            target: scene.target(scene.alice),
            kind: .freeze,
            amount: 1,
            rank: 1,
            lastDate: Fixture.firstDate,
            order: order
        )
        let forced = ForcedTransfer(
            asset: asset,
            from: alice,
            to: scene.bob.account,
            units: 1,
            rank: 1,
            lastDate: Fixture.firstDate,
            order: order
        )
        let party = PartyRegistration(party: PartyID(digest: .zero), jurisdiction: laos, holderClass: .state)
        let opening = try Fixture.opening(90, party: Fixture.citizens)
        let change = Reclassification(asset: asset, holder: alice, from: 0, to: 1, units: 1)
        let distribution = Distribution(asset: asset, cash: asset, total: 1, order: order)
        let redemption = FinalRedemption(asset: asset, cash: asset, amountPerUnit: 1, order: order)
        let release = Release(target: scene.target(scene.alice), encumbrance: EncumbranceID(digest: .zero))
        return [
            ("registerParty", .registerParty(party, under: under)),
            ("openAccount", .openAccount(opening, under: under)),
            ("appointAuthority", .appointAuthority(appointment, under: under)),
            ("openBusinessDay", .openBusinessDay(Fixture.date(2026, 1, 6), under: under)),
            ("rotateLogKeys", .rotateLogKeys(keys, under: under)),
            ("createAsset", .createAsset(creation, under: under)),
            ("issue", .issue(Issuance(asset: asset, recipient: alice, units: 1), under: under)),
            ("redeem", .redeem(Redemption(asset: asset, holder: 0, units: 1), under: under)),
            ("cancelUnits", .cancelUnits(Cancellation(asset: asset, units: 1), under: under)),
            ("reclassify", .reclassify(change, under: under)),
            ("distribute", .distribute(distribution, under: under)),
            ("redeemAll", .redeemAll(redemption, under: under)),
            ("encumber", .encumber(freeze, under: under)),
            ("release", .release(release, under: under)),
            ("forceTransfer", .forceTransfer(forced, under: under)),
        ]
    }

    @Test("AUT-002: an authority over one asset has no say over another, over accounts or over the ledger")
    func outOfScope() async throws {
        let scene = try await RuleScene()
        let other = try await scene.fixture.makeAsset(nonce: 101)
        let reference = AuthorityReference(.court, asset: scene.asset)
        let members = scene.fixture.judges.map { $0.account }
        let appointment = try #require(AuthorityAppointment(reference, quorum: 2, members: members))
        try await scene.fixture.authority(.governor).appoint(appointment)
        let court = scene.court.acting(as: reference)
        try await scene.expectRefusal(.outOfScope) {
            try await scene.encumber(scene.target(scene.alice, of: other), 1, by: court)
        }
        try await scene.expectRefusal(.outOfScope) { try await scene.encumber(.asset(other), by: court) }
        try await scene.expectRefusal(.outOfScope) {
            try await scene.encumber(.account(scene.alice.account), by: court)
        }
        try await scene.encumber(scene.target(scene.alice), 1, by: court)
        try await scene.encumber(.asset(scene.asset), by: court)
    }

    @Test("AUT-002: once a charter names an issuer, the ledger's issuer has no say over the asset")
    func charterTakesOver() async throws {
        let fixture = try await Fixture()
        let bank = try await fixture.open(20..<21)[0]
        let asset = try await fixture.makeAsset(authorities: [CharterAuthority(.issuer, members: [bank.account])])
        let reference = AuthorityReference(.issuer, asset: asset)
        let issuer = AuthorityClient(reference, members: [bank])
        try await fixture.expectRefusal(.outOfScope) {
            try await fixture.authority(.issuer).issue(1, of: asset, to: bank.account)
        }
        try await issuer.issue(1, of: asset, to: bank.account)
        let other = try await fixture.makeAsset(nonce: 101)
        try await fixture.expectRefusal(.outOfScope) { try await issuer.issue(1, of: other, to: bank.account) }
        try await fixture.expectRefusal(.outOfScope) {
            let opening = try Fixture.opening(90, party: Fixture.citizens)
            let registrar = AuthorityReference(.registrar, asset: asset)
            _ = try await bank.submit([Operation(.openAccount(opening, under: registrar))])
        }
        try await fixture.expectRefusal(.outOfScope) {
            _ = try await issuer.createAsset(
                nonce: 1,
                identification: try #require(AssetIdentification(.other, "mine")),
                terms: .generic(GenericTerms(name: "mine", documentDigest: .zero)),
                charter: Charter(authorities: []),
                cap: 1
            )
        }
    }

    @Test("AUT-002: a second ledger-wide issuer has no say over what the first created, and the other way round")
    func foreignIssuer() async throws {
        let scene = try await RuleScene()
        let fixture = scene.fixture
        let bank = try await fixture.open(20..<21)[0]
        let reference = AuthorityReference(.issuer, number: 1)
        let appointment = try #require(AuthorityAppointment(reference, quorum: 1, members: [bank.account]))
        try await fixture.authority(.governor).appoint(appointment)
        let second = AuthorityClient(reference, members: [bank])
        try await scene.expectRefusal(.outOfScope) {
            try await second.issue(1, of: scene.asset, to: bank.account)
        }
        let own = try await second.createAsset(
            nonce: 1,
            identification: try #require(AssetIdentification(.other, "own")),
            terms: .generic(GenericTerms(name: "own", documentDigest: .zero)),
            charter: Charter(authorities: []),
            cap: 10
        )
        try await second.issue(1, of: own, to: bank.account)
        try await scene.expectRefusal(.outOfScope) { try await scene.issuer.issue(1, of: own, to: bank.account) }
    }

    @Test("AUT-003: an authority that nobody appointed")
    func unknownAuthority() async throws {
        let scene = try await RuleScene()
        let second = AuthorityReference(.court, number: 1)
        try await scene.expectRefusal(.unknownAuthority) {
            try await scene.encumber(scene.target(scene.alice), 1, by: scene.court.acting(as: second))
        }
        try await scene.expectRefusal(.unknownAuthority) {
            let over = AuthorityReference(.issuer, asset: scene.asset)
            try await scene.issuer.acting(as: over).issue(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.encumber(scene.target(scene.alice), 1)
    }

    @Test("AUT-004: only members act, also if a member stands beside")
    func notAMember() async throws {
        let scene = try await RuleScene()
        let act = Act.issue(
            Issuance(asset: scene.asset, recipient: scene.alice.account, units: 1),
            under: AuthorityReference(.issuer)
        )
        try await scene.expectRefusal(.notAMember) { _ = try await scene.alice.submit([Operation(act)]) }
        try await scene.expectRefusal(.notAMember) {
            _ = try await scene.alice.submit([Operation(act)], with: [scene.fixture.ministry])
        }
        _ = try await scene.alice.submit([Operation(act, principal: 1)], with: [scene.fixture.ministry])
    }

    @Test("AUT-005: as many members as the quorum asks for are principals")
    func quorumNotReached() async throws {
        let scene = try await RuleScene()
        let judges = scene.fixture.judges
        let alone = AuthorityClient(AuthorityReference(.court), members: [judges[0]])
        try await scene.expectRefusal(.quorumNotReached) {
            try await scene.encumber(scene.target(scene.alice), 1, by: alone)
        }
        let withStranger = AuthorityClient(AuthorityReference(.court), members: [judges[0], scene.bob])
        try await scene.expectRefusal(.quorumNotReached) {
            try await scene.encumber(scene.target(scene.alice), 1, by: withStranger)
        }
        let twice = AuthorityClient(AuthorityReference(.court), members: [judges[0], judges[0]])
        try await scene.expectRefusal(.duplicatePrincipal) {
            try await scene.encumber(scene.target(scene.alice), 1, by: twice)
        }
        try await scene.encumber(scene.target(scene.alice), 1)
    }

    @Test("quorums at their edges", arguments: [(1, 3), (2, 3), (3, 3), (16, 16)])
    func quorums(quorum: Int, count: Int) async throws {
        let scene = try await RuleScene()
        let members = try await scene.fixture.open(100..<(100 + count))
        let reference = AuthorityReference(.court, number: 7)
        let appointment = try #require(
            AuthorityAppointment(reference, quorum: quorum, members: members.map { $0.account })
        )
        try await scene.fixture.authority(.governor).appoint(appointment)
        func encumber(_ present: Int) async throws {
            let court = AuthorityClient(reference, members: Array(members.suffix(present)))
            try await scene.encumber(scene.target(scene.alice), 1, by: court)
        }
        if quorum > 1 { try await scene.expectRefusal(.quorumNotReached) { try await encumber(quorum - 1) } }
        try await encumber(quorum)
        if quorum < count { try await encumber(count) }
    }

    @Test("an appointment is replaced: old members have no say, and what they froze stays theirs to lift")
    func replaced() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let freeze = try await scene.encumber(target, 10)
        let successors = try await scene.fixture.open(20..<22)
        let appointment = try #require(
            AuthorityAppointment(AuthorityReference(.court), quorum: 2, members: successors.map { $0.account })
        )
        try await scene.fixture.authority(.governor).appoint(appointment)
        try await scene.expectRefusal(.notAMember) { try await scene.court.release(freeze, on: target) }
        let court = AuthorityClient(AuthorityReference(.court), members: successors)
        try await court.release(freeze, on: target)
    }

    @Test("appointments name what exists, and are well formed")
    func appointments() async throws {
        let fixture = try await Fixture()
        let governor = fixture.authority(.governor)
        let member = fixture.ministry.account
        let court = AuthorityReference(.court)
        #expect(AuthorityAppointment(court, quorum: 0, members: [member]) == nil)
        #expect(AuthorityAppointment(court, quorum: 2, members: [member]) == nil)
        #expect(AuthorityAppointment(court, quorum: 1, members: []) == nil)
        #expect(AuthorityAppointment(court, quorum: 1, members: [member, member]) == nil)
        let nobody = AccountID(digest: Fixture.digest(99))
        try await fixture.expectRefusal(.unknownAccount) {
            try await governor.appoint(try #require(AuthorityAppointment(court, quorum: 1, members: [nobody])))
        }
        try await fixture.expectRefusal(.unknownAsset) {
            let over = AuthorityReference(.court, asset: AssetID(digest: .zero))
            try await governor.appoint(try #require(AuthorityAppointment(over, quorum: 1, members: [member])))
        }
        try await governor.appoint(try #require(AuthorityAppointment(court, quorum: 1, members: [member])))
    }

    @Test("AUT-006: a governor changes itself and no other governor")
    func lastGovernor() async throws {
        let fixture = try await Fixture()
        let governor = fixture.authority(.governor)
        let second = AuthorityReference(.governor, number: 1)
        let heir = try await fixture.open(20..<21)[0]
        let appointment = try #require(AuthorityAppointment(second, quorum: 1, members: [heir.account]))
        try await governor.appoint(appointment)
        try await fixture.expectRefusal(.lastGovernor) { try await governor.appoint(appointment) }
        let rival = AuthorityClient(second, members: [heir])
        try await fixture.expectRefusal(.lastGovernor) {
            let first = AuthorityAppointment(governor.reference, quorum: 1, members: [heir.account])
            try await rival.appoint(try #require(first))
        }
        // The heir signs too: who changes the governor shows that the next one has its keys.
        let handover = try #require(AuthorityAppointment(governor.reference, quorum: 1, members: [heir.account]))
        try await fixture.expectRefusal(.noSuccessorSigns) { try await governor.appoint(handover) }
        _ = try await fixture.ministry.submit(
            [Operation(.appointAuthority(handover, under: governor.reference))],
            with: [heir]
        )
        try await fixture.expectRefusal(.notAMember) { try await governor.appoint(appointment) }
    }

    @Test("a governor over one asset has no power")
    func governorOverAnAsset() async throws {
        let scene = try await RuleScene()
        let reference = AuthorityReference(.governor, asset: scene.asset)
        let appointment = try #require(AuthorityAppointment(reference, quorum: 1, members: [scene.alice.account]))
        try await scene.fixture.authority(.governor).appoint(appointment)
        let court = AuthorityReference(.court, asset: scene.asset)
        let own = try #require(AuthorityAppointment(court, quorum: 1, members: [scene.alice.account]))
        try await scene.expectRefusal(.outOfScope) {
            try await AuthorityClient(reference, members: [scene.alice]).appoint(own)
        }
    }
}
