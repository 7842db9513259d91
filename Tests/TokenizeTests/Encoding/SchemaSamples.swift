import Testing

@testable import Tokenize

/// One encoded value of every form in Specs/schema/ledger.cddl, and how it is read and written again.
struct SchemaSample: Sendable, CustomTestStringConvertible {
    /// The rule in the schema.
    let rule: String
    let bytes: [UInt8]
    /// Reads bytes and encodes what was read.
    let recode: @Sendable ([UInt8]) throws -> [UInt8]

    var testDescription: String { "\(rule) \(bytes.prefix(6).hexadecimal)" }

    init(_ rule: String, _ bytes: [UInt8], _ recode: @escaping @Sendable ([UInt8]) throws -> [UInt8]) {
        self.rule = rule
        self.bytes = bytes
        self.recode = recode
    }

    init<Value: CanonicalCodable>(_ rule: String, _ value: Value) {
        self.init(rule, value.canonicalBytes) { try Value(canonicalBytes: $0).canonicalBytes }
    }
}

/// Parts that the samples share.
enum SampleParts {
    static func digest(_ byte: UInt8) -> Digest {
        Digest([UInt8](repeating: byte, count: Digest.byteCount)) ?? .zero
    }

    static let account = AccountID(digest: digest(0xA1))
    static let other = AccountID(digest: digest(0xA2))
    static let asset = AssetID(digest: digest(0xB1))
    static let cash = AssetID(digest: digest(0xB2))
    static let party = PartyID(digest: digest(0xC1))
    static let ledger = LedgerID(digest: digest(0xD1))
    static let encumbrance = EncumbranceID(digest: digest(0xE1))
    static let wide = Quantity(UInt128(UInt64.max) + 7)

    static func key(_ byte: UInt8, _ algorithm: SignatureAlgorithm = .ecdsaSecp256k1) throws -> EncodedPublicKey {
        let prefix: [UInt8] = algorithm == .ecdsaSecp256k1 ? [2] : []
        return try EncodedPublicKey(algorithm: algorithm, bytes: prefix + [UInt8](repeating: byte, count: 32))
    }

    static func policy() throws -> KeyPolicy {
        try KeyPolicy(
            threshold: 300,
            keys: [.init(key: key(1), weight: 299), .init(key: key(2, .schnorrBIP340), weight: 2)]
        )
    }

    static func date(_ text: String = "2026-03-31") throws -> CalendarDate { try #require(CalendarDate(text)) }

    static func order() throws -> OrderReference {
        try #require(OrderReference(reference: "K-2026/17", documentDigest: digest(0xF1), legalBasis: .judgment))
    }

    static func contract() throws -> OrderReference {
        try #require(OrderReference(reference: "K-2026/17", documentDigest: digest(0xF1)))
    }

    static func logKeys() throws -> LogKeys {
        try #require(LogKeys(log: digest(1), witnesses: [digest(3), digest(2)], witnessQuorum: 1))
    }

    static func identification() throws -> AssetIdentification {
        try #require(AssetIdentification(.isin, "US0378331005"))
    }

    static func appointment() throws -> AuthorityAppointment {
        try #require(
            AuthorityAppointment(AuthorityReference(.court, number: 300), quorum: 2, members: [account, other])
        )
    }

    static func registration() throws -> PartyRegistration {
        PartyRegistration(party: party, jurisdiction: try #require(CountryCode("LA")), holderClass: .citizen)
    }

    static let targets: [EncumbranceTarget] = [
        .account(account), .holding(asset: asset, account: account, partition: 70_000), .asset(asset), .party(party),
    ]

    static func encumbranceRecord(_ owner: EncumbranceOwner) throws -> EncumbranceRecord {
        EncumbranceRecord(
            id: encumbrance,
            kind: .lien,
            owner: owner,
            amount: wide,
            rank: 3,
            lastDate: try date(),
            order: try order()
        )
    }
}

/// Acts of every code, with and without what may be left out.
enum SampleActs {
    static func all() throws -> [Act] {
        try registrations() + movements() + payments() + control() + servicing() + RulebookSamples.acts()
            + ControlSamples.acts()
    }

