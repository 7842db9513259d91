import Tokenize

/// Every payment, sale and refusal in the life of a bond is the one that a bookkeeper works out by hand.
enum ServicingBookProperties {
    static let all = [AuditCatalogue.Entry(book, usualCaseCount: 25)]

    static let book = Property(
        "PRP-031",
        "Sales, dues, shares, tax, claims and defaults of a bond are, to the unit and the rule, those worked out by hand.",
        coverage: [
            .init("paid", perMille: 300), .init("claim", perMille: 100), .init("late", perMille: 100),
            .init("default", perMille: 100), .init("sale", perMille: 200),
            .init("refused holdingsChangedBefore", perMille: 20),
            .init("redeemed", perMille: 200), .init("refused earlierDueUnpaid", perMille: 40),
            .init("restart", perMille: 500), .init("restored on the way", perMille: 500),
        ]
    ) { trial in
        var life = BondLifeTrial(world: try await BondWorld(), book: try BondBook())
        try await life.run(&trial)
    }
}

/// A bond's life under way.
private struct BondLifeTrial {
    var world: BondWorld
    let book: BondBook
    var paid: Set<BondDue.ID> = []
    var defaults: Set<BondDue.ID> = []
    var frozenUntil: [Int: CalendarDate] = [:]
    var openClaims: [BondDue.ID: Set<Int>] = [:]
    /// Whose account gets a holder's cash, where it is not the holder's own.
    var instructed: [Int: Int] = [:]

    init(world: BondWorld, book: BondBook) {
        self.world = world
        self.book = book
    }

    private func today() async throws -> CalendarDate { try await world.ledger.read { $0.businessDate } }

    private func isFrozen(_ member: Int, on day: CalendarDate) -> Bool {
        frozenUntil[member].map { $0 >= day } ?? false
    }

    private func member(_ trial: inout Trial) throws -> Int { try trial.draw(.element(of: BondWorld.holders)) }

    mutating func run(_ trial: inout Trial) async throws {
        for _ in 0..<3 { try await subscribe(&trial) }
        for _ in 0..<45 {
            switch try trial.number(0...14) {
            case 0, 1, 2: try await open(&trial)
            case 3, 4: try await subscribe(&trial)
            case 10: try await buyBack(&trial)
            case 11: try await instruct(&trial)
            case 5: try await transfer(&trial)
            case 6, 7: try await freeze(&trial)
            case 8, 9: try await pay(&trial)
            case 12: try await world.reopen(&trial)
            default: try await settle(&trial)
            }
            try await checkStandings(trial)
        }
        if try trial.draw(.bool) { try await runToMaturity(&trial) }
        try await world.end(&trial)
    }

    /// Days and payments until everything is paid.
    private mutating func runToMaturity(_ trial: inout Trial) async throws {
        for _ in 0..<60 where !book.payments.allSatisfy({ paid.contains($0.id) }) {
            try await open(&trial)
            // The principal before the interest of its day, now and then.
            if try trial.draw(.bool) { try await pay(first: book.payments.last, &trial) }
            try await pay(&trial)
            try await checkStandings(trial)
        }
        try await transfer(&trial)
    }

    private func require(
        _ answer: AuditWorld.Answer,
        _ expected: RejectionCode?,
        _ what: String,
        _ trial: Trial
    ) throws {
        try trial.require(
            answer.code == expected,
            "\(what): \(answer), by the book \(expected.map { $0.ruleID } ?? "done")"
        )
    }

    // MARK: Days

    private mutating func open(_ trial: inout Trial) async throws {
        let today = try await today()
        let days = try trial.draw(Generator<Int>.integer(in: 1...9))
        guard let next = today.adding(days: days) else { return }
        trial.note("open \(next)")
        let opening = Act.openBusinessDay(next, under: AuthorityReference(.operator))
        let seller = try member(&trial)
        let isTouched = try trial.draw(Generator<Int>.integer(in: 0...4)) == 0
        if isTouched, world.held[seller, default: 0] > 0, !isFrozen(seller, on: today) {
            // A movement of the bond first, in the same transaction.
            let buyer = seller == Cast.alice ? Cast.bob : Cast.alice
            let transfer = Transfer(asset: world.bond, recipient: world.account(buyer), units: 1)
            let plan = TransactionPlan(
                principals: [seller, Cast.ministry],
                operations: [Operation(.transfer(transfer)), Operation(opening, principal: 1)]
            )
            let state = try await world.ledger.read { $0 }
            let answer = try await world.world.answer(to: try plan.bytes(for: state, world.cast))
            let passes = book.payments.contains { today <= $0.record && $0.record < next }
            try require(answer, passes ? .holdingsChangedBefore : nil, "a day after a movement", trial)
            trial.label("refused holdingsChangedBefore", when: passes)
            if passes { return }
            world.held[seller, default: 0] -= 1
            world.held[buyer, default: 0] += 1
            return try await note(from: today, to: next, &trial)
        }
        try require(try await world.submit([opening]), nil, "a day", trial)
        try await note(from: today, to: next, &trial)
    }

