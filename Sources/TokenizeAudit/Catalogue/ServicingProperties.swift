import Tokenize

/// The right holders are paid, to the last unit, once.
enum ServicingProperties {
    static let all = [
        AuditCatalogue.Entry(recordPoints, usualCaseCount: 12), AuditCatalogue.Entry(sums, usualCaseCount: 12),
    ]

    static let recordPoints = Property(
        "PRP-023",
        "While a record point is open, it shows what every account held at the end of the record day.",
        coverage: [.init("changed since", perMille: 300)]
    ) { trial in
        var world = try await BondWorld(try BondPlan(&trial))
        try await live(&world, &trial) { world, trial in
            let (bond, cast) = (world.bond, world.cast)
            let state = try await world.ledger.read { $0 }
            for date in state.recordDates(of: bond) {
                for member in BondWorld.holders {
                    let account = cast.members[member].account
                    let shown = state.units(of: bond, heldBy: account, onRecord: date)?.units
                    let expected = world.recorded[date]?[member] ?? 0
                    try trial.require(shown == expected, "\(account) held \(expected) on \(date), shown \(shown ?? 0)")
                    trial.label("changed since", when: expected != world.held[member] ?? 0)
                }
            }
        }
    }

    static let sums = Property(
        "PRP-024",
        "What is paid on a due adds up to what was declared, net and tax are gross, and nothing is paid twice.",
        coverage: [.init("claim", perMille: 200), .init("remainder", perMille: 300), .init("settled", perMille: 50)]
    ) { trial in
        var world = try await BondWorld(try BondPlan(&trial))
        try await live(&world, &trial) { world, trial in
            try await payAll(world, &trial)
            try await settle(world, &trial)
        }
    }

