/// An encumbrance as a proof shows it.
public struct ProvenEncumbrance: Hashable, Sendable {
    /// The name under which it can be released.
    public let id: EncumbranceID
    /// Code of the kind (Specs/05): 1 hold, 2 pledge, 3 freeze, 4 lien.
    public let kind: UInt64
    /// Units covered.
    public let amount: Quantity
    /// 1 is the most senior.
    public let rank: UInt64
    /// The last business date on which it stands.
    public let lastDate: CalendarDate
    /// 0 for what was put on the holding itself; what arrived with units lies on a layer of its own.
    public let layer: UInt64

    /// True if amounts of the kind add up.
    public var isReserved: Bool { kind == 1 || kind == 2 }
}

/// A holding's record, read from the value of a state proof: what no ledger would have written is refused (ENC-002).
///
/// The codes and limits stand here again, since an offline verifier has no part that knows transactions.
struct ProvenHolding {
    let units: Quantity
    let encumbrances: [ProvenEncumbrance]

    /// What a proof of absence shows.
    static let none = ProvenHolding(units: .zero, encumbrances: [])

    /// Encumbrances on one holding, and the greatest number of a layer (Specs/05).
    private static let encumbranceCountMax = 512
    private static let kinds: ClosedRange<UInt64> = 1...4
    private static let ranks: ClosedRange<UInt64> = 1...65_535
    private static let roles: ClosedRange<UInt64> = 1...10
    private static let authorityNumberMax: UInt64 = 65_535
    private static let legalBases: ClosedRange<UInt64> = 1...13
    private static let referenceByteCountMax = 64

    private init(units: Quantity, encumbrances: [ProvenEncumbrance]) {
        self.units = units
        self.encumbrances = encumbrances
    }

    /// Reads `[salt, [units, [encumbrance, …]]]` (Specs/06, 6.6).
    init(value: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(value) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try decoder.array(count: 2)
            guard
                try decoder.bytesView(countMax: DisclosureSecret.saltByteCount).count == DisclosureSecret.saltByteCount
            else { throw decoder.failure(.outOfRange) }
            try decoder.array(count: 2)
            let units = try decoder.quantity()
            let count = try decoder.arrayCount(max: ProvenHolding.encumbranceCountMax)
            var encumbrances: [ProvenEncumbrance] = []
            for _ in 0..<count {
                let encumbrance = try ProvenHolding.encumbrance(&decoder)
                if let last = encumbrances.last, !last.stands(before: encumbrance) { throw decoder.failure(.keyOrder) }
                encumbrances.append(encumbrance)
            }
            // A holding without either is not stored: its absence is what is proven.
            guard units > .zero || count > 0 else { throw decoder.failure(.outOfRange) }
            decoder.leave()
            decoder.leave()
            decoder.leave()
            return ProvenHolding(units: units, encumbrances: encumbrances)
        }
    }

    private static func encumbrance(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> ProvenEncumbrance {
        let count = try decoder.arrayCount(max: 8)
        guard count >= 7 else { throw decoder.failure(.outOfRange) }
        let id: EncumbranceID = try decoder.identifier()
        let kind = try decoder.unsigned(in: kinds)
        try owner(&decoder)
        let amount = try decoder.quantity()
        let rank = try decoder.unsigned(in: ranks)
        guard let days = Int32(exactly: try decoder.integer()), let lastDate = CalendarDate(daysSinceEpoch: days) else {
            throw decoder.failure(.outOfRange)
        }
        try order(&decoder)
        let layer = count == 8 ? try decoder.unsigned(in: 1...UInt64(encumbranceCountMax)) : 0
        decoder.leave()
        return ProvenEncumbrance(id: id, kind: kind, amount: amount, rank: rank, lastDate: lastDate, layer: layer)
    }

    /// `[1, authority reference]` or `[2, account]`.
    private static func owner(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        if try decoder.unsigned(in: 1...2) == 1 {
            let count = try decoder.arrayCount(max: 3)
            guard count >= 2 else { throw decoder.failure(.outOfRange) }
            _ = try decoder.unsigned(in: roles)
            _ = try decoder.unsigned(max: authorityNumberMax)
            if count == 3 { _ = try decoder.identifier() as AssetID }
            decoder.leave()
        } else {
            _ = try decoder.identifier() as AccountID
        }
        decoder.leave()
    }

    /// `[reference, document]`, and the legal basis of an authority's order.
    private static func order(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        guard try !decoder.text(byteCountMax: referenceByteCountMax).isEmpty else { throw decoder.failure(.outOfRange) }
        _ = try decoder.digest()
        if count == 3 { _ = try decoder.unsigned(in: legalBases) }
        decoder.leave()
    }
}

extension ProvenEncumbrance {
    /// The order of a list: by rank, then id, then layer (Specs/05, 5.8).
    fileprivate func stands(before other: ProvenEncumbrance) -> Bool {
        (rank, id, layer) < (other.rank, other.id, other.layer)
    }
}

extension CanonicalDecoder {
    fileprivate mutating func unsigned(in range: ClosedRange<UInt64>) throws(DecodingFailure) -> UInt64 {
        let value = try unsigned(max: range.upperBound)
        guard range.contains(value) else { throw failure(.outOfRange) }
        return value
    }
}
