/// What the ledger knows of the life of its bonds.
struct ServicingBook: Sendable {
    /// Calendars that were registered, by digest.
    var calendars: [Digest: BusinessCalendar] = [:]
    /// Bonds, by the index of their asset.
    var lines: [AssetIndex: BondLine] = [:]
    /// The account that gets the cash of another.
    var instructions: [AccountIndex: AccountIndex] = [:]
    /// What is owed to those who could not be paid.
    var claims: [ClaimKey: ClaimRecord] = [:]

    /// Calendars that every ledger knows (Specs/09).
    static let known: [Digest: BusinessCalendar] = Dictionary(
        uniqueKeysWithValues: [BusinessCalendar.everyDay, .mondayToFriday, .laoModel].map { ($0.digest, $0) }
    )

    /// The calendar of a digest.
    func calendar(_ digest: Digest) -> BusinessCalendar? { ServicingBook.known[digest] ?? calendars[digest] }
}

/// Names a claim: what was paid, and to whom it is owed.
struct ClaimKey: Hashable, Comparable, Sendable {
    let asset: AssetIndex
    let due: BondDue.ID
    let account: AccountIndex
    let partition: Partition

    static func < (left: ClaimKey, right: ClaimKey) -> Bool {
        (left.asset, left.due, left.account, left.partition) < (right.asset, right.due, right.account, right.partition)
    }
}

/// Cash that is owed to an account, and lies in another until it can be paid.
struct ClaimRecord: Hashable, Sendable {
    /// What is owed, in minor units of the cash asset.
    var amount: Quantity
    /// Where it lies.
    let holder: AccountIndex
    /// The partition of the cash.
    let cashPartition: Partition
    /// What lies on the cash when it is paid.
    var encumbrances: [EncumbranceRecord]
}

/// A record of the state tree that has to do with servicing.
enum ServicingKey: Hashable, Sendable {
    case calendar(Digest)
    case line(AssetIndex)
    case point(AssetIndex, CalendarDate)
    case kept(AssetIndex, CalendarDate, AccountIndex, Partition)
    case paid(AssetIndex, BondDue.ID)
    case claim(ClaimKey)
    case instruction(AccountIndex)
    case observation(AssetIndex, String, CalendarDate)
    case put(AssetIndex, PutKey)
}
