import Tokenize

/// What the ledger shows of a bond, compared with the book.
extension OptionLife {
    func compare(_ trial: Trial) async throws {
        let state = try await world.ledger.read { $0 }
        try compareDues(state, trial)
        try trial.require(state.acceleration(of: world.bond) == book.acceleration, "another day of acceleration")
        try compareHoldings(state, trial)
        try compareClaims(state, trial)
    }

    private func compareDues(_ state: LedgerState, _ trial: Trial) throws {
        let (found, dues) = (state.dues(of: world.bond), book.dues)
        try trial.require(
            found.map(\.due.id) == dues.map(\.id),
            "dues \(found.map(\.due.id)), by the book \(dues.map(\.id))"
        )
        for (view, due) in zip(found, dues) {
            let isRight = view.due.recordDate == due.record && view.due.paymentDate == due.payment
            try trial.require(isRight, "\(due.id) is recorded \(view.due.recordDate), paid \(view.due.paymentDate)")
            let amount = try due.amount?.ratio()
            try trial.require(
                view.due.amount?.perUnit == amount,
                "\(due.id) pays \(view.due.amount.map { "\($0.perUnit)" } ?? "?"), by the book \(amount.map { "\($0)" } ?? "?")"
            )
            if let known = view.due.amount {
                let taxed = try due.taxed.ratio()
                try trial.require(known.taxedPart == taxed, "of \(due.id) \(known.taxedPart) is income, not \(taxed)")
            }
            let standing = standing(of: due)
            try trial.require(view.standing == standing, "\(due.id) is \(view.standing), by the book \(standing)")
            let (payment, record) = (view.payment, book.paid[due.id])
            try trial.require(
                payment?.declared.units == record?.declared && payment?.penalty.units == record?.penalty
                    && payment?.tax.units == record?.tax && payment?.claimed.units == record?.claimed
                    && payment?.date == record?.date,
                "\(due.id) was paid \(payment.map { "\($0)" } ?? "never"), by the book \(record.map { "\($0)" } ?? "never")"
            )
        }
    }

    func standing(of due: OptionBook.Due) -> LedgerState.DueView.Standing {
        if book.paid[due.id] != nil { return .done }
        if book.defaults.contains(due.id) { return .inDefault }
        guard book.today > due.record else { return .ahead }
        return book.today >= due.payment ? .payable : .recorded
    }

    private func compareHoldings(_ state: LedgerState, _ trial: Trial) throws {
        let points = state.recordDates(of: world.bond)
        try trial.require(points == book.points.keys.sorted(), "points \(points), by the book \(book.points.keys)")
        for holder in OptionWorld.holders {
            let account = world.account(holder.member)
            let holding = state.holding(asset: world.bond, account: account, partition: holder.partition)
            let (units, available) = (book.units(holder), book.available(holder))
            try trial.require(holding.units.units == units, "\(holder) holds \(holding.units), by the book \(units)")
            try trial.require(
                holding.available.units == available,
                "\(holding.available) of \(holder) are available, by the book \(available)"
            )
            let found = holding.encumbrances.map { BondWeight($0) }.filter { $0.lastDate >= book.today }
            let weights = (book.weights[holder] ?? []).filter { $0.lastDate >= book.today }
            try trial.require(found == weights, "on \(holder) weigh \(found), by the book \(weights)")
            for (date, point) in book.points {
                let recorded = state.units(
                    of: world.bond,
                    heldBy: account,
                    partition: holder.partition,
                    onRecord: date
                )
                let isRight = recorded?.units == point.units[holder] ?? 0
                try trial.require(isRight, "\(holder) is not recorded right on \(date)")
            }
        }
    }

    private func compareClaims(_ state: LedgerState, _ trial: Trial) throws {
        let found = state.claims()
        try trial.require(found.count == book.claims.count, "\(found.count) claims, by the book \(book.claims.count)")
        for view in found {
            let member = world.cast.index(of: view.account) ?? 0
            let claim = book.claims[.init(due: view.due, member: member, partition: view.partition)]
            try trial.require(
                view.asset == world.bond && view.amount.units == claim?.amount
                    && view.claimsAccount == world.account(OptionWorld.claims),
                "\(view), by the book \(claim.map { "\($0.amount)" } ?? "none")"
            )
        }
    }
}
