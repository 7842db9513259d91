import Tokenize

/// A bond's life under way: transactions of one or several deeds, each with the answer and the effects by the clerk.
struct BondLife {
    var world: BondWorld
    var clerk: BondClerk

    /// Some holders have cash and some have none, in one partition or in both.
    init(_ plan: BondPlan, _ trial: inout Trial) async throws {
        var funds: [BondSpot: UInt128] = [:]
        for partition: UInt32 in 0...1 {
            funds[BondSpot(member: Cast.ministry, partition: partition)] = 4_000_000 * plan.scale
            for member in BondWorld.holders where plan.mayHoldCash(member) {
                guard try trial.number(0...3) > (partition == 0 ? 0 : 2) else { continue }
                funds[BondSpot(member: member, partition: partition)] = 400_000 * plan.scale
            }
        }
        world = try await BondWorld(plan, cash: funds)
        let (today, kip) = try await world.ledger.read { [world] state in
            (state.businessDate, state.holding(asset: world.kip, account: world.account(Cast.ministry)).units.units)
        }
        clerk = BondClerk(names: world.names, book: try BondBook(plan), today: today, cash: funds, kip: kip)
    }

    mutating func run(_ trial: inout Trial) async throws {
        for _ in 0..<3 {
            let spot = try BondDrawing(clerk).spot(&trial)
            try await transact([.issue(spot, try BondDrawing(clerk).amount(&trial))], &trial)
        }
        for _ in 0..<50 {
            if try trial.number(0...14) == 0 {
                try await world.reopen(&trial)
            } else {
                try await transact(try BondDrawing(clerk).transaction(&trial), &trial)
            }
        }
        if try trial.draw(.bool) { try await runToMaturity(&trial) }
        try await world.end(&trial)
    }

    /// Days and payments until everything is paid.
    private mutating func runToMaturity(_ trial: inout Trial) async throws {
        for _ in 0..<60 where !clerk.isClosed {
            let drawing = BondDrawing(clerk)
            try await transact([try drawing.opening(&trial)], &trial)
            // The principal before the interest of its day, now and then.
            if let last = clerk.book.payments.last, try trial.draw(.bool) {
                try await transact([.pay(last.id, cashPartition: 0, claims: BondWorld.claims)], &trial)
            }
            try await transact(try BondDrawing(clerk).payments(&trial), &trial)
            if !clerk.claims.isEmpty { try await transact(try BondDrawing(clerk).settlements(&trial), &trial) }
        }
        let spot = try BondDrawing(clerk).spot(&trial)
        try await transact([.transfer(.bond, spot, to: Cast.ministry, 1)], &trial)
    }

    /// Submits deeds as one transaction, and demands the answer and the effects that the clerk works out.
    private mutating func transact(_ deeds: [BondDeed], _ trial: inout Trial) async throws {
        var (after, expected): (BondClerk, [Effect]) = (clerk, [])
        var refusal: RejectionCode?
        after.begin()
        do {
            for deed in deeds { expected += try after.perform(deed) }
        } catch let found as BondClerk.Refusal {
            refusal = found.code
        }
        var principals: [Int] = []
        for signer in deeds.flatMap(\.signers) where !principals.contains(signer) { principals.append(signer) }
        let operations = try deeds.map { try $0.operation(world, among: principals) }
        let plan = TransactionPlan(principals: principals, operations: operations)
        let state = try await world.ledger.read { $0 }
        let answer = try await world.world.answer(to: try plan.bytes(for: state, world.cast))
        trial.note("\(clerk.today) \(deeds): \(refusal.map { "\($0)" } ?? "done")")
        let wanted = refusal.map { "\($0)" } ?? "done"
        try trial.require(answer.code == refusal, "\(deeds): \(answer), by the book \(wanted)")
        for label in after.news.sorted() { trial.label(label) }
        trial.label("several deeds", when: deeds.count > 1 && refusal == nil)
        if let refusal { trial.label("refused \(refusal)") }
        guard case .committed(let receipt) = answer else { return }
        let effects = try await world.allEffects(of: receipt)
        try trial.require(effects == expected, "\(deeds) did \(effects), by the book \(expected)")
        clerk = after
        try await compare(trial)
    }

