import Foundation
import TokenizeAudit

/// Properties that are false, and whose smallest counterexample is known.
enum KitExamples {
    /// A run that fails gives its smallest case.
    static func smallest(
        _ property: Property,
        seed: UInt64 = 1,
        shrinkCallCountMax: Int = AuditLimits.shrinkCallCountMax
    ) async throws -> (example: Counterexample, statistics: RunStatistics)? {
        let run = PropertyRun(cases: 2_000, seed: seed, shrinkCallCountMax: shrinkCallCountMax)
        guard case .falsified(let example, let statistics) = try await property.check(run) else { return nil }
        return (example, statistics)
    }

    /// A property that fails where `fails` is true; the message is the value.
    static func property<Value: Sendable>(
        _ generator: Generator<Value>,
        id: String = "example",
        fails: @escaping @Sendable (Value) -> Bool
    ) -> Property {
        Property(id, "is false") { trial in
            let value = try trial.draw(generator)
            try trial.require(!fails(value), "\(value)")
        }
    }

    static let numbers = Generator<UInt64>.integer(in: 0...1_000).array(count: 0...20)

    static let sumBelowThousand = property(numbers, id: "sum") { $0.reduce(0, +) >= 1_000 }
    static let noDuplicate = property(numbers, id: "duplicate") { Set($0).count < $0.count }
}

/// A queue of at most four that forgets which end it is at once it has gone round.
actor BrokenQueue {
    private var slots = [Int](repeating: 0, count: 4)
    private var first = 0
    private var count = 0

    func put(_ value: Int) -> Bool {
        guard count < slots.count else { return false }
        slots[(first + count) % slots.count] = value
        count += 1
        return true
    }

    func take() -> Int? {
        guard count > 0 else { return nil }
        defer {
            count -= 1
            // The planted bug: the third slot is followed by the first.
            first = first == 2 ? 0 : first + 1
        }
        return slots[first % slots.count]
    }

    func size() -> Int { count }
}

/// What a queue should do.
struct QueueModel: StatefulModel {
    enum Command: Sendable, CustomStringConvertible {
        case put(Int)
        case take

        var description: String {
            switch self {
            case .put(let value): "put \(value)"
            case .take: "take"
            }
        }
    }

    private var values: [Int] = []

    static let property = Property("queue", "a queue gives back what was put in, in order") { trial in
        var model = QueueModel()
        try await trial.run(&model, on: BrokenQueue(), countMax: 40)
    }

    func command(_ choices: inout ChoiceSource) throws(Discard) -> Command {
        // Nothing is taken from a queue that the model knows to be empty.
        if !values.isEmpty, try choices.chance(perMille: 500) { return .take }
        return .put(try choices.draw(.integer(in: 0...1_000_000)))
    }

    mutating func run(_ command: Command, on queue: BrokenQueue, _ trial: inout Trial) async throws {
        switch command {
        case .put(let value):
            let isTaken = await queue.put(value)
            try trial.require(isTaken == (values.count < 4), "put \(value): \(isTaken)")
            if isTaken { values.append(value) }
        case .take:
            let found = await queue.take()
            try trial.require(found == values.first, "took \(found ?? -1), wanted \(values.first ?? -1)")
            values.removeFirst()
        }
        trial.label("full", when: values.count == 4)
    }

    func check(_ queue: BrokenQueue, _ trial: inout Trial) async throws {
        let size = await queue.size()
        try trial.require(size == values.count, "size \(size)")
    }
}
