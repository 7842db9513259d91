/// Transfers of an asset with a rulebook of six rules, for measurement: country, two attestations, a cap on balances, a
/// cap on shares, a sliding window of volume; and a freeze somewhere, so that freezes are looked for.
@_spi(Benchmarks)
public struct RuleLoop {
    private var state: LedgerState
    private var draft = Transition()
    private let ruled = AssetIndex(0)
    private let plain = AssetIndex(1)
    private let partyCount: Int

    private static let units: UInt128 = 1_000_000
    private static let issuer = AuthorityReference(.identityIssuer)

    /// A ledger with so many persons, each with one account, two attestations, and units of both assets.
    public init(genesis: Genesis, partyCount: Int) throws {
        self.partyCount = partyCount
        state = try LedgerState(genesis: genesis)
        let context = OperationContext(
            transaction: TransactionID(digest: .zero),
            position: 0,
            actor: AccountIndex(0),
            principals: [AccountIndex(0)]
        )
        for (nonce, text) in ["ruled", "plain"].enumerated() {
            guard let name = AssetIdentification(.other, text) else { throw ArithmeticFailure.notDecimal }
            var draft = Transition()
            let creation = AssetCreation(
                nonce: UInt64(nonce),
                identification: name,
                terms: InstrumentTerms.generic(GenericTerms(name: text, documentDigest: .zero)).canonicalBytes,
                charter: Charter(authorities: []).canonicalBytes,
                cap: .max
            )
            try state.decide(creation, AuthorityReference(.issuer), context, &draft)
            state.apply(draft)
        }
        fill(policy: genesis.accounts[0].policy, country: genesis.parties[0].jurisdiction)
        regulate(genesis.parties[0].jurisdiction)
        state.changes.removeAll()
    }

    /// The rulebook that is measured.
    public static func rulebook(in country: CountryCode) -> Rulebook {
        Rulebook(rules: [
            .countriesAllowed([country], .both), .accredited(Statement(.accreditation), .both),
            .resident(Statement(.residence, value: .number(418)), .both), .balanceMax(.max),
            .partyShareMax(numerator: 1, denominator: 10), .volume(days: 30, .max),
        ])
    }

    private mutating func fill(policy: KeyPolicy, country: CountryCode) {
        for number in 0..<partyCount {
            var words = UInt64(number) &+ 1
            let id = withUnsafeBytes(of: &words) { Hashing.sha256($0) }
            let party = PartyIndex(UInt32(state.parties.count))
            state.parties.append(PartyID(digest: id), PartyRecord(jurisdiction: country, holderClass: .citizen))
            let record = AccountRecord(policy: policy, party: party, holderClass: .citizen, encumbrances: [])
            let account = AccountIndex(UInt32(state.accounts.count))
            state.appendAccount(AccountID(digest: id), record)
            for asset in [ruled, plain] {
                let slot = state.holdings[asset.offset].slotForWriting(account, 0)
                let holding = HoldingRecord(units: Quantity(Self.units), encumbrances: [])
                state.holdings[asset.offset].set(holding, at: slot)
            }
        }
        for asset in [ruled, plain] {
            let sum = Self.units * UInt128(partyCount)
            state.assets.records[asset.offset].issued = Quantity(sum)
            state.assets.records[asset.offset].unitsByClass[Int(HolderClass.citizen.rawValue)] = sum
        }
    }

    private mutating func regulate(_ country: CountryCode) {
        let asset = state.assets.ids[ruled.offset]
        let today = state.clock.businessDate
        let record = RulebookRecord(version: 1, since: today, rulebook: Self.rulebook(in: country).canonicalBytes)
        state.applyRule(.rulebook(record), under: .rulebook(asset))
        for topic in [Topic.accreditation, .residence] {
            state.applyRule(.trust([Self.issuer]), under: .trust(asset, topic))
            for index in 1..<state.parties.count {
                let said = AttestationRecord(value: .number(418), validFrom: today, validUntil: today)
                let key = RuleKey.attestation(state.parties.ids[index], topic, Self.issuer, scope: nil)
                state.applyRule(.attestation(said), under: key)
                if index & 0xFFFF == 0 { state.changes.removeAll() }
            }
        }
        for index in 1..<state.parties.count {
            var sums = DaySums()
            sums.add(1, on: today, keepingFrom: today)
            state.applyVolume(sums, VolumeTable.Key(person: UInt32(index), channel: .given), of: ruled)
            if index & 0xFFFF == 0 { state.changes.removeAll() }
        }
        guard let order = OrderReference(reference: "freeze", documentDigest: .zero, legalBasis: .judgment) else {
            return
        }
        let freeze = EncumbranceRecord(
            id: EncumbranceID(digest: .zero),
            kind: .freeze,
            owner: .authority(AuthorityReference(.court)),
            amount: .zero,
            rank: 1,
            lastDate: today,
            order: order
        )
        state.applyControl(.partyEncumbrances([freeze]), under: .partyEncumbrances(state.parties.ids[0]))
    }

    /// Moves a unit from person to person so many times, scattered over memory.
    ///
    /// - Parameters:
    ///   - asksRules: true to look for freezes and ask the rulebook; false to do neither.
    ///   - applies: true to apply each movement.
    public mutating func run(_ count: Int, asksRules: Bool, applies: Bool) throws {
        let asset = asksRules ? ruled : plain
        for index in 0..<count {
            let giver = 1 + Int((UInt64(index) &* 7_919) % UInt64(partyCount))
            let getter = 1 + (giver + index % 97) % partyCount
            let movement = Movement(
                asset: asset,
                from: AccountIndex(UInt32(giver)),
                to: AccountIndex(UInt32(getter)),
                partition: 0,
                units: 1
            )
            draft.removeAll()
            if asksRules { try state.requireFree(movement.from, draft) }
            let source = HoldingAddress(asset: asset, account: movement.from, partition: 0)
            try state.debitAvailable(1, from: source, &draft)
            let destination = HoldingAddress(asset: asset, account: movement.to, partition: 0)
            try state.credit(1, to: destination, &draft)
            try state.shiftClass(movement, &draft)
            if asksRules { try state.requireRulebook(movement, &draft) }
            if applies { state.apply(draft) }
        }
    }
}