    /// Sales, freezes and business days, in any order, until the bond has matured.
    private static func live(
        _ world: inout BondWorld,
        _ trial: inout Trial,
        check: (BondWorld, inout Trial) async throws -> Void
    ) async throws {
        let accounts = world.cast.members.map { $0.account }
        for member in BondWorld.holders {
            let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...97)))
            guard units > 0 else { continue }
            let issuance = Issuance(asset: world.bond, recipient: accounts[member], units: Quantity(units))
            _ = try await world.submit([.issue(issuance, under: AuthorityReference(.issuer))])
            world.held[member] = units
        }
        for _ in 0..<30 {
            switch try trial.number(0...5) {
            case 0, 1, 2: try await world.open(Int(try trial.draw(Generator<UInt64>.integer(in: 1...6))))
            case 3, 4: try await sell(&world, &trial)
            default: try await freeze(world, &trial)
            }
            try await check(world, &trial)
        }
    }

    private static func sell(_ world: inout BondWorld, _ trial: inout Trial) async throws {
        let seller = try trial.draw(Generator<Int>.element(of: BondWorld.holders))
        let buyer = try trial.draw(Generator<Int>.element(of: BondWorld.holders))
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...60)))
        let transfer = Transfer(
            asset: world.bond,
            recipient: world.cast.members[buyer].account,
            units: Quantity(units)
        )
        guard case .committed = try await world.submit([.transfer(transfer)], by: seller) else { return }
        world.held[seller, default: 0] -= units
        world.held[buyer, default: 0] += units
    }

    /// A freeze of a whole account, or of its person, for a few days, so that some payments become claims.
    private static func freeze(_ world: BondWorld, _ trial: inout Trial) async throws {
        let member = try trial.draw(Generator<Int>.element(of: BondWorld.holders))
        let days = Int(try trial.draw(Generator<UInt64>.integer(in: 0...20)))
        let isOfPerson = try trial.draw(.bool)
        let today = try await world.ledger.read { $0.businessDate }
        guard let order = OrderReference(reference: "freeze", documentDigest: .zero, legalBasis: .supervision),
            let last = today.adding(days: days)
        else { return }
        let freeze = Encumbering(
            target: isOfPerson ? .party(world.cast.members[member].opening.party) : .account(world.account(member)),
            kind: .freeze,
            amount: .zero,
            rank: 1,
            lastDate: last,
            order: order
        )
        _ = try await world.submit(
            [.encumber(freeze, under: AuthorityReference(.regulator))],
            by: Cast.firstJudge
        )
    }

    private static func payAll(_ world: BondWorld, _ trial: inout Trial) async throws {
        let (bond, cast) = (world.bond, world.cast)
        let payable = try await world.ledger.read { state in
            state.dues(of: bond).filter { $0.standing == .payable || $0.standing == .inDefault }
        }
        for view in payable {
            let payment = DuePayment(
                asset: bond,
                due: view.due.id,
                claimsAccount: cast.members[BondWorld.claims].account
            )
            let act = Act.service(.payDue(payment), under: AuthorityReference(.payingAgent))
            let (treasury, set) = (try await world.kip(BondWorld.treasury), try await world.kip(BondWorld.claims))
            guard case .committed(let receipt) = try await world.submit([act]) else { continue }
            try await check(try await world.effects(of: receipt), view.due, world, treasury, set, &trial)
            if case .committed = try await world.submit([act]) { try trial.require(false, "\(view.due.id) paid twice") }
        }
    }

    private static func check(
        _ effects: [ServicingEffect],
        _ due: BondDue,
        _ world: BondWorld,
        _ treasury: UInt128,
        _ setAside: UInt128,
        _ trial: inout Trial
    ) async throws {
        var (gross, tax, claimed): (UInt128, UInt128, UInt128) = (0, 0, 0)
        var byHolder: [AccountID: UInt128] = [:]
        for effect in effects {
            switch effect {
            case .duePaid(_, _, let holder, _, _, let amount, let withheld):
                (gross, tax) = (gross + amount.units, tax + withheld.units)
                byHolder[holder, default: 0] += amount.units
            case .claimMade(_, _, let holder, _, _, let amount, let withheld):
                (gross, tax) = (gross + amount.units, tax + withheld.units)
                claimed += amount.units - withheld.units
                byHolder[holder, default: 0] += amount.units
                trial.label("claim")
            default: break
            }
        }
        guard case .dueDischarged(_, _, let declared, _, let taxed, let apart)? = effects.last else {
            throw Falsified(message: "the due is not discharged", place: "discharge")
        }
        try trial.require(gross == declared.units, "\(gross) is paid of \(declared)")
        try trial.require(tax == taxed.units && claimed == apart.units, "tax \(taxed), claims \(apart)")
        let (treasuryNow, setAsideNow) = (
            try await world.kip(BondWorld.treasury), try await world.kip(BondWorld.claims)
        )
        try trial.require(treasuryNow - treasury == tax, "the treasury got \(treasuryNow - treasury) of \(tax)")
        try trial.require(setAsideNow - setAside == claimed, "\(setAsideNow - setAside) is set aside")
        // Each share is the exact one, rounded down or up.
        let record = world.recorded[due.recordDate] ?? [:]
        let sum = record.values.reduce(0, +)
        for member in BondWorld.holders where sum > 0 {
            let exact = (record[member] ?? 0) * declared.units
            let paid = byHolder[world.cast.members[member].account] ?? 0
            try trial.require(paid == exact / sum || paid == exact / sum + 1, "a share of \(paid)")
            trial.label("remainder", when: exact % sum > 0)
        }
        try trial.require(
            try await world.ledger.read { $0.assetsOutOfBalance() }.isEmpty,
            "holdings are out of balance"
        )
    }

    private static func settle(_ world: BondWorld, _ trial: inout Trial) async throws {
        for claim in try await world.ledger.read({ $0.claims() }) {
            let before = try await world.kip(BondWorld.claims)
            let settlement = ClaimSettlement(
                asset: claim.asset,
                due: claim.due,
                account: claim.account,
                partition: claim.partition
            )
            let act = Act.service(.settleClaim(settlement), under: AuthorityReference(.payingAgent))
            guard case .committed = try await world.submit([act]) else { continue }
            trial.label("settled")
            let after = try await world.kip(BondWorld.claims)
            try trial.require(before - after == claim.amount.units, "a claim of \(claim.amount) took \(before - after)")
            let outOfBalance = try await world.ledger.read { $0.assetsOutOfBalance() }
            try trial.require(outOfBalance.isEmpty, "holdings are out of balance after a claim is settled")
            if case .committed = try await world.submit([act]) { try trial.require(false, "a claim paid twice") }
        }
    }
}
