import Tokenize

/// What a term sheet says, for people.
enum TermTable {
    static func table(_ scenario: BondScenario, _ terms: BondTerms) -> Table {
        let currency = scenario.common.currency
        let sheet = scenario.sheet
        let denomination = terms.denomination
        var table = Table("", "")
        table.add("bond", "\(scenario.name), ISIN \(sheet.identification.value)")
        table.add("term sheet", "\(sheet.file), calendar \(terms.calendar.name) \(terms.calendar.version)")
        table.add(
            "units",
            """
            \(Amounts.grouped(scenario.units)) of \(currency.text(terms.faceUnit)); at least \
            \(Amounts.grouped(denomination.minimumSubscription)), by \(Amounts.grouped(denomination.increment)); lots of \
            \(Amounts.grouped(denomination.lot))
            """
        )
        table.add("interest", "\(interest(terms)), counted \(name(of: terms.dayCount))")
        table.add(
            "life",
            "\(terms.issueDate) to \(sheet.maturityDate), \(Amounts.count(sheet.payments.count, "payment"))"
        )
        if let first = sheet.payments.first {
            let ex = first.exDate.map { ", ex from \($0)" } ?? ""
            table.add("the first", "holders of \(first.recordDate)\(ex), paid on \(first.paymentDate)")
        }
        table.add("withheld", "\(withholding(terms.tax))")
        return table
    }

    /// Day counts as ISDA and ICMA write them.
    private static func name(of dayCount: DayCount) -> String {
        switch dayCount {
        case .actual360: "Act/360"
        case .actual365Fixed: "Act/365F"
        case .actualActualISDA: "Act/Act ISDA"
        case .actualActualICMA: "Act/Act ICMA"
        case .thirty360US: "30/360 US"
        case .thirty360BondBasis: "30/360"
        case .thirtyE360: "30E/360"
        case .thirtyE360ISDA: "30E/360 ISDA"
        case .twentyEightE336: "28E/336"
        case .business252: "Business/252"
        }
    }

    private static func interest(_ terms: BondTerms) -> String {
        let every = terms.periods?.tenor.months.map { " every \(Amounts.count($0, "month"))" } ?? ""
        return switch terms.interest {
        case .none: "none"
        case .fixed(let rate): "\(percent(rate)) a year" + every
        case .stepped(let steps): "stepped, from \(steps.first.map { percent($0.rate) } ?? "")" + every
        case .floating: "floating" + every
        }
    }

    /// Rates with the classes that pay them, the highest first.
    private static func withholding(_ tax: TaxRule) -> String {
        let rates = Set(tax.rates.map(\.rate)).sorted(by: >)
        let parts = rates.map { rate in
            let classes = tax.rates.filter { $0.rate == rate }.map { Attempt.words("\($0.holderClass)") }
            return "\(percent(rate)) of \(classes.joined(separator: ", "))"
        }
        return parts.joined(separator: "; ")
    }

    /// `0.069` as `6.9%`.
    static func percent(_ rate: BondDecimal) -> String {
        let scaled = rate.units.multipliedReportingOverflow(by: 100)
        return (scaled.overflow ? nil : BondDecimal(units: scaled.partialValue)).map { "\($0)%" } ?? "\(rate)"
    }
}
