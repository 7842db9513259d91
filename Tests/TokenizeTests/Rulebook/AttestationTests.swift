import Testing

@testable import Tokenize

@Suite("Attestations: who says what of whom, and whose word counts")
struct AttestationTests {
    private static func scene(_ sides: RuleSides = .receiver) async throws -> RulebookScene {
        try await RulebookScene([.accredited(Statement(.accreditation), sides)])
    }

    @Test("ATT-001: a period that ends before it begins, or has ended")
    func emptyPeriod() async throws {
        let scene = try await Self.scene()
        let (today, later) = (Fixture.firstDate, Fixture.date(2026, 3, 1))
        for (first, last) in [(later, today), (Fixture.date(2025, 1, 1), Fixture.date(2025, 2, 1))] {
            let attestation = Attestation(
                of: RulebookScene.bobParty,
                .accreditation,
                .number(1),
                from: first,
                until: last
            )
            try await scene.expectRefusal(.attestationPeriodEmpty) {
                try await scene.attester.regulate(.attest(attestation))
            }
        }
        let unknown = PartyID(digest: Fixture.digest(99))
        try await scene.expectRefusal(.unknownParty) { try await scene.attest(unknown, .accreditation) }
        try await scene.attest(RulebookScene.bobParty, .accreditation, until: today)
    }

