import Testing

@testable import Tokenize

@Suite("A rulebook is laid down, changed and kept")
struct RulebookTests {
    @Test("RBK-001: bytes that are no rulebook")
    func malformed() async throws {
        let scene = try await RulebookScene()
        let setting = RulebookSetting(asset: scene.asset, version: 1, rulebook: [0x84])
        try await scene.expectRefusal(.malformedRulebook) { try await scene.issuer.regulate(.setRulebook(setting)) }
    }

    @Test("RBK-002: versions follow one another")
    func versions() async throws {
        let scene = try await RulebookScene([.balanceMax(2_000)])
        for version in [UInt64(0), 1, 3] {
            let setting = RulebookSetting(asset: scene.asset, version: version, rulebook: Rulebook().canonicalBytes)
            try await scene.expectRefusal(.rulebookVersionWrong) {
                try await scene.issuer.regulate(.setRulebook(setting))
            }
        }
        try await scene.lay([.balanceMax(3_000)])
        let asset = scene.asset
        #expect(try await scene.ledger.read { $0.rulebook(of: asset)?.version } == 2)
    }

    @Test("RBK-003: a rulebook that names what is not there, or could never be replaced")
    func contradictions() async throws {
        let scene = try await RulebookScene()
        let nobody = AccountID(digest: Fixture.digest(99))
        let charge = Charge(in: scene.asset, to: scene.bob.account, fixed: 1, numerator: 0, denominator: 1)
        let astray = Charge(in: scene.kip, to: nobody, fixed: 1, numerator: 0, denominator: 1)
        let silence = ApprovalRule.Silence(
            after: Notice(openedDays: 1, seconds: 0),
            telling: AuthorityReference(.auditor)
        )
        let faults: [Rulebook] = [
            Rulebook(quorum: 2), Rulebook(rules: [.tradingCalendar(Fixture.digest(9))]),
            Rulebook(rules: [.sanctions(ListReference(AuthorityReference(.regulator, number: 9)), .both)]),
            Rulebook(rules: [.admission(ListReference(AuthorityReference(.registrar, number: 9)))]),
            Rulebook(rules: [.fee(charge)]), Rulebook(rules: [.stampDuty(astray)]),
            Rulebook(rules: [.volumeTowards([nobody], days: 1, 1)]),
            Rulebook(rules: [.approval(ApprovalRule([nobody], dayCountMax: 5))]),
            Rulebook(rules: [.approval(ApprovalRule([scene.bob.account], dayCountMax: 5, silence: silence))]),
        ]
        for book in faults {
            try await scene.expectRefusal(.rulebookContradicts) { try await scene.lay(book) }
        }
    }

    @Test("RBK-004: units do not move in the transaction that lays down a rulebook; orders are not stopped by it")
    func inForceFromTheNextTransactionOn() async throws {
        let scene = try await RulebookScene()
        let setting = RulebookSetting(asset: scene.asset, version: 1, rulebook: Rulebook().canonicalBytes)
        let issuance = Issuance(asset: scene.asset, recipient: scene.bob.account, partition: 0, units: 1)
        let reference = AuthorityReference(.issuer)
        try await scene.expectRefusal(.rulebookNotYetInForce) {
            try await scene.issuer.submit([
                .rulebook(.setRulebook(setting), under: reference), .issue(issuance, under: reference),
            ])
        }
        try await scene.expectRefusal(.rulebookNotYetInForce) {
            try await scene.issuer.regulate(.setRulebook(setting), .setRulebook(setting))
        }
        try await scene.issuer.submit([.rulebook(.setRulebook(setting), under: reference)])
        try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
    }

