/// A moment on the ledger: business days opened since genesis, and the sealing time of the last header before it.
///
/// A notice has run when both have advanced, so that opening days fast gains nothing.
public struct LedgerMoment: Hashable, Sendable {
    /// Business days opened since genesis.
    public let openedDayCount: UInt64
    /// Seconds since 1970-01-01T00:00:00Z.
    public let sealingTime: UInt64

    /// Whether a notice and another after it have run between this moment and `later`.
    func hasPassed(_ notice: Notice, and further: Notice, at later: LedgerMoment) -> Bool {
        let days = UInt64(notice.openedDays) + UInt64(further.openedDays)
        let seconds = UInt64(notice.seconds) + UInt64(further.seconds)
        return later.openedDayCount >= openedDayCount && later.openedDayCount - openedDayCount >= days
            && later.sealingTime >= sealingTime && later.sealingTime - sealingTime >= seconds
    }

    /// Whether so many opened days and so many seconds lie between this moment and `later`.
    func hasPassed(_ notice: Notice, at later: LedgerMoment) -> Bool {
        later.openedDayCount.subtractingReportingOverflow(openedDayCount).partialValue >= UInt64(notice.openedDays)
            && later.openedDayCount >= openedDayCount && later.sealingTime >= sealingTime
            && later.sealingTime - sealingTime >= UInt64(notice.seconds)
    }
}

extension LedgerMoment: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(openedDayCount)
        encoder.encode(sealingTime)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        openedDayCount = try decoder.unsigned()
        sealingTime = try decoder.unsigned()
        decoder.leave()
    }
}
