extension Effect {
    /// The bytes whose leaf hash enters the entry's effects root.
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .transferred(let asset, let from, let to, let partition, let units):
            encoder.encodeArray(count: 6)
            encoder.encode(10 as UInt64)
            Effect.encodeMovement(asset, from, to, partition, units, into: &encoder)
        case .forciblyTransferred(let asset, let from, let to, let partition, let units):
            encoder.encodeArray(count: 6)
            encoder.encode(16 as UInt64)
            Effect.encodeMovement(asset, from, to, partition, units, into: &encoder)
        case .issued(let asset, let account, let partition, let units):
            encoder.encodeArray(count: 5)
            encoder.encode(9 as UInt64)
            Effect.encodeUnits(asset, account, partition, units, into: &encoder)
        case .redeemed(let asset, let account, let partition, let units):
            encoder.encodeArray(count: 5)
            encoder.encode(11 as UInt64)
            Effect.encodeUnits(asset, account, partition, units, into: &encoder)
        case .reclassified(let asset, let account, let source, let destination, let units):
            encoder.encodeArray(count: 6)
            encoder.encode(12 as UInt64)
            encoder.encode(asset)
            encoder.encode(account)
            source.encode(into: &encoder)
            destination.encode(into: &encoder)
            encoder.encode(units)
        case .paid(let asset, let holder, let cash, let amount):
            encoder.encodeArray(count: 5)
            encoder.encode(13 as UInt64)
            encoder.encode(asset)
            encoder.encode(holder)
            encoder.encode(cash)
            encoder.encode(amount)
        case .encumbered(let target, let id, let amount):
            Effect.encodeEncumbrance(14, target, id, amount, into: &encoder)
        case .released(let target, let id, let amount):
            Effect.encodeEncumbrance(15, target, id, amount, into: &encoder)
        default: encodeRegistration(into: &encoder)
        }
    }

    private static func encodeMovement(
        _ asset: AssetID,
        _ from: AccountID,
        _ to: AccountID,
        _ partition: Partition,
        _ units: Quantity,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encode(asset)
        encoder.encode(from)
        encoder.encode(to)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    private static func encodeUnits(
        _ asset: AssetID,
        _ account: AccountID,
        _ partition: Partition,
        _ units: Quantity,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encode(asset)
        encoder.encode(account)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    private static func encodeEncumbrance(
        _ code: UInt64,
        _ target: EncumbranceTarget,
        _ id: EncumbranceID,
        _ amount: Quantity,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encodeArray(count: 4)
        encoder.encode(code)
        target.encode(into: &encoder)
        encoder.encode(id)
        encoder.encode(amount)
    }

    /// Effects on parties, accounts, authorities and the ledger itself.
    private func encodeRegistration(into encoder: inout CanonicalEncoder) {
        switch self {
        case .partyRegistered(let party):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(party)
        case .accountOpened(let account, let party):
            encoder.encodeArray(count: 3)
            encoder.encode(2 as UInt64)
            encoder.encode(account)
            encoder.encode(party)
        case .keysRotated(let account):
            encoder.encodeArray(count: 2)
            encoder.encode(3 as UInt64)
            encoder.encode(account)
        case .sequenceCancelled(let account):
            encoder.encodeArray(count: 2)
            encoder.encode(4 as UInt64)
            encoder.encode(account)
        case .authorityAppointed(let reference):
            encoder.encodeArray(count: 2)
            encoder.encode(5 as UInt64)
            reference.encode(into: &encoder)
        case .businessDayOpened(let date):
            encoder.encodeArray(count: 2)
            encoder.encode(6 as UInt64)
            date.encode(into: &encoder)
        case .logKeysRotated:
            encoder.encodeArray(count: 1)
            encoder.encode(7 as UInt64)
        case .assetCreated(let asset):
            encoder.encodeArray(count: 2)
            encoder.encode(8 as UInt64)
            encoder.encode(asset)
        case .assetClosed(let asset):
            encoder.encodeArray(count: 2)
            encoder.encode(17 as UInt64)
            encoder.encode(asset)
        case .service(let effect): effect.encode(into: &encoder)
        case .rulebook(let effect): effect.encode(into: &encoder)
        case .control(let effect): effect.encode(into: &encoder)
        default: break
        }
    }
}

extension Effect: CanonicalCodable {
    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 8)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (1, 2): self = .partyRegistered(try decoder.identifier())
        case (2, 3):
            let account: AccountID = try decoder.identifier()
            self = .accountOpened(account, party: try decoder.identifier())
        case (3, 2): self = .keysRotated(try decoder.identifier())
        case (4, 2): self = .sequenceCancelled(try decoder.identifier())
        case (5, 2): self = .authorityAppointed(try AuthorityReference(from: &decoder))
        case (6, 2): self = .businessDayOpened(try CalendarDate(from: &decoder))
        case (7, 1): self = .logKeysRotated
        case (8, 2): self = .assetCreated(try decoder.identifier())
        case (17, 2): self = .assetClosed(try decoder.identifier())
        case (let code, _) where ServicingEffect.codes.contains(code):
            self = .service(try ServicingEffect(code: code, count: count, from: &decoder))
        case (let code, _) where RulebookEffect.codes.contains(code):
            self = .rulebook(try RulebookEffect(code: code, count: count, from: &decoder))
        case (let code, _) where ControlEffect.codes.contains(code):
            self = .control(try ControlEffect(code: code, count: count, from: &decoder))
        case (let code, _): self = try Effect(unitsCode: code, count: count, from: &decoder)
        }
        decoder.leave()
    }

    private init(unitsCode code: UInt64, count: Int, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        if code == 14 || code == 15, count == 4 {
            let target = try EncumbranceTarget(from: &decoder)
            let id: EncumbranceID = try decoder.identifier()
            let amount = try decoder.quantity()
            self = code == 14 ? .encumbered(target, id, amount: amount) : .released(target, id, amount: amount)
            return
        }
        let asset: AssetID = try decoder.identifier()
        let account: AccountID = try decoder.identifier()
        switch (code, count) {
        case (9, 5), (11, 5):
            let partition = try Partition(from: &decoder)
            let units = try decoder.quantity()
            self =
                code == 9
                ? .issued(asset, to: account, partition: partition, units: units)
                : .redeemed(asset, from: account, partition: partition, units: units)
        case (10, 6), (16, 6):
            let to: AccountID = try decoder.identifier()
            let partition = try Partition(from: &decoder)
            let units = try decoder.quantity()
            self =
                code == 10
                ? .transferred(asset, from: account, to: to, partition: partition, units: units)
                : .forciblyTransferred(asset, from: account, to: to, partition: partition, units: units)
        case (12, 6):
            let source = try Partition(from: &decoder)
            let destination = try Partition(from: &decoder)
            self = .reclassified(asset, account, from: source, to: destination, units: try decoder.quantity())
        case (13, 5):
            let cash: AssetID = try decoder.identifier()
            self = .paid(asset, holder: account, cash: cash, amount: try decoder.quantity())
        default: throw decoder.failure(.outOfRange)
        }
    }
}
