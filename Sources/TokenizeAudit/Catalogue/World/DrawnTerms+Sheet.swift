import Tokenize

/// The engine's terms that say what was drawn.
extension DrawnTerms {
    func sheet(cash: AssetID, observer: AccountID, treasury: AccountID) throws -> BondTermSheet {
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(
            faceUnit: Quantity(UInt128(Self.face)),
            minimumSubscription: 10,
            increment: 5,
            lot: 2
        )
        sheet.issueDate = try issue.date()
        if repayment != .perpetual {
            sheet.maturityDate = try ends.last?.date()
            sheet.redemptionPrice = try Self.price(price)
        }
        sheet.interest = try interestTerms(observer)
        if hasPeriods { sheet.periods = try periodTerms() }
        sheet.dayCount = dayCount
        sheet.repayment = try repaymentTerms()
        sheet.indexation = try index.map { try indexTerms($0, observer) }
        if let call { sheet.calls = try option(at: call.place, callPrice, allowsPart: true) }
        if let put { sheet.puts = try option(at: put, putPrice, allowsPart: false) }
        sheet.calendar = CalendarReference(known)
        sheet.businessDays = conventions.payment
        sheet.recordDate = record.terms
        sheet.exDate = ex.map { .before($0.terms) } ?? BondExDate.none
        sheet.rounding = BondRounding(unit: unit.map { .decimals($0.decimals, $0.rounding) } ?? .exact, total: total)
        sheet.tax = try taxTerms(treasury)
        sheet.defaults = BondDefaultTerms(
            interestGrace: interestGrace.terms,
            principalGrace: principalGrace.terms,
            acceleration: .none,
            penaltyRate: try Self.rate(90),
            penaltyDayCount: penaltyCount
        )
        sheet.pledgedIncome = .pledgor
        return sheet
    }

    private func interestTerms(_ observer: AccountID) throws -> BondInterest {
        switch interest {
        case .none: return .none
        case .fixed(let rate): return .fixed(try Self.rate(rate))
        case .stepped(let rates):
            return .stepped(
                try zip(periods.dates, rates).map { BondRateStep(start: try $0.date(), rate: try Self.rate($1)) }
            )
        case .floating(let inAdvance, let lag):
            return .floating(
                FloatingRate(
                    reference: Self.reference,
                    observer: observer,
                    margin: try Self.rate(Self.margin),
                    floor: .zero,
                    cap: nil,
                    timing: inAdvance ? .advance : .arrears,
                    lagBusinessDays: lag,
                    fallbacks: [.rate(try Self.rate(77))]
                )
            )
        }
    }

    private func periodTerms() throws -> BondPeriods {
        guard let tenor = Period(periods.months, .month) else { throw AuditFailure(reason: "a tenor is malformed") }
        return BondPeriods(
            start: try periods.dates[0].date(),
            tenor: tenor,
            direction: periods.isBackward ? .backward : .forward,
            endOfMonth: periods.endOfMonth,
            firstEnd: try periods.firstEnd?.date(),
            lastStart: try periods.lastStart?.date(),
            stub: periods.isLong ? .long : .short,
            accrual: conventions.accrual,
            capitalisesThrough: try capitalisesThrough.map { try ends[$0].date() }
        )
    }

    private func repaymentTerms() throws -> BondRepayment {
        switch repayment {
        case .bullet: .bullet
        case .perpetual: .perpetual
        case .linear(let place): .linear(first: try ends[place].date())
        case .level(let place): .level(first: try ends[place].date())
        case .instalments(let parts):
            .instalments(
                try parts.sorted { $0.key < $1.key }.map {
                    BondInstalment(date: try ends[$0.key].date(), part: try Self.rate($0.value * 10))
                }
            )
        }
    }

    private func indexTerms(_ index: Index, _ observer: AccountID) throws -> BondIndexation {
        BondIndexation(
            index: Self.indexName,
            observer: observer,
            base: try Self.rate(Self.base * 100),
            lagMonths: index.lag,
            interpolation: index.isDaily ? .daily : .monthly,
            decimals: index.decimals,
            rounding: index.rounding,
            floor: index.floor,
            fallback: .latest
        )
    }

    private func option(at place: Int, _ price: Int128, allowsPart: Bool) throws -> BondOptionPlan {
        BondOptionPlan(
            days: [.init(date: try ends[place].date(), price: try Self.price(price))],
            continues: true,
            noticeBusinessDays: 0,
            allowsPart: allowsPart
        )
    }

    private func taxTerms(_ treasury: AccountID) throws -> TaxRule {
        guard !income.isEmpty else { return .untaxed }
        return TaxRule(
            rates: try HolderClass.allCases.map { .init($0, try Self.rate(73)) },
            income: income,
            classDate: .recordDate,
            rounding: total,
            treasury: treasury
        )
    }

    /// Values of the index that were reported, with the first days of their months.
    func indexValues() -> [(month: HandDate, value: Int128)] {
        let first = HandDate(year: periods.dates[0].year, month: periods.dates[0].month, day: 1)
        return (index?.values ?? []).enumerated().compactMap { place, value in
            value.map { (first.adding(months: place - Self.monthsBack), $0) }
        }
    }

    /// A number of terms from parts of a thousand.
    static func rate(_ parts: Int128) throws -> BondDecimal {
        guard let rate = BondDecimal(units: Int64(parts) * 1_000_000_000) else {
            throw AuditFailure(reason: "a rate is out of range")
        }
        return rate
    }

    private static func price(_ parts: Int128) throws -> BondDecimal { try rate(parts * 10) }
}

extension DrawnTerms.Offset {
    var terms: BondDayOffset { convention.map { .calendarDays(count, $0) } ?? .businessDays(count) }
}

extension DrawnTerms: CustomStringConvertible {
    var description: String {
        "\(repayment), \(interest) by \(dayCount), \(periods), issue \(issue), \(conventions), record \(record), "
            + "ex \(ex.map { "\($0)" } ?? "none"), unit \(unit.map { "\($0)" } ?? "exact"), call \(call.map { "\($0)" } ?? "none"), "
            + "put \(put.map { "\($0)" } ?? "none"), capitalises \(capitalisesThrough.map { "\($0)" } ?? "nothing"), "
            + "index \(index.map { "\($0.lag) \($0.isDaily) \($0.decimals) \($0.rounding) \($0.floor)" } ?? "none"), income \(income)"
    }
}
