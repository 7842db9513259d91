import Tokenize

/// Units that are sold, moved, taken and ended, and what is laid on them.
extension OptionLife {
    /// What weighs on a holding now: orders and encumbrances are the business of other properties.
    mutating func readWeights(_ holder: BondHolder) async throws {
        book.weights[holder] = try await world.weights(holder)
    }

    func order(_ reference: String, _ basis: LegalBasis?) throws -> OrderReference {
        guard let order = OrderReference(reference: reference, documentDigest: .zero, legalBasis: basis) else {
            throw AuditFailure(reason: "an order is malformed")
        }
        return order
    }

    /// A day so many days ahead.
    private func day(_ ahead: Int) -> CalendarDate { book.today.adding(days: ahead) ?? book.today }

    /// True if a point stands open of which principal is not paid.
    var hasRecordedPrincipal: Bool { book.owesRecordedPrincipal }

    // MARK: What weighs

    private func target(_ holder: BondHolder) -> EncumbranceTarget {
        .holding(asset: world.bond, account: world.account(holder.member), partition: holder.partition)
    }

    /// A few units are promised to somebody for some days.
    mutating func pledge(_ trial: inout Trial) async throws {
        let holder = try trial.draw(.element(of: OptionWorld.holders))
        let free = book.isClosed ? 0 : book.available(holder)
        guard free > 0 else { return }
        let units = UInt128(try trial.number(1...Int(min(free, 30))))
        let lastDate = day(try trial.number(0...40))
        let pledge = Encumbering(
            target: target(holder),
            kind: try trial.number(0...2) == 0 ? .hold : .pledge,
            amount: Quantity(units),
            rank: 5,
            lastDate: lastDate,
            order: try order("pledge", nil),
            beneficiary: world.account(OptionWorld.pledgee)
        )
        let answer = try await world.submit([.encumber(pledge, under: nil)], by: holder.member)
        let expected: RejectionCode? = book.isFrozen(holder.member) ? .accountFrozen : nil
        try require(answer, expected, "\(holder) pledges \(units) through \(lastDate)", &trial)
        guard expected == nil else { return }
        try await readWeights(holder)
        trial.label("pledged")
    }

    /// A lien or a freeze of some units, or of more than there are.
    mutating func attach(_ trial: inout Trial) async throws {
        // Mostly on a holding of which units are put: what stays may have no room for it.
        let putting = book.puts.values.flatMap { $0.filter { $0.value > 0 }.keys }.sorted()
        let isPutting = try !putting.isEmpty && trial.number(0...3) > 0
        let holder = try trial.draw(.element(of: isPutting ? putting : OptionWorld.holders))
        let held = book.units(holder)
        guard !book.isClosed, held > 0 else { return }
        let isLien = try trial.draw(.bool)
        let some = UInt128(try trial.number(1...Int(held)))
        let amount = try trial.draw(.element(of: [some, held, isLien ? some : held + 5, isLien ? some : .max]))
        let weight = Encumbering(
            target: target(holder),
            kind: isLien ? .lien : .freeze,
            amount: Quantity(amount),
            rank: 10,
            lastDate: day(try trial.number(0...40)),
            order: try order("levy", .judgment)
        )
        let answer = try await world.submit(
            [.encumber(weight, under: AuthorityReference(.regulator))],
            by: Cast.firstJudge
        )
        try require(answer, nil, "\(isLien ? "a lien" : "a freeze") of \(amount) on \(holder)", &trial)
        try await readWeights(holder)
    }

    /// Somebody is frozen, or the bond or its cash is paused, for a few days.
    mutating func stop(_ trial: inout Trial) async throws {
        let last = day(try trial.number(0...7))
        let members = OptionWorld.members + [OptionWorld.observer]
        let member = try trial.draw(.element(of: members))
        let target: EncumbranceTarget
        switch try trial.number(0...6) {
        case 0:
            guard !book.isClosed else { return }
            target = .asset(world.bond)
            book.bondPause = max(book.bondPause ?? last, last)
        case 1:
            target = .asset(world.cash)
            book.cashPause = max(book.cashPause ?? last, last)
        case let draw:
            let isAccount = draw < 4
            target = isAccount ? .account(world.account(member)) : .party(world.cast.members[member].opening.party)
            book.frozen[member] = max(book.frozen[member] ?? last, last)
        }
        try await lay(target, through: last, &trial)
    }

    /// Somebody's account is frozen.
    mutating func freeze(_ member: Int, through last: CalendarDate, _ trial: inout Trial) async throws {
        book.frozen[member] = max(book.frozen[member] ?? last, last)
        try await lay(.account(world.account(member)), through: last, &trial)
    }

    private func lay(_ target: EncumbranceTarget, through last: CalendarDate, _ trial: inout Trial) async throws {
        let freeze = Encumbering(
            target: target,
            kind: .freeze,
            amount: .zero,
            rank: 10,
            lastDate: last,
            order: try order("freeze", .judgment)
        )
        let answer = try await world.submit(
            [.encumber(freeze, under: AuthorityReference(.regulator))],
            by: Cast.firstJudge
        )
        try require(answer, nil, "a freeze of \(target) through \(last)", &trial)
    }

    // MARK: What moves

    /// Units of a holding: a few, all that is free, or one more.
    func some(of holder: BondHolder, _ trial: inout Trial) throws -> UInt128 {
        if try trial.number(0...2) > 0 { return UInt128(try trial.number(1...9)) }
        return book.available(holder) + UInt128(try trial.number(0...1))
    }

