import Testing

@testable import Tokenize

@Suite("Mandates and roles")
struct MandateTests {
    private static let issuer = AuthorityReference(.issuer)

    @Test("AUT-005: an act has a quorum of its own, above or below the authority's")
    func quorumOfAnAct() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        // The court needs both judges, but for lifting one is enough.
        let freeze = try await scene.encumber(scene.target(scene.alice), 1)
        let alone = AuthorityClient(scene.court.reference, members: [scene.fixture.judges[0]])
        try await scene.expectRefusal(.quorumNotReached) {
            try await alone.release(freeze, on: scene.target(scene.alice))
        }
        try await timed.bind(scene.court.reference, Mandate(quorums: [.init(.release, quorum: 1)]))
        try await alone.release(freeze, on: scene.target(scene.alice))
        try await scene.expectRefusal(.quorumNotReached) {
            try await scene.encumber(scene.target(scene.alice), 1, by: alone)
        }
        // The usual mandate is none.
        try await timed.bind(scene.court.reference, .usual)
        #expect(try await scene.ledger.read { $0.control(.mandate(scene.court.reference)) } == nil)
        let second = try await scene.encumber(scene.target(scene.alice), 1)
        try await scene.expectRefusal(.quorumNotReached) {
            try await alone.release(second, on: scene.target(scene.alice))
        }
    }

    @Test("ROL-001: who is a member of the other authority neither acts nor counts, for that act alone")
    func separation() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        let clerks = try await scene.appoint(.registrar, number: 1, [scene.alice, scene.bob, scene.fixture.ministry])
        let separation = Mandate.Separation(.registerParty, from: Self.issuer)
        try await timed.bind(
            clerks.reference,
            Mandate(quorums: [.init(.registerParty, quorum: 2)], separations: [separation])
        )
        let laos = try #require(CountryCode("LA"))
        func register(_ byte: UInt8) -> Act {
            let party = PartyID(digest: Fixture.digest(byte))
            return .registerParty(
                PartyRegistration(party: party, jurisdiction: laos, holderClass: .citizen),
                under: clerks.reference
            )
        }
        // The ministry is the issuer.
        try await scene.expectRefusal(.dutySeparated) {
            _ = try await scene.fixture.ministry.submit([Operation(register(90))], with: [scene.alice, scene.bob])
        }
        try await scene.expectRefusal(.quorumNotReached) {
            _ = try await scene.alice.submit([Operation(register(90))], with: [scene.fixture.ministry])
        }
        _ = try await scene.alice.submit([Operation(register(90))], with: [scene.bob])
        // Another act is not kept apart.
        let opening = try Fixture.opening(95, party: Fixture.citizens)
        _ = try await scene.fixture.ministry.submit([Operation(.openAccount(opening, under: clerks.reference))])
    }

    @Test("ROL-002: a mandate that its members cannot fulfil is not laid down, nor are members appointed who cannot")
    func mandateDoesNotFit() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        try await scene.expectRefusal(.mandateDoesNotFit) {
            try await timed.bind(scene.court.reference, Mandate(quorums: [.init(.release, quorum: 3)]))
        }
        try await scene.expectRefusal(.mandateDoesNotFit) {
            let apart = Mandate.Separation(.openBusinessDay, from: Self.issuer)
            try await timed.bind(AuthorityReference(.operator), Mandate(separations: [apart]))
        }
        // An act that cannot be proposed would wait for ever; a recovery has a notice of its own.
        for act in [ActCode.fileRecovery, .executeRecovery, .emergencyFreeze, .buyBack] {
            let timelock = Mandate.Timelock(act, notice: Notice(openedDays: 1, seconds: 0))
            try await scene.expectRefusal(.mandateDoesNotFit) {
                try await timed.bind(scene.court.reference, Mandate(timelocks: [timelock]))
            }
        }
        // Custody goes by the court's own quorum of two, where a single judge is left who is no regulator.
        _ = try await scene.appoint(.regulator, number: 1, [scene.fixture.judges[0]])
        try await scene.expectRefusal(.mandateDoesNotFit) {
            try await timed.bind(
                scene.court.reference,
                Mandate(
                    quorums: [.init(.seize, quorum: 1)],
                    separations: [.init(.seize, from: AuthorityReference(.regulator, number: 1))],
                    timelocks: [.init(.nameCustody, notice: Notice(openedDays: 1, seconds: 0))]
                )
            )
        }
        try await timed.bind(scene.court.reference, Mandate(quorums: [.init(.release, quorum: 2)]))
        let single = AuthorityAppointment(scene.court.reference, quorum: 1, members: [scene.alice.account])
        try await scene.expectRefusal(.mandateDoesNotFit) {
            try await scene.fixture.authority(.governor).appoint(try #require(single))
        }
    }

    @Test("AUT-003, AUT-006: a governor binds who exists, and no other governor")
    func whoIsBound() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        let mandate = Mandate(emergencyDaysMax: 3)
        try await scene.expectRefusal(.unknownAuthority) {
            try await timed.bind(AuthorityReference(.court, number: 9), mandate)
        }
        let second = try await scene.appoint(.governor, number: 1, [scene.alice])
        try await scene.expectRefusal(.lastGovernor) { try await timed.bind(second.reference, mandate) }
        try await timed.bind(AuthorityReference(.governor), mandate)
        try await scene.expectRefusal(.roleMayNot) {
            try await scene.court.control(.setMandate(MandateSetting(scene.court.reference, .usual)))
        }
    }

    @Test("ROL-003: a member leaves, but never so that too few are left")
    func renounce() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        let clerks = try await scene.appoint(.registrar, number: 1, [scene.alice, scene.bob, scene.carol], quorum: 2)
        try await scene.expectRefusal(.notAMember) { try await scene.foreigner.control(.renounce(clerks.reference)) }
        try await scene.expectRefusal(.unknownAuthority) {
            try await scene.alice.control(.renounce(AuthorityReference(.court, number: 9)))
        }
        try await timed.bind(clerks.reference, Mandate(quorums: [.init(.openAccount, quorum: 3)]))
        try await scene.expectRefusal(.lastHolder) { try await scene.carol.control(.renounce(clerks.reference)) }
        try await timed.bind(clerks.reference, .usual)
        try await scene.carol.control(.renounce(clerks.reference))
        let left = try #require(try await scene.ledger.read { $0.authority(clerks.reference) })
        #expect(left.members.sorted() == [scene.alice.account, scene.bob.account].sorted())
        try await scene.expectRefusal(.lastHolder) { try await scene.bob.control(.renounce(clerks.reference)) }
        // The last holder of a role of one stays too.
        try await scene.expectRefusal(.lastHolder) {
            try await scene.fixture.ministry.control(.renounce(AuthorityReference(.governor)))
        }
    }

    @Test("ROL-004: the governor goes to accounts whose keys have signed, not to a mistyped one")
    func successorsSign() async throws {
        let scene = try await RuleScene()
        let reference = AuthorityReference(.governor)
        let heirs = AuthorityAppointment(reference, quorum: 2, members: [scene.alice.account, scene.bob.account])
        let act = Operation(.appointAuthority(try #require(heirs), under: reference))
        try await scene.expectRefusal(.noSuccessorSigns) {
            _ = try await scene.fixture.ministry.submit([act], with: [scene.alice])
        }
        _ = try await scene.fixture.ministry.submit([act], with: [scene.alice, scene.bob])
    }

    @Test("ROL-005: an asset is closed for good, and only when nobody holds a unit")
    func deactivation() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.unitsOutstanding) {
            try await scene.issuer.control(.deactivateAsset(scene.asset))
        }
        try await scene.expectRefusal(.roleMayNot) { try await scene.court.control(.deactivateAsset(scene.asset)) }
        try await scene.issuer.redeem(1_000, of: scene.asset, from: scene.alice)
        try await scene.issuer.control(.deactivateAsset(scene.asset))
        #expect(try await scene.ledger.read { $0.asset(scene.asset)?.status } == .deactivated)
        try await scene.expectRefusal(.assetClosed) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.assetClosed) { try await scene.issuer.control(.deactivateAsset(scene.asset)) }
    }
}
