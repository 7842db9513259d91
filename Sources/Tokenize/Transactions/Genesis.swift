/// The first entry of a ledger: its name, founders, keys and parameters. Its tagged hash names the ledger.
public struct Genesis: Hashable, Sendable {
    /// The version of the form, the first field of the encoding.
    public static let version: UInt64 = 1
    /// Bytes in a ledger's name, in UTF-8.
    public static let nameByteCountMax = 64
    /// Parties, accounts or authorities in a genesis, each.
    public static let foundingCountMax = 64

    /// What people call the ledger; the origin line of its checkpoints begins with it. As a ``NoteName``, no white space
    /// and no plus sign.
    public let name: String
    /// What is fixed for good.
    public let parameters: LedgerParameters
    /// The keys that sign and witness the log at first.
    public let logKeys: LogKeys
    /// Commitment to the secret from which the state tree's salts are derived.
    public let disclosureCommitment: Digest
    /// Parties that are registered from the beginning.
    public let parties: [PartyRegistration]
    /// Accounts that are open from the beginning.
    public let accounts: [AccountOpening]
    /// Authorities that are appointed from the beginning, each reference once.
    public let authorities: [AuthorityAppointment]

    /// A genesis with these parts; a ledger that it founds checks that they fit.
    public init(
        name: String,
        parameters: LedgerParameters,
        logKeys: LogKeys,
        disclosureCommitment: Digest,
        parties: [PartyRegistration],
        accounts: [AccountOpening],
        authorities: [AuthorityAppointment]
    ) {
        self.name = name
        self.parameters = parameters
        self.logKeys = logKeys
        self.disclosureCommitment = disclosureCommitment
        self.parties = parties
        self.accounts = accounts
        self.authorities = authorities
    }

    /// The ledger's name: the tagged hash of the encoded genesis.
    public var ledger: LedgerID { LedgerID(digest: Tags.ledger.hash(canonicalBytes)) }
}

/// Parameters that genesis fixes.
public struct LedgerParameters: Hashable, Sendable {
    /// The business date on which the ledger opens.
    public let firstBusinessDate: CalendarDate
    /// Largest number of days from one business date to the next, 1 ... 31.
    public let businessDayGapMax: Int
    /// Largest number of days from the business date to a transaction's last valid date.
    public let validityDaysMax: Int
    /// Largest number of blocks from the present height to a transaction's last valid height.
    public let validityHeightMax: UInt64

    /// Parameters; what is left out has the usual value.
    public init(
        firstBusinessDate: CalendarDate,
        businessDayGapMax: Int = 10,
        validityDaysMax: Int = 31,
        validityHeightMax: UInt64 = 1_000_000
    ) {
        self.firstBusinessDate = firstBusinessDate
        self.businessDayGapMax = businessDayGapMax
        self.validityDaysMax = validityDaysMax
        self.validityHeightMax = validityHeightMax
    }
}

extension LedgerParameters: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        firstBusinessDate.encode(into: &encoder)
        encoder.encode(UInt64(businessDayGapMax))
        encoder.encode(UInt64(validityDaysMax))
        encoder.encode(validityHeightMax)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        firstBusinessDate = try CalendarDate(from: &decoder)
        businessDayGapMax = Int(try decoder.unsigned(max: 31))
        validityDaysMax = Int(try decoder.unsigned(max: 3_660))
        validityHeightMax = try decoder.unsigned(max: UInt64(UInt32.max))
        decoder.leave()
        guard businessDayGapMax >= 1 else { throw decoder.failure(.outOfRange) }
    }
}

extension Genesis: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 8)
        encoder.encode(Genesis.version)
        encoder.encode(text: name)
        parameters.encode(into: &encoder)
        logKeys.encode(into: &encoder)
        encoder.encode(disclosureCommitment)
        encoder.encode(array: parties)
        encoder.encode(array: accounts)
        encoder.encode(array: authorities)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 8)
        guard try decoder.unsigned() == Genesis.version else { throw decoder.failure(.outOfRange) }
        name = try decoder.text(byteCountMax: Genesis.nameByteCountMax)
        guard NameText.isName(name) else { throw decoder.failure(.outOfRange) }
        parameters = try LedgerParameters(from: &decoder)
        logKeys = try LogKeys(from: &decoder)
        disclosureCommitment = try decoder.digest()
        let max = Genesis.foundingCountMax
        parties = try decoder.array(of: PartyRegistration.self, min: 1, max: max, limit: "foundingCountMax")
        accounts = try decoder.array(of: AccountOpening.self, min: 1, max: max, limit: "foundingCountMax")
        authorities = try decoder.array(of: AuthorityAppointment.self, min: 1, max: max, limit: "foundingCountMax")
        guard Set(authorities.map { $0.reference }).count == authorities.count else {
            throw decoder.failure(.keyOrder)
        }
        decoder.leave()
    }
}
