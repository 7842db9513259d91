import Tokenize

/// Notices, payments and accelerations.
extension OptionLife {
    /// An end of a period, or a day beside one.
    private func optionDay(_ trial: inout Trial) throws -> CalendarDate {
        let ends = book.plan.days.dropFirst()
        let ahead = ends.filter { $0 >= book.today }.prefix(3)
        var day = try trial.draw(.element(of: Array(ahead.isEmpty ? ends : ahead)))
        // Mostly the next one, of which the last day of notice may have passed.
        if let next = ahead.first, try trial.number(0...2) > 0 { day = next }
        if try trial.number(0...9) == 0 { day = day.adding(days: try trial.number(-1...1)) ?? day }
        return day
    }

    /// SRV-020 and SRV-021.
    private func refusal(_ option: OptionPlan.Option, on day: CalendarDate) -> RejectionCode? {
        guard let last = book.lastNotice(option, on: day), book.ends.contains(day), book.acceleration == nil else {
            return .noOption
        }
        return book.today > last ? .noticeTooLate : nil
    }

    mutating func call(_ trial: inout Trial) async throws {
        let day = try optionDay(&trial)
        let part = Int128(try trial.draw(.element(of: [25, 40, 50, 100, 100, 0, 101])))
        let notice = CallNotice(asset: world.bond, date: day, part: try OptionPlan.rate(part * 10_000))
        let act = Act.service(.giveCallNotice(notice), under: AuthorityReference(.issuer))
        let answer = try await world.submit([act])
        let isAllowed = part > 0 && part <= 100 && (part == 100 || book.plan.call.allowsPart)
        let isRecorded = book.today > book.record(day)
        let expected: RejectionCode? =
            book.isClosed
            ? .assetClosed
            : refusal(book.plan.call, on: day)
                ?? (isRecorded
                    ? .noticeTooLate : book.calls[day] != nil ? .alreadyNotified : isAllowed ? nil : .partNotAllowed)
        try require(answer, expected, "a call of \(part) % on \(day)", &trial)
        guard expected == nil else { return }
        book.calls[day] = part
        trial.label(part < 100 ? "called in part" : "called")
    }

    mutating func put(_ trial: inout Trial) async throws {
        let (day, member) = (try optionDay(&trial), try trial.draw(.element(of: OptionWorld.holders)))
        let (held, blocked) = (book.held[member] ?? 0, book.isClosed ? 0 : book.blocked(member))
        let available = held - blocked
        var units = UInt128(try trial.number(0...12))
        if try trial.number(0...4) == 0 { units = available + UInt128(try trial.number(0...1)) }
        if blocked > 0, try trial.number(0...1) == 0 { units = held }
        let notice = PutNotice(asset: world.bond, date: day, units: Quantity(units))
        let answer = try await world.submit([.service(.givePutNotice(notice), under: nil)], by: member)
        let expected: RejectionCode? =
            book.isClosed
            ? .assetClosed
            : refusal(book.plan.put, on: day)
                ?? (book.puts[day]?[member] != nil
                    ? .alreadyNotified
                    : units == 0 ? .zeroUnits : units > available ? .encumbranceExceedsUnits : nil)
        try require(answer, expected, "\(member) puts \(units) on \(day)", &trial)
        trial.label("put of what is blocked", when: expected == .encumbranceExceedsUnits && units <= held)
        guard expected == nil else { return }
        book.puts[day, default: [:]][member] = units
        trial.label("put")
    }

    /// A few units are promised to somebody for some days.
    mutating func pledge(_ trial: inout Trial) async throws {
        let member = try trial.draw(.element(of: OptionWorld.holders))
        let free = book.isClosed ? 0 : (book.held[member] ?? 0) - book.blocked(member)
        guard free > 0, let order = OrderReference(reference: "pledge", documentDigest: .zero),
            let lastDate = book.today.adding(days: try trial.number(0...40))
        else { return }
        let units = UInt128(try trial.number(1...Int(min(free, 9))))
        let pledge = Encumbering(
            target: .holding(asset: world.bond, account: world.account(member), partition: 0),
            kind: .pledge,
            amount: Quantity(units),
            rank: 5,
            lastDate: lastDate,
            order: order,
            beneficiary: world.account(OptionWorld.observer)
        )
        let answer = try await world.submit([.encumber(pledge, under: nil)], by: member)
        try require(answer, nil, "\(member) pledges \(units) through \(lastDate)", &trial)
        book.pledges.append((member, units, lastDate))
        trial.label("pledged")
    }

    mutating func pay(_ trial: inout Trial) async throws {
        let dues = book.dues
        guard let last = dues.last else { return }
        var due = dues.first { !book.paid.contains($0.id) } ?? last
        if try trial.number(0...2) == 0 { due = try trial.draw(.element(of: dues)) }
        if try trial.number(0...2) == 0 { due = dues.first { !book.paid.contains($0.id) && !$0.isCoupon } ?? due }
        // Units that were put, now and then after the next record day.
        if try trial.number(0...2) == 0 { due = dues.first { $0.isPut && !book.paid.contains($0.id) } ?? due }
        try await pay(due, &trial)
    }

