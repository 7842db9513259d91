import Tokenize

/// A bond with all that it pays, its accrued interest, and its price and yield on one settlement date.
enum BondCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        let cashFlows = try BondCashFlows(bond(data))
        var comparison = Comparison()
        let settlement = try settlementDate(data)
        comparison.expect("settlementDate", settlement, try data.date("settlementDate"))
        try compareFlows(cashFlows, data, &comparison)
        try compareAccrued(cashFlows, settlement, data, &comparison)
        let yieldData = try data.object("yieldConvention")
        let flows = try StreetFlows(cashFlows, settlement: settlement, convention: convention(yieldData))
        try comparePrices(flows, data, &comparison)
        return comparison.differences
    }

    private static func bond(_ data: CaseReader) throws -> BondStructure {
        var bond = BondStructure(
            issue: try data.date("issue"),
            maturity: try data.date("maturity"),
            tenor: try data.tenor("tenorMonths"),
            couponRates: try data.ratios("coupons"),
            dayCount: try data.dayCount("accrualDayCount")
        )
        bond.notionals = data.has("notionals") ? try data.ratios("notionals") : [try data.ratio("face")]
        if data.has("redemption") { bond.redemption = try data.ratio("redemption") }
        bond.direction = try data.direction("rule")
        bond.endOfMonth = try data.truth("endOfMonth")
        bond.firstCoupon = try data.optionalDate("firstDate")
        bond.nextToLastCoupon = try data.optionalDate("nextToLastDate")
        bond.calendar = try data.calendar()
        bond.accrualConvention = try data.convention("scheduleConvention")
        bond.paymentConvention = try data.convention("paymentConvention")
        if data.has("exCoupon") {
            let period = try data.object("exCoupon")
            // A period in the calendar of no holidays is one of calendar days.
            let calendar = try period.text("calendar") == "NONE" ? nil : period.calendar()
            bond.exCoupon = try ExCoupon(days: period.integer("days"), calendar: calendar)
        }
        return bond
    }

    /// So many business days after the trade, and not before the issue.
    private static func settlementDate(_ data: CaseReader) throws -> CalendarDate {
        let date = try data.calendar().advance(data.date("tradeDate"), businessDays: data.integer("settlementDays"))
        return max(date, try data.date("issue"))
    }

    private static func convention(_ data: CaseReader) throws -> YieldConvention {
        let compounding: YieldConvention.Compounding =
            switch try data.text("compounding") {
            case "SIMPLE": .simple
            case "COMPOUNDED": .compounded
            case "SIMPLE_THEN_COMPOUNDED": .simpleThenCompounded
            case let other: throw DemoFailure("no compounding is called '\(other)'")
            }
        return try YieldConvention(
            compounding,
            frequency: data.integer("frequency"),
            dayCount: data.has("dayCount") ? data.dayCount("dayCount") : nil
        )
    }

    private static func compareFlows(
        _ cashFlows: BondCashFlows,
        _ data: CaseReader,
        _ comparison: inout Comparison
    ) throws {
        let expected = try data.objects("flows")
        let interest = try expected.filter { try $0.text("type") == "INTEREST" }
        let principal = try expected.filter { try $0.text("type") == "PRINCIPAL" }
        comparison.expect("flows", interest.count + principal.count, expected.count)
        comparison.expect("coupons", cashFlows.coupons.count, interest.count)
        comparison.expect("redemptions", cashFlows.redemptions.count, principal.count)
        for (index, (coupon, flow)) in zip(cashFlows.coupons, interest).enumerated() {
            try compare(coupon, flow, "coupon \(index + 1)", &comparison)
        }
        for (index, (redemption, flow)) in zip(cashFlows.redemptions, principal).enumerated() {
            let name = "redemption \(index + 1)"
            comparison.expect("payment of \(name)", redemption.payment, try flow.date("payment"))
            try comparison.expectAmount(name, redemption.amount, flow)
        }
    }

    private static func compare(
        _ coupon: BondCashFlows.Coupon,
        _ flow: CaseReader,
        _ name: String,
        _ comparison: inout Comparison
    ) throws {
        comparison.expect("payment of \(name)", coupon.payment, try flow.date("payment"))
        comparison.expect("start of \(name)", coupon.start, try flow.date("accrualStart"))
        comparison.expect("end of \(name)", coupon.end, try flow.date("accrualEnd"))
        comparison.expect(
            "reference start of \(name)",
            coupon.context.reference?.start,
            try flow.optionalDate("refStart")
        )
        comparison.expect("reference end of \(name)", coupon.context.reference?.end, try flow.optionalDate("refEnd"))
        comparison.expect("rate of \(name)", coupon.rate, try flow.ratio("rate"))
        comparison.expect("nominal of \(name)", coupon.nominal, try flow.ratio("nominal"))
        comparison.expect("ex date of \(name)", coupon.exDate, try flow.optionalDate("exCouponDate"))
        try comparison.expectAmount(name, coupon.amount, flow)
    }

    private static func compareAccrued(
        _ cashFlows: BondCashFlows,
        _ settlement: CalendarDate,
        _ data: CaseReader,
        _ comparison: inout Comparison
    ) throws {
        for (name, accrued) in [
            ("accrued", try cashFlows.accrued(on: settlement)),
            ("streetAccrued", try cashFlows.streetAccrued(on: settlement)),
        ] {
            comparison.expect(
                name,
                accrued.doubleValue,
                try data.double(name),
                within: Tolerance.amountPer100
            )
            if data.has(name + "Exact") { comparison.expect(name + "Exact", accrued, try data.ratio(name + "Exact")) }
        }
    }

    private static func comparePrices(
        _ flows: StreetFlows,
        _ data: CaseReader,
        _ comparison: inout Comparison
    ) throws {
        let analytics = BondAnalytics(flows)
        let expected = try data.object("priceFromYield")
        let yield = try expected.double("yield")
        let (clean, dirty) = (try expected.double("clean"), try expected.double("dirty"))
        let (tolerance, found) = (Tolerance.amountPer100, analytics)
        comparison.expect("clean price", found.cleanPrice(yield: yield), clean, within: tolerance)
        comparison.expect("dirty price", found.dirtyPrice(yield: yield), dirty, within: tolerance)
        // The price that may enter state must agree with the one for people.
        if let rate = try? YieldRate(expected.text("yield")) {
            let price = try BondPrice(flows, yield: rate)
            comparison.expect("exact clean price", price.clean.doubleValue, clean, within: tolerance)
            comparison.expect("exact dirty price", price.dirty.doubleValue, dirty, within: tolerance)
        }
        for (name, value) in [
            ("macaulayDuration", analytics.macaulayDuration(yield: yield)),
            ("modifiedDuration", analytics.modifiedDuration(yield: yield)),
            ("convexity", analytics.convexity(yield: yield)),
        ] where expected.has(name) {
            let other = try expected.double(name)
            comparison.expect(name, value, other, within: Tolerance.risk(other))
        }
        let quoted = try data.object("yieldFromPrice")
        let implied = try analytics.yield(clean: quoted.double("clean"))
        comparison.expect("yield", implied, try quoted.double("yield"), within: Tolerance.yield)
    }
}

extension Comparison {
    /// Compares an exact amount with the case's `exact` and `amount`.
    fileprivate mutating func expectAmount(_ name: String, _ found: Ratio, _ data: CaseReader) throws {
        if data.has("exact") { expect("exact amount of \(name)", found, try data.ratio("exact")) }
        expect("amount of \(name)", found.doubleValue, try data.double("amount"), within: Tolerance.amountPer100)
    }
}
