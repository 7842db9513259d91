import Testing

@testable import Tokenize

/// Samples of what chapter 14 adds.
enum RulebookSamples {
    private static let issuer = AuthorityReference(.identityIssuer, number: 3)
    private static let list = ListReference(AuthorityReference(.regulator, asset: SampleParts.asset), number: 300)
    private static let accounts = [SampleParts.account, SampleParts.other]

    static func acts() throws -> [Act] {
        try ofAuthorities().map { .rulebook($0.0, under: AuthorityReference($0.1)) }
            + ofAccounts().map { .rulebook($0, under: nil) }
    }

    private static func ofAuthorities() throws -> [(RulebookAct, Role)] {
        let (party, asset) = (SampleParts.party, SampleParts.asset)
        let (first, last) = (try SampleParts.date("1969-12-31"), try SampleParts.date())
        let values: [AttestationValue] = [.number(70_000), .commitment(SampleParts.digest(5))]
        let attestations = values.map {
            RulebookAct.attest(
                Attestation(of: party, Topic(1_000), $0, scope: $0 == values[0] ? nil : asset, from: first, until: last)
            )
        }
        let members: [ListMember] = [.party(party), .account(SampleParts.account)]
        let setting = RulebookSetting(asset: asset, version: 2, rulebook: try rulebook().canonicalBytes)
        return attestations.map { ($0, .identityIssuer) } + [
            (.revokeAttestation(AttestationRevocation(of: party, .identity)), .registrar),
            (.revokeAttestation(AttestationRevocation(of: party, .identity, scope: asset)), .registrar),
            (.setRulebook(setting), .issuer),
            (.setTrustedIssuers(TrustSetting(asset: asset, .residence, issuers: [issuer, list.keeper])), .regulator),
            (.joinParties(PartyJoin(party, to: PartyID(digest: SampleParts.digest(6)))), .registrar),
            (.changeList(ListChange(number: 300, isAdding: false, members)), .court),
        ]
    }

    private static func ofAccounts() throws -> [RulebookAct] {
        let date = try SampleParts.date()
        return [.optIn(OptIn(SampleParts.asset))]
            + MovementDecision.Step.allCases.map { step in
                .decideMovement(
                    MovementDecision(
                        step,
                        asset: SampleParts.asset,
                        from: accounts[0],
                        to: accounts[1],
                        units: SampleParts.wide,
                        until: date
                    )
                )
            }
    }

