extension BusinessCalendar: CanonicalCodable {
    /// The calendar's name among terms: the tagged hash `Tokenize/calendar` of its encoding.
    public var digest: Digest { TaggedHash.calendar.hash(canonicalBytes) }

    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        encoder.encode(text: name)
        encoder.encode(UInt64(version))
        firstDay.encode(into: &encoder)
        lastDay.encode(into: &encoder)
        encoder.encode(UInt64(weekend.rawValue))
        encoder.encode(array: holidays)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        let name = try decoder.text(byteCountMax: BusinessCalendar.nameByteCountMax)
        let version = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
        let firstDay = try CalendarDate(from: &decoder)
        let lastDay = try CalendarDate(from: &decoder)
        let weekend = Weekdays(rawValue: UInt8(try decoder.unsigned(max: UInt64(Weekdays.all.rawValue))))
        let holidays = try decoder.array(
            of: CalendarDate.self,
            max: BusinessCalendar.holidayCountMax,
            limit: "BusinessCalendar.holidayCountMax"
        )
        decoder.leave()
        do {
            try self.init(
                name: name,
                version: version,
                firstDay: firstDay,
                lastDay: lastDay,
                weekend: weekend,
                holidays: holidays
            )
        } catch {
            throw decoder.failure(error == .malformedHolidays ? .keyOrder : .outOfRange)
        }
    }
}

extension TaggedHash {
    static let calendar = TaggedHash(tag: "Tokenize/calendar")
}