    private mutating func note(from today: CalendarDate, to next: CalendarDate, _ trial: inout Trial) async throws {
        world.noteRecord(
            from: today,
            to: next,
            try await world.ledger.read { [bond = world.bond] in $0.dues(of: bond) }
        )
        for one in book.payments where !paid.contains(one.id) && today >= one.payment && today > one.record {
            let units = (world.recorded[one.record] ?? [:]).values.reduce(0, +)
            if units > 0, BondBook.defaultDate(one) <= next {
                defaults.insert(one.id)
                trial.label("default")
            }
        }
    }

    private func checkStandings(_ trial: Trial) async throws {
        let (dues, today) = try await world.ledger.read { [bond = world.bond] in ($0.dues(of: bond), $0.businessDate) }
        try trial.require(dues.map(\.due.id).sorted() == book.payments.map(\.id).sorted(), "other dues: \(dues)")
        for view in dues {
            guard let one = book.payment(view.due.id) else { continue }
            let isRight = view.due.recordDate == one.record && view.due.paymentDate == one.payment
            try trial.require(isRight, "\(one.id) is recorded \(view.due.recordDate), paid \(view.due.paymentDate)")
            let expected: LedgerState.DueView.Standing =
                paid.contains(one.id)
                ? .done
                : defaults.contains(one.id)
                    ? .inDefault : today <= one.record ? .ahead : today >= one.payment ? .payable : .recorded
            try trial.require(view.standing == expected, "\(one.id) is \(view.standing), by the book \(expected)")
        }
    }

    // MARK: Sales and freezes

