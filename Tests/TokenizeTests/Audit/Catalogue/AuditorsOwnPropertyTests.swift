import Testing
import Tokenize
import TokenizeAudit

/// What an auditor writes who has a question of their own: a property in twenty lines, on public names alone.
@Suite("An auditor's own property")
struct AuditorsOwnPropertyTests {
    /// Splitting a sum into two payments of whole units loses nothing, whatever the sum and the first part.
    static let splitting = Property(
        "ACME-001",
        "A quantity that is split in two adds up again, and nothing above it can be taken.",
        coverage: [.init("above 64 bits", perMille: 200), .init("nothing left", perMille: 10)]
    ) { trial in
        let total = try trial.draw(Generator<UInt128>.integer())
        let part = try trial.draw(.integer(in: 0...total))
        trial.note("split \(total) at \(part)")
        trial.label("above 64 bits", when: total > UInt128(UInt64.max))
        trial.label("nothing left", when: part == total)
        guard let rest = Quantity(total).subtracting(Quantity(part)) else {
            throw Falsified(message: "\(part) cannot be taken from \(total)", place: "taking")
        }
        try trial.require(rest.adding(Quantity(part)) == Quantity(total), "\(rest) and \(part) are not \(total)")
        guard total < .max else { return }
        try trial.require(Quantity(total).subtracting(Quantity(total + 1)) == nil, "more than all was taken")
    }

    @Test("it holds, and is replayed like any other")
    func holds() async throws {
        try await expectHolds(Self.splitting, cases: 1_000)
    }
}
