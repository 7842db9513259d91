/// Everything that can change a later decision. A fold of the log, and of nothing else.
///
/// Values of this type are changed only by `apply`; rules read it and write a ``Transition``.
public struct LedgerState: Sendable {
    /// The ledger's name: the tagged hash of its genesis.
    public let ledger: LedgerID
    /// What people call the ledger.
    public let name: String
    /// What genesis fixed for good.
    public let parameters: LedgerParameters
    /// The commitment to the secret behind the salts of the state tree.
    public let disclosureCommitment: Digest
    /// The keys that sign and witness the log now.
    public internal(set) var logKeys: LogKeys
    /// Where the ledger stands in time.
    public internal(set) var clock: LedgerClock
    /// Whether notices have begun in the last block whose sealing time is not entered yet.
    var hasNoticesToSeal = false

    var parties = RecordTable<PartyID, PartyRecord>()
    var accounts = RecordTable<AccountID, AccountRecord>()
    /// Window of lane 0 of each account, by account index.
    var firstLanes: ContiguousArray<LaneWindow> = []
    /// Windows of other lanes that were used.
    var otherLanes: [LaneAddress: LaneWindow] = [:]
    var assets = RecordTable<AssetID, AssetRecord>()
    /// By asset index.
    var holdings: ContiguousArray<HoldingTable> = []
    var authorities: [AuthorityReference: AuthorityRecord] = [:]
    var identifications: [AssetIdentification: AssetIndex] = [:]
    /// Payments made, so that none is made twice.
    var payments: Set<PaymentKey> = []
    /// The life of bonds.
    var servicing = ServicingBook()
    /// The party behind each account, by account index; derived from accounts, whose parties never change.
    var accountParties: ContiguousArray<PartyIndex> = []
    /// Holder class, and ``needsALook``, by account index; derived from accounts and instructions.
    var accountTraits: ContiguousArray<UInt8> = []
    /// Orders, proposals, documents, recoveries, allowances.
    var control = ControlTable()

    /// Attestations, rulebooks, lists, volumes.
    var rules = RulebookTable()

    /// What changed since the tree was brought up to date.
    var changes = ChangedRecords()

    init(
        ledger: LedgerID,
        name: String,
        parameters: LedgerParameters,
        disclosureCommitment: Digest,
        logKeys: LogKeys,
        clock: LedgerClock
    ) {
        self.ledger = ledger
        self.name = name
        self.parameters = parameters
        self.disclosureCommitment = disclosureCommitment
        self.logKeys = logKeys
        self.clock = clock
    }
}

/// A lane of an account other than lane 0.
struct LaneAddress: Hashable, Sendable {
    let account: AccountIndex
    let lane: UInt16
}

/// A payment on an asset: one reference is paid once. References are compared and ordered byte by byte.
struct PaymentKey: Hashable, Comparable, Sendable {
    let asset: AssetIndex
    let reference: String

    static func == (left: PaymentKey, right: PaymentKey) -> Bool {
        left.asset == right.asset && left.reference.isSameBytes(as: right.reference)
    }

    static func < (left: PaymentKey, right: PaymentKey) -> Bool {
        left.asset == right.asset ? left.reference.precedesInBytes(right.reference) : left.asset < right.asset
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(asset)
        reference.hashBytes(into: &hasher)
    }
}

extension LedgerState {
    /// The window of a lane as it stands.
    @inline(__always)
    func lane(_ account: AccountIndex, _ lane: UInt16) -> LaneWindow {
        lane == 0
            ? firstLanes[account.offset]
            : otherLanes[LaneAddress(account: account, lane: lane)] ?? .fresh
    }

    /// The holding at an address; empty if there is none.
    @inline(__always)
    func holding(_ address: HoldingAddress) -> HoldingRecord {
        holdings[address.asset.offset].record(address.account, address.partition) ?? .empty
    }
}
