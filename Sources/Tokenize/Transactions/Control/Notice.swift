/// How long something waits: opened business days and seconds of sealing time, both of which must pass.
public struct Notice: Hashable, Sendable {
    /// Business days that must be opened.
    public let openedDays: UInt32
    /// Seconds by which the sealing time must advance.
    public let seconds: UInt32

    /// Largest notice that can be laid down, in each part: a year. What waits longer than anybody can wait could never
    /// be changed again.
    public static let longest = Notice(openedDays: 366, seconds: 31_622_400)

    /// Whether it can be laid down.
    var isWithinLongest: Bool { openedDays <= Self.longest.openedDays && seconds <= Self.longest.seconds }

    /// A notice of both.
    public init(openedDays: UInt32, seconds: UInt32) {
        self.openedDays = openedDays
        self.seconds = seconds
    }

    /// This notice so many times over.
    func times(_ factor: UInt32) -> Notice {
        Notice(
            openedDays: openedDays.multipliedReportingOverflow(by: factor).overflow ? .max : openedDays * factor,
            seconds: seconds.multipliedReportingOverflow(by: factor).overflow ? .max : seconds * factor
        )
    }
}

extension Notice: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(UInt64(openedDays))
        encoder.encode(UInt64(seconds))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        openedDays = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
        seconds = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
        decoder.leave()
    }
}

extension CanonicalDecoder {
    /// A notice as it is laid down, at most ``Notice/longest``.
    mutating func laidNotice() throws(DecodingFailure) -> Notice {
        let notice = try Notice(from: &self)
        guard notice.isWithinLongest else { throw failure(.outOfRange) }
        return notice
    }
}