    @Test(
        "An asset comes with its first rulebook in one transaction, timelock or not, and is in force before any unit is"
    )
    func firstRulebook() async throws {
        let store = MemoryStore()
        let scene = try await RulebookScene(store: store)
        let issuer = AuthorityReference(.issuer)
        let timelock = Mandate.Timelock(.setRulebook, notice: Notice(openedDays: 5, seconds: 0))
        let mandate = try #require(Mandate(timelocks: [timelock]))
        try await scene.fixture.authority(.governor).control(.setMandate(MandateSetting(issuer, mandate)))
        let creation = AssetCreation(
            nonce: 500,
            identification: try #require(AssetIdentification(.other, "with-rules")),
            terms: InstrumentTerms.generic(GenericTerms(name: "test", documentDigest: .zero)).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 1_000
        )
        let ministry = scene.fixture.ministry.account
        let asset = AssetCreation.id(ledger: scene.ledger.id, creator: ministry, nonce: 500)
        func setting(_ version: UInt64, of asset: AssetID) -> Act {
            let book = Rulebook(rules: [.balanceMax(100)])
            return .rulebook(
                .setRulebook(RulebookSetting(asset: asset, version: version, rulebook: book.canonicalBytes)),
                under: issuer
            )
        }
        let create = Act.createAsset(creation, under: issuer)
        func issue(_ units: Quantity) -> Act {
            .issue(Issuance(asset: asset, recipient: scene.bob.account, partition: 0, units: units), under: issuer)
        }
        // An asset that is there already waits, and so does one of which a unit was issued.
        try await scene.expectRefusal(.timelocked) { try await scene.issuer.submit([setting(1, of: scene.asset)]) }
        try await scene.expectRefusal(.timelocked) {
            try await scene.issuer.submit([create, issue(1), setting(1, of: asset)])
        }
        try await scene.expectRefusal(.rulebookVersionWrong) {
            try await scene.issuer.submit([create, setting(2, of: asset)])
        }
        try await scene.expectRefusal(.rulebookNotYetInForce) {
            try await scene.issuer.submit([create, setting(1, of: asset), issue(1)])
        }
        try await scene.expectRefusal(.rulebookNotYetInForce) {
            try await scene.issuer.submit([create, setting(1, of: asset), setting(1, of: asset)])
        }
        // Other acts of the mandate are no less bound, and the quorum is asked.
        try await scene.expectRefusal(.notAMember) {
            try await AuthorityClient(issuer, members: [scene.bob]).submit([create, setting(1, of: asset)])
        }
        try await scene.issuer.submit([create, setting(1, of: asset)])
        #expect(try await scene.ledger.read { $0.rulebook(of: asset)?.version } == 1)
        try await scene.expectRefusal(.balanceExceeded) { try await scene.issuer.submit([issue(101)]) }
        try await scene.issuer.submit([issue(100)])
        try await scene.expectRefusal(.timelocked) { try await scene.issuer.submit([setting(2, of: asset)]) }
        let other = try await scene.issuer.createAsset(
            nonce: 501,
            identification: try #require(AssetIdentification(.other, "with-rules-too")),
            terms: .generic(GenericTerms(name: "test", documentDigest: .zero)),
            charter: Charter(authorities: []),
            cap: 1_000,
            rulebook: Rulebook(rules: [.nonTransferable])
        )
        #expect(try await scene.ledger.read { $0.rulebook(of: other)?.version } == 1)
        let mark = try await scene.fixture.mark()
        try await scene.ledger.close()
        let reopened = try await scene.fixture.reopened(in: await MemoryStore(reopening: store))
        #expect(try await reopened.mark().state == mark.state)
    }