    mutating func pay(_ due: OptionBook.Due, _ trial: inout Trial) async throws {
        let payment = DuePayment(asset: world.bond, due: due.id, claimsAccount: world.account(OptionWorld.claims))
        var before: [Int: UInt128] = [:]
        for member in OptionWorld.holders { before[member] = try await world.kip(member) }
        let payer = try await world.kip(Cast.ministry)
        let act = Act.service(.payDue(payment), under: AuthorityReference(.payingAgent))
        let answer = try await world.submit([act])
        let expected: RejectionCode? =
            book.paid.contains(due.id)
            ? .dueAlreadyPaid
            : !book.isPayable(due, on: book.today)
                ? .notYetDue : due.amount == nil ? .amountNotKnown : book.hasEarlier(due) ? .earlierDueUnpaid : nil
        try require(answer, expected, "paying \(due.id)", &trial)
        guard expected == nil, let total = book.total(due) else { return }
        let declared = UInt128(total + book.penalty(due, on: total))
        let owed = book.owed(due)
        let holders = OptionWorld.holders.filter { owed[$0] ?? 0 > 0 }
        let weights = holders.map { owed[$0] ?? 0 }
        let shares = weights.isEmpty ? [] : ModelSum.shares(of: declared, over: weights)
        for member in OptionWorld.holders {
            let share = holders.firstIndex(of: member).map { shares[$0] } ?? 0
            let got = try await world.kip(member) - (before[member] ?? 0)
            try trial.require(got == share, "\(due.id) paid \(got) to \(member), by the book \(share)")
        }
        let spent = payer - (try await world.kip(Cast.ministry))
        try trial.require(spent == declared, "\(due.id) cost \(spent), by the book \(declared)")
        book.pay(due)
        trial.label("put paid", when: due.isPut)
        let isLowered = book.points.values.contains { $0.principal != $0.units }
        trial.label("principal lowered", when: isLowered)
        if due.isPut, isLowered { try await world.reopen(&trial) }
        trial.label("acceleration paid", when: due.id.kind == .acceleration)
    }

    mutating func accelerate(_ trial: inout Trial) async throws {
        // Mostly those who may, once anybody may.
        var isOffice = try trial.draw(.bool)
        if case .holders = book.plan.acceleration, try trial.number(0...2) > 0 { isOffice = false }
        let isBond = try trial.number(0...9) < 9
        var members = OptionWorld.holders
        for _ in 0..<(try trial.number(0...2)) { members.removeLast() }
        if try trial.number(0...2) == 0 { members = [try trial.draw(.element(of: OptionWorld.holders))] }
        let act = Act.service(
            .accelerate(Acceleration(asset: isBond ? world.bond : world.cash)),
            under: isOffice ? AuthorityReference(.regulator) : nil
        )
        let answer =
            isOffice
            ? try await world.submit([act], by: Cast.firstJudge)
            : try await world.submit([act], by: members[0], with: Array(members.dropFirst()))
        let units = members.reduce(0) { $0 + (book.held[$1] ?? 0) }
        let all = book.held.values.reduce(0, +)
        let isAllowed =
            switch book.plan.acceleration {
            case .holders: !isOffice
            case .representative: isOffice
            case .automatic, .never: false
            }
        let expected: RejectionCode? =
            !isBond
            ? .notABond
            : book.acceleration != nil
                ? .alreadyAccelerated
                : book.defaults.allSatisfy { book.paid.contains($0) }
                    ? .noEventOfDefault
                    : !isAllowed
                        ? .accelerationNotAllowed
                        : !isOffice && 100 * units < UInt128(OptionPlan.holdersPart) * all ? .notEnoughUnits : nil
        try require(answer, expected, "\(isOffice ? "the regulator" : "\(members)") accelerates", &trial)
        guard expected == nil else { return }
        book.acceleration = book.today
        trial.label("accelerated")
    }

    mutating func transfer(_ trial: inout Trial) async throws {
        let seller = try trial.draw(.element(of: OptionWorld.holders))
        let buyer = seller == Cast.alice ? Cast.bob : Cast.alice
        let (held, blocked) = (book.held[seller] ?? 0, book.isClosed ? 0 : book.blocked(seller))
        var units = UInt128(try trial.number(1...9))
        if held > blocked, try trial.number(0...1) == 0 { units = held - blocked + UInt128(try trial.number(0...1)) }
        let transfer = Transfer(asset: world.bond, recipient: world.account(buyer), units: Quantity(units))
        let answer = try await world.submit([.transfer(transfer)], by: seller)
        let expected: RejectionCode? =
            book.isClosed
            ? .assetClosed : units > held ? .insufficientUnits : units > held - blocked ? .unitsEncumbered : nil
        try require(answer, expected, "\(seller) gives \(buyer) \(units)", &trial)
        guard expected == nil else { return }
        book.held[seller, default: 0] -= units
        book.held[buyer, default: 0] += units
    }

    /// A sale at par, of which the cost is worked out (BND-050, BND-051).
    mutating func subscribe(_ trial: inout Trial) async throws {
        let buyer = try trial.draw(.element(of: OptionWorld.holders))
        let units = UInt128(try trial.draw(.element(of: [10, 15, 25, 12, 5])))
        let sale = Subscription(asset: world.bond, buyer: 1, units: Quantity(units), at: .price(.hundred))
        let before = try await world.kip(buyer)
        let answer = try await world.submit(
            [.service(.subscribe(sale), under: AuthorityReference(.issuer))],
            with: [buyer]
        )
        let cost = book.cost(units)
        let isSize = units >= OptionPlan.minimum && (units - OptionPlan.minimum) % OptionPlan.increment == 0
        let expected: RejectionCode? =
            !isSize
            ? .sizeNotAdmitted
            : cost == nil
                ? .priceNotKnown
                : book.isClosed ? .assetClosed : book.owesRecordedPrincipal ? .earlierDueUnpaid : nil
        try require(answer, expected, "\(buyer) buys \(units)", &trial)
        guard expected == nil, let cost else { return }
        book.held[buyer, default: 0] += units
        let spent = before - (try await world.kip(buyer))
        try trial.require(spent == cost, "\(units) cost \(spent), by the book \(cost)")
    }
}
