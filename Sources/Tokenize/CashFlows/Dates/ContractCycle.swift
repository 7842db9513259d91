/// How often something of a contract recurs, and what becomes of a rest at the end (ACTUS cycle, `P3ML1`).
public struct ContractCycle: Hashable, Sendable {
    /// The time from one date to the next; at least one day.
    public let period: Period
    /// True if a last period that is shorter than the others is joined to the one before it.
    public let hasLongStub: Bool

    /// The cycle that `text` writes as `P<n><unit>L<stub>`, or nil: `n` is 1 or more, the unit one of D, W, M, Q, H
    /// and Y, the stub 0 (long) or 1 (short).
    public init?(_ text: String) {
        let parts = text.split(separator: "L", omittingEmptySubsequences: false)
        guard parts.count == 2, let stub = ["0": true, "1": false][parts[1]],
            let period = Period(contractText: parts[0]), period.count > 0
        else { return nil }
        self.period = period
        hasLongStub = stub
    }
}

extension Period {
    /// The period that a contract writes as `P<n><unit>`, or nil; a quarter (Q) is 3 months, a half year (H) is 6.
    init?(contractText text: some StringProtocol) {
        guard text.first == "P", let letter = text.last, text.utf8.count >= 3 else { return nil }
        let digits = text.dropFirst().dropLast()
        guard digits.utf8.count <= 6, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(digits)
        else { return nil }
        switch letter {
        case "D": self.init(count, .day)
        case "W": self.init(count, .week)
        case "M": self.init(count, .month)
        case "Q": self.init(count * 3, .month)
        case "H": self.init(count * 6, .month)
        case "Y": self.init(count, .year)
        default: return nil
        }
    }

    /// The moment that lies the period, `factor` times, after `time`.
    func added(to time: ContractTime, times factor: Int = 1) throws(ConventionFailure) -> ContractTime {
        time.on(try added(to: time.date, times: factor))
    }
}