    static func under(_ role: Role) -> AuthorityReference { AuthorityReference(role, asset: SampleParts.asset) }

    private static func registrations() throws -> [Act] {
        let policy = try SampleParts.policy()
        let opening = AccountOpening(policy: policy, salt: SampleParts.digest(9), party: SampleParts.party)
        return [
            .registerParty(try SampleParts.registration(), under: AuthorityReference(.registrar)),
            .openAccount(opening, under: AuthorityReference(.registrar, number: 1)),
            .rotateKeys(policy),
            .cancelSequence,
            .appointAuthority(try SampleParts.appointment(), under: AuthorityReference(.governor)),
            .openBusinessDay(try SampleParts.date("1969-12-31"), under: AuthorityReference(.operator)),
            .rotateLogKeys(try SampleParts.logKeys(), under: AuthorityReference(.governor)),
            .createAsset(
                AssetCreation(
                    nonce: 5,
                    identification: try SampleParts.identification(),
                    terms: [1, 2, 3],
                    charter: [],
                    cap: SampleParts.wide
                ),
                under: AuthorityReference(.issuer)
            ),
        ]
    }

    private static func movements() throws -> [Act] {
        let (asset, other) = (SampleParts.asset, SampleParts.other)
        return [
            .issue(Issuance(asset: asset, recipient: other, partition: 1, units: 10), under: under(.issuer)),
            .transfer(Transfer(asset: asset, recipient: other, units: SampleParts.wide)),
            .batchTransfer(
                BatchTransfer(
                    asset: asset,
                    legs: [.init(recipient: other, units: 1), .init(recipient: other, units: 2)]
                )
            ),
            .redeem(Redemption(asset: asset, holder: 1, units: 3), under: under(.payingAgent)),
            .cancelUnits(Cancellation(asset: asset, units: 4), under: under(.issuer)),
            .reclassify(
                Reclassification(asset: asset, holder: other, from: 0, to: 2, units: 24),
                under: under(.transferAgent)
            ),
            .settle(
                Settlement(
                    buyer: 1,
                    delivery: .init(asset: asset, units: 1),
                    payment: .init(asset: SampleParts.cash, partition: 1, units: 100_000)
                )
            ),
        ]
    }

    private static func payments() throws -> [Act] {
        let order = try SampleParts.order()
        return [
            .distribute(
                Distribution(asset: SampleParts.asset, cash: SampleParts.cash, total: 1_000, order: order),
                under: under(.payingAgent)
            ),
            .redeemAll(
                FinalRedemption(asset: SampleParts.asset, cash: SampleParts.cash, amountPerUnit: 100, order: order),
                under: under(.payingAgent)
            ),
        ]
    }

    private static func control() throws -> [Act] {
        let order = try SampleParts.order()
        let date = try SampleParts.date()
        var acts: [Act] = []
        for (target, kind) in zip(SampleParts.targets, [EncumbranceKind.freeze, .lien, .pledge, .freeze]) {
            let isByAuthority = kind != .pledge
            let encumbering = Encumbering(
                target: target,
                kind: kind,
                amount: 5,
                rank: 1,
                lastDate: date,
                order: isByAuthority ? order : try SampleParts.contract(),
                beneficiary: isByAuthority ? nil : SampleParts.other
            )
            acts.append(.encumber(encumbering, under: isByAuthority ? AuthorityReference(.court) : nil))
            let release = Release(target: target, encumbrance: SampleParts.encumbrance, amount: isByAuthority ? 1 : nil)
            acts.append(.release(release, under: isByAuthority ? AuthorityReference(.court) : nil))
        }
        for executing in [nil, SampleParts.encumbrance] {
            let forced = ForcedTransfer(
                asset: SampleParts.asset,
                from: SampleParts.account,
                to: SampleParts.other,
                units: 5,
                rank: 2,
                lastDate: date,
                order: order,
                executing: executing
            )
            acts.append(.forceTransfer(forced, under: AuthorityReference(.court)))
        }
        return acts
    }
}

extension SchemaSample {
    static func all() throws -> [SchemaSample] {
        try transactions() + definitions() + log() + state() + proofs() + RulebookSamples.all() + ControlSamples.all()
            + questions()
    }