    // MARK: What the ledger shows

    private func compare(_ trial: Trial) async throws {
        let state = try await world.ledger.read { $0 }
        try trial.require(state.businessDate == clerk.today, "today is \(state.businessDate)")
        try compareDues(state, trial)
        try compareHoldings(state, trial)
        let claims = state.claims().map { claim in
            "\(claim.due) \(claim.account) \(claim.partition) \(claim.amount) in \(claim.claimsAccount)"
        }
        let expected = clerk.claims.sorted { $0.key < $1.key }.map { name, claim in
            let (owner, partition) = (world.account(name.spot.member), Partition(name.spot.partition))
            return "\(name.due) \(owner) \(partition) \(Quantity(claim.amount)) in \(world.account(claim.place.member))"
        }
        try trial.require(claims == expected, "claims \(claims), by the book \(expected)")
        for member in world.cast.members.indices {
            let payee = world.account(clerk.instructed[member] ?? member)
            try trial.require(
                state.cashAccount(of: world.account(member)) == payee,
                "\(member) is not paid to \(payee)"
            )
        }
        try trial.require(state.assetsOutOfBalance().isEmpty, "holdings are out of balance")
    }

    private func compareDues(_ state: LedgerState, _ trial: Trial) throws {
        let (dues, payments) = (state.dues(of: world.bond), clerk.book.payments)
        try trial.require(dues.map(\.due.id) == payments.map(\.id), "other dues: \(dues)")
        for (view, one) in zip(dues, payments) {
            let due = view.due
            let isRight = due.recordDate == one.record && due.paymentDate == one.payment && due.exDate == one.ex
            try trial.require(
                isRight,
                "\(one.id) is recorded \(due.recordDate), without on \(due.exDate.map { "\($0)" } ?? "none"), paid \(due.paymentDate)"
            )
            let standing = standing(of: one)
            try trial.require(view.standing == standing, "\(one.id) is \(view.standing), by the book \(standing)")
            let paid = view.payment.map {
                PaidByHand(
                    declared: $0.declared.units,
                    penalty: $0.penalty.units,
                    tax: $0.tax.units,
                    claimed: $0.claimed.units,
                    date: $0.date
                )
            }
            let expected = clerk.paid[one.id]
            try trial.require(
                paid == expected,
                "\(one.id) was paid as \(String(describing: paid)), not \(String(describing: expected))"
            )
        }
    }

    private func standing(of one: BondBook.Payment) -> LedgerState.DueView.Standing {
        if clerk.paid[one.id] != nil { return .done }
        if clerk.defaults.contains(one.id) { return .inDefault }
        return clerk.today <= one.record ? .ahead : clerk.today >= one.payment ? .payable : .recorded
    }

    private func compareHoldings(_ state: LedgerState, _ trial: Trial) throws {
        let points = state.recordDates(of: world.bond)
        try trial.require(points == clerk.points.keys.sorted(), "points \(points), by the book \(clerk.points.keys)")
        for member in world.cast.members.indices {
            for partition: UInt32 in 0...1 {
                let (spot, account) = (BondSpot(member: member, partition: partition), world.account(member))
                for thing in [BondDeed.Thing.bond, .cash] {
                    let asset = world.names.asset(thing)
                    let holding = state.holding(asset: asset, account: account, partition: Partition(partition))
                    let (units, free) = (clerk.held(thing, spot), clerk.available(thing, spot))
                    try trial.require(
                        holding.units.units == units && holding.available.units == free,
                        "\(spot) has \(holding.units) of \(thing), \(holding.available) free; by the book \(units), \(free)"
                    )
                }
                for (date, point) in clerk.points {
                    let recorded = state.units(
                        of: world.bond,
                        heldBy: account,
                        partition: Partition(partition),
                        onRecord: date
                    )
                    let units = point.units[spot] ?? 0
                    try trial.require(
                        recorded?.units == units,
                        "\(spot) is recorded \(recorded ?? 0) on \(date), not \(units)"
                    )
                }
            }
        }
    }
}