    @Test("ATT-002: only who gave an attestation takes it back, and then it counts for nothing")
    func revocation() async throws {
        let scene = try await Self.scene()
        try await scene.trust(.accreditation, [scene.attester, scene.otherAttester])
        try await scene.attest(RulebookScene.bobParty, .accreditation)
        try await scene.move(1, from: scene.alice, to: scene.bob)
        let revocation = AttestationRevocation(of: RulebookScene.bobParty, .accreditation)
        try await scene.expectRefusal(.unknownAttestation) {
            try await scene.otherAttester.regulate(.revokeAttestation(revocation))
        }
        try await scene.attester.regulate(.revokeAttestation(revocation))
        try await scene.expectRefusal(.notAccredited) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.unknownAttestation) {
            try await scene.attester.regulate(.revokeAttestation(revocation))
        }
    }

    @Test("ATT-003: a regulator takes trust away and gives none")
    func narrowing() async throws {
        let scene = try await Self.scene()
        try await scene.trust(.accreditation, [scene.attester])
        let wider = TrustSetting(
            asset: scene.asset,
            .accreditation,
            issuers: [scene.attester.reference, scene.otherAttester.reference]
        )
        try await scene.expectRefusal(.trustOnlyNarrowed) {
            try await scene.regulator.regulate(.setTrustedIssuers(wider))
        }
        try await scene.regulator.regulate(
            .setTrustedIssuers(TrustSetting(asset: scene.asset, .accreditation, issuers: []))
        )
        let unknown = TrustSetting(asset: scene.asset, .accreditation, issuers: [AuthorityReference(.auditor)])
        try await scene.expectRefusal(.unknownAuthority) {
            try await scene.issuer.regulate(.setTrustedIssuers(unknown))
        }
    }

    @Test("ATT-004: a party is joined once, to one that counts for itself")
    func joins() async throws {
        let scene = try await Self.scene()
        let (alice, bob, carol) = (RulebookScene.aliceParty, RulebookScene.bobParty, RulebookScene.carolParty)
        try await scene.expectRefusal(.alreadyJoined) {
            try await scene.registrar.regulate(.joinParties(PartyJoin(bob, to: bob)))
        }
        try await scene.registrar.regulate(.joinParties(PartyJoin(bob, to: carol)))
        for join in [PartyJoin(bob, to: alice), PartyJoin(alice, to: bob), PartyJoin(carol, to: alice)] {
            try await scene.expectRefusal(.alreadyJoined) {
                try await scene.registrar.regulate(.joinParties(join))
            }
        }
        try await scene.registrar.regulate(.joinParties(PartyJoin(alice, to: carol)))
    }

    @Test("An issuer's loss of trust takes effect at once, in the same transaction even")
    func lossOfTrust() async throws {
        let scene = try await Self.scene()
        try await scene.attest(RulebookScene.bobParty, .accreditation)
        try await scene.expectRefusal(.notAccredited) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.trust(.accreditation, [scene.attester])
        try await scene.move(1, from: scene.alice, to: scene.bob)
        let narrowed = TrustSetting(
            asset: scene.asset,
            .accreditation,
            issuers: [scene.otherAttester.reference]
        )
        let transfer = Transfer(asset: scene.asset, recipient: scene.bob.account, partition: 0, units: 1)
        try await scene.expectRefusal(.notAccredited) {
            _ = try await scene.fixture.ministry.submit(
                [
                    Operation(.rulebook(.setTrustedIssuers(narrowed), under: AuthorityReference(.issuer))),
                    Operation(.transfer(transfer), principal: 1),
                ],
                with: [scene.alice]
            )
        }
        try await scene.trust(.accreditation, [scene.otherAttester])
        try await scene.expectRefusal(.notAccredited) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.attest(RulebookScene.bobParty, .accreditation, by: scene.otherAttester)
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }

    @Test("An attestation counts from its first to its last date, for its asset and with its value")
    func scopeAndTime() async throws {
        let scene = try await RulebookScene([.accredited(Statement(.accreditation, value: .number(2)), .receiver)])
        try await scene.trust(.accreditation, [scene.attester])
        let (bob, today) = (RulebookScene.bobParty, Fixture.firstDate)
        let tomorrow = try #require(today.adding(days: 1))
        func say(_ value: AttestationValue, scope: AssetID?, _ first: CalendarDate, _ last: CalendarDate) async throws {
            let attestation = Attestation(of: bob, .accreditation, value, scope: scope, from: first, until: last)
            try await scene.attester.regulate(.attest(attestation))
        }
        func refused() async throws {
            try await scene.expectRefusal(.notAccredited) {
                try await scene.move(1, from: scene.alice, to: scene.bob)
            }
        }
        try await say(.number(1), scope: nil, today, tomorrow)
        try await refused()
        try await say(.number(2), scope: scene.kip, today, tomorrow)
        try await refused()
        try await say(.number(2), scope: scene.asset, tomorrow, tomorrow)
        try await refused()
        try await scene.pass(days: 1)
        try await scene.move(1, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 1)
        try await refused()
    }

    @Test("Sender, receiver and operator are asked, as the rule says")
    func sides() async throws {
        let scene = try await Self.scene(.all)
        try await scene.trust(.accreditation, [scene.attester])
        try await scene.attest(RulebookScene.aliceParty, .accreditation)
        try await scene.expectRefusal(.notAccredited) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.attest(RulebookScene.bobParty, .accreditation)
        try await scene.move(1, from: scene.alice, to: scene.bob)
        let allowance = Allowance(
            asset: scene.asset,
            operator: scene.carol.account,
            units: 10,
            until: RulebookScene.far
        )
        try await scene.alice.control(.setAllowance(allowance))
        let transfer = OperatorTransfer(1, of: scene.asset, from: scene.alice, to: scene.bob)
        try await scene.expectRefusal(.notAccredited) { try await scene.carol.control(.transferFrom(transfer)) }
        try await scene.attest(RulebookScene.carolParty, .accreditation)
        try await scene.carol.control(.transferFrom(transfer))
        #expect(try await scene.units(scene.bob) == 2)
    }

    @Test("A commitment is salted, opens with its record and salt alone, and carries no personal data")
    func commitments() throws {
        let record = Array("Khamla, born 1980-02-03".utf8)
        let (commitment, salt) = try RecordCommitment.make(record: record)
        #expect(RecordCommitment.opens(commitment.digest, record: record, salt: salt))
        #expect(!RecordCommitment.opens(commitment.digest, record: record + [0], salt: salt))
        var other = salt
        other[0] ^= 1
        #expect(!RecordCommitment.opens(commitment.digest, record: record, salt: other))
        let unsalted: [[UInt8]] = [[], [UInt8](repeating: 0, count: 32), [UInt8](repeating: 7, count: 32), [1, 2]]
        for salt in unsalted {
            #expect(throws: RecordCommitment.Refusal.unsalted) {
                try RecordCommitment(record: record, salt: salt)
            }
            #expect(!RecordCommitment.opens(commitment.digest, record: record, salt: salt))
        }
        #expect(throws: RecordCommitment.Refusal.malformedRecord) {
            try RecordCommitment(record: [], salt: salt)
        }
        // Two makings of one record have nothing in common.
        #expect(try RecordCommitment.make(record: record).commitment != commitment)
        // SHA256(SHA256(tag) || SHA256(tag) || salt || record), worked out by parts.
        let tag = Hashing.sha256(Array("Tokenize/record".utf8)).bytes
        #expect(commitment.digest == Hashing.sha256(tag + tag + salt + record))
    }
}