    private static func transactions() throws -> [SchemaSample] {
        let bodies = try SampleActs.all().map { act in
            TransactionBody(
                ledger: SampleParts.ledger,
                principals: [
                    Principal(account: SampleParts.account, lane: 255, sequence: .max),
                    Principal(account: SampleParts.other, sequence: 0),
                ],
                lastValidDate: try SampleParts.date(),
                lastValidHeight: 1_000,
                operations: [Operation(act, principal: 1)],
                memo: "\u{ea1}\u{ead}\u{e9a}"
            )
        }
        let signatures = try [SignatureAlgorithm.schnorrBIP340, .ecdsaSecp256k1].map { algorithm in
            TransactionSignature(
                key: try SampleParts.key(7, algorithm),
                signature: try Signature(algorithm: algorithm, bytes: [UInt8](repeating: 8, count: 64))
            )
        }
        let signed = SignedTransaction(body: bodies[0], signatures: signatures)
        return bodies.map { SchemaSample("transaction-body", $0) } + [
            SchemaSample("signed-transaction", signed.bytes) { bytes in
                let read = try SignedTransaction(bytes: bytes)
                return SignedTransaction(body: read.body, signatures: read.signatures).bytes
            }
        ]
    }

    private static func definitions() throws -> [SchemaSample] {
        let genesis = Genesis(
            name: "ledger.example/test",
            parameters: LedgerParameters(firstBusinessDate: try SampleParts.date()),
            logKeys: try SampleParts.logKeys(),
            disclosureCommitment: SampleParts.digest(4),
            parties: [try SampleParts.registration()],
            accounts: [AccountOpening(policy: try SampleParts.policy(), salt: .zero, party: SampleParts.party)],
            authorities: [try SampleParts.appointment()]
        )
        let land = LandShareTerms(
            parcel: "VT-01-0001",
            right: .concession,
            start: try SampleParts.date("2026-01-01"),
            end: try SampleParts.date("2056-01-01"),
            contractDigest: SampleParts.digest(5)
        )
        let charter = Charter(
            authorities: [CharterAuthority(.issuer, quorum: 2, members: [SampleParts.account, SampleParts.other])],
            rules: [
                .allowedClasses([.citizen, .state]),
                .classShareLimit(.foreign, numerator: 49, denominator: 100),
            ]
        )
        let bonds = try SampleBond.all.map { _, sheet in
            SchemaSample("instrument-terms", InstrumentTerms.bond(try BondTerms(sheet)))
        }
        return bonds + [
            SchemaSample("genesis", genesis),
            SchemaSample("instrument-terms", InstrumentTerms.landShare(land)),
            SchemaSample("instrument-terms", InstrumentTerms.cash(CashTerms(currency: "LAK", minorUnitDigits: 2))),
            SchemaSample("instrument-terms", InstrumentTerms.generic(GenericTerms(name: "", documentDigest: .zero))),
            SchemaSample("charter", charter),
        ]
    }

    private static func log() throws -> [SchemaSample] {
        let header = BlockHeader(
            height: 7,
            previousSize: 300,
            stateRoot: SampleParts.digest(6),
            businessDate: try SampleParts.date(),
            sealingTime: 1_800_000_000
        )
        let (asset, account, other) = (SampleParts.asset, SampleParts.account, SampleParts.other)
        var effects: [Effect] = [
            .partyRegistered(SampleParts.party), .accountOpened(account, party: SampleParts.party),
            .keysRotated(account), .sequenceCancelled(account),
            .authorityAppointed(AuthorityReference(.issuer, asset: asset)), .businessDayOpened(try SampleParts.date()),
            .logKeysRotated, .assetCreated(asset), .issued(asset, to: account, partition: 0, units: 24),
            .transferred(asset, from: account, to: other, partition: 1, units: SampleParts.wide),
            .redeemed(asset, from: account, partition: 0, units: 1),
            .reclassified(asset, account, from: 0, to: 1, units: 1),
            .paid(asset, holder: account, cash: SampleParts.cash, amount: 99),
            .forciblyTransferred(asset, from: account, to: other, partition: 0, units: 256), .assetClosed(asset),
        ]
        for target in SampleParts.targets {
            effects.append(.encumbered(target, SampleParts.encumbrance, amount: 0))
            effects.append(.released(target, SampleParts.encumbrance, amount: 5))
        }
        effects += try SampleActs.servicingEffects().map { .service($0) }
        return effects.map { SchemaSample("effect", $0) } + [
            entry(.header(header)), entry(.genesis(try definitions().first { $0.rule == "genesis" }?.bytes ?? [])),
            entry(
                .transaction(
                    bytes: try transactions().last?.bytes ?? [],
                    effectsRoot: SampleParts.digest(2),
                    effectCount: 1
                )
            ),
        ]
    }

