import Tokenize

/// What is withheld from a payment, with numbers of any size.
enum TaxProperties {
    static let all = [AuditCatalogue.Entry(withholding, usualCaseCount: 400)]

    static let withholding = Property(
        "PRP-058",
        "What is withheld is gross times taxed part times rate, rounded once as the rule says, to the last unit of 128 bits.",
        coverage: [
            .init("half", perMille: 15), .init("beyond 64 bits", perMille: 200), .init("taken whole", perMille: 10),
        ]
    ) { trial in
        let bits = try trial.number(0...127)
        let gross = try trial.draw(Generator<UInt128>.integer(in: 0...(UInt128.max >> UInt128(127 - bits))))
        let whole = UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...60_000)))
        var part = UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...UInt64(whole))))
        if try trial.number(0...2) == 0 { part = whole }
        let rates: [UInt128] = [0, 1, 73_500_000_000, BondPlan.one / 4, BondPlan.one / 2, BondPlan.one]
        var rate = try trial.draw(.element(of: rates))
        if try trial.number(0...2) == 0 {
            rate = UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...UInt64(BondPlan.one))))
        }
        let taxedPart = try Ratio(numerator: part, denominator: whole)
        // Only a half is not the same rounded up and rounded down.
        let byHand = HandRounding([gross, part, rate], over: whole * BondPlan.one)
        trial.label("half", when: byHand.rounded(.halfUp) != byHand.rounded(.halfDown))
        trial.label("beyond 64 bits", when: byHand.rounded(.floor) >> 64 > 0)
        trial.label("taken whole", when: gross > 0 && byHand.rounded(.floor) == gross)
        let holder = HolderClass.foreignPerson
        // Another class has another rate.
        let taxes = try HolderClass.allCases.map { holderClass in
            TaxRule.Rate(holderClass, try BondPlan.decimal(holderClass == holder ? rate : BondPlan.one - rate))
        }
        for rounding in Rounding.allCases {
            let rule = TaxRule(rates: taxes, income: .all, classDate: .recordDate, rounding: rounding, treasury: nil)
            let found = try rule.withholding(from: Quantity(gross), taxedPart: taxedPart, holder)
            let tax = byHand.rounded(rounding)
            let text = "\(gross) * \(part)/\(whole) * \(rate) \(rounding)"
            try trial.require(found.tax.units == tax, "\(text) is \(found.tax), by hand \(tax)")
            try trial.require(found.gross.units == gross && found.net.units == gross - tax, "\(text): net \(found.net)")
        }
    }
}
