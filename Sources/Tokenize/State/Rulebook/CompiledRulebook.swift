/// A rulebook as it is asked: names are indices, countries are bits.
final class CompiledRulebook: Sendable {
    let version: UInt64
    let book: Rulebook
    let names: CompiledNames
    let requirements: [[CompiledCondition]]
    let rules: [CompiledRule]
    /// Days for which units given are kept, 0 if no rule asks.
    let givenDays: Int
    let gotDays: Int
    let issuedDays: Int
    /// Accounts towards which units given are kept, and for how many days.
    let towardsDays: [AccountIndex: Int]
    let approvals: [ApprovalRule]
    /// Whether a rule limits what a person holds.
    let limitsUnits: Bool
    /// Whether own volumes or requests are written when units move.
    let writesNothing: Bool

    init(
        version: UInt64,
        book: Rulebook,
        names: CompiledNames,
        requirements: [[CompiledCondition]],
        rules: [CompiledRule],
        towards: [AccountIndex: Int]
    ) {
        self.version = version
        self.book = book
        self.names = names
        self.requirements = requirements
        self.rules = rules
        towardsDays = towards
        var (given, got, issued) = (0, 0, 0)
        var (approvals, hasCharges): ([ApprovalRule], Bool) = ([], false)
        for rule in book.rules {
            switch rule {
            case .volume(let days, _): given = max(given, days)
            case .holdingPeriod(let days): got = max(got, days)
            case .issueLockUp(let days): issued = max(issued, days)
            case .approval(let rule): approvals.append(rule)
            case .fee, .stampDuty: hasCharges = true
            default: break
            }
        }
        limitsUnits = rules.contains { rule in
            switch rule {
            case .balanceMax, .partyShareMax: true
            default: false
            }
        }
        (givenDays, gotDays, issuedDays) = (given, got, issued)
        self.approvals = approvals
        writesNothing =
            given == 0 && got == 0 && issued == 0 && towards.isEmpty && approvals.isEmpty && !hasCharges
    }

    /// Charges in the order of the rules, with the code of each.
    var charges: [(code: RejectionCode, charge: Charge)] {
        book.rules.compactMap { rule in
            switch rule {
            case .fee(let charge): (.feeNotPaid, charge)
            case .stampDuty(let charge): (.stampDutyNotPaid, charge)
            default: nil
            }
        }
    }
}

/// What the rules of a book name, resolved.
struct CompiledNames: Sendable {
    var countries: ContiguousArray<CountrySet> = []
    var statements: ContiguousArray<CompiledStatement> = []
    /// By position of the rule.
    var calendars: [Int: BusinessCalendar] = [:]
    /// Accounts of a rule on volumes towards them, by position of the rule.
    var accounts: [Int: [AccountIndex]] = [:]
}

/// A rule with its names resolved: plain numbers, so that going through the rules of a book counts no references. What
/// needs more stands in the book, under an index.
enum CompiledRule: Sendable {
    /// A set of the book's countries.
    case countries(Int, areAllowed: Bool, RuleSides)
    /// A list, and whether who takes part must stand on it or must not; refused with a code.
    case list(Int, isWanted: Bool, RejectionCode, RuleSides)
    /// One of the book's statements.
    case statement(Int, RejectionCode, RuleSides)
    case admission(Int)
    case balanceMax(Quantity)
    case partyShareMax(numerator: UInt64, denominator: UInt64)
    case volume(days: Int, Quantity)
    case memo
    /// Asked as it stands in the book, at the same position.
    case asWritten
}

/// A statement with the column of its topic.
struct CompiledStatement: Sendable {
    let topic: Topic
    let column: Int
    let value: AttestationValue?
    /// The value, if it is a number.
    let number: UInt64
    let asksNumber: Bool

    init(_ statement: Statement, column: Int) {
        topic = statement.topic
        value = statement.value
        self.column = column
        if case .number(let number) = statement.value {
            (self.number, asksNumber) = (number, true)
        } else {
            (number, asksNumber) = (0, false)
        }
    }

    @inline(__always)
    var takesAnyValue: Bool { value == nil }
}

/// A condition with its names resolved.
struct CompiledCondition: Sendable {
    enum Test: Sendable {
        /// One of these is met, or none is.
        case statements([CompiledStatement], areWanted: Bool)
        case identity([PartyID])
    }

    let test: Test
    let sides: RuleSides
}

/// A set of countries, a bit for each pair of letters.
struct CountrySet: Sendable {
    private var words = ContiguousArray<UInt64>(repeating: 0, count: (CountryCode.placeCount + 63) / 64)

    init(_ countries: [CountryCode]) {
        for country in countries { words[Int(country.place >> 6)] |= 1 << UInt64(country.place & 63) }
    }

    @inline(__always)
    func contains(_ country: CountryCode) -> Bool {
        words[Int(country.place >> 6)] >> UInt64(country.place & 63) & 1 == 1
    }
}
