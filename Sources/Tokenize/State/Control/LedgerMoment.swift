/// The moment at which a notice began, in both of its measures.
///
/// A notice has run when both have advanced, so that opening days fast gains nothing. Its seconds count from the header
/// that seals the block in which it began: that of the block before may be as old as one likes, and the time in which
/// nothing happened on the ledger protects nobody.
public struct LedgerMoment: Hashable, Sendable {
    /// Business days opened since genesis.
    public let openedDayCount: UInt64
    /// The block in which it lies.
    public let height: UInt64
    /// The block's sealing time, seconds since 1970-01-01T00:00:00Z; nil until the first transaction after its header.
    public internal(set) var sealingTime: UInt64?

    /// Whether a notice and another after it have run.
    func hasPassed(_ notice: Notice, and further: Notice = Notice(openedDays: 0, seconds: 0), at now: Present) -> Bool {
        let days = UInt64(notice.openedDays) + UInt64(further.openedDays)
        let seconds = UInt64(notice.seconds) + UInt64(further.seconds)
        guard let daysPassed = daysPassed(at: now) else { return false }
        return daysPassed >= days && secondsPassed(at: now) >= seconds
    }

    /// Business days opened since; nil before the moment.
    func daysPassed(at now: Present) -> UInt64? {
        now.openedDayCount < openedDayCount ? nil : now.openedDayCount - openedDayCount
    }

    private func secondsPassed(at now: Present) -> UInt64 {
        guard let sealingTime, now.sealingTime > sealingTime else { return 0 }
        return now.sealingTime - sealingTime
    }

    /// The moment as it is known on a ledger that has come so far.
    func sealed(by clock: LedgerClock) -> LedgerMoment {
        guard sealingTime == nil, height < clock.height else { return self }
        var moment = self
        moment.sealingTime = clock.sealingTime
        return moment
    }

    /// Where the ledger stands.
    struct Present {
        /// Business days opened since genesis, by earlier operations of the same transaction too.
        let openedDayCount: UInt64
        /// That of the last header.
        let sealingTime: UInt64
    }
}

extension LedgerMoment: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: sealingTime == nil ? 2 : 3)
        encoder.encode(openedDayCount)
        encoder.encode(height)
        if let sealingTime { encoder.encode(sealingTime) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        openedDayCount = try decoder.unsigned()
        height = try decoder.unsigned()
        sealingTime = count == 3 ? try decoder.unsigned() : nil
        decoder.leave()
    }
}