    @Test("A rulebook is changed under its own quorum and notice, and under no less")
    func ownQuorumAndNotice() async throws {
        let scene = try await RulebookScene()
        let members = [scene.fixture.ministry, scene.bob, scene.carol]
        let reference = AuthorityReference(.issuer)
        let appointment = try #require(
            AuthorityAppointment(reference, quorum: 1, members: members.map(\.account))
        )
        try await scene.fixture.authority(.governor).appoint(appointment)
        try await scene.lay(
            Rulebook(quorum: 2, notice: Notice(openedDays: 2, seconds: 0), rules: [.balanceMax(1_500)])
        )
        let next = RulebookSetting(asset: scene.asset, version: 2, rulebook: Rulebook().canonicalBytes)
        let act = Act.rulebook(.setRulebook(next), under: reference)
        try await scene.expectRefusal(.timelocked) {
            try await AuthorityClient(reference, members: members).submit([act])
        }
        let proposal = try await scene.issuer.propose(act, until: RulebookScene.far)
        try await scene.expectRefusal(.quorumNotReached) { try await scene.bob.control(.execute(proposal)) }
        try await scene.bob.control(.approve(proposal))
        try await scene.expectRefusal(.timelockRunning) { try await scene.bob.control(.execute(proposal)) }
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.timelockRunning) { try await scene.bob.control(.execute(proposal)) }
        try await scene.pass(days: 1)
        try await scene.bob.control(.execute(proposal))
        let asset = scene.asset
        #expect(try await scene.ledger.read { $0.rulebook(of: asset)?.version } == 2)
        // The next version is free of it.
        try await scene.lay([.balanceMax(1)])
    }

    @Test("ROL-003: nobody leaves, and no members are appointed, so that a rulebook could never be replaced")
    func rulebookStaysChangeable() async throws {
        let scene = try await RulebookScene()
        let reference = AuthorityReference(.issuer)
        let governor = scene.fixture.authority(.governor)
        func appoint(_ members: [LedgerClient]) async throws {
            let appointment = AuthorityAppointment(reference, quorum: 1, members: members.map(\.account))
            try await governor.appoint(try #require(appointment))
        }
        try await appoint([scene.fixture.ministry, scene.bob, scene.carol])
        try await scene.lay(Rulebook(quorum: 2, rules: [.balanceMax(1_500)]))
        try await scene.carol.control(.renounce(reference))
        try await scene.expectRefusal(.lastHolder) { try await scene.bob.control(.renounce(reference)) }
        try await scene.expectRefusal(.lastHolder) { try await appoint([scene.bob]) }
        // As many others are as good.
        try await appoint([scene.bob, scene.alice])
        // An authority that could not have replaced it loses nothing.
        let agents = AuthorityReference(.transferAgent)
        let appointment = AuthorityAppointment(agents, quorum: 1, members: [scene.carol.account])
        try await governor.appoint(try #require(appointment))
    }

    @Test("Everything of a rulebook stands in the snapshot, and the state that it makes goes on alike")
    func snapshot() async throws {
        let store = MemoryStore()
        let scene = try await RulebookScene(
            [
                .volume(days: 3, 500), .holdingPeriod(days: 2), .balanceMax(1_500),
                .accredited(Statement(.accreditation), .receiver), .blockList(ListReference(.init(.regulator)), .all),
                .optIn,
            ],
            store: store
        )
        try await scene.attest(RulebookScene.bobParty, .accreditation)
        try await scene.trust(.accreditation, [scene.attester])
        try await scene.bob.regulate(.optIn(OptIn(scene.asset)))
        try await scene.regulator.regulate(.changeList(ListChange([.party(RulebookScene.carolParty)])))
        try await scene.move(300, from: scene.alice, to: scene.bob)
        try await scene.registrar.regulate(
            .joinParties(PartyJoin(RulebookScene.foreignParty, to: RulebookScene.carolParty))
        )
        let state = try await scene.ledger.read { $0 }
        var rows: [[UInt8]] = []
        var encoder = SnapshotEncoder(state, clock: state.clock, chunkByteCount: 200)
        while let chunk = encoder.nextChunk() { rows.append(chunk) }
        var decoder = SnapshotDecoder()
        for chunk in rows { try decoder.add(chunk) }
        let read = try #require(decoder.state)
        var again = SnapshotEncoder(read, clock: read.clock, chunkByteCount: 200)
        for chunk in rows { #expect(again.nextChunk() == chunk) }
        #expect(again.nextChunk() == nil)
        let asset = scene.asset
        #expect(read.holderCount(of: asset) == 2)
        #expect(read.units(ofPersonBehind: scene.bob.account, asset: asset) == 300)
        #expect(read.head(of: RulebookScene.foreignParty) == RulebookScene.carolParty)
        let attested = try #require(state.rule(state.ruleKeys.first { $0.kind == .attestation } ?? .rulebook(asset)))
        for key in state.ruleKeys { #expect(read.rule(key) == state.rule(key)) }
        #expect(Set(read.ruleKeys) == Set(state.ruleKeys))
        // A row that names what is not there is a failure, and nothing worse: here another asset than that of the rulebook.
        let kip = scene.kip
        let astray = RuleKey.volume(kip, RulebookScene.aliceParty, .given)
        let volume = RuleKey.volume(asset, RulebookScene.aliceParty, .given)
        for (key, record) in [
            (astray, try #require(state.rule(volume))),
            (.optIn(asset, RulebookScene.bobParty), .optedIn),
            (.attestation(PartyID(digest: .zero), .accreditation, scene.attester.reference, scope: nil), attested),
        ] {
            var row = CanonicalEncoder(reservingCapacity: 128)
            row.encodeArray(count: 3)
            row.encode(key.kind.rawValue)
            row.encode(bytes: key.nameBytes)
            record.encode(into: &row)
            var chunk: [UInt8] = []
            ByteStrings.append(row.bytes, to: &chunk)
            var hostile = decoder
            #expect(throws: DecodingFailure.self) { try hostile.add(chunk) }
        }
        // From the log alone, too.
        let mark = try await scene.fixture.mark()
        try await scene.ledger.close()
        let reopened = try await scene.fixture.reopened(in: await MemoryStore(reopening: store))
        let after = try await reopened.mark()
        #expect(after.state == mark.state)
    }
}
