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
        let (day, holder) = (try optionDay(&trial), try trial.draw(.element(of: OptionWorld.holders)))
        let (held, available) = (book.units(holder), book.available(holder))
        var units = UInt128(try trial.number(0...12))
        if try trial.number(0...4) == 0 { units = available + UInt128(try trial.number(0...1)) }
        if held > available, try trial.number(0...1) == 0 { units = held }
        let notice = PutNotice(asset: world.bond, date: day, partition: holder.partition, units: Quantity(units))
        let answer = try await world.submit([.service(.givePutNotice(notice), under: nil)], by: holder.member)
        let expected: RejectionCode? =
            refusal(of: holder.member)
            ?? refusal(book.plan.put, on: day)
            ?? (book.puts[day]?[holder] != nil
                ? .alreadyNotified
                : units == 0 ? .zeroUnits : units > available ? .encumbranceExceedsUnits : nil)
        try require(answer, expected, "\(holder) puts \(units) on \(day)", &trial)
        trial.label("put of what is blocked", when: expected == .encumbranceExceedsUnits && units <= held)
        guard expected == nil else { return }
        let before = Set((book.weights[holder] ?? []).map(\.id))
        try await readWeights(holder)
        book.puts[day, default: [:]][holder] = units
        book.blocks[day, default: [:]][holder] = book.weights[holder]?.first { !before.contains($0.id) }?.id
        trial.label("put")
    }

    /// What nobody does with units of the bond: its end, a pause, a freeze of who acts.
    func refusal(of member: Int) -> RejectionCode? {
        book.isClosed
            ? .assetClosed : book.isBondPaused ? .assetPaused : book.isFrozen(member) ? .accountFrozen : nil
    }

    mutating func accelerate(_ trial: inout Trial) async throws {
        // Mostly those who may, once anybody may.
        var isOffice = try trial.draw(.bool)
        if case .holders = book.plan.acceleration, try trial.number(0...2) > 0 { isOffice = false }
        let isBond = try trial.number(0...9) < 9
        var members = OptionWorld.investors
        for _ in 0..<(try trial.number(0...2)) { members.removeLast() }
        if try trial.number(0...2) == 0 { members = [try trial.draw(.element(of: OptionWorld.investors))] }
        let act = Act.service(
            .accelerate(Acceleration(asset: isBond ? world.bond : world.cash)),
            under: isOffice ? AuthorityReference(.regulator) : nil
        )
        let answer =
            isOffice
            ? try await world.submit([act], by: Cast.firstJudge)
            : try await world.submit([act], by: members[0], with: Array(members.dropFirst()))
        let units = book.held.reduce(0) { $0 + (members.contains($1.key.member) ? $1.value : 0) }
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
                : book.defaults.allSatisfy { book.paid[$0] != nil }
                    ? .noEventOfDefault
                    : !isAllowed
                        ? .accelerationNotAllowed
                        : !isOffice && 100 * units < UInt128(OptionPlan.holdersPart) * all ? .notEnoughUnits : nil
        try require(answer, expected, "\(isOffice ? "the regulator" : "\(members)") accelerates", &trial)
        guard expected == nil else { return }
        book.acceleration = book.today
        trial.label("accelerated")
    }
}
