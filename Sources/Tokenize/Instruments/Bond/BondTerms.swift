/// A bond that pays a fixed rate a fixed number of times a year and its face at maturity.
public struct BondTerms: Hashable, Sendable {
    /// The cash asset in which it pays.
    public let cash: AssetID
    /// Face value of one unit, in minor units of the cash asset.
    public let faceUnit: Quantity
    /// Annual rate in basis points of face (1/10,000).
    public let couponRateBasisPoints: UInt32
    /// Coupons a year: 1, 2, 4 or 12; 0 for none.
    public let couponsPerYear: UInt32
    /// The day of issue, before maturity.
    public let issueDate: CalendarDate
    /// The day on which the face is due; there is no redemption before it.
    public let maturityDate: CalendarDate

    /// Terms of a bond; whether they are well formed is decided when the asset is created.
    public init(
        cash: AssetID,
        faceUnit: Quantity,
        couponRateBasisPoints: UInt32,
        couponsPerYear: UInt32,
        issueDate: CalendarDate,
        maturityDate: CalendarDate
    ) {
        self.cash = cash
        self.faceUnit = faceUnit
        self.couponRateBasisPoints = couponRateBasisPoints
        self.couponsPerYear = couponsPerYear
        self.issueDate = issueDate
        self.maturityDate = maturityDate
    }

    /// The coupon of a whole period on `units`, rounded down to the minor unit; nil if it does not fit or there is
    /// no coupon.
    public func periodCoupon(on units: Quantity) -> Quantity? {
        guard couponsPerYear > 0 else { return nil }
        return faceUnit.multiplied(by: units.units)
            .flatMap { $0.multiplied(by: UInt128(couponRateBasisPoints)) }
            .map { Quantity($0.units / (10_000 * UInt128(couponsPerYear))) }
    }
}

extension BondTerms: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        encoder.encode(cash)
        encoder.encode(faceUnit)
        encoder.encode(UInt64(couponRateBasisPoints))
        encoder.encode(UInt64(couponsPerYear))
        issueDate.encode(into: &encoder)
        maturityDate.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        cash = try decoder.identifier()
        faceUnit = try decoder.quantity()
        couponRateBasisPoints = UInt32(try decoder.unsigned(max: 1_000_000))
        couponsPerYear = UInt32(try decoder.unsigned(max: 12))
        issueDate = try CalendarDate(from: &decoder)
        maturityDate = try CalendarDate(from: &decoder)
        decoder.leave()
        guard faceUnit > .zero, issueDate < maturityDate, [0, 1, 2, 4, 12].contains(couponsPerYear) else {
            throw decoder.failure(.outOfRange)
        }
    }
}
