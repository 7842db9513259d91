/// A party as the ledger knows it.
public struct PartyRecord: Hashable, Sendable {
    /// The country whose law the party is under.
    public let jurisdiction: CountryCode
    /// What kind of holder it is.
    public let holderClass: HolderClass
}

/// An account: its keys now, the party behind it, and what weighs on it.
public struct AccountRecord: Hashable, Sendable {
    /// The keys that sign for the account now.
    public internal(set) var policy: KeyPolicy
    /// The person behind it.
    public let party: PartyIndex
    /// The party's class, kept here since every movement asks for it.
    public let holderClass: HolderClass
    /// Encumbrances on the account as a whole: while one stands, it does no outgoing act.
    public internal(set) var encumbrances: [EncumbranceRecord]
}

/// A sliding window of used sequences: everything below `next` is used or gone, bit `i` says that `next + i` is used.
public struct LaneWindow: Hashable, Sendable {
    /// The lowest sequence that may still be used.
    public private(set) var next: UInt64
    /// Which of the 64 sequences from ``next`` on are used, one bit each.
    public private(set) var used: UInt64

    /// A lane that was never used.
    public static let fresh = LaneWindow(next: 0, used: 0)

    init(next: UInt64, used: UInt64) {
        self.next = next
        self.used = used
    }

    /// What a sequence is to a lane.
    enum Standing: Hashable { case free, used, beyondWindow }

    @inline(__always)
    func standing(of sequence: UInt64) -> Standing {
        guard sequence >= next else { return .used }
        let distance = sequence - next
        guard distance < UInt64(TransactionLimits.laneWindowWidth) else { return .beyondWindow }
        return used >> distance & 1 == 1 ? .used : .free
    }

    /// The window after `sequence`, which must be free, is used.
    @inline(__always)
    func using(_ sequence: UInt64) -> LaneWindow {
        var bits = used | 1 << (sequence - next)
        let run = (~bits).trailingZeroBitCount
        let advanced = next &+ UInt64(run)
        bits = run == 64 ? 0 : bits >> UInt64(run)
        return LaneWindow(next: advanced, used: bits)
    }
}

/// Who owns an encumbrance, and alone may lift it.
public enum EncumbranceOwner: Hashable, Sendable {
    case authority(AuthorityReference)
    case account(AccountID)
}

/// One encumbrance: whose it is, what it covers, and under which order.
public struct EncumbranceRecord: Hashable, Sendable {
    /// The name under which it can be released.
    public let id: EncumbranceID
    /// How its amount counts.
    public let kind: EncumbranceKind
    /// Who alone may lift it.
    public let owner: EncumbranceOwner
    /// Units covered; zero on an account or an asset, which it covers whole.
    public internal(set) var amount: Quantity
    /// 1 is the most senior.
    public let rank: UInt16
    /// The last business date on which it stands.
    public let lastDate: CalendarDate
    /// The order or contract under which it was made.
    public let order: OrderReference
    /// 0 if it was put on the holding itself. Units that arrive encumbered bring a layer of their own, from 1 up: what
    /// lies on it covers them, beside what weighs on the rest.
    public internal(set) var layer: UInt16 = 0

    /// True until its last date has passed.
    @inline(__always)
    func stands(on date: CalendarDate) -> Bool { lastDate >= date }
}

/// An asset: what it is, its supply, and what weighs on it.
public struct AssetRecord: Hashable, Sendable {
    /// Whether anything can still be issued.
    public enum Status: UInt8, Hashable, Sendable {
        case active = 1
        /// Every unit was redeemed for good; nothing more can be issued.
        case redeemed = 2
        /// Closed for good while no units were outstanding; nothing can be issued.
        case deactivated = 3
    }

    /// The name by which the world knows it.
    public let identification: AssetIdentification
    /// The issuer that brought it into being; no other ledger-wide issuer has a say over it.
    public let issuer: AuthorityReference
    /// What it promises.
    public let terms: InstrumentTerms
    /// SHA-256 of the terms' bytes as they were received.
    public let termsDigest: Digest
    /// Who has power over it, and its holding rules.
    public let charter: Charter
    /// SHA-256 of the charter's bytes as they were received.
    public let charterDigest: Digest
    /// Units that may ever be issued.
    public let cap: Quantity
    /// Units ever issued.
    public internal(set) var issued: Quantity
    /// Units ever redeemed or cancelled.
    public internal(set) var redeemed: Quantity
    /// Active, or redeemed for good.
    public internal(set) var status: Status
    /// Pauses: while one stands, units move only by order.
    public internal(set) var encumbrances: [EncumbranceRecord]
    /// Units held by parties of each class, indexed by the class's code.
    public internal(set) var unitsByClass: [UInt128]

    /// Units in being.
    public var outstanding: Quantity { Quantity(issued.units - redeemed.units) }
}

/// Units of one asset in one account and partition, with what weighs on them.
public struct HoldingRecord: Hashable, Sendable {
    /// Units held, covered or not.
    public internal(set) var units: Quantity
    /// What weighs on them, senior first; those that have lapsed may still be listed.
    public internal(set) var encumbrances: [EncumbranceRecord]

    static let empty = HoldingRecord(units: .zero, encumbrances: [])

    var isEmpty: Bool { units == .zero && encumbrances.isEmpty }

    /// Encumbrances on one holding that arrived with units: what one holding can hand on when all of it is replaced.
    static let arrivedEncumbranceCountMax =
        TransactionLimits.holdingEncumbranceCountMax - 2 * TransactionLimits.encumbranceCountMax

    /// Units that the holder may dispose of: those that nothing covers, never below zero.
    public func available(on date: CalendarDate) -> Quantity {
        guard !encumbrances.isEmpty else { return units }
        return units.subtracting(EncumbranceAlgebra.cover(of: encumbrances, on: date)) ?? .zero
    }
}

/// An authority as it stands.
public struct AuthorityRecord: Hashable, Sendable {
    /// Members that must be principals of a transaction under this authority.
    public let quorum: Int
    /// Ascending.
    public let members: [AccountIndex]
}

/// Where the ledger stands in time.
public struct LedgerClock: Hashable, Sendable {
    /// The height of the entries that come next: headers so far, plus one.
    public internal(set) var height: UInt64
    /// The business date that stands open.
    public internal(set) var businessDate: CalendarDate
    /// Business days opened since genesis.
    public internal(set) var openedDayCount: UInt64
    /// Seconds since 1970-01-01T00:00:00Z in the last header.
    public internal(set) var sealingTime: UInt64
}
