@testable import Tokenize

/// Operations of every kind, at random, valid and not, on a small ledger whose principals all sign.
struct RandomOperations {
    let scene: RuleScene
    let cash: AssetID
    let assets: [AssetID]
    /// Principals of every transaction: ministry, two judges, three citizens, a foreigner.
    let people: [LedgerClient]
    private var random: SeededRandom
    private var nonce: UInt64 = 1_000

    init(_ scene: RuleScene, cash: AssetID, bond: AssetID, seed: UInt64) {
        self.scene = scene
        self.cash = cash
        assets = [scene.asset, bond, cash]
        people =
            [scene.fixture.ministry] + scene.fixture.judges + [scene.alice, scene.bob, scene.carol, scene.foreigner]
        random = SeededRandom(seed)
    }

    /// The operations of a next transaction.
    mutating func next(_ state: LedgerState) -> [Operation] {
        let count = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 2...4, using: &random) : 1
        return (0..<count).map { _ in operation(state) }
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func units(_ most: Quantity) -> Quantity {
        if chance(2) { return .max }
        return Quantity(UInt128.random(in: 0...(min(most.units, 100_000) + 2), using: &random))
    }

    private mutating func asset() -> AssetID {
        chance(3) ? AssetID(digest: Fixture.digest(77)) : pick(assets)
    }

    private mutating func account() -> AccountID {
        chance(3) ? AccountID(digest: Fixture.digest(77)) : pick(people).account
    }

    private mutating func partition() -> Partition { chance(80) ? 0 : 1 }

    /// A holding of one of the principals, mostly one with units.
    private mutating func someHolding(_ state: LedgerState) -> LedgerState.HoldingView {
        let accounts = Set(people.map { $0.account })
        let asset = asset()
        let held = state.holdings(of: asset).filter { accounts.contains($0.account) && $0.units > .zero }
        if !held.isEmpty, chance(85) { return pick(held) }
        return state.holding(asset: asset, account: pick(people).account, partition: partition())
    }

    /// The role that usually may, or any.
    private mutating func under(_ role: Role) -> AuthorityReference {
        AuthorityReference(chance(4) ? pick(Role.allCases) : role, number: chance(2) ? 1 : 0)
    }

    private mutating func order() -> OrderReference { Fixture.order("order \(Int.random(in: 0..<6, using: &random))") }

    private mutating func date(_ state: LedgerState) -> CalendarDate {
        state.businessDate.adding(days: Int.random(in: -1...40, using: &random)) ?? state.businessDate
    }

    private mutating func rank() -> UInt16 { chance(3) ? 0 : UInt16.random(in: 1...4, using: &random) }

