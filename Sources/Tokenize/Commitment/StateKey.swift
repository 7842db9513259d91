/// Names a record in the state tree; its encoding is what the tree hashes as a key (Specs/06).
public enum StateKey: Hashable, Sendable {
    case ledger
    case party(PartyID)
    case account(AccountID)
    case lane(AccountID, lane: UInt16)
    case asset(AssetID)
    case holding(asset: AssetID, account: AccountID, partition: UInt32)
    /// By the encoded reference of the authority.
    case authority([UInt8])
    /// By the encoded identification.
    case identification([UInt8])
    case payment(asset: AssetID, reference: String)
    /// A calendar, by its digest.
    case calendar(Digest)
    /// What the ledger knows of a bond's life.
    case bond(AssetID)
    /// A record point of a bond.
    case recordPoint(AssetID, CalendarDate)
    /// A holding as it was at a record point, changed since.
    case keptHolding(AssetID, CalendarDate, account: AccountID, partition: UInt32)
    /// How a due was paid; the kind is its code.
    case paidDue(AssetID, CalendarDate, kind: UInt8)
    /// What is owed to an account that could not be paid.
    case claim(AssetID, CalendarDate, kind: UInt8, account: AccountID, partition: UInt32)
    /// The account that gets an account's cash.
    case paymentInstruction(AccountID)
    /// A fixing, or the value of an index.
    case observation(AssetID, name: String, CalendarDate)
    /// Units that are put.
    case putNotice(AssetID, CalendarDate, account: AccountID, partition: UInt32)
    /// A record of lawful control or of rulebooks, by its kind and the encoded name within it.
    case control(UInt64, [UInt8])

    /// Kinds of records of lawful control.
    static let controlKinds: ClosedRange<UInt64> = 40...49

    /// Kinds of records of rulebooks and attestations.
    static let rulebookKinds: ClosedRange<UInt64> = 30...35

    /// Bytes of an encoded reference or identification.
    static let nestedByteCountMax = 128

    /// The key's encoding.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 80)
        switch self {
        case .ledger:
            encoder.encodeArray(count: 1)
            encoder.encode(0 as UInt64)
        case .party(let party):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(party)
        case .account(let account):
            encoder.encodeArray(count: 2)
            encoder.encode(2 as UInt64)
            encoder.encode(account)
        case .lane(let account, let lane):
            encoder.encodeArray(count: 3)
            encoder.encode(3 as UInt64)
            encoder.encode(account)
            encoder.encode(UInt64(lane))
        case .asset(let asset):
            encoder.encodeArray(count: 2)
            encoder.encode(4 as UInt64)
            encoder.encode(asset)
        case .holding(let asset, let account, let partition):
            encoder.encodeArray(count: 4)
            encoder.encode(5 as UInt64)
            encoder.encode(asset)
            encoder.encode(account)
            encoder.encode(UInt64(partition))
        case .authority(let reference):
            encoder.encodeArray(count: 2)
            encoder.encode(6 as UInt64)
            encoder.encode(bytes: reference)
        case .identification(let identification):
            encoder.encodeArray(count: 2)
            encoder.encode(7 as UInt64)
            encoder.encode(bytes: identification)
        case .payment(let asset, let reference):
            encoder.encodeArray(count: 3)
            encoder.encode(8 as UInt64)
            encoder.encode(asset)
            encoder.encode(text: reference)
        case .control(let kind, let name):
            encoder.encodeArray(count: 2)
            encoder.encode(kind)
            encoder.encode(bytes: name)
        default: encodeServicing(into: &encoder)
        }
        return encoder.bytes
    }

    /// Reads a key that takes up all of `bytes`.
    public init(canonicalBytes bytes: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try StateKey(from: &decoder)
        }
    }

    private init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 6)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (0, 1): self = .ledger
        case (1, 2): self = .party(try decoder.identifier())
        case (2, 2): self = .account(try decoder.identifier())
        case (3, 3):
            let account: AccountID = try decoder.identifier()
            self = .lane(account, lane: UInt16(try decoder.unsigned(max: UInt64(UInt16.max))))
        case (4, 2): self = .asset(try decoder.identifier())
        case (5, 4):
            let asset: AssetID = try decoder.identifier()
            let account: AccountID = try decoder.identifier()
            let partition = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
            self = .holding(asset: asset, account: account, partition: partition)
        case (6, 2): self = .authority(try decoder.bytes(countMax: StateKey.nestedByteCountMax))
        case (7, 2): self = .identification(try decoder.bytes(countMax: StateKey.nestedByteCountMax))
        case (8, 3):
            let asset: AssetID = try decoder.identifier()
            self = .payment(asset: asset, reference: try decoder.text(byteCountMax: StateKey.nestedByteCountMax))
        case (let kind, 2) where StateKey.controlKinds.contains(kind) || StateKey.rulebookKinds.contains(kind):
            self = .control(kind, try decoder.bytes(countMax: StateKey.nestedByteCountMax))
        case (let code, _): self = try StateKey(servicingCode: code, count: count, from: &decoder)
        }
        decoder.leave()
    }
}
