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
    /// The two letters as a number in base 26; A is 0.
    let place: UInt16

    /// Codes that two letters can spell.
    static let placeCount = 26 * 26

    /// Two letters, A to Z.
    public var text: String {
        String(decoding: [0x41 + UInt8(place / 26), 0x41 + UInt8(place % 26)], as: UTF8.self)
    }

    /// The code that `text` spells, or nil if it is not two letters from A to Z.
    public init?(_ text: String) {
        let letters = Array(text.utf8)
        guard letters.count == 2, letters.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        place = UInt16(letters[0] - 0x41) * 26 + UInt16(letters[1] - 0x41)
    }
}
