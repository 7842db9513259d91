/// One rule of a rulebook: a family and its parameters. The families and their codes are in Specs/14.3.
public enum Rule: Hashable, Sendable {
    // Who
    /// Only parties of these countries.
    case countriesAllowed([CountryCode], RuleSides)
    /// No party of these countries.
    case countriesRestricted([CountryCode], RuleSides)
    /// Only who stands on the list.
    case allowList(ListReference, RuleSides)
    /// Nobody who stands on the list.
    case blockList(ListReference, RuleSides)
    /// Nobody who stands on the list of sanctions that an authority keeps.
    case sanctions(ListReference, RuleSides)
    /// Only who is attested to be accredited.
    case accredited(Statement, RuleSides)
    /// Only who is attested to be resident.
    case resident(Statement, RuleSides)
    /// New accounts are closed until they stand on the list, by account.
    case admission(ListReference)
    /// A rule on classes of holders, as in a charter.
    case holding(HoldingRule)
    // How much
    /// Nobody holds more than this.
    case balanceMax(Quantity)
    /// Who gives keeps this much at least, or nothing.
    case remainderMin(Quantity)
    /// Nobody holds more than this part of the units outstanding.
    case partyShareMax(numerator: UInt64, denominator: UInt64)
    /// These classes together hold at least this part of the units outstanding.
    case classShareMin(HolderClassSet, numerator: UInt64, denominator: UInt64)
    /// At most so many hold.
    case holderCountMax(UInt64)
    /// At most so many of these classes hold.
    case classHolderCountMax(HolderClassSet, UInt64)
    /// At most so many units are outstanding.
    case supplyMax(Quantity)
    // When
    /// Nobody gives more than this in the last days, today included.
    case volume(days: Int, Quantity)
    /// Nobody gives more than this to these accounts together in the last days, today included.
    case volumeTowards([AccountID], days: Int, Quantity)
    /// Units of these partitions, or of all if none is named, stay where they are through this date.
    case lockUp([Partition], through: CalendarDate)
    /// What was issued to a party stays with it for so many days, that of the issue included.
    case issueLockUp(days: Int)
    /// What a party has got stays with it for so many days, that of the movement included.
    case holdingPeriod(days: Int)
    /// Units move on business days of this calendar only.
    case tradingCalendar(Digest)
    // In what form
    /// At least so many units move at once.
    case transferMin(Quantity)
    /// Units move in multiples of this.
    case lot(Quantity)
    /// A fee is paid.
    case fee(Charge)
    /// Stamp duty is paid.
    case stampDuty(Charge)
    /// Others approve.
    case approval(ApprovalRule)
    /// The transaction has a memo.
    case memo
    /// Units do not move from person to person.
    case nonTransferable
    /// Who gets units has asked for the asset.
    case optIn

    /// Days of the longest window of volume.
    public static let windowDayCountMax = 366
    /// Days of the longest holding period or lock-up after issue.
    public static let periodDayCountMax = 1_830
    /// Countries, accounts or partitions in a rule.
    public static let elementCountMax = 256
}

/// What a movement costs: a fixed sum, and a part of a unit of cash for each unit moved, rounded up once.
public struct Charge: Hashable, Sendable {
    /// The cash in which it is paid.
    public let cash: AssetID
    /// The account to which it is paid.
    public let treasury: AccountID
    /// Owed for every movement.
    public let fixed: Quantity
    /// Owed for each unit: numerator over denominator units of cash.
    public let numerator: UInt64
    /// At least 1.
    public let denominator: UInt64

    /// A charge of a fixed sum and a rate.
    public init(in cash: AssetID, to treasury: AccountID, fixed: Quantity, numerator: UInt64, denominator: UInt64) {
        self.cash = cash
        self.treasury = treasury
        self.fixed = fixed
        self.numerator = numerator
        self.denominator = denominator
    }

    /// What so many units cost, or nil if it does not fit 128 bits.
    public func amount(for units: Quantity) -> Quantity? {
        guard denominator > 0 else { return nil }
        let product = units.units.multipliedFullWidth(by: UInt128(numerator))
        guard product.high < UInt128(denominator) else { return nil }
        let (quotient, remainder) = UInt128(denominator).dividingFullWidth(product)
        return Quantity(quotient).adding(remainder == 0 ? .zero : 1)?.adding(fixed)
    }
}

/// Who must approve a movement that its holder has asked for.
public struct ApprovalRule: Hashable, Sendable {
    /// When nobody answers.
    public struct Silence: Hashable, Sendable {
        /// How long nobody has refused.
        public let notice: Notice
        /// The authority that is told of every request.
        public let told: AuthorityReference

        /// Silence approves after a notice, of which an authority is told.
        public init(after notice: Notice, telling told: AuthorityReference) {
            self.notice = notice
            self.told = told
        }
    }

    /// Approvers in a rule.
    public static let approverCountMax = 16

    /// Who approves.
    public let approvers: [AccountID]
    /// How many of them must.
    public let needed: Int
    /// Days for which a request stands, at most; that of the request included.
    public let dayCountMax: Int
    /// What silence means: nothing, unless it is said here.
    public let silence: Silence?

    /// A rule with these fields; whether they fit is decided when the rulebook is laid down.
    public init(_ approvers: [AccountID], needed: Int = 1, dayCountMax: Int, silence: Silence? = nil) {
        self.approvers = approvers.sorted()
        self.needed = needed
        self.dayCountMax = dayCountMax
        self.silence = silence
    }
}
