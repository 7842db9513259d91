import Testing
import Tokenize

@Suite("Assets come into being")
struct AssetRuleTests {
    private static let generic = InstrumentTerms.generic(GenericTerms(name: "test", documentDigest: .zero))

    private func create(
        _ fixture: Fixture,
        nonce: UInt64 = 1,
        _ identification: AssetIdentification? = AssetIdentification(.other, "one"),
        terms: [UInt8] = generic.canonicalBytes,
        charter: [UInt8] = Charter(authorities: []).canonicalBytes,
        cap: Quantity = 1
    ) async throws {
        let creation = AssetCreation(
            nonce: nonce,
            identification: try #require(identification),
            terms: terms,
            charter: charter,
            cap: cap
        )
        let issuer = fixture.authority(.issuer)
        try await issuer.submit([.createAsset(creation, under: issuer.reference)])
    }

    private func bond(in cash: AssetID, isin: String? = nil) throws -> [UInt8] {
        let terms = try SampleBond.bill(
            cash: cash,
            face: 1,
            issue: Fixture.date(2026, 1, 5),
            maturity: Fixture.date(2027, 1, 5)
        )
        var sheet = terms.sheet
        sheet.isin = isin
        return InstrumentTerms.bond(try BondTerms(sheet)).canonicalBytes
    }

    @Test("AST-001, AST-003: a name and an identification are given once")
    func exists() async throws {
        let fixture = try await Fixture()
        try await create(fixture)
        try await fixture.expectRefusal(.assetExists) {
            try await create(fixture, AssetIdentification(.other, "two"))
        }
        try await fixture.expectRefusal(.identificationTaken) { try await create(fixture, nonce: 2) }
        try await create(fixture, nonce: 2, AssetIdentification(.parcel, "one"))
    }

    @Test("AST-003: not twice in one transaction either")
    func existsInOne() async throws {
        let fixture = try await Fixture()
        let issuer = fixture.authority(.issuer)
        func act(_ nonce: UInt64) throws -> Act {
            let creation = AssetCreation(
                nonce: nonce,
                identification: try #require(AssetIdentification(.other, "one")),
                terms: AssetRuleTests.generic.canonicalBytes,
                charter: Charter(authorities: []).canonicalBytes,
                cap: 1
            )
            return .createAsset(creation, under: issuer.reference)
        }
        try await fixture.expectRefusal(.assetExists) { try await issuer.submit([act(1), act(1)]) }
        try await fixture.expectRefusal(.identificationTaken) { try await issuer.submit([act(1), act(2)]) }
    }

    @Test("AST-007: a cap is at least 1")
    func zeroCap() async throws {
        let fixture = try await Fixture()
        try await fixture.expectRefusal(.zeroCap) { try await create(fixture, cap: 0) }
        try await create(fixture, cap: 1)
    }

    @Test("AST-004: terms decode, to the last byte")
    func malformedTerms() async throws {
        let fixture = try await Fixture()
        let right = AssetRuleTests.generic.canonicalBytes
        let backwards = try SampleBond.backwardsBytes()
        let broken = [[], right + [0], Array(right.dropLast()), [0x80], backwards]
        for terms in broken {
            try await fixture.expectRefusal(.malformedTerms) { try await create(fixture, terms: terms) }
        }
        try await create(fixture, terms: right)
    }

    @Test("AST-005: a charter decodes, and names what a charter may")
    func malformedCharter() async throws {
        let fixture = try await Fixture()
        let member = fixture.ministry.account
        func charter(_ authorities: [CharterAuthority], rules: [HoldingRule] = []) -> [UInt8] {
            Charter(authorities: authorities, rules: rules).canonicalBytes
        }
        let own: [Role] = [.governor, .operator, .registrar, .regulator, .court, .auditor]
        let broken =
            [
                [], [0x80], charter([]) + [0],
                charter([CharterAuthority(.issuer, quorum: 2, members: [member])]),
                charter([CharterAuthority(.issuer, quorum: 0, members: [member])]),
                charter([CharterAuthority(.issuer, members: [])]),
                charter([CharterAuthority(.issuer, members: [member, member])]),
                charter([CharterAuthority(.issuer, members: [member]), CharterAuthority(.issuer, members: [member])]),
                charter([], rules: [.classShareLimit(.foreign, numerator: 2, denominator: 1)]),
                charter([], rules: [.classShareLimit(.foreign, numerator: 0, denominator: 0)]),
                charter([], rules: [.classShareLimit(.foreign, numerator: 1, denominator: 1_000_001)]),
                charter([], rules: [.allowedClasses(HolderClassSet(rawValue: 1))]),
                charter([], rules: Array(repeating: .allowedClasses(.all), count: Charter.ruleCountMax + 1)),
            ] + own.map { charter([CharterAuthority($0, members: [member])]) }
        for charter in broken {
            try await fixture.expectRefusal(.malformedCharter) { try await create(fixture, charter: charter) }
        }
        try await fixture.expectRefusal(.unknownAccount) {
            let nobody = AccountID(digest: Fixture.digest(99))
            try await create(fixture, charter: charter([CharterAuthority(.issuer, members: [nobody])]))
        }
        let both = [
            CharterAuthority(.issuer, members: [member]), CharterAuthority(.issuer, number: 1, members: [member]),
        ]
        let rules = Array(repeating: HoldingRule.allowedClasses(.all), count: Charter.ruleCountMax)
        try await create(fixture, charter: charter(both, rules: rules))
    }

