/// Makes a failing case smaller, by trying smaller choices and keeping what still fails at the same place.
///
/// Smaller means fewer choices, or as many of which the first that differs is lower (shortlex). That order has no
/// endless descent, and a budget bounds the work besides. The method is that of Hypothesis (MacIver and Donaldson,
/// 2020), written anew.
struct Shrinker {
    private let property: Property
    private let place: String
    private let callCountMax: Int
    private(set) var callCount = 0
    private var tried: Set<[UInt64]> = []

    /// The smallest case so far.
    private(set) var trial: Trial
    private(set) var failure: Falsified

    private var best: [UInt64] { trial.choices.choices }

    init(_ property: Property, _ trial: Trial, _ failure: Falsified, callCountMax: Int) {
        self.property = property
        self.trial = trial
        self.failure = failure
        self.callCountMax = callCountMax
        place = failure.place
        tried.insert(trial.choices.choices)
    }

    /// Shrinks until nothing helps or the budget is used up.
    mutating func run() async {
        var before: [UInt64]
        repeat {
            before = best
            await deleteSpans()
            await deleteRuns()
            await zeroSpans()
            await lowerEach()
            await lowerEqualsTogether()
            await lowerAndDelete()
            await lowerAndRaiseNext()
            await sortAndSwap()
            await moveUnits()
            // Steps of more than one are for what nothing else makes smaller.
            if best == before { await stepDown() }
        } while best != before && callCount < callCountMax
    }

    /// Runs a candidate if it is new and smaller; true if it became the smallest.
    private mutating func accept(_ candidate: [UInt64]) async -> Bool {
        guard Self.isSmaller(candidate, best), callCount < callCountMax, tried.insert(candidate).inserted else {
            return false
        }
        callCount += 1
        guard
            case .falsified(let trial, let failure) = await CaseResult.of(property, ChoiceSource(replaying: candidate)),
            failure.place == place, Self.isSmaller(trial.choices.choices, best)
        else { return false }
        (self.trial, self.failure) = (trial, failure)
        tried.insert(best)
        return true
    }

    private static func isSmaller(_ left: [UInt64], _ right: [UInt64]) -> Bool {
        left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
    }

    // MARK: Passes

    /// Leaves out what belongs together, later and greater runs first.
    private mutating func deleteSpans() async {
        var index = trial.choices.spans.count - 1
        while index >= 0 {
            let spans = trial.choices.spans
            if index < spans.count, !spans[index].isEmpty {
                var candidate = best
                candidate.removeSubrange(spans[index])
                _ = await accept(candidate)
            }
            index -= 1
        }
    }

    /// Leaves out runs of eight choices to one, whether they belong together or not.
    private mutating func deleteRuns() async {
        for length in [8, 4, 3, 2, 1] {
            var end = best.count
            while end >= length {
                if end > best.count { end = best.count }
                guard end >= length else { break }
                var candidate = best
                candidate.removeSubrange(end - length..<end)
                if await accept(candidate) { end -= length } else { end -= 1 }
            }
        }
    }

    private mutating func zeroSpans() async {
        var index = 0
        while index < trial.choices.spans.count {
            var candidate = best
            for place in trial.choices.spans[index] { candidate[place] = 0 }
            _ = await accept(candidate)
            index += 1
        }
    }

    private mutating func lowerEach() async {
        var index = best.count - 1
        while index >= 0 {
            if index < best.count { await lower([index]) }
            index -= 1
        }
    }

    /// Lowers choices that are equal, to another value that is the same for all.
    private mutating func lowerEqualsTogether() async {
        for value in Set(best).sorted(by: >) where value > 0 {
            let places = best.indices.filter { best[$0] == value }
            if places.count > 1 { await lower(places) }
        }
    }

