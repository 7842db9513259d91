/// The steps of exotic amortisers, which are written as lists side by side. A single text is a list of one.
extension TermReader {
    mutating func redemptionSteps() -> [RedemptionStep] {
        let (anchors, cycles) = steps("PrincipalRedemption")
        let amountTerm = "arrayNextPrincipalRedemptionPayment"
        let directionTerm = "arrayIncreaseDecrease"
        let amounts = values(amountTerm, TermReader.numberForm) { try? Ratio(decimal: $0) }
        let directions = values(directionTerm, "INC or DEC") { ["INC": true, "DEC": false][$0] }
        guard !anchors.isEmpty,
            let amounts = spread(amounts, over: anchors.count, amountTerm),
            let directions = spread(directions, over: anchors.count, directionTerm)
        else { return [] }
        for amount in amounts where amount.sign < 0 {
            contradiction(amountTerm, reason: "\(amount) is negative, its direction is \(directionTerm)")
        }
        return anchors.indices.map { index in
            RedemptionStep(
                anchor: anchors[index],
                cycle: cycles[index],
                amount: amounts[index],
                isIncrease: directions[index]
            )
        }
    }

    mutating func interestSteps() -> [InterestStep] {
        let (anchors, cycles) = steps("InterestPayment")
        return zip(anchors, cycles).map { InterestStep(anchor: $0, cycle: $1) }
    }

    mutating func rateSteps() -> [RateStep] {
        let (anchors, cycles) = steps("RateReset")
        let rates = values("arrayRate", TermReader.numberForm) { try? Ratio(decimal: $0) }
        let kinds = values("arrayFixedVariable", "FIX or VAR") {
            ["FIX": true, "F": true, "VAR": false, "V": false][$0]
        }
        guard !anchors.isEmpty,
            let rates = spread(rates, over: anchors.count, "arrayRate"),
            let kinds = spread(kinds, over: anchors.count, "arrayFixedVariable")
        else { return [] }
        return anchors.indices.map { index in
            RateStep(anchor: anchors[index], cycle: cycles[index], rate: rates[index], isFixed: kinds[index])
        }
    }

    /// Anchors, and a cycle or none for each.
    private mutating func steps(_ thing: String) -> ([ContractTime], [ContractCycle?]) {
        let (anchorTerm, cycleTerm) = ("arrayCycleAnchorDateOf\(thing)", "arrayCycleOf\(thing)")
        let anchors = values(anchorTerm, TermReader.timeForm) { ContractTime($0) }
        let cycles = values(cycleTerm, TermReader.cycleForm) { ContractCycle($0) }
        if zip(anchors, anchors.dropFirst()).contains(where: { $0 >= $1 }) {
            contradiction(anchorTerm, reason: "the dates do not ascend")
        }
        if cycles.isEmpty { return (anchors, Array(repeating: nil, count: anchors.count)) }
        guard let cycles = spread(cycles, over: anchors.count, cycleTerm) else { return ([], []) }
        return (anchors, cycles.map { $0 })
    }

    /// A value for each of `count` steps: as many as there are steps, or one for all.
    private mutating func spread<Value>(_ values: [Value], over count: Int, _ term: String) -> [Value]? {
        if values.count == count { return values }
        guard values.count == 1, let value = values.first, count > 0 else {
            contradiction(term, reason: "\(values.count) values for \(count) anchor dates")
            return nil
        }
        return Array(repeating: value, count: count)
    }
}
