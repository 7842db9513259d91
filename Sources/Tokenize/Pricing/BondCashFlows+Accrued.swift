extension BondCashFlows {
    /// The interest that a buyer owes the seller on `settlement`, for each 100 of the principal outstanding; exact.
    ///
    /// It is that of the coupon which is next to be paid, from the start of its period to the settlement. From the ex
    /// date on the seller keeps the coupon and owes the buyer the rest of the period: a negative amount. 0 before
    /// interest runs, after its end, and without coupons.
    public func accrued(on settlement: CalendarDate) throws(PricingFailure) -> Ratio {
        guard let coupon = coupons.first(where: { $0.payment > settlement }) else { return .zero }
        return try accrued(coupon, coupon.exDate, on: settlement)
    }

    /// The same as the yield counts it: every payment on its due day, business day or not.
    public func streetAccrued(on settlement: CalendarDate) throws(PricingFailure) -> Ratio {
        guard let coupon = coupons.first(where: { $0.end > settlement }) else { return .zero }
        return try accrued(coupon, try streetExDate(of: coupon), on: settlement)
    }

    /// The annual rate at which interest runs on `settlement` over the clean price for each 100; nil without coupons.
    public func currentYield(clean: Ratio, on settlement: CalendarDate) throws(PricingFailure) -> Ratio? {
        guard let coupon = coupons.first(where: { $0.end > settlement }) else { return nil }
        return try PricingFailure.exact { () throws(ArithmeticFailure) in try coupon.rate * 100 / clean }
    }

    /// The ex date that the coupon would have if it were paid on its due day.
    func streetExDate(of coupon: Coupon) throws(PricingFailure) -> CalendarDate? {
        try PricingFailure.dated { () throws(ConventionFailure) in
            try bond.exCoupon.map { (exCoupon) throws(ConventionFailure) in try exCoupon.exDate(before: coupon.end) }
        }
    }

    private func accrued(
        _ coupon: Coupon,
        _ exDate: CalendarDate?,
        on settlement: CalendarDate
    ) throws(PricingFailure) -> Ratio {
        guard settlement > coupon.start else { return .zero }
        let day = min(settlement, coupon.end)
        let isEx = exDate.map { $0 <= settlement } ?? false
        let (from, to) = isEx ? (day, coupon.end) : (coupon.start, day)
        let fraction = try PricingFailure.dated { () throws(ConventionFailure) in
            try bond.dayCount.yearFraction(from: from, to: to, coupon.context)
        }
        let interest = try PricingFailure.exact { () throws(ArithmeticFailure) in try 100 * coupon.rate * fraction }
        return isEx ? -interest : interest
    }
}
