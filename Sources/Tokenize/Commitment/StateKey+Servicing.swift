/// Keys of what the ledger knows of the life of bonds (Specs/13).
extension StateKey {
    func encodeServicing(into encoder: inout CanonicalEncoder) {
        switch self {
        case .calendar(let digest):
            encoder.encodeArray(count: 2)
            encoder.encode(20 as UInt64)
            encoder.encode(digest)
        case .bond(let asset):
            encoder.encodeArray(count: 2)
            encoder.encode(21 as UInt64)
            encoder.encode(asset)
        case .recordPoint(let asset, let date):
            encoder.encodeArray(count: 3)
            StateKey.encode(22, asset, date, into: &encoder)
        case .keptHolding(let asset, let date, let account, let partition):
            encoder.encodeArray(count: 5)
            StateKey.encode(23, asset, date, into: &encoder)
            encoder.encode(account)
            encoder.encode(UInt64(partition))
        case .paidDue(let asset, let date, let kind):
            encoder.encodeArray(count: 4)
            StateKey.encode(24, asset, date, into: &encoder)
            encoder.encode(UInt64(kind))
        case .claim(let asset, let date, let kind, let account, let partition):
            encoder.encodeArray(count: 6)
            StateKey.encode(25, asset, date, into: &encoder)
            encoder.encode(UInt64(kind))
            encoder.encode(account)
            encoder.encode(UInt64(partition))
        case .paymentInstruction(let account):
            encoder.encodeArray(count: 2)
            encoder.encode(26 as UInt64)
            encoder.encode(account)
        case .observation(let asset, let name, let date):
            encoder.encodeArray(count: 4)
            encoder.encode(27 as UInt64)
            encoder.encode(asset)
            encoder.encode(text: name)
            encoder.encode(integer: Int64(date.daysSinceEpoch))
        case .putNotice(let asset, let date, let account, let partition):
            encoder.encodeArray(count: 5)
            StateKey.encode(28, asset, date, into: &encoder)
            encoder.encode(account)
            encoder.encode(UInt64(partition))
        default: break
        }
    }

    private static func encode(
        _ code: UInt64,
        _ asset: AssetID,
        _ date: CalendarDate,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encode(code)
        encoder.encode(asset)
        encoder.encode(integer: Int64(date.daysSinceEpoch))
    }

    init(servicingCode code: UInt64, count: Int, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        if code == 20, count == 2 {
            self = .calendar(try decoder.digest())
            return
        }
        if code == 26, count == 2 {
            self = .paymentInstruction(try decoder.identifier())
            return
        }
        guard (21...28).contains(code), code != 26 else { throw decoder.failure(.outOfRange) }
        let asset: AssetID = try decoder.identifier()
        switch (code, count) {
        case (21, 2): self = .bond(asset)
        case (22, 3): self = .recordPoint(asset, try StateKey.date(&decoder))
        case (23, 5), (28, 5):
            let date = try StateKey.date(&decoder)
            let account: AccountID = try decoder.identifier()
            let partition = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
            self =
                code == 23
                ? .keptHolding(asset, date, account: account, partition: partition)
                : .putNotice(asset, date, account: account, partition: partition)
        case (24, 4):
            let date = try StateKey.date(&decoder)
            self = .paidDue(asset, date, kind: try StateKey.kind(&decoder))
        case (25, 6):
            let date = try StateKey.date(&decoder)
            let kind = try StateKey.kind(&decoder)
            let account: AccountID = try decoder.identifier()
            let partition = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
            self = .claim(asset, date, kind: kind, account: account, partition: partition)
        case (27, 4):
            // As terms name it: 64 characters of printable ASCII.
            let name = try decoder.text(byteCountMax: StateKey.nestedByteCountMax / 2)
            guard !name.isEmpty, name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw decoder.failure(.outOfRange)
            }
            self = .observation(asset, name: name, try StateKey.date(&decoder))
        default: throw decoder.failure(.outOfRange)
        }
    }

    /// Kinds of dues have the codes 1 to 7.
    private static func kind(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> UInt8 {
        let kind = UInt8(try decoder.unsigned(max: 7))
        guard kind >= 1 else { throw decoder.failure(.outOfRange) }
        return kind
    }

    private static func date(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> CalendarDate {
        guard let days = Int32(exactly: try decoder.integer()), let date = CalendarDate(daysSinceEpoch: days) else {
            throw decoder.failure(.outOfRange)
        }
        return date
    }
}