    /// Finds by bisection a low value for all of `places`, which hold one value.
    private mutating func lower(_ places: [Int]) async {
        guard let first = places.first, best[first] > 0 else { return }
        func candidate(_ value: UInt64, _ choices: [UInt64]) -> [UInt64] {
            var candidate = choices
            for place in places where place < candidate.count { candidate[place] = value }
            return candidate
        }
        if await accept(candidate(0, best)) { return }
        var low: UInt64 = 0
        while first < best.count, best[first] > low + 1 {
            let middle = low + (best[first] - low) / 2
            if !(await accept(candidate(middle, best))) { low = middle }
        }
        // Bisection sees only one edge; a step down may be possible where it is not the lowest.
        if first < best.count, best[first] > 0 { _ = await accept(candidate(best[first] - 1, best)) }
    }

    /// Lowers a choice by one and leaves out a run behind it: a length and what it counts.
    private mutating func lowerAndDelete() async {
        var index = 0
        while index < best.count {
            var isSmaller = best[index] > 0
            while isSmaller, index < best.count, best[index] > 0 {
                isSmaller = false
                for range in deletions(after: index) {
                    var candidate = best
                    candidate[index] -= 1
                    candidate.removeSubrange(range)
                    if await accept(candidate) {
                        isSmaller = true
                        break
                    }
                }
            }
            index += 1
        }
    }

    /// Runs behind a choice: those that belong together, and the next few of one to four.
    private func deletions(after index: Int) -> [Range<Int>] {
        let near = (1...4).flatMap { length in (0..<8).map { index + 1 + $0..<index + 1 + $0 + length } }
        let candidates = trial.choices.spans.filter { $0.lowerBound > index && !$0.isEmpty } + near
        var seen: Set<Range<Int>> = []
        return candidates.filter { $0.upperBound <= best.count && seen.insert($0).inserted }
    }

    /// Lowers a choice by one and sets the next to its greatest, as in a subtraction that borrows.
    private mutating func lowerAndRaiseNext() async {
        var index = 0
        while index + 1 < best.count {
            if best[index] > 0, trial.choices.bounds[index + 1] > 0 {
                var candidate = best
                candidate[index] -= 1
                candidate[index + 1] = .max
                if await accept(candidate) { await lower([index + 1]) }
            }
            index += 1
        }
    }

    /// Takes from a choice what it adds to one of the next: numbers whose sum matters.
    private mutating func moveUnits() async {
        for distance in 1...4 {
            var index = 0
            while index + distance < best.count {
                await moveUnits(from: index, to: index + distance)
                index += 1
            }
        }
    }

    private mutating func moveUnits(from source: Int, to target: Int) async {
        func moving(_ units: UInt64) -> [UInt64]? {
            guard units > 0, target < best.count, units <= best[source],
                units <= trial.choices.bounds[target] - best[target]
            else { return nil }
            var candidate = best
            candidate[source] -= units
            candidate[target] += units
            return candidate
        }
        // Flags and the like are no numbers.
        guard trial.choices.bounds[source] > 1, trial.choices.bounds[target] > 1 else { return }
        var units = min(best[source], trial.choices.bounds[target] - best[target])
        while let candidate = moving(units) {
            if await accept(candidate) { return }
            units /= 2
        }
    }

    /// Lowers choices by two to eight, and by twice as much as long as that works: what is a multiple of something.
    private mutating func stepDown() async {
        var index = 0
        while index < best.count {
            for first in 2...8 as ClosedRange<UInt64> {
                var step = first
                while index < best.count, best[index] >= step {
                    var candidate = best
                    candidate[index] -= step
                    step = await accept(candidate) ? step * 2 : step / 2
                    if step < first { break }
                }
            }
            index += 1
        }
    }

    /// Puts neighbours that belong together in order: the lower first.
    private mutating func sortAndSwap() async {
        var index = 0
        while index < trial.choices.spans.count {
            let spans = trial.choices.spans
            if let next = spans.first(where: { $0.lowerBound == spans[index].upperBound && !$0.isEmpty }) {
                let (left, right) = (best[spans[index]], best[next])
                var candidate = best
                candidate.replaceSubrange(spans[index].lowerBound..<next.upperBound, with: right + left)
                _ = await accept(candidate)
            }
            index += 1
        }
        var place = 0
        while place + 1 < best.count {
            if best[place] > best[place + 1] {
                var candidate = best
                candidate.swapAt(place, place + 1)
                _ = await accept(candidate)
            }
            place += 1
        }
    }
}
