/// What kind of holder a party is; rules of an asset speak of classes, never of persons.
public enum HolderClass: UInt8, Hashable, Sendable, CaseIterable {
    /// The state and its bodies.
    case state = 1
    /// A natural person who is a citizen.
    case citizen = 2
    /// A legal person under domestic law.
    case domesticEntity = 3
    /// A natural person who is not a citizen.
    case foreignPerson = 4
    /// A legal person under foreign law.
    case foreignEntity = 5
    /// A licensed bank or dealer.
    case financialInstitution = 6
}

/// A set of holder classes.
public struct HolderClassSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The set of one class.
    public init(_ holderClass: HolderClass) { rawValue = 1 << UInt32(holderClass.rawValue) }

    /// The state and its bodies.
    public static let state = HolderClassSet(.state)
    /// Natural persons who are citizens.
    public static let citizen = HolderClassSet(.citizen)
    /// Legal persons under domestic law.
    public static let domesticEntity = HolderClassSet(.domesticEntity)
    /// Natural persons who are not citizens.
    public static let foreignPerson = HolderClassSet(.foreignPerson)
    /// Legal persons under foreign law.
    public static let foreignEntity = HolderClassSet(.foreignEntity)
    /// Licensed banks and dealers.
    public static let financialInstitution = HolderClassSet(.financialInstitution)
    /// Foreign persons and entities.
    public static let foreign: HolderClassSet = [.foreignPerson, .foreignEntity]
    /// Every class there is.
    public static let all = HolderClassSet(HolderClass.allCases.map { HolderClassSet($0) })
}

/// A party as it is registered: a commitment to a person's record, a country and a class.
public struct PartyRegistration: Hashable, Sendable {
    /// A salted commitment; never personal data.
    public let party: PartyID
    /// The country whose law the party is under.
    public let jurisdiction: CountryCode
    /// What kind of holder it is.
    public let holderClass: HolderClass

    /// A registration with these fields.
    public init(party: PartyID, jurisdiction: CountryCode, holderClass: HolderClass) {
        self.party = party
        self.jurisdiction = jurisdiction
        self.holderClass = holderClass
    }
}

extension PartyRegistration: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(party)
        encoder.encode(text: jurisdiction.text)
        encoder.encode(UInt64(holderClass.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        let party: PartyID = try decoder.identifier()
        guard let jurisdiction = CountryCode(try decoder.text(byteCountMax: 2)),
            let holderClass = HolderClass(rawValue: UInt8(try decoder.unsigned(max: 255)))
        else { throw decoder.failure(.outOfRange) }
        decoder.leave()
        self.init(party: party, jurisdiction: jurisdiction, holderClass: holderClass)
    }
}

/// A country, as two upper-case letters (ISO 3166-1 alpha-2; assignment is not checked).
public struct CountryCode: Hashable, Sendable {
    /// Two letters, A to Z.
    public let text: String

    /// The code that `text` spells, or nil if it is not two letters from A to Z.
    public init?(_ text: String) {
        let letters = Array(text.utf8)
        guard letters.count == 2, letters.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        self.text = text
    }
}
