import Testing

@testable import Tokenize

@Suite("An explanation of what lays rules down, attests and asks names every rule that refuses")
struct MechanismExplanationTests {
    /// What refuses an act of an authority of the ministry, or of an account.
    private func codes(_ act: RulebookAct, _ scene: RulebookScene, by authority: AuthorityReference) async throws
        -> [RejectionCode]
    {
        try await codes(.rulebook(act, under: authority), scene, by: [scene.fixture.ministry])
    }

    private func codes(_ act: Act, _ scene: RulebookScene, by clients: [LedgerClient]) async throws -> [RejectionCode] {
        let body = try await scene.fixture.body([Tokenize.Operation(act)], clients)
        return try await scene.ledger.read { $0.explanation(ofDraft: body) }.codes()
    }

    private static let nobody = PartyID(digest: Fixture.digest(99))
    private static let noAccount = AccountID(digest: Fixture.digest(98))

    @Test("attestations, trust, joined parties and lists")
    func attestations() async throws {
        let scene = try await RulebookScene()
        let (day, before) = (Fixture.firstDate, Fixture.date(2025, 12, 1))
        let attester = AuthorityReference(.identityIssuer)
        let attestation = Attestation(of: Self.nobody, .identity, .number(1), from: day, until: before)
        #expect(
            try await codes(.attest(attestation), scene, by: attester) == [.unknownParty, .attestationPeriodEmpty]
        )
        let known = Attestation(of: RulebookScene.bobParty, .identity, .number(1), from: day, until: day)
        #expect(try await codes(.attest(known), scene, by: attester) == [])
        let issuers = [AuthorityReference(.identityIssuer), AuthorityReference(.identityIssuer, number: 9)]
        let trust = TrustSetting(asset: scene.asset, .identity, issuers: issuers)
        let judges = scene.fixture.judges
        #expect(
            try await codes(
                .rulebook(.setTrustedIssuers(trust), under: AuthorityReference(.regulator)),
                scene,
                by: judges
            ) == [.unknownAuthority, .trustOnlyNarrowed, .trustOnlyNarrowed]
        )
        let registrar = AuthorityReference(.registrar)
        #expect(
            try await codes(.joinParties(PartyJoin(Self.nobody, to: Self.nobody)), scene, by: registrar) == [
                .unknownParty, .alreadyJoined,
            ]
        )
        let change = ListChange([.party(Self.nobody), .account(Self.noAccount), .party(RulebookScene.bobParty)])
        #expect(try await codes(.changeList(change), scene, by: registrar) == [.unknownParty, .unknownAccount])
    }

    @Test("a rulebook that is laid down")
    func rulebook() async throws {
        let scene = try await RulebookScene()
        let astray = Charge(in: scene.asset, to: Self.noAccount, fixed: 1, numerator: 0, denominator: 1)
        let book = Rulebook(quorum: 2, rules: [.tradingCalendar(Fixture.digest(9)), .fee(astray)])
        let setting = RulebookSetting(asset: scene.asset, version: 3, rulebook: book.canonicalBytes)
        let body = try await scene.fixture.body(
            [Tokenize.Operation(.rulebook(.setRulebook(setting), under: AuthorityReference(.issuer)))],
            [scene.fixture.ministry]
        )
        let explanation = try await scene.ledger.read { $0.explanation(ofDraft: body) }
        #expect(
            explanation.operations[0].findings.map { "\($0.code) \($0.values(.reason).joined())" } == [
                "rulebookVersionWrong ", "rulebookContradicts quorum exceeds members",
                "rulebookContradicts unknown calendar", "rulebookContradicts charge in an asset that is not cash",
                "rulebookContradicts unknown treasury",
            ]
        )
        // Submitting names the first.
        try await scene.expectRefusal(.rulebookVersionWrong) { try await scene.issuer.regulate(.setRulebook(setting)) }
    }

    @Test("a request for a movement, and an answer to one")
    func requests() async throws {
        let scene = try await RulebookScene()
        func decision(_ step: MovementDecision.Step, to destination: AccountID? = nil, until: CalendarDate) -> Act {
            let decision = MovementDecision(
                step,
                asset: scene.asset,
                from: scene.alice.account,
                to: destination ?? scene.bob.account,
                units: 0,
                until: until
            )
            return .rulebook(.decideMovement(decision), under: nil)
        }
        let (past, far) = (Fixture.date(2025, 12, 1), RulebookScene.far)
        #expect(
            try await codes(decision(.request, to: Self.noAccount, until: past), scene, by: [scene.bob]) == [
                .unknownAccount, .noApprovalAsked, .notAnApprover, .zeroUnits, .alreadyLapsed,
            ]
        )
        #expect(try await codes(decision(.approve, until: far), scene, by: [scene.bob]) == [.noApprovalAsked])
        try await scene.lay([.approval(ApprovalRule([scene.carol.account], dayCountMax: 5))])
        #expect(
            try await codes(decision(.request, until: far), scene, by: [scene.bob]) == [
                .notAnApprover, .zeroUnits, .requestTooLong,
            ]
        )
        // Who has no answer to give does not learn whether there is a request.
        #expect(try await codes(decision(.approve, until: far), scene, by: [scene.bob]) == [.notAnApprover])
        #expect(try await codes(decision(.approve, until: far), scene, by: [scene.carol]) == [.unknownRequest])
    }

    // MARK: HLD-002 of an issue

    private func issuance(_ units: Quantity, of asset: AssetID, to client: LedgerClient) -> Tokenize.Operation {
        let issuance = Issuance(asset: asset, recipient: client.account, partition: 0, units: units)
        return Tokenize.Operation(.issue(issuance, under: AuthorityReference(.issuer)))
    }

    @Test("HLD-002 of an issue gives the amount that fits: the whole grows too", arguments: [true, false])
    func issueThatFits(isOfRulebook: Bool) async throws {
        let rule = HoldingRule.classShareLimit(.foreign, numerator: 10, denominator: 100)
        let scene = try await RulebookScene(
            isOfRulebook ? [.holding(rule)] : [],
            charter: isOfRulebook ? [] : [rule]
        )
        func explanation(_ units: Quantity) async throws -> Explanation {
            let operation = issuance(units, of: scene.asset, to: scene.foreigner)
            let body = try await scene.fixture.body([operation], [scene.fixture.ministry])
            return try await scene.ledger.read { $0.explanation(ofDraft: body) }
        }
        // x <= (1,000 + x) / 10: 111.
        for units: Quantity in [112, 500, 100_000] {
            let refused = try await explanation(units)
            #expect(refused.codes() == [.classShareExceeded])
            #expect(refused.finding(.classShareExceeded)?.remedy == .amountThatFits(111))
        }
        #expect(try await explanation(111).passes)
        try await scene.issuer.issue(111, of: scene.asset, to: scene.foreigner.account)
        #expect(try await explanation(1).finding(.classShareExceeded)?.remedy == .amountThatFits(0))
    }

    @Test(
        "HLD-002 of an issue is exact for every share and sum",
        arguments: [(0, 1, 7), (1, 3, 7), (2, 3, 100), (49, 100, 1_000), (99, 100, 3)]
            as [(UInt64, UInt64, UInt64)]
    )
    func exact(numerator: UInt64, denominator: UInt64, held: UInt64) async throws {
        let rule = HoldingRule.classShareLimit(.foreign, numerator: numerator, denominator: denominator)
        let scene = try await RulebookScene(charter: [rule], units: Quantity(UInt128(held)))
        // The largest number of units that passes, counted up.
        let most = (0...1_000_000).last { UInt64($0) * denominator <= (held + UInt64($0)) * numerator } ?? 0
        let operation = issuance(999_000, of: scene.asset, to: scene.foreigner)
        let body = try await scene.fixture.body([operation], [scene.fixture.ministry])
        let refused = try await scene.ledger.read { $0.explanation(ofDraft: body) }
        #expect(refused.finding(.classShareExceeded)?.remedy == .amountThatFits(Quantity(UInt128(most))))
    }

    @Test("HLD-002 of an issue where the products need more than 128 bits")
    func wide() async throws {
        let scene = try await RuleScene(
            rules: [.classShareLimit(.foreign, numerator: 999_999, denominator: 1_000_000)],
            cap: .max,
            units: Quantity(UInt128(1) << 100)
        )
        // x <= 2^100 * 999,999: one unit more is refused.
        let most = Quantity((UInt128(1) << 100) * 999_999)
        let cases: [(Quantity, Bool)] = [
            (most, true), (Quantity(most.units + 1), false), (Quantity(most.units + 9), false),
        ]
        for (units, passes) in cases {
            let operation = issuance(units, of: scene.asset, to: scene.foreigner)
            let body = try await scene.fixture.body([operation], [scene.fixture.ministry])
            let explanation = try await scene.ledger.read { $0.explanation(ofDraft: body) }
            #expect(explanation.passes == passes)
            if !passes { #expect(explanation.finding(.classShareExceeded)?.remedy == .amountThatFits(most)) }
        }
    }
}
