import Tokenize

/// What a clerk writes down of a bond and its cash: who holds, who held on record, who is paid where, and who cannot be.
///
/// Each deed is done in the order of chapters 5, 13 and 15: refused with the first rule that speaks against it, or done
/// with the effects that it has.
struct BondClerk: Sendable {
    /// A rule speaks against a deed.
    struct Refusal: Error {
        let code: RejectionCode

        init(_ code: RejectionCode) { self.code = code }
    }

    /// Holdings on a record date whose payments are not all made, and the units of each on which principal is owed.
    struct Point: Sendable {
        let units: [BondSpot: UInt128]
        var principal: [BondSpot: UInt128]
    }

    /// Cash that lies apart for somebody.
    struct Claim: Sendable {
        let amount: UInt128
        let place: BondSpot
    }

    /// What the transaction has touched so far.
    struct Touched: Sendable {
        var isDayOpened = false
        var isBond = false
        var cash: Set<BondSpot> = []
        var accounts: Set<Int> = []
        var parties: Set<Int> = []
    }

    let names: BondNames
    let book: BondBook
    var plan: BondPlan { book.plan }
    var today: CalendarDate
    /// Days that were opened.
    var openedCount = 0
    var units: [BondSpot: UInt128] = [:]
    var cash: [BondSpot: UInt128]
    /// Distributions that were made, and kip of the ministry.
    var distributionCount = 0
    var kip: UInt128
    var points: [CalendarDate: Point] = [:]
    var paid: [BondDue.ID: PaidByHand] = [:]
    var defaults: Set<BondDue.ID> = []
    var isClosed = false
    /// Last days of the freezes that are listed, lapsed ones among them.
    var freezes: [BondDeed.Target: [CalendarDate]] = [:]
    /// Accounts that are being recovered, with ``openedCount`` at the filing.
    var recoveries: [Int: Int] = [:]
    /// Whose account gets a holder's cash, where it is not the holder's own.
    var instructed: [Int: Int] = [:]
    var claims: [BondDeed.ClaimName: Claim] = [:]
    var touched = Touched()
    /// What is worth a label, of the present transaction.
    var news: Set<String> = []

    init(names: BondNames, book: BondBook, today: CalendarDate, cash: [BondSpot: UInt128], kip: UInt128) {
        (self.names, self.book, self.today, self.cash, self.kip) = (names, book, today, cash, kip)
    }

    /// A new transaction begins.
    mutating func begin() { (touched, news) = (Touched(), []) }

    /// Does a deed, or says what speaks against it.
    mutating func perform(_ deed: BondDeed) throws -> [Effect] {
        switch deed {
        case .open(let date): try open(date)
        case .pay(let due, let partition, let claims): try pay(due, partition, claims)
        case .settle(let name): try settle(name)
        case .subscribe(let spot, let units, let price, let partition): try subscribe(spot, units, price, partition)
        case .buyBack(let spot, let units, let price, let partition): try buyBack(spot, units, price, partition)
        case .issue(let spot, let units): try issue(spot, units)
        case .transfer(let thing, let spot, let recipient, let units): try transfer(thing, spot, recipient, units)
        case .reclassify(let thing, let spot, let partition, let units):
            try reclassify(thing, spot, partition, units)
        case .instruct(let member, let recipient): try instruct(member, recipient)
        case .freeze(let target, let last): try freeze(target, last)
        case .fileRecovery(let member): try fileRecovery(member)
        case .executeRecovery(let member): try executeRecovery(member)
        case .endRecovery(let member): try endRecovery(member)
        case .distribute(let total, _): try distribute(total)
        }
    }

    // MARK: What stands in the way

    func isFrozen(_ target: BondDeed.Target) -> Bool { freezes[target, default: []].contains { $0 >= today } }

    /// True if something stands on a member's account or party.
    func isFrozen(_ member: Int) -> Bool { isFrozen(.account(member)) || isFrozen(.party(member)) }

    func isPaused(_ thing: BondDeed.Thing) -> Bool { isFrozen(.asset(thing)) }

    /// RCV-003 and TRF-003.
    func requireFree(_ member: Int) throws {
        if recoveries[member] != nil { throw Refusal(.inRecovery) }
        if isFrozen(member) { throw Refusal(.accountFrozen) }
    }

    /// AST-008 and TRF-004.
    func requireMovable(_ thing: BondDeed.Thing) throws {
        if thing == .bond, isClosed { throw Refusal(.assetClosed) }
        if isPaused(thing) { throw Refusal(.assetPaused) }
    }

    /// HLD-001.
    func mayHoldCash(_ member: Int) -> Bool { plan.mayHoldCash(member) }

    // MARK: Units

    func held(_ thing: BondDeed.Thing, _ spot: BondSpot) -> UInt128 {
        (thing == .bond ? units : cash)[spot] ?? 0
    }

    /// Units that nobody has a claim to.
    func available(_ thing: BondDeed.Thing, _ spot: BondSpot) -> UInt128 {
        guard thing == .cash else { return held(.bond, spot) }
        return claims.values.reduce(held(.cash, spot)) { $1.place == spot ? $0 - $1.amount : $0 }
    }

    mutating func take(_ amount: UInt128, _ thing: BondDeed.Thing, from spot: BondSpot) throws {
        if amount == 0 { throw Refusal(.zeroUnits) }
        if held(thing, spot) < amount { throw Refusal(.insufficientUnits) }
        if available(thing, spot) < amount { throw Refusal(.unitsEncumbered) }
        set(thing, spot, held(thing, spot) - amount)
    }

    mutating func give(_ amount: UInt128, _ thing: BondDeed.Thing, to spot: BondSpot) {
        set(thing, spot, held(thing, spot) + amount)
    }

    private mutating func set(_ thing: BondDeed.Thing, _ spot: BondSpot, _ amount: UInt128) {
        if thing == .bond {
            units[spot] = amount
            touched.isBond = true
        } else {
            cash[spot] = amount
            touched.cash.insert(spot)
        }
    }

    /// Holdings with units, in order.
    static func sorted(_ holdings: [BondSpot: UInt128]) -> [(spot: BondSpot, units: UInt128)] {
        holdings.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// How a due was paid.
struct PaidByHand: Hashable, Sendable {
    let declared: UInt128
    let penalty: UInt128
    let tax: UInt128
    let claimed: UInt128
    let date: CalendarDate
}

/// Who and what is meant, in effects.
struct BondNames: Sendable {
    let accounts: [AccountID]
    let parties: [PartyID]
    let bond: AssetID
    let cash: AssetID
    let kip: AssetID

    func asset(_ thing: BondDeed.Thing) -> AssetID { thing == .bond ? bond : cash }

    func target(_ target: BondDeed.Target) -> EncumbranceTarget {
        switch target {
        case .account(let member): .account(accounts[member])
        case .party(let member): .party(parties[member])
        case .asset(let thing): .asset(asset(thing))
        }
    }

    func transferred(_ thing: BondDeed.Thing, _ spot: BondSpot, to recipient: Int, _ units: UInt128) -> Effect {
        .transferred(
            asset(thing),
            from: accounts[spot.member],
            to: accounts[recipient],
            partition: Partition(spot.partition),
            units: Quantity(units)
        )
    }

    func redeemed(_ spot: BondSpot, _ units: UInt128) -> Effect {
        .redeemed(bond, from: accounts[spot.member], partition: Partition(spot.partition), units: Quantity(units))
    }
}