    mutating func transfer(_ trial: inout Trial) async throws {
        let seller = try trial.draw(.element(of: OptionWorld.holders))
        let others = OptionWorld.investors.filter { $0 != seller.member }
        let buyer = BondHolder(try trial.draw(.element(of: others)), seller.partition)
        // The books have one part of all holders but the foreigner.
        guard OptionWorld.holders.contains(buyer) else { return }
        let units = try some(of: seller, &trial)
        let transfer = Transfer(
            asset: world.bond,
            recipient: world.account(buyer.member),
            partition: seller.partition,
            units: Quantity(units)
        )
        let answer = try await world.submit([.transfer(transfer)], by: seller.member)
        let expected = refusal(of: seller.member) ?? book.taking(units, from: seller)
        try require(answer, expected, "\(seller) gives \(buyer) \(units)", &trial)
        guard expected == nil else { return }
        book.held[seller, default: 0] -= units
        book.held[buyer, default: 0] += units
    }

    /// The court takes units and gives them to somebody, or ends them; mostly between a record day and its payment.
    mutating func takeByOrder(_ trial: inout Trial) async throws {
        let source = try trial.draw(.element(of: OptionWorld.holders))
        guard try hasRecordedPrincipal || trial.number(0...2) == 0 else { return try await open(&trial) }
        let targets = OptionWorld.holders.filter { $0.partition == source.partition && $0.member != source.member }
        let target = try targets.isEmpty ? nil : trial.draw(.element(of: targets))
        // A few, all, or all but what encumbrances that stay then have no room on.
        let (few, held) = (UInt128(try trial.number(1...30)), book.units(source))
        let units = try trial.draw(.element(of: [few, max(held, 1), held - min(held, 3)]))
        let (court, judges) = (AuthorityReference(.court), [Cast.firstJudge, Cast.secondJudge])
        var act = Act.control(
            .forceRedeem(
                Taking(
                    asset: world.bond,
                    from: world.account(source.member),
                    partition: source.partition,
                    units: Quantity(units),
                    rank: 1,
                    lastDate: book.today,
                    order: try order("judgment", .judgment)
                )
            ),
            under: court
        )
        let isMove = try target != nil && trial.number(0...2) > 0
        if let target, isMove {
            act = .forceTransfer(
                ForcedTransfer(
                    asset: world.bond,
                    from: world.account(source.member),
                    to: world.account(target.member),
                    partition: source.partition,
                    units: Quantity(units),
                    rank: 1,
                    lastDate: book.today,
                    order: try order("judgment", .judgment)
                ),
                under: court
            )
        }
        let answer = try await world.submit([act], by: judges[0], with: [judges[1]])
        let expected: RejectionCode? =
            book.isClosed
            ? .assetClosed : units == 0 ? .zeroUnits : units > book.units(source) ? .insufficientUnits : nil
        let what = isMove ? "goes to \(target.map { "\($0)" } ?? "")" : "ends"
        try require(answer, expected, "by order \(units) of \(source) \(what)", &trial)
        guard expected == nil else { return }
        trial.label(isMove ? "ordered after record" : "ended by order after record", when: hasRecordedPrincipal)
        try await readWeights(source)
        if let target, isMove {
            book.moveByOrder(units, from: source, to: target)
            try await readWeights(target)
        } else {
            book.endByOrder(units, of: source)
        }
    }

    /// Units go out of being: the issuer's own, or a holder's with its consent.
    mutating func endUnits(_ trial: inout Trial) async throws {
        let holder = try trial.draw(.element(of: OptionWorld.holders))
        guard try hasRecordedPrincipal || trial.number(0...2) == 0 else { return try await open(&trial) }
        let units = try some(of: holder, &trial)
        let issuer = AuthorityReference(.issuer)
        let isOwn = holder.member == Cast.ministry
        let act: Act =
            isOwn
            ? .cancelUnits(
                Cancellation(asset: world.bond, partition: holder.partition, units: Quantity(units)),
                under: issuer
            )
            : .redeem(
                Redemption(asset: world.bond, holder: 1, partition: holder.partition, units: Quantity(units)),
                under: issuer
            )
        let answer = try await world.submit([act], with: isOwn ? [] : [holder.member])
        let expected = refusal(of: holder.member) ?? book.taking(units, from: holder)
        try require(answer, expected, "\(units) of \(holder) end", &trial)
        guard expected == nil else { return }
        trial.label("ended after record", when: hasRecordedPrincipal)
        book.end(units, of: holder)
    }

    /// A final redemption is not for a bond that its dues repay (13.4.6, 5.10.2).
    mutating func redeemAll(_ trial: inout Trial) async throws {
        let redemption = FinalRedemption(
            asset: world.bond,
            cash: world.cash,
            amountPerUnit: Quantity(UInt128(OptionPlan.face)),
            order: try order("redemption", nil)
        )
        let answer = try await world.submit([.redeemAll(redemption, under: AuthorityReference(.payingAgent))])
        let maturity = book.plan.days.last ?? book.today
        let expected: RejectionCode =
            book.isClosed
            ? .assetClosed
            : book.isBondPaused || book.isCashPaused
                ? .assetPaused : book.today < maturity ? .beforeMaturity : .amountContradictsTerms
        try require(answer, expected, "a final redemption", &trial)
        trial.label(
            "early redemption after acceleration",
            when: expected == .beforeMaturity && book.acceleration != nil
        )
    }
}
