/// What one transaction changes: records as they are afterwards, and its effects. Made by `decide`, used by `apply`.
///
/// While rules run, it is the overlay through which later operations see earlier ones; the state itself is untouched.
public struct Transition: Sendable {
    var lanes: [LaneChange] = []
    var holdings: [HoldingChange] = []
    /// Index into `holdings`, kept once there are too many to search one by one.
    private var holdingIndex: [HoldingAddress: Int] = [:]
    var newParties: [(id: PartyID, record: PartyRecord)] = []
    var newAccounts: [(id: AccountID, record: AccountRecord)] = []
    var accounts: [(index: AccountIndex, record: AccountRecord)] = []
    var newAssets: [(id: AssetID, record: AssetRecord)] = []
    var assets: [(index: AssetIndex, record: AssetRecord)] = []
    var authorities: [(reference: AuthorityReference, record: AuthorityRecord)] = []
    var payments: [PaymentKey] = []
    var control: [(key: ControlKey, record: ControlRecord?)] = []
    var rules = RulebookChanges()
    /// Units that the operation in hand issues, for what an explanation says would fit.
    var issuedUnits = Quantity.zero
    var businessDate: CalendarDate?
    var logKeys: LogKeys?
    var servicing = ServicingChanges()
    /// What happened, in order, but for payments to many: those of ``ServicingChanges/bulk`` stand among them.
    var effects: [Effect] = []
    /// Where rules that are not met are noted if the transaction is explained; nil if it is decided.
    var objections: Objections?
    /// Effects that it may have; never another number but in tests.
    var effectCountMax = TransactionLimits.effectCountMax

    /// Forgets everything and keeps the memory of what nearly every transaction uses.
    mutating func removeAll() {
        var (lanes, holdings, effects): ([LaneChange], [HoldingChange], [Effect]) = ([], [], [])
        swap(&lanes, &self.lanes)
        swap(&holdings, &self.holdings)
        swap(&effects, &self.effects)
        self = Transition()
        lanes.removeAll(keepingCapacity: true)
        holdings.removeAll(keepingCapacity: true)
        effects.removeAll(keepingCapacity: true)
        self.lanes = lanes
        self.holdings = holdings
        self.effects = effects
    }

    /// True if there is room for so many more effects.
    func hasRoom(forEffects count: Int) -> Bool { count <= effectCountMax - effectCount }

    /// PAY-005: there is room for so many more effects.
    func requireRoom(forEffects count: Int = 0) throws(Rejection) {
        guard hasRoom(forEffects: count) else {
            throw Rejection(.tooManyEffects, (.limit, .number(UInt64(effectCountMax))))
        }
    }

    struct LaneChange: Sendable {
        let account: AccountIndex
        let lane: UInt16
        let window: LaneWindow
    }

    struct HoldingChange: Sendable {
        let address: HoldingAddress
        /// The holding's slot in the asset's table, if it has one already.
        let slot: Int?
        /// Units before the transaction, for conservation.
        let unitsBefore: Quantity
        var record: HoldingRecord
    }

    /// Changes above which holdings are found by hash and not by search.
    private static let linearSearchMax = 8

    @inline(__always)
    func changedHolding(_ address: HoldingAddress) -> Int? {
        if holdings.count > Transition.linearSearchMax { return holdingIndex[address] }
        for index in holdings.indices where holdings[index].address == address { return index }
        return nil
    }

    /// Appends a change of a holding that has none yet.
    @inline(__always)
    mutating func appendHolding(_ change: HoldingChange) {
        // A transfer changes two.
        if holdings.isEmpty { holdings.reserveCapacity(2) }
        holdings.append(change)
        if holdings.count > Transition.linearSearchMax {
            if holdings.count == Transition.linearSearchMax + 1 {
                for (index, earlier) in holdings.enumerated() { holdingIndex[earlier.address] = index }
            } else {
                holdingIndex[change.address] = holdings.count - 1
            }
        }
    }
}