    private mutating func subscribe(_ trial: inout Trial) async throws {
        let (today, buyer) = (try await today(), try member(&trial))
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 5...40)))
        let price = UInt128(try trial.draw(Generator<UInt64>.integer(in: 9_000...11_000)))
        guard let quote = BondDecimal("\(price / 100).\(price % 100 < 10 ? "0" : "")\(price % 100)") else { return }
        guard let cost = book.cost(units: units, price: price, on: today) else { return }
        let subscription = Subscription(asset: world.bond, buyer: 1, units: Quantity(units), at: .price(quote))
        let before = try await world.kip(buyer)
        let answer = try await world.submit(
            [.service(.subscribe(subscription), under: AuthorityReference(.issuer))],
            with: [buyer]
        )
        trial.note("\(buyer) subscribes \(units) at \(quote) on \(today): \(answer)")
        let expected: RejectionCode? =
            !BondBook.isSubscription(units) ? .sizeNotAdmitted : isFrozen(buyer, on: today) ? .accountFrozen : nil
        try require(answer, expected, "a subscription of \(units)", trial)
        guard expected == nil else { return }
        trial.label("sale")
        world.held[buyer, default: 0] += units
        let spent = before - (try await world.kip(buyer))
        try trial.require(spent == cost, "\(units) at \(quote) on \(today) cost \(spent), by the book \(cost)")
    }

    private mutating func buyBack(_ trial: inout Trial) async throws {
        let (today, seller) = (try await today(), try member(&trial))
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...20)))
        guard let quote = BondDecimal("99.50"), let cost = book.cost(units: units, price: 9_950, on: today) else {
            return
        }
        let purchase = BuyBack(asset: world.bond, seller: 1, units: Quantity(units), at: .price(quote))
        let before = try await world.kip(seller)
        let answer = try await world.submit(
            [.service(.buyBack(purchase), under: AuthorityReference(.issuer))],
            with: [seller]
        )
        let expected: RejectionCode? =
            units == 0
            ? .sizeNotAdmitted
            : isFrozen(seller, on: today)
                ? .accountFrozen : units > world.held[seller, default: 0] ? .insufficientUnits : nil
        try require(answer, expected, "a buyback of \(units)", trial)
        guard expected == nil else { return }
        world.held[seller, default: 0] -= units
        let earned = try await world.kip(seller) - before
        try trial.require(earned == cost, "\(units) bought back on \(today) for \(earned), by the book \(cost)")
    }

    private mutating func instruct(_ trial: inout Trial) async throws {
        let (today, member, other) = (try await today(), try member(&trial), try member(&trial))
        let act = Act.service(.instructPayment(PaymentInstruction(cashAccount: world.account(other))), under: nil)
        let expected: RejectionCode? = isFrozen(member, on: today) ? .accountFrozen : nil
        try require(try await world.submit([act], by: member), expected, "an instruction", trial)
        guard expected == nil else { return }
        trial.note("\(member) is paid to \(other)")
        instructed[member] = other
    }

    private func cannotBePaid(_ member: Int, on day: CalendarDate) -> Bool {
        isFrozen(member, on: day) || isFrozen(instructed[member] ?? member, on: day)
    }

    private mutating func transfer(_ trial: inout Trial) async throws {
        let (today, seller, buyer) = (try await today(), try member(&trial), try member(&trial))
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...30)))
        let transfer = Transfer(asset: world.bond, recipient: world.account(buyer), units: Quantity(units))
        let answer = try await world.submit([.transfer(transfer)], by: seller)
        let isClosed = book.payments.allSatisfy { paid.contains($0.id) }
        let expected: RejectionCode? =
            isClosed
            ? .assetClosed
            : isFrozen(seller, on: today)
                ? .accountFrozen
                : seller == buyer
                    ? .selfTransfer : units > world.held[seller, default: 0] ? .insufficientUnits : nil
        try require(answer, expected, "a transfer", trial)
        guard expected == nil else { return }
        world.held[seller, default: 0] -= units
        world.held[buyer, default: 0] += units
    }

    private mutating func freeze(_ trial: inout Trial) async throws {
        let (today, member) = (try await today(), try member(&trial))
        let days = try trial.draw(Generator<Int>.integer(in: 0...40))
        guard let order = OrderReference(reference: "freeze", documentDigest: .zero, legalBasis: .supervision),
            let last = today.adding(days: days)
        else { return }
        let freeze = Encumbering(
            target: .account(world.account(member)),
            kind: .freeze,
            amount: .zero,
            rank: 1,
            lastDate: last,
            order: order
        )
        let act = Act.encumber(freeze, under: AuthorityReference(.regulator))
        try require(try await world.submit([act], by: Cast.firstJudge), nil, "a freeze", trial)
        trial.note("\(member) is frozen until \(last)")
        frozenUntil[member] = max(frozenUntil[member] ?? last, last)
    }

    // MARK: Payments

    private mutating func pay(first wanted: BondBook.Payment? = nil, _ trial: inout Trial) async throws {
        let today = try await today()
        var one = try trial.draw(.element(of: book.payments))
        // Mostly the first that is not paid yet.
        if try trial.draw(Generator<Int>.integer(in: 0...3)) > 0 {
            one = book.payments.first { !paid.contains($0.id) } ?? one
        }
        one = wanted ?? one
        let isUnknown = try trial.draw(Generator<Int>.integer(in: 0...9)) == 0
        let id = isUnknown ? BondDue.ID(.coupon, one.record) : one.id
        let act = Act.service(
            .payDue(DuePayment(asset: world.bond, due: id, claimsAccount: world.account(BondWorld.claims))),
            under: AuthorityReference(.payingAgent)
        )
        let (treasury, payer) = (try await world.kip(BondWorld.treasury), try await world.kip(Cast.ministry))
        let answer = try await world.submit([act])
        trial.note("pay \(id) on \(today): \(answer)")
        let hasEarlier = book.payments.contains { $0.isCoupon && !paid.contains($0.id) }
        let expected: RejectionCode? =
            isUnknown
            ? .noSuchDue
            : paid.contains(id)
                ? .dueAlreadyPaid
                : today < one.payment || today <= one.record
                    ? .notYetDue : !one.isCoupon && hasEarlier ? .earlierDueUnpaid : nil
        try require(answer, expected, "paying \(id) on \(today)", trial)
        if let expected { trial.label("refused \(expected)") }
        guard case .committed(let receipt) = answer else { return }
        trial.label("paid")
        trial.label("late", when: today > one.payment)
        paid.insert(id)
        defaults.remove(id)
        let taxed = try await check(one, try await world.effects(of: receipt), today, &trial)
        let (treasuryNow, payerNow) = (try await world.kip(BondWorld.treasury), try await world.kip(Cast.ministry))
        try trial.require(treasuryNow - treasury == taxed.tax, "the treasury got \(treasuryNow - treasury)")
        try trial.require(payer - payerNow == taxed.declared, "\(payer - payerNow) were paid of \(taxed.declared)")
        if !one.isCoupon {
            trial.label("redeemed")
            for member in BondWorld.holders { world.held[member] = 0 }
            let outstanding = try await world.ledger.read { [bond = world.bond] in $0.asset(bond)?.outstanding }
            try trial.require(outstanding == .zero, "units outlive the redemption")
        }
    }

    /// Compares what was paid to each with the book.
    private mutating func check(
        _ one: BondBook.Payment,
        _ effects: [ServicingEffect],
        _ today: CalendarDate,
        _ trial: inout Trial
    ) async throws -> (declared: UInt128, tax: UInt128) {
        let record = world.recorded[one.record] ?? [:]
        let holders = BondWorld.holders.filter { record[$0, default: 0] > 0 }
        let weights = holders.map { record[$0, default: 0] }
        let declared = BondBook.declared(one, units: weights.reduce(0, +), on: today)
        let shares = weights.isEmpty ? [] : ModelSum.shares(of: declared, over: weights)
        var sum: UInt128 = 0
        for (member, gross) in zip(holders, shares) where gross > 0 {
            let tax = BondBook.tax(one, gross: gross, isForeign: member == Cast.foreigner)
            sum += tax
            let isClaim = cannotBePaid(member, on: today)
            let payee = isClaim ? member : instructed[member] ?? member
            if isClaim {
                openClaims[one.id, default: []].insert(member)
                trial.label("claim")
            }
            let found = effects.contains { effect in
                switch effect {
                case .duePaid(_, let due, let holder, _, let to, let amount, let withheld):
                    !isClaim && due == one.id && holder == world.account(member) && to == world.account(payee)
                        && amount.units == gross
                        && withheld.units == tax
                case .claimMade(_, let due, let holder, _, let to, let amount, let withheld):
                    isClaim && due == one.id && holder == world.account(member) && to == world.account(payee)
                        && amount.units == gross
                        && withheld.units == tax
                default: false
                }
            }
            try trial.require(found, "\(member) is owed \(gross) less \(tax), claim \(isClaim): \(effects)")
        }
        return (declared, sum)
    }

    private mutating func settle(_ trial: inout Trial) async throws {
        let today = try await today()
        if !openClaims.values.allSatisfy({ $0.isEmpty }) {
            // Nobody spends what is set aside.
            let all = try await world.kip(BondWorld.claims)
            let spending = Transfer(asset: world.cash, recipient: world.account(Cast.bob), units: Quantity(all))
            let answer = try await world.submit([.transfer(spending)], by: BondWorld.claims)
            try require(answer, all > 0 ? .unitsEncumbered : .zeroUnits, "spending what is set aside", trial)
        }
        guard let one = book.payments.first(where: { !(openClaims[$0.id] ?? []).isEmpty }) ?? book.payments.first else {
            return
        }
        let member = openClaims[one.id]?.min() ?? Cast.alice
        let hasClaim = openClaims[one.id]?.contains(member) ?? false
        let settlement = ClaimSettlement(asset: world.bond, due: one.id, account: world.account(member))
        let act = Act.service(.settleClaim(settlement), under: AuthorityReference(.payingAgent))
        let payee = instructed[member] ?? member
        let before = try await world.kip(payee)
        let answer = try await world.submit([act])
        let expected: RejectionCode? =
            !hasClaim ? .unknownClaim : cannotBePaid(member, on: today) ? .cashAccountBlocked : nil
        try require(answer, expected, "settling", trial)
        guard expected == nil else { return }
        openClaims[one.id]?.remove(member)
        try trial.require(try await world.kip(payee) > before, "a claim of nothing")
        try require(try await world.submit([act]), .unknownClaim, "settling again", trial)
    }
}