    @Test("AST-006: a bond pays in cash; currency and parcel are those of the identification")
    func termsContradict() async throws {
        let fixture = try await Fixture()
        let cash = try await fixture.makeCash()
        let other = try await fixture.makeAsset()
        for wrong in [other, AssetID(digest: .zero)] {
            try await fixture.expectRefusal(.termsContradict) {
                try await create(fixture, nonce: 2, terms: try bond(in: wrong))
            }
        }
        try await create(fixture, nonce: 2, terms: try bond(in: cash))
        let isin = AssetIdentification(.isin, "US0378331005")
        let contradiction = try bond(in: cash, isin: "LA0MOF28A013")
        try await fixture.expectRefusal(.termsContradict) {
            try await create(fixture, nonce: 5, isin, terms: contradiction)
        }
        try await create(fixture, nonce: 5, isin, terms: try bond(in: cash, isin: "US0378331005"))
        let euro = InstrumentTerms.cash(CashTerms(currency: "EUR", minorUnitDigits: 2)).canonicalBytes
        for wrong in [AssetIdentification(.currency, "USD"), AssetIdentification(.other, "EUR")] {
            try await fixture.expectRefusal(.termsContradict) {
                try await create(fixture, nonce: 3, wrong, terms: euro)
            }
        }
        try await create(fixture, nonce: 3, AssetIdentification(.currency, "EUR"), terms: euro)
        let share = LandShareTerms(
            parcel: "VTE-1",
            right: .concession,
            start: Fixture.firstDate,
            end: Fixture.date(2056, 1, 5),
            contractDigest: .zero
        )
        let land = InstrumentTerms.landShare(share).canonicalBytes
        for wrong in [AssetIdentification(.parcel, "VTE-2"), AssetIdentification(.other, "VTE-1")] {
            try await fixture.expectRefusal(.termsContradict) {
                try await create(fixture, nonce: 4, wrong, terms: land)
            }
        }
        try await create(fixture, nonce: 4, AssetIdentification(.parcel, "VTE-1"), terms: land)
    }

    @Test("of several faults the charter's is named first, then that of the terms, then a member who is nobody")
    func order() async throws {
        let fixture = try await Fixture()
        let nobody = AccountID(digest: Fixture.digest(99))
        let euro = InstrumentTerms.cash(CashTerms(currency: "EUR", minorUnitDigits: 2)).canonicalBytes
        let wrong = AssetIdentification(.other, "EUR")
        func charter(_ roles: Role...) -> [UInt8] {
            Charter(authorities: roles.map { CharterAuthority($0, members: [nobody]) }).canonicalBytes
        }
        for malformed in [charter(.court), charter(.issuer, .issuer)] {
            try await fixture.expectRefusal(.malformedCharter) {
                try await create(fixture, wrong, terms: euro, charter: malformed)
            }
        }
        try await fixture.expectRefusal(.termsContradict) {
            try await create(fixture, wrong, terms: euro, charter: charter(.issuer))
        }
        try await fixture.expectRefusal(.unknownAccount) {
            try await create(fixture, AssetIdentification(.currency, "EUR"), terms: euro, charter: charter(.issuer))
        }
    }

    @Test("cash, a bond in it, and its issue are one transaction")
    func together() async throws {
        let fixture = try await Fixture()
        let issuer = fixture.authority(.issuer)
        let cash = AssetCreation.id(ledger: fixture.ledger.id, creator: issuer.account, nonce: 1)
        let bond = AssetCreation.id(ledger: fixture.ledger.id, creator: issuer.account, nonce: 2)
        let charter = Charter(authorities: [CharterAuthority(.issuer, members: [issuer.account])])
        let acts: [Act] = [
            .createAsset(
                AssetCreation(
                    nonce: 1,
                    identification: try #require(AssetIdentification(.currency, "LAK")),
                    terms: InstrumentTerms.cash(CashTerms(currency: "LAK", minorUnitDigits: 0)).canonicalBytes,
                    charter: Charter(authorities: []).canonicalBytes,
                    cap: .max
                ),
                under: issuer.reference
            ),
            .createAsset(
                AssetCreation(
                    nonce: 2,
                    identification: try #require(AssetIdentification(.isin, "US0378331005")),
                    terms: try self.bond(in: cash),
                    charter: charter.canonicalBytes,
                    cap: 10
                ),
                under: issuer.reference
            ),
            .issue(
                Issuance(asset: bond, recipient: issuer.account, units: 10),
                under: AuthorityReference(.issuer, asset: bond)
            ),
            .transfer(Transfer(asset: bond, recipient: fixture.judges[0].account, units: 4)),
        ]
        try await issuer.submit(acts)
        let judge = fixture.judges[0].account
        #expect(try await fixture.ledger.read { $0.holding(asset: bond, account: judge).units } == 4)
        #expect(try await fixture.ledger.read { $0.assetsOutOfBalance() } == [])
    }
}
