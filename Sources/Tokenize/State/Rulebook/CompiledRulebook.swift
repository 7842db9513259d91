/// A rulebook as it is asked: names are indices, countries are bits.
final class CompiledRulebook: Sendable {
    let version: UInt64
    let book: Rulebook
    let requirements: [[CompiledCondition]]
    let rules: [CompiledRule]
    /// Days for which units given are kept, 0 if no rule asks.
    let givenDays: Int
    let gotDays: Int
    let issuedDays: Int
    /// Accounts towards which units given are kept, and for how many days.
    let towardsDays: [AccountIndex: Int]
    let approvals: [ApprovalRule]
    /// Whether own volumes or requests are written when units move.
    let writesNothing: Bool

    init(
        version: UInt64,
        book: Rulebook,
        requirements: [[CompiledCondition]],
        rules: [CompiledRule],
        towards: [AccountIndex: Int]
    ) {
        self.version = version
        self.book = book
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

/// A rule with its names resolved.
enum CompiledRule: Sendable {
    case countries(CountrySet, areAllowed: Bool, RuleSides)
    /// A list, and whether who takes part must stand on it or must not; refused with a code.
    case list(Int, isWanted: Bool, RejectionCode, RuleSides)
    case statement(CompiledStatement, RejectionCode, RuleSides)
    case admission(Int)
    case calendar(BusinessCalendar)
    case volumeTowards([AccountIndex], days: Int, Quantity)
    /// A rule that needs nothing resolved.
    case plain(Rule)
}

/// A statement with the column of its topic.
struct CompiledStatement: Sendable {
    let topic: Topic
    let column: Int
    let value: AttestationValue?
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
    private var words = ContiguousArray<UInt64>(repeating: 0, count: (26 * 26 + 63) / 64)

    init(_ countries: [CountryCode]) {
        for country in countries {
            let place = CountrySet.place(of: country)
            words[place >> 6] |= 1 << UInt64(place & 63)
        }
    }

    @inline(__always)
    func contains(_ country: CountryCode) -> Bool {
        let place = CountrySet.place(of: country)
        return words[place >> 6] >> UInt64(place & 63) & 1 == 1
    }

    @inline(__always)
    private static func place(of country: CountryCode) -> Int {
        var place = 0
        for letter in country.text.utf8 { place = place * 26 + Int(letter) - 0x41 }
        return place
    }
}