    /// Every family of rules, every condition.
    static func rulebook() throws -> Rulebook {
        let countries = try [#require(CountryCode("LA")), #require(CountryCode("TH"))]
        let statement = Statement(.accreditation, value: .number(2))
        let charge = Charge(in: SampleParts.cash, to: accounts[0], fixed: 5, numerator: 3, denominator: 1_000)
        let silence = ApprovalRule.Silence(after: Notice(openedDays: 2, seconds: 300), telling: list.keeper)
        let tests: [Condition.Test] = [
            .present(.identity), .absent(Topic(2_000)), .anyOf([statement, Statement(.residence)]),
            .noneOf([Statement(.dueDiligence, value: .commitment(SampleParts.digest(7)))]),
            .identity([SampleParts.party]),
        ]
        let who: [Rule] = [
            .countriesAllowed(countries, .both), .countriesRestricted(countries, .all), .allowList(list, .sender),
            .blockList(list, .receiver), .sanctions(list, .trustee), .accredited(statement, .both),
            .resident(Statement(.residence), .receiver), .admission(list), .holding(.allowedClasses(.foreign)),
        ]
        let quantities: [Rule] = [
            .balanceMax(SampleParts.wide), .remainderMin(24), .partyShareMax(numerator: 1, denominator: 3),
            .classShareMin(.citizen, numerator: 51, denominator: 100), .holderCountMax(99),
            .classHolderCountMax(.foreign, 500), .supplyMax(1),
        ]
        let form: [Rule] = [
            .volume(days: 366, 10), .volumeTowards(accounts, days: 30, 10),
            .lockUp([], through: try SampleParts.date()),
            .lockUp([1, 70_000], through: try SampleParts.date()), .issueLockUp(days: 1_830), .holdingPeriod(days: 24),
            .tradingCalendar(SampleParts.digest(8)), .transferMin(7), .lot(25), .fee(charge), .stampDuty(charge),
            .approval(ApprovalRule(accounts, needed: 2, dayCountMax: 30)),
            .approval(ApprovalRule(accounts, dayCountMax: 30, silence: silence)), .memo, .nonTransferable, .optIn,
        ]
        return Rulebook(
            quorum: 2,
            notice: Notice(openedDays: 10, seconds: 864_000),
            requirements: [
                Requirement(tests.map { Condition($0, on: .receiver) }), Requirement([Condition(tests[0], on: .both)]),
            ],
            rules: who + quantities + form
        )
    }

    static func all() throws -> [SchemaSample] {
        let keys = try entries().map { key, _ in
            SchemaSample("state-key", key.stateKey.canonicalBytes) { try StateKey(canonicalBytes: $0).canonicalBytes }
        }
        return try [SchemaSample("rulebook", rulebook())] + effects() + keys + names() + records()
    }

    private static func effects() -> [SchemaSample] {
        let (asset, party) = (SampleParts.asset, SampleParts.party)
        let (from, to) = (accounts[0], accounts[1])
        let effects: [RulebookEffect] = [
            .attested(party, .identity, by: issuer), .attestationRevoked(party, Topic(1_000), by: issuer),
            .rulebookSet(asset, version: 24), .trustedIssuersSet(asset, .residence), .partiesJoined(party, to: party),
            .listed(list, .party(party), isListed: true), .listed(list, .account(from), isListed: false),
            .optedIn(asset, party, isWanted: true),
            .movementRequested(asset, from: from, to: to, units: SampleParts.wide, told: nil),
            .movementRequested(asset, from: from, to: to, units: 1, told: issuer),
            .movementApproved(asset, from: from, to: to, by: from),
            .movementRefused(asset, from: from, to: to, by: to), .requestUsed(asset, from: from, to: to),
            .requestWithdrawn(asset, from: from, to: to, by: to),
        ]
        return effects.map { SchemaSample("effect", Effect.rulebook($0)) }
    }

    private static func names() throws -> [SchemaSample] {
        // A bare digest and `[1, digest]` are of other forms too.
        try entries().filter { $0.0.kind != .rulebook && $0.0 != .join(SampleParts.party) }.map { key, _ in
            SchemaSample("rulebook-name", key.nameBytes) { try RuleKey(key.kind, nameBytes: $0).nameBytes }
        }
    }

    private static func records() throws -> [SchemaSample] {
        let names: [RuleKey.Kind: String] = [
            .rulebook: "rulebook-record", .attestation: "attestation-record", .volume: "volume-record",
            .request: "request-record",
        ]
        return try entries().compactMap { key, record in
            guard let name = names[key.kind] else { return nil }
            var encoder = CanonicalEncoder(reservingCapacity: 256)
            record.encode(into: &encoder)
            return SchemaSample(name, encoder.bytes) { bytes in
                let read = try CanonicalDecoder.decode(bytes) {
                    (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
                    try RuleRecord(of: key, from: &decoder)
                }
                var again = CanonicalEncoder(reservingCapacity: 256)
                read.encode(into: &again)
                return again.bytes
            }
        }
    }

    /// A record of every kind, some more than once.
    static func entries() throws -> [(RuleKey, RuleRecord)] {
        let (asset, party, date) = (SampleParts.asset, SampleParts.party, try SampleParts.date())
        let record = AttestationRecord(value: .number(7), validFrom: date, validUntil: date)
        let later = try #require(date.adding(days: 3))
        let sums = DaySums([.init(date: date, units: SampleParts.wide), .init(date: later, units: 24)])
        let request = RequestRecord(
            units: 300,
            lastDate: date,
            since: LedgerMoment(openedDayCount: 30, height: 900, sealingTime: nil),
            version: 2,
            approvals: accounts.sorted(),
            refusals: []
        )
        let rulebook = RulebookRecord(version: 3, since: date, rulebook: [1, 2, 3])
        return [
            (.rulebook(asset), .rulebook(rulebook)),
            (.attestation(party, .identity, issuer, scope: nil), .attestation(record)),
            (.attestation(party, Topic(1_000), list.keeper, scope: asset), .attestation(record)),
            (.volume(asset, party, .given), .volume(sums)), (.volume(asset, party, .got), .volume(sums)),
            (.volume(asset, party, .issued), .volume(sums)),
            (.volume(asset, party, .towards(accounts[0])), .volume(sums)), (.listing(list, .party(party)), .listed),
            (.listing(list, .account(accounts[0])), .listed), (.join(party), .join(party)),
            (.trust(asset, .residence), .trust([issuer])), (.optIn(asset, party), .optedIn),
            (.request(asset: asset, from: accounts[0], to: accounts[1]), .request(request)),
        ]
    }
}
