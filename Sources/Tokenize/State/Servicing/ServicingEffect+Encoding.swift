extension ServicingEffect {
    /// Codes on the wire.
    static let codes: Range<UInt64> = 30..<47

    /// The bytes whose leaf hash enters the entry's effects root.
    func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .calendarRegistered(let digest):
            encoder.encodeArray(count: 2)
            encoder.encode(30 as UInt64)
            encoder.encode(digest)
        case .paymentInstructed(let account, let target):
            encoder.encodeArray(count: 3)
            encoder.encode(31 as UInt64)
            encoder.encode(account)
            encoder.encode(target)
        case .recordPointTaken(let asset, let date):
            encoder.encodeArray(count: 3)
            encoder.encode(32 as UInt64)
            encoder.encode(asset)
            date.encode(into: &encoder)
        case .duePaid(let asset, let due, let holder, let partition, let recipient, let gross, let tax):
            encoder.encodeArray(count: 8)
            encoder.encode(33 as UInt64)
            encoder.encode(asset)
            due.encode(into: &encoder)
            encoder.encode(holder)
            partition.encode(into: &encoder)
            encoder.encode(gross)
            encoder.encode(tax)
            ServicingEffect.encode(recipient, ofHolder: holder, into: &encoder)
        case .claimMade(let asset, let due, let holder, let partition, let recipient, let gross, let tax):
            encoder.encodeArray(count: 8)
            encoder.encode(34 as UInt64)
            encoder.encode(asset)
            due.encode(into: &encoder)
            encoder.encode(holder)
            partition.encode(into: &encoder)
            encoder.encode(gross)
            encoder.encode(tax)
            ServicingEffect.encode(recipient, ofHolder: holder, into: &encoder)
        case .taxRemitted(let asset, let due, let treasury, let amount):
            encoder.encodeArray(count: 5)
            encoder.encode(35 as UInt64)
            encoder.encode(asset)
            due.encode(into: &encoder)
            encoder.encode(treasury)
            encoder.encode(amount)
        case .dueDischarged(let asset, let due, let declared, let penalty, let tax, let claimed):
            encoder.encodeArray(count: 7)
            encoder.encode(36 as UInt64)
            encoder.encode(asset)
            due.encode(into: &encoder)
            encoder.encode(declared)
            encoder.encode(penalty)
            encoder.encode(tax)
            encoder.encode(claimed)
        case .claimSettled(let asset, let due, let account, let partition, let recipient, let amount):
            encoder.encodeArray(count: 7)
            encoder.encode(37 as UInt64)
            encoder.encode(asset)
            due.encode(into: &encoder)
            encoder.encode(account)
            partition.encode(into: &encoder)
            encoder.encode(recipient)
            encoder.encode(amount)
        case .subscribed(let asset, let buyer, let units, let cost):
            encoder.encodeArray(count: 5)
            encoder.encode(38 as UInt64)
            encoder.encode(asset)
            encoder.encode(buyer)
            encoder.encode(units)
            encoder.encode(cost)
        case .boughtBack(let asset, let seller, let units, let cost):
            encoder.encodeArray(count: 5)
            encoder.encode(39 as UInt64)
            encoder.encode(asset)
            encoder.encode(seller)
            encoder.encode(units)
            encoder.encode(cost)
        case .observed(let asset, let name, let date, let value):
            encoder.encodeArray(count: 5)
            encoder.encode(40 as UInt64)
            encoder.encode(asset)
            encoder.encode(text: name)
            date.encode(into: &encoder)
            encoder.encode(integer: value.units)
        case .observationsClosed(let asset, let observer, let date):
            encoder.encodeArray(count: 4)
            encoder.encode(41 as UInt64)
            encoder.encode(asset)
            encoder.encode(observer)
            date.encode(into: &encoder)
        case .called(let asset, let date, let part):
            encoder.encodeArray(count: 4)
            encoder.encode(42 as UInt64)
            encoder.encode(asset)
            date.encode(into: &encoder)
            encoder.encode(integer: part.units)
        case .put(let asset, let holder, let partition, let date, let units):
            encoder.encodeArray(count: 6)
            encoder.encode(43 as UInt64)
            encoder.encode(asset)
            encoder.encode(holder)
            partition.encode(into: &encoder)
            date.encode(into: &encoder)
            encoder.encode(units)
        case .defaulted(let asset, let due):
            encoder.encodeArray(count: 3)
            encoder.encode(44 as UInt64)
            encoder.encode(asset)
            due.encode(into: &encoder)
        case .accelerated(let asset, let date):
            encoder.encodeArray(count: 3)
            encoder.encode(45 as UInt64)
            encoder.encode(asset)
            date.encode(into: &encoder)
        case .exDayCame(let asset, let due, let date):
            encoder.encodeArray(count: 4)
            encoder.encode(46 as UInt64)
            encoder.encode(asset)
            due.encode(into: &encoder)
            date.encode(into: &encoder)
        }
    }

    init(code: UInt64, count: Int, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch (code, count) {
        case (30, 2):
            let digest: Digest = try decoder.digest()
            self = .calendarRegistered(digest)
        case (31, 3):
            let account: AccountID = try decoder.identifier()
            let target: AccountID = try decoder.identifier()
            self = .paymentInstructed(account, cashAccount: target)
        case (32, 3):
            let asset: AssetID = try decoder.identifier()
            let date: CalendarDate = try CalendarDate(from: &decoder)
            self = .recordPointTaken(asset, on: date)
        case (35, 5):
            let asset: AssetID = try decoder.identifier()
            let due: BondDue.ID = try BondDue.ID(from: &decoder)
            let treasury: AccountID = try decoder.identifier()
            let amount: Quantity = try decoder.quantity()
            self = .taxRemitted(asset, due: due, treasury: treasury, amount: amount)
        case (36, 7):
            let asset: AssetID = try decoder.identifier()
            let due: BondDue.ID = try BondDue.ID(from: &decoder)
            let declared: Quantity = try decoder.quantity()
            let penalty: Quantity = try decoder.quantity()
            let tax: Quantity = try decoder.quantity()
            let claimed: Quantity = try decoder.quantity()
            self = .dueDischarged(asset, due: due, declared: declared, penalty: penalty, tax: tax, claimed: claimed)
        case (37, 7):
            let asset: AssetID = try decoder.identifier()
            let due: BondDue.ID = try BondDue.ID(from: &decoder)
            let account: AccountID = try decoder.identifier()
            let partition: Partition = try Partition(from: &decoder)
            let recipient: AccountID = try decoder.identifier()
            let amount: Quantity = try decoder.quantity()
            self = .claimSettled(asset, due: due, account: account, partition: partition, to: recipient, amount: amount)
        case (38, 5):
            let asset: AssetID = try decoder.identifier()
            let buyer: AccountID = try decoder.identifier()
            let units: Quantity = try decoder.quantity()
            let cost: Quantity = try decoder.quantity()
            self = .subscribed(asset, buyer: buyer, units: units, cost: cost)
        case (39, 5):
            let asset: AssetID = try decoder.identifier()
            let seller: AccountID = try decoder.identifier()
            let units: Quantity = try decoder.quantity()
            let cost: Quantity = try decoder.quantity()
            self = .boughtBack(asset, seller: seller, units: units, cost: cost)
        case (40, 5):
            let asset: AssetID = try decoder.identifier()
            let name: String = try ObservationReport.name(&decoder)
            let date: CalendarDate = try CalendarDate(from: &decoder)
            let value: BondDecimal = try BondDecimal(effectUnits: &decoder)
            self = .observed(asset, name: name, on: date, value: value)
        case (41, 4):
            let asset: AssetID = try decoder.identifier()
            let observer: AccountID = try decoder.identifier()
            let date: CalendarDate = try CalendarDate(from: &decoder)
            self = .observationsClosed(asset, by: observer, through: date)
        case (42, 4):
            let asset: AssetID = try decoder.identifier()
            let date: CalendarDate = try CalendarDate(from: &decoder)
            let part: BondDecimal = try BondDecimal(effectUnits: &decoder)
            self = .called(asset, on: date, part: part)
        case (43, 6):
            let asset: AssetID = try decoder.identifier()
            let holder: AccountID = try decoder.identifier()
            let partition: Partition = try Partition(from: &decoder)
            let date: CalendarDate = try CalendarDate(from: &decoder)
            let units: Quantity = try decoder.quantity()
            self = .put(asset, holder: holder, partition: partition, on: date, units: units)
        case (44, 3):
            let asset: AssetID = try decoder.identifier()
            let due: BondDue.ID = try BondDue.ID(from: &decoder)
            self = .defaulted(asset, due: due)
        case (45, 3):
            let asset: AssetID = try decoder.identifier()
            let date: CalendarDate = try CalendarDate(from: &decoder)
            self = .accelerated(asset, on: date)
        case (46, 4):
            let asset: AssetID = try decoder.identifier()
            let due: BondDue.ID = try BondDue.ID(from: &decoder)
            let date: CalendarDate = try CalendarDate(from: &decoder)
            self = .exDayCame(asset, due: due, on: date)
        case (33, 8), (34, 8):
            let asset: AssetID = try decoder.identifier()
            let due = try BondDue.ID(from: &decoder)
            let holder: AccountID = try decoder.identifier()
            let partition = try Partition(from: &decoder)
            let (gross, tax) = (try decoder.quantity(), try decoder.quantity())
            let recipient = try ServicingEffect.recipient(ofHolder: holder, from: &decoder)
            guard tax <= gross else { throw decoder.failure(.outOfRange) }
            self =
                code == 33
                ? .duePaid(
                    asset,
                    due: due,
                    holder: holder,
                    partition: partition,
                    to: recipient,
                    gross: gross,
                    tax: tax
                )
                : .claimMade(
                    asset,
                    due: due,
                    holder: holder,
                    partition: partition,
                    to: recipient,
                    gross: gross,
                    tax: tax
                )
        default: throw decoder.failure(.outOfRange)
        }
    }
}

extension ServicingEffect {
    /// `[]` for the holder itself, `[account]` for another.
    private static func encode(
        _ recipient: AccountID,
        ofHolder holder: AccountID,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encodeArray(count: recipient == holder ? 0 : 1)
        if recipient != holder { encoder.encode(recipient) }
    }

    private static func recipient(
        ofHolder holder: AccountID,
        from decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) -> AccountID {
        let count = try decoder.arrayCount(max: 1)
        let recipient: AccountID = count == 1 ? try decoder.identifier() : holder
        guard count == 0 || recipient != holder else { throw decoder.failure(.outOfRange) }
        decoder.leave()
        return recipient
    }
}

extension BondDecimal {
    /// The number that comes next, in units of 10^-12.
    fileprivate init(effectUnits decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard let value = BondDecimal(units: try decoder.integer()) else { throw decoder.failure(.outOfRange) }
        self = value
    }
}