    private mutating func operation(_ state: LedgerState) -> Operation {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<40: movement(state)
        case 40..<68: control(state)
        case 68..<86: payment(state)
        default: registration(state)
        }
    }

    private mutating func movement(_ state: LedgerState) -> Operation {
        let held = someHolding(state)
        let (asset, partition) = (held.asset, held.partition)
        let principal = people.firstIndex { $0.account == held.account } ?? 0
        let amount = units(chance(80) ? held.available : held.units)
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 1:
            let transfer = Transfer(asset: asset, recipient: account(), partition: partition, units: amount)
            return Operation(.transfer(transfer), principal: principal)
        case 2:
            let legs = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                BatchTransfer.Leg(recipient: account(), units: units(Quantity(held.available.units / 3)))
            }
            return Operation(
                .batchTransfer(BatchTransfer(asset: asset, partition: partition, legs: legs)),
                principal: principal
            )
        case 3:
            let settlement = Settlement(
                buyer: Int.random(in: 0..<people.count, using: &random),
                delivery: .init(asset: asset, partition: partition, units: amount),
                payment: .init(asset: chance(90) ? cash : asset, units: units(20))
            )
            return Operation(.settle(settlement), principal: principal)
        default:
            let change = Reclassification(
                asset: asset,
                holder: people[principal].account,
                from: partition,
                to: chance(90) ? Partition(1 - min(partition.number, 1)) : partition,
                units: amount
            )
            return Operation(.reclassify(change, under: under(.transferAgent)))
        }
    }

    private mutating func control(_ state: LedgerState) -> Operation {
        let held = someHolding(state)
        let (asset, account, partition) = (held.asset, held.account, held.partition)
        var target = EncumbranceTarget.holding(asset: asset, account: account, partition: partition)
        var amount = units(held.units)
        var lastDate = date(state)
        if chance(10) {
            (target, amount) = (chance(50) ? .account(account) : .asset(asset), 0)
            // Short, or little else would happen.
            lastDate = state.businessDate.adding(days: Int.random(in: 0...2, using: &random)) ?? lastDate
        }
        let role: Role = chance(50) ? .court : .regulator
        let judge = Int.random(in: 1...2, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0..<3:
            let encumbering = Encumbering(
                target: target,
                kind: chance(95) ? (chance(50) ? .freeze : .lien) : .hold,
                amount: amount,
                rank: rank(),
                lastDate: lastDate,
                order: order()
            )
            return Operation(.encumber(encumbering, under: under(role)), principal: judge)
        case 3:
            let holder = Int.random(in: 3..<people.count, using: &random)
            let own = EncumbranceTarget.holding(asset: asset, account: people[holder].account, partition: 0)
            let encumbering = Encumbering(
                target: own,
                kind: chance(50) ? .hold : .pledge,
                amount: units(20),
                rank: rank(),
                lastDate: date(state),
                order: Fixture.contract("contract"),
                beneficiary: self.account()
            )
            return Operation(.encumber(encumbering, under: nil), principal: holder)
        case 4..<7: return release(state, target, held)
        default:
            let claim = held.encumbrances.randomElement(using: &random)
            let executes = chance(40)
            let forced = ForcedTransfer(
                asset: asset,
                from: account,
                to: self.account(),
                partition: partition,
                units: units(executes ? min(claim?.amount ?? 0, held.units) : held.units),
                rank: executes ? claim?.rank ?? 1 : rank(),
                lastDate: state.businessDate.adding(days: chance(95) ? 30 : -1) ?? state.businessDate,
                order: executes && claim?.order.legalBasis != nil ? claim?.order ?? order() : order(),
                executing: executes ? claim?.id : nil
            )
            return Operation(.forceTransfer(forced, under: under(role)), principal: judge)
        }
    }

    private mutating func release(
        _ state: LedgerState,
        _ target: EncumbranceTarget,
        _ held: LedgerState.HoldingView
    ) -> Operation {
        let list: [EncumbranceRecord] =
            switch target {
            case .account(let id): state.account(id)?.encumbrances ?? []
            case .asset(let id): state.asset(id)?.encumbrances ?? []
            case .party(let id): state.encumbrances(ofParty: id)
            case .holding: held.encumbrances
            }
        let claim = list.randomElement(using: &random)
        let amount: Quantity? = chance(60) ? nil : units(claim?.amount ?? 1)
        let release = Release(
            target: target,
            encumbrance: claim?.id ?? EncumbranceID(digest: .zero),
            amount: amount
        )
        switch claim?.owner {
        case .authority(let reference) where chance(90):
            return Operation(.release(release, under: reference), principal: 1)
        case .account(let account) where chance(90):
            let principal = people.firstIndex { $0.account == account } ?? 0
            return Operation(.release(release, under: nil), principal: principal)
        default:
            return Operation(.release(release, under: nil), principal: 3)
        }
    }

    private mutating func payment(_ state: LedgerState) -> Operation {
        let asset = asset()
        nonce += 1
        let reference = Fixture.order("payment \(chance(80) ? nonce : 0)")
        switch Int.random(in: 0..<13, using: &random) {
        case 0..<5:
            let recipient = chance(60) ? people[0].account : account()
            let issuance = Issuance(asset: asset, recipient: recipient, partition: partition(), units: units(40))
            return Operation(.issue(issuance, under: under(.issuer)))
        case 5..<7:
            let held = someHolding(state)
            let holder = chance(95) ? people.firstIndex { $0.account == held.account } ?? 0 : people.count
            let redemption = Redemption(
                asset: held.asset,
                holder: holder,
                partition: held.partition,
                units: units(Quantity(held.available.units / 2))
            )
            return Operation(.redeem(redemption, under: under(.issuer)))
        case 7:
            return Operation(.cancelUnits(Cancellation(asset: asset, units: units(20)), under: under(.issuer)))
        case 8..<11:
            let distribution = Distribution(asset: asset, cash: cash, total: units(100), order: reference)
            return Operation(.distribute(distribution, under: under(.payingAgent)))
        default:
            let redemption = FinalRedemption(
                asset: asset,
                cash: cash,
                amountPerUnit: asset == assets[1] ? 10 : units(3),
                order: reference
            )
            return Operation(.redeemAll(redemption, under: under(.payingAgent)))
        }
    }

    private mutating func registration(_ state: LedgerState) -> Operation {
        nonce += 1
        let laos = CountryCode("LA")
        let identification = AssetIdentification(.other, "random \(chance(80) ? nonce : 1_001)")
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            guard let laos else { return Operation(.cancelSequence) }
            let party = PartyID(digest: Hashing.sha256([UInt8(truncatingIfNeeded: nonce)]))
            let registration = PartyRegistration(party: party, jurisdiction: laos, holderClass: .domesticEntity)
            return Operation(.registerParty(registration, under: under(.registrar)))
        case 1:
            let policy = state.account(people[0].account)?.policy
            guard let policy else { return Operation(.cancelSequence) }
            let salt = Hashing.sha256([UInt8(truncatingIfNeeded: nonce), 1])
            let opening = AccountOpening(policy: policy, salt: salt, party: Fixture.citizens)
            return Operation(.openAccount(opening, under: under(.registrar)))
        case 2:
            guard let identification else { return Operation(.cancelSequence) }
            let creation = AssetCreation(
                nonce: nonce,
                identification: identification,
                terms: InstrumentTerms.generic(GenericTerms(name: "random", documentDigest: .zero)).canonicalBytes,
                charter: Charter(authorities: []).canonicalBytes,
                cap: units(5)
            )
            return Operation(.createAsset(creation, under: under(.issuer)))
        case 3..<6:
            let days = chance(90) ? Int.random(in: 1...4, using: &random) : Int.random(in: -1...12, using: &random)
            let day = state.businessDate.adding(days: days) ?? state.businessDate
            return Operation(.openBusinessDay(day, under: under(.operator)))
        case 6:
            // The log's own key stays, so that the same signer opens the ledger again; its witnesses change.
            let witness = Hashing.sha256([UInt8(truncatingIfNeeded: nonce)])
            guard let keys = LogKeys(log: state.logKeys.log, witnesses: [witness]) else {
                return Operation(.cancelSequence)
            }
            return Operation(.rotateLogKeys(keys, under: under(.governor)))
        case 7:
            let reference = AuthorityReference(.court, number: chance(50) ? 1 : 2)
            let members = [people[1].account, people[2].account]
            guard let appointment = AuthorityAppointment(reference, quorum: 1, members: members) else {
                return Operation(.cancelSequence)
            }
            return Operation(.appointAuthority(appointment, under: under(.governor)))
        default:
            let principal = Int.random(in: 0..<people.count, using: &random)
            guard chance(50), let policy = state.account(people[principal].account)?.policy else {
                return Operation(.cancelSequence, principal: principal)
            }
            return Operation(.rotateKeys(policy), principal: principal)
        }
    }
}