    private static func entry(_ entry: LogEntry) -> SchemaSample {
        SchemaSample("log-entry", entry.canonicalBytes) { try LogEntry(canonicalBytes: $0).canonicalBytes }
    }

    private static func state() throws -> [SchemaSample] {
        let keys: [StateKey] = [
            .ledger, .party(SampleParts.party), .account(SampleParts.account), .lane(SampleParts.account, lane: 3),
            .asset(SampleParts.asset), .holding(asset: SampleParts.asset, account: SampleParts.account, partition: 0),
            .authority(AuthorityReference(.court).canonicalBytes),
            .identification(try SampleParts.identification().canonicalBytes),
            .payment(asset: SampleParts.asset, reference: "2026/1"),
        ]
        let servicing = try SampleActs.servicingKeys()
        let court = try SampleParts.encumbranceRecord(.authority(AuthorityReference(.court)))
        let pledgee = try SampleParts.encumbranceRecord(.account(SampleParts.other))
        return (keys + servicing).map { key in
            SchemaSample("state-key", key.canonicalBytes) { try StateKey(canonicalBytes: $0).canonicalBytes }
        } + [
            SchemaSample("holding-record", HoldingRecord(units: 10, encumbrances: [court, pledgee])),
            SchemaSample(
                "record-value",
                RecordPoint.Kept(slot: 0, record: HoldingRecord(units: 10, encumbrances: [court]), principal: 7)
            ),
            SchemaSample("lane-window", LaneWindow(next: 5, used: 2)),
            SchemaSample(
                "party-record",
                PartyRecord(jurisdiction: try SampleParts.registration().jurisdiction, holderClass: .state)
            ),
        ]
    }

    private static func proofs() throws -> [SchemaSample] {
        let siblings = [SampleParts.digest(1), .zero]
        let claims: [StateProof.Claim] = [
            .present(value: [1, 2]), .absentEmpty,
            .absentOther(keyHash: SampleParts.digest(1), valueHash: SampleParts.digest(2)),
        ]
        let state = claims.map { StateProof(key: StateKey.ledger.canonicalBytes, claim: $0, siblings: siblings) }
        let inclusion = LogInclusionProof(index: 299, size: 300, path: siblings)
        let ownership = OwnershipProof(
            state: state[0],
            header: try log().first { $0.rule == "log-entry" }?.bytes ?? [],
            inclusion: inclusion,
            checkpoint: Array("note".utf8)
        )
        let effect = EffectProof(
            effect: try log().first { $0.rule == "effect" }?.bytes ?? [],
            effectInclusion: inclusion,
            entry: try log().last { $0.rule == "log-entry" }?.bytes ?? [],
            inclusion: inclusion,
            checkpoint: Array("note".utf8)
        )
        return state.map { SchemaSample("state-proof", $0) } + [
            SchemaSample("log-inclusion-proof", inclusion),
            SchemaSample("log-consistency-proof", LogConsistencyProof(oldSize: 3, newSize: 5, path: siblings)),
            SchemaSample("ownership-proof", ownership.canonicalBytes) {
                try OwnershipProof(canonicalBytes: $0).canonicalBytes
            },
            SchemaSample("effect-proof", effect),
        ]
    }
}
