/// What an asset is, in the terms of its market. Terms are versioned and never overwritten.
public enum InstrumentTerms: Hashable, Sendable {
    /// In a box: terms are large, and records that hold them are copied often.
    indirect case bond(BondTerms)
    case landShare(LandShareTerms)
    case cash(CashTerms)
    case generic(GenericTerms)
}

/// Money on the ledger: a currency, counted in its minor unit.
public struct CashTerms: Hashable, Sendable {
    /// ISO 4217, three letters.
    public let currency: String
    /// Decimal digits of the minor unit, 0 ... 4; for people only, the ledger counts minor units.
    public let minorUnitDigits: Int

    /// Decimal digits of a minor unit.
    public static let minorUnitDigitsMax = 4

    /// Terms of a currency; whether they are well formed is decided when the asset is created.
    public init(currency: String, minorUnitDigits: Int) {
        self.currency = currency
        self.minorUnitDigits = minorUnitDigits
    }
}

/// A share in the state's or a concessionaire's right in one land parcel (ISO 19152: a share of an RRR).
public struct LandShareTerms: Hashable, Sendable {
    /// The right in the parcel that is shared.
    public enum Right: UInt8, Hashable, Sendable, CaseIterable {
        case lease = 1
        case concession = 2
        case ownershipUnit = 3
    }

    /// The parcel's number in the cadastre.
    public let parcel: String
    /// What is shared.
    public let right: Right
    /// The first day of the right.
    public let start: CalendarDate
    /// The end of the right, after its start.
    public let end: CalendarDate
    /// SHA-256 of the contract.
    public let contractDigest: Digest

    /// Terms of a land share; whether they are well formed is decided when the asset is created.
    public init(parcel: String, right: Right, start: CalendarDate, end: CalendarDate, contractDigest: Digest) {
        self.parcel = parcel
        self.right = right
        self.start = start
        self.end = end
        self.contractDigest = contractDigest
    }
}

/// An asset whose meaning is in a document alone.
public struct GenericTerms: Hashable, Sendable {
    /// What people call the asset; at most ``termsNameByteCountMax`` bytes.
    public let name: String
    /// SHA-256 of the document.
    public let documentDigest: Digest

    /// Terms that a document states; whether they are well formed is decided when the asset is created.
    public init(name: String, documentDigest: Digest) {
        self.name = name
        self.documentDigest = documentDigest
    }
}

/// Bytes in a name within terms, in UTF-8.
public let termsNameByteCountMax = 64

extension InstrumentTerms: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        switch self {
        case .bond(let terms):
            encoder.encode(1 as UInt64)
            terms.encode(into: &encoder)
        case .landShare(let terms):
            encoder.encode(2 as UInt64)
            terms.encode(into: &encoder)
        case .cash(let terms):
            encoder.encode(3 as UInt64)
            terms.encode(into: &encoder)
        case .generic(let terms):
            encoder.encode(4 as UInt64)
            terms.encode(into: &encoder)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        switch try decoder.unsigned() {
        case 1: self = .bond(try BondTerms(from: &decoder))
        case 2: self = .landShare(try LandShareTerms(from: &decoder))
        case 3: self = .cash(try CashTerms(from: &decoder))
        case 4: self = .generic(try GenericTerms(from: &decoder))
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension CashTerms: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(text: currency)
        encoder.encode(UInt64(minorUnitDigits))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        currency = try decoder.text(byteCountMax: 3)
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw decoder.failure(.outOfRange)
        }
        minorUnitDigits = Int(try decoder.unsigned(max: UInt64(CashTerms.minorUnitDigitsMax)))
        decoder.leave()
    }
}

extension LandShareTerms: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(text: parcel)
        encoder.encode(UInt64(right.rawValue))
        start.encode(into: &encoder)
        end.encode(into: &encoder)
        encoder.encode(contractDigest)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        parcel = try decoder.text(byteCountMax: termsNameByteCountMax)
        guard let right = Right(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.right = right
        start = try CalendarDate(from: &decoder)
        end = try CalendarDate(from: &decoder)
        guard start < end, !parcel.isEmpty else { throw decoder.failure(.outOfRange) }
        contractDigest = try decoder.digest()
        decoder.leave()
    }
}

extension GenericTerms: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(text: name)
        encoder.encode(documentDigest)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        name = try decoder.text(byteCountMax: termsNameByteCountMax)
        documentDigest = try decoder.digest()
        decoder.leave()
    }
}
