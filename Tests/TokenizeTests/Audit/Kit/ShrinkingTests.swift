import Testing
import TokenizeAudit

/// Whatever fails first, the case that is reported is the smallest.
@Suite("Audit kit: shrinking")
struct ShrinkingTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4, 5]

    private func expectSmallest(_ wanted: String, _ property: Property, seed: UInt64) async throws {
        let found = try #require(await KitExamples.smallest(property, seed: seed), "seed \(seed)")
        #expect(found.example.message == wanted, "seed \(seed)")
        #expect(found.statistics.shrinkCallCount <= AuditLimits.shrinkCallCountMax)
    }

    @Test("a sum of a thousand is one number or two", arguments: seeds)
    func sum(seed: UInt64) async throws {
        try await expectSmallest("[1000]", KitExamples.sumBelowThousand, seed: seed)
        let below = Generator<UInt64>.integer(in: 0...999).array(count: 0...20)
        let two = KitExamples.property(below) { $0.reduce(0, +) >= 1_000 }
        try await expectSmallest("[1, 999]", two, seed: seed)
    }

    @Test("a duplicate is two zeros", arguments: seeds)
    func duplicate(seed: UInt64) async throws {
        try await expectSmallest("[0, 0]", KitExamples.noDuplicate, seed: seed)
        // Equal values that are not zero have to come down together.
        let equal = KitExamples.property(KitExamples.numbers) { values in
            values.contains { value in value > 50 && values.count { $0 == value } > 1 }
        }
        try await expectSmallest("[51, 51]", equal, seed: seed)
    }

    @Test("a list is unsorted with two numbers", arguments: seeds)
    func unsorted(seed: UInt64) async throws {
        let unsorted = KitExamples.property(KitExamples.numbers) { $0 != $0.sorted() }
        try await expectSmallest("[1, 0]", unsorted, seed: seed)
    }

    @Test("a length that is drawn first shrinks with what it counts", arguments: seeds)
    func dependentLength(seed: UInt64) async throws {
        let lists = Generator<Int>.integer(in: 0...12).flatMap { count in
            Generator<UInt64>.integer(in: 0...1_000).array(count: count...count)
        }
        let property = KitExamples.property(lists) { values in values.contains { $0 > 500 } && values.count > 2 }
        try await expectSmallest("[0, 0, 501]", property, seed: seed)
    }

    @Test("integers of every width come down to the edge", arguments: seeds)
    func integers(seed: UInt64) async throws {
        func edge<Value: FixedWidthInteger & Sendable>(_ value: Value) async throws {
            let property = KitExamples.property(Generator<Value>.integer()) { $0 >= value }
            try await expectSmallest("\(value)", property, seed: seed)
        }
        try await edge(100 as UInt8)
        try await edge(100 as Int8)
        try await edge(40_000 as UInt16)
        try await edge(3_000_000_000 as UInt32)
        try await edge(UInt64.max - 5)
        try await edge(1 << 40 as Int)
        try await edge((1 as UInt128) << 64 - 1)
        try await edge((1 as UInt128) << 100 + 12_345)
        try await edge((1 as Int128) << 90)
        let negative = KitExamples.property(Generator<Int128>.integer()) { $0 < -77 }
        try await expectSmallest("-78", negative, seed: seed)
        let range = KitExamples.property(Generator<Int>.integer(in: -10...90, towards: 30)) { $0 > 35 || $0 < 20 }
        try await expectSmallest("36", range, seed: seed)
    }

    @Test("the simplest of alternatives is the first that fails", arguments: seeds)
    func alternatives(seed: UInt64) async throws {
        let values = Generator<Int?>.oneOf([
            .just(nil),
            Generator<Int>.integer(in: 0...9).optional,
            Generator<Int>.integer(in: 10...99).filter { $0 % 2 == 1 }.map { $0 },
        ])
        let property = KitExamples.property(values) { ($0 ?? 0) > 9 }
        try await expectSmallest("Optional(11)", property, seed: seed)
        let weighted = Generator<Int>.frequency([(9, .just(0)), (0, .just(1)), (1, .element(of: [2, 3]))])
        try await expectSmallest("2", KitExamples.property(weighted) { $0 > 0 }, seed: seed)
    }

    @Test("a shrinker keeps to the failure that it was given", arguments: seeds)
    func samePlace(seed: UInt64) async throws {
        let property = Property("two", "has two ways to fail") { trial in
            let value = try trial.draw(Generator<Int>.integer(in: 0...100_000))
            if value > 50_000 { try trial.require(value % 2 == 0, "odd \(value)") }
            try trial.require(value <= 50_000 || value % 3 > 0, "third \(value)")
        }
        let found = try #require(try await KitExamples.smallest(property, seed: seed))
        #expect(["odd 50001", "third 50004"].contains(found.example.message), "seed \(seed)")
    }

    @Test("a queue with a planted bug shrinks to the shortest commands", arguments: seeds)
    func stateful(seed: UInt64) async throws {
        let found = try #require(try await KitExamples.smallest(QueueModel.property, seed: seed))
        // The third take leads astray; the fourth value is the first that is looked for at a wrong place.
        #expect(found.example.commands.count == 8, "seed \(seed): \(found.example.commands)")
        #expect(found.example.commands.count { $0.hasSuffix("take") } == 4)
        #expect(
            found.example.commands.allSatisfy { !$0.contains("put") || $0.hasSuffix("put 0") || $0.hasSuffix("put 1") }
        )
    }

    @Test("the budget of calls is kept", arguments: [0, 1, 7, 50])
    func budget(calls: Int) async throws {
        let counter = CallCounter()
        let property = Property("budget", "is false") { trial in
            let values = try trial.draw(KitExamples.numbers)
            await counter.count()
            try trial.require(values.reduce(0, +) < 1_000, "\(values)")
        }
        let found = try #require(try await KitExamples.smallest(property, shrinkCallCountMax: calls))
        #expect(found.statistics.shrinkCallCount == calls || calls == 50)
        #expect(found.statistics.shrinkCallCount <= calls)
        // Candidates that end before a value is made count as calls, but not here.
        let before = found.statistics.caseCount + 1
        #expect(await counter.value <= before + calls)
        #expect(await counter.value >= before)
    }
}

private actor CallCounter {
    private(set) var value = 0
    func count() { value += 1 }
}
