import Testing
import TokenizeAudit

/// Runs count what they see, repeat exactly, and do not pass by looking away.
@Suite("Audit kit: runs")
struct PropertyRunTests {
    @Test("the same seed is the same run, another seed is another")
    func determinism() async throws {
        func outcome(_ seed: UInt64) async throws -> PropertyOutcome {
            try await QueueModel.property.check(PropertyRun(cases: 500, seed: seed, shrinkCallCountMax: 200))
        }
        let first = try await outcome(11)
        #expect(try await outcome(11) == first)
        #expect(!first.isPassed)
        func values(_ seed: UInt64) async throws -> [[UInt64]] {
            let seen = Seen()
            let property = Property("values", "holds") { trial in await seen.add(try trial.draw(KitExamples.numbers)) }
            #expect(try await property.check(PropertyRun(cases: 50, seed: seed)).isPassed)
            return await seen.values
        }
        let ten = try await values(10)
        #expect(try await values(10) == ten)
        #expect(try await values(12) != ten)
        #expect(Set(ten).count > 30, "cases differ")
    }

    @Test("the generator gives the same numbers for ever")
    func knownNumbers() throws {
        var choices = ChoiceSource(seed: 42, caseIndex: 7)
        let numbers = try (0..<4).map { _ in try choices.choose(upTo: .max) }
        #expect(numbers == PropertyRunTests.numbersOfSeed42Case7)
        #expect(choices.choices == numbers)
    }

    private static let numbersOfSeed42Case7: [UInt64] = [
        0xE6EB_BDD7_A24A_EC8B,
        0x768B_1AC4_7E77_2E85,
        0x0231_E0A2_2DE3_47F4,
        0x3D8B_8BBC_523A_1D65,
    ]

    @Test("boundaries come more often than chance has them")
    func boundaries() async throws {
        let property = Property(
            "boundaries",
            "holds",
            coverage: [
                .init("zero", perMille: 20), .init("greatest", perMille: 20), .init("power", perMille: 20),
                .init("small", perMille: 100), .init("wide", perMille: 300),
            ]
        ) { trial in
            let value = try trial.draw(Generator<UInt128>.integer())
            trial.label("zero", when: value == 0)
            trial.label("greatest", when: value == .max)
            trial.label("power", when: value > 2 && value.nonzeroBitCount == 1)
            trial.label("small", when: value < 1_000)
            trial.label("wide", when: value > 1 << 64)
        }
        let outcome = try await property.check(PropertyRun(cases: 3_000))
        #expect(outcome.isPassed, "\(outcome)")
    }

    @Test("a run that does not see what it must has not passed")
    func coverage() async throws {
        let property = Property("rare", "holds", coverage: [.init("even", perMille: 200), .init("rare", perMille: 5)]) {
            trial in
            let value = try trial.draw(Generator<UInt32>.integer(in: 0...1_000_000))
            trial.label("even", when: value % 2 == 0)
            trial.label("rare", when: value == 654_321)
        }
        guard case .insufficientCoverage(let gaps, let statistics) = try await property.check(PropertyRun(cases: 400))
        else {
            Issue.record("coverage was enough")
            return
        }
        #expect(gaps.map { [$0.label, "\($0.perMilleMin)", "\($0.count)"] } == [["rare", "5", "0"]])
        // It has gone on, to see whether the label is rare in truth.
        #expect(statistics.caseCount == 400 * AuditLimits.coverageCaseFactorMax)
        #expect((statistics.labelCounts["even"] ?? 0) > 100)
        // Exactly the minimum is enough, one less is not.
        for (perMille, isEnough) in [(1_000, true), (500, true), (501, false)] {
            let alternating = Alternating()
            let half = Property("half", "holds", coverage: [.init("even", perMille: perMille)]) { trial in
                trial.label("even", when: await alternating.isEven() || perMille == 1_000)
            }
            #expect(try await half.check(PropertyRun(cases: 10)).isPassed == isEnough, "\(perMille)")
        }
        // What comes late comes in time, and the run ends with it; a later failure still counts.
        for (late, fails) in [(25, false), (41, false), (25, true)] {
            let counting = Counting()
            let property = Property("late", "holds", coverage: [.init("late", perMille: 20)]) { trial in
                let number = await counting.next()
                try trial.require(!fails || number < 20, "the twentieth")
                trial.label("late", when: number == late)
            }
            let outcome = try await property.check(PropertyRun(cases: 10))
            #expect(outcome.isPassed == (late == 25 && !fails), "\(outcome)")
            if outcome.isPassed { #expect(outcome.statistics.caseCount == 25) }
        }
        var exact = PropertyRun(cases: 10)
        exact.coverageCaseFactorMax = 1
        let never = Property("never", "holds", coverage: [.init("never", perMille: 1)]) { _ in }
        #expect(try await never.check(exact).statistics.caseCount == 10)
    }

    @Test("a run gives up where nearly every case is discarded")
    func givingUp() async throws {
        let never = Property("never", "holds") { trial in
            _ = try trial.draw(Generator<UInt8>.integer().filter { _ in false })
        }
        guard case .gaveUp(let statistics) = try await never.check() else {
            Issue.record("did not give up")
            return
        }
        #expect(statistics.caseCount == 0)
        let seldom = Property("seldom", "holds") { trial in
            try trial.assume(try trial.draw(Generator<UInt8>.integer(in: 0...3)) > 0)
        }
        let outcome = try await seldom.check(PropertyRun(cases: 200))
        #expect(outcome.isPassed && outcome.statistics.discardCount > 10)
        let endless = Property("endless", "holds") { trial in
            while try trial.draw(Generator<UInt64>.integer()) < .max || true {}
        }
        guard case .gaveUp = try await endless.check(PropertyRun(cases: 1)) else {
            Issue.record("an endless case counted")
            return
        }
    }

    @Test("an error that nobody expected falsifies")
    func unexpectedError() async throws {
        struct Surprise: Error {}
        let property = Property("error", "holds") { trial in
            if try trial.draw(Generator<Int>.integer(in: 0...1_000)) >= 30 { throw Surprise() }
            trial.note("quiet")
        }
        let found = try #require(try await KitExamples.smallest(property))
        #expect(found.example.message == "Surprise()" && found.example.choices == [30])
    }

    @Test("generators keep to what they promise")
    func generators() async throws {
        let property = Property("generators", "holds") { trial in
            let low = try trial.draw(Generator<Int16>.integer())
            let high = try trial.draw(Generator<Int16>.integer(in: low...Int16.max))
            try trial.require(high >= low, "\(low) \(high)")
            let list = try trial.draw(Generator<Int16>.integer(in: low...high, towards: high).array(count: 2...5))
            try trial.require((2...5).contains(list.count) && list.allSatisfy { (low...high).contains($0) }, "\(list)")
            try trial.require(try trial.draw(.integer(in: low...low)) == low, "\(low)")
        }
        let outcome = try await property.check(PropertyRun(cases: 2_000))
        #expect(outcome.isPassed, "\(outcome)")
    }
}

private actor Seen {
    private(set) var values: [[UInt64]] = []
    func add(_ value: [UInt64]) { values.append(value) }
}

private actor Alternating {
    private var isOdd = false
    func isEven() -> Bool {
        isOdd.toggle()
        return !isOdd
    }
}

private actor Counting {
    private var count = 0
    func next() -> Int {
        count += 1
        return count
    }
}
