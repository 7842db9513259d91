import Tokenize

/// A holding of a bond or its cash: a member of the cast, and a partition.
struct BondSpot: Hashable, Comparable, Sendable {
    let member: Int
    var partition: UInt32 = 0

    static func < (left: BondSpot, right: BondSpot) -> Bool {
        (left.member, left.partition) < (right.member, right.partition)
    }
}

/// Something that is done on the ledger of a bond.
enum BondDeed: Sendable {
    enum Thing: Hashable, Sendable { case bond, cash }

    /// What can be frozen.
    enum Target: Hashable, Sendable {
        case account(Int)
        case party(Int)
        case asset(Thing)
    }

    /// A claim: under what, whose, and for units of which partition.
    struct ClaimName: Hashable, Comparable, Sendable {
        let due: BondDue.ID
        let spot: BondSpot

        static func < (left: ClaimName, right: ClaimName) -> Bool {
            (left.due, left.spot) < (right.due, right.spot)
        }
    }

    case open(CalendarDate)
    case pay(BondDue.ID, cashPartition: UInt32, claims: Int)
    case settle(ClaimName)
    /// Prices are in parts of ten thousand of the face.
    case subscribe(BondSpot, UInt128, price: UInt128, cashPartition: UInt32)
    case buyBack(BondSpot, UInt128, price: UInt128, cashPartition: UInt32)
    case issue(BondSpot, UInt128)
    case transfer(Thing, BondSpot, to: Int, UInt128)
    case reclassify(Thing, BondSpot, to: UInt32, UInt128)
    case instruct(Int, to: Int)
    case freeze(Target, through: CalendarDate)
    case fileRecovery(Int)
    case executeRecovery(Int)
    case endRecovery(Int)
    /// So many kip to all who hold the cash, under an order of its own number.
    case distribute(UInt128, number: Int)

    /// Who signs it: the actor, then others.
    var signers: [Int] {
        switch self {
        case .subscribe(let spot, _, _, _), .buyBack(let spot, _, _, _): [Cast.ministry, spot.member]
        case .transfer(_, let spot, _, _): [spot.member]
        case .instruct(let member, _): [member]
        case .freeze: [Cast.firstJudge]
        case .fileRecovery: [Cast.ministry, Cast.firstJudge]
        case .endRecovery: [Cast.firstJudge, Cast.secondJudge]
        default: [Cast.ministry]
        }
    }

    /// The operation, in a transaction of these principals.
    func operation(_ world: BondWorld, among principals: [Int]) throws -> Operation {
        let actor = signers[0]
        return Operation(
            try act(world) { member in principals.firstIndex(of: member) ?? 0 },
            principal: principals.firstIndex(of: actor) ?? 0
        )
    }

    private func act(_ world: BondWorld, _ index: (Int) -> Int) throws -> Act {
        let issuer = AuthorityReference(.issuer)
        switch self {
        case .open(let date): return .openBusinessDay(date, under: AuthorityReference(.operator))
        case .pay(let due, let partition, let claims):
            let payment = DuePayment(
                asset: world.bond,
                due: due,
                cashPartition: Partition(partition),
                claimsAccount: world.account(claims)
            )
            return .service(.payDue(payment), under: AuthorityReference(.payingAgent))
        case .settle(let name):
            let settlement = ClaimSettlement(
                asset: world.bond,
                due: name.due,
                account: world.account(name.spot.member),
                partition: Partition(name.spot.partition)
            )
            return .service(.settleClaim(settlement), under: AuthorityReference(.payingAgent))
        case .subscribe(let spot, let units, let price, let cashPartition):
            let subscription = Subscription(
                asset: world.bond,
                buyer: index(spot.member),
                partition: Partition(spot.partition),
                units: Quantity(units),
                at: try Self.quote(price),
                cashPartition: Partition(cashPartition)
            )
            return .service(.subscribe(subscription), under: issuer)
        case .buyBack(let spot, let units, let price, let cashPartition):
            let purchase = BuyBack(
                asset: world.bond,
                seller: index(spot.member),
                partition: Partition(spot.partition),
                units: Quantity(units),
                at: try Self.quote(price),
                cashPartition: Partition(cashPartition)
            )
            return .service(.buyBack(purchase), under: issuer)
        case .issue(let spot, let units):
            let issuance = Issuance(
                asset: world.bond,
                recipient: world.account(spot.member),
                partition: Partition(spot.partition),
                units: Quantity(units)
            )
            return .issue(issuance, under: issuer)
        case .transfer(let thing, let spot, let recipient, let units):
            return .transfer(
                Transfer(
                    asset: world.names.asset(thing),
                    recipient: world.account(recipient),
                    partition: Partition(spot.partition),
                    units: Quantity(units)
                )
            )
        case .reclassify(let thing, let spot, let partition, let units):
            let reclassification = Reclassification(
                asset: world.names.asset(thing),
                holder: world.account(spot.member),
                from: Partition(spot.partition),
                to: Partition(partition),
                units: Quantity(units)
            )
            return .reclassify(reclassification, under: AuthorityReference(.transferAgent))
        case .instruct(_, let recipient):
            return .service(.instructPayment(PaymentInstruction(cashAccount: world.account(recipient))), under: nil)
        default: return try officialAct(world)
        }
    }

    private func officialAct(_ world: BondWorld) throws -> Act {
        guard let supervision = OrderReference(reference: "freeze", documentDigest: .zero, legalBasis: .supervision),
            let judgment = OrderReference(reference: "judgment", documentDigest: .zero, legalBasis: .judgment)
        else { throw AuditFailure(reason: "the orders are malformed") }
        switch self {
        case .freeze(let target, let last):
            let freeze = Encumbering(
                target: world.names.target(target),
                kind: .freeze,
                amount: .zero,
                rank: 1,
                lastDate: last,
                order: supervision
            )
            return .encumber(freeze, under: AuthorityReference(.regulator))
        case .fileRecovery(let member):
            let filing = RecoveryFiling(
                account: world.account(member),
                policy: world.cast.members[member].opening.policy,
                with: AuthorityReference(.regulator)
            )
            return .control(.fileRecovery(filing), under: AuthorityReference(.registrar))
        case .executeRecovery(let member):
            return .control(.executeRecovery(world.account(member)), under: AuthorityReference(.registrar))
        case .endRecovery(let member):
            let decision = RecoveryDecision(account: world.account(member), isAllowed: false, order: judgment)
            return .control(.decideRecovery(decision), under: AuthorityReference(.court))
        case .distribute(let total, let number):
            guard let dividend = OrderReference(reference: "dividend \(number)", documentDigest: .zero) else {
                throw AuditFailure(reason: "the order is malformed")
            }
            let distribution = Distribution(
                asset: world.cash,
                cash: world.kip,
                total: Quantity(total),
                order: dividend
            )
            return .distribute(distribution, under: AuthorityReference(.payingAgent))
        default: throw AuditFailure(reason: "\(self) is no official act")
        }
    }

    private static func quote(_ price: UInt128) throws -> BondQuote {
        // In percent of the face.
        .price(try BondPlan.decimal(price * BondPlan.one / 100))
    }
}
