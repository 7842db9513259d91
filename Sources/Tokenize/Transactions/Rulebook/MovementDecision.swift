/// One step on the way to a movement that needs approval: the holder asks, and those whom the rulebook names answer.
public struct MovementDecision: Hashable, Sendable {
    /// What the acting account says; the raw value is the code on the wire.
    public enum Step: UInt8, Hashable, Sendable, CaseIterable {
        /// The holder asks; what it asked before is forgotten.
        case request = 1
        /// An approver approves.
        case approve = 2
        /// An approver refuses.
        case refuse = 3
        /// The holder takes back what it asked for; of what has lapsed, whoever had part in it clears it away.
        case withdraw = 4
    }

    /// The asset.
    public let asset: AssetID
    /// The account that gives.
    public let source: AccountID
    /// The account that gets.
    public let destination: AccountID
    /// Exactly so many units.
    public let units: Quantity
    /// What is said.
    public let step: Step
    /// The last business date on which the units may move; of an answer, that of the request.
    public let lastDate: CalendarDate

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        _ step: Step,
        asset: AssetID,
        from source: AccountID,
        to destination: AccountID,
        units: Quantity,
        until lastDate: CalendarDate
    ) {
        self.step = step
        self.asset = asset
        self.source = source
        self.destination = destination
        self.units = units
        self.lastDate = lastDate
    }
}

extension MovementDecision: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        encoder.encode(asset)
        encoder.encode(source)
        encoder.encode(destination)
        encoder.encode(units)
        encoder.encode(UInt64(step.rawValue))
        lastDate.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        asset = try decoder.identifier()
        source = try decoder.identifier()
        destination = try decoder.identifier()
        units = try decoder.quantity()
        guard let step = Step(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.step = step
        lastDate = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}
