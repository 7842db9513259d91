import Foundation

/// How a property is run.
public struct PropertyRun: Sendable {
    /// Cases that must hold. While a label is too rare, more are tried.
    public var cases: Int
    /// How many times ``cases`` are tried at most while a label is too rare; 1 for no more than were wanted.
    public var coverageCaseFactorMax = AuditLimits.coverageCaseFactorMax
    /// Everything random follows from it.
    public var seed: UInt64
    /// Cases that the shrinker may run.
    public var shrinkCallCountMax: Int
    /// Where earlier counterexamples are kept; they are replayed first. A run only reads there:
    /// ``Property/check(_:keepingIn:progress:)`` also writes.
    public var regressions: URL?

    /// A run; what is left out has its usual value.
    public init(
        cases: Int = 100,
        seed: UInt64 = 0,
        shrinkCallCountMax: Int = AuditLimits.shrinkCallCountMax,
        regressions: URL? = nil
    ) {
        self.cases = cases
        self.seed = seed
        self.shrinkCallCountMax = shrinkCallCountMax
        self.regressions = regressions
    }
}

/// What a run came to.
public enum PropertyOutcome: Hashable, Sendable {
    /// Every case held, and the cases showed what they had to.
    case passed(RunStatistics)
    /// A case did not hold.
    case falsified(Counterexample, RunStatistics)
    /// Too many cases were discarded to say anything.
    case gaveUp(RunStatistics)
    /// Every case held, but some labels were too rare for that to mean much.
    case insufficientCoverage([CoverageGap], RunStatistics)

    /// A label that too few cases carried.
    public struct CoverageGap: Hashable, Sendable {
        /// The label.
        public let label: String
        /// Cases in a thousand that had to carry it.
        public let perMilleMin: Int
        /// Cases that did.
        public let count: Int
    }

    /// True if the property held and enough was seen.
    public var isPassed: Bool {
        if case .passed = self { true } else { false }
    }

    /// What was counted.
    public var statistics: RunStatistics {
        switch self {
        case .passed(let statistics), .falsified(_, let statistics), .gaveUp(let statistics),
            .insufficientCoverage(_, let statistics):
            statistics
        }
    }
}

/// What a run counted.
public struct RunStatistics: Hashable, Sendable {
    /// Cases that held.
    public internal(set) var caseCount = 0
    /// Cases that said nothing.
    public internal(set) var discardCount = 0
    /// Kept counterexamples that hold now.
    public internal(set) var replayedCount = 0
    /// Kept counterexamples that no longer make a case: the generator has changed. Their commands still tell a person
    /// what to write a test of.
    public internal(set) var staleCount = 0
    /// Cases that the shrinker ran.
    public internal(set) var shrinkCallCount = 0
    /// Cases that carried each label.
    public internal(set) var labelCounts: [String: Int] = [:]
}

extension Property {
    /// Replays what is kept, then tries new cases until one fails or enough have held. Writes nothing.
    ///
    /// Enough are as many as the run says; and where they carried a label too rarely, more, until they carry it or are
    /// ``PropertyRun/coverageCaseFactorMax`` times as many. So a rare label fails a run if it is rare in truth, and not
    /// if one seed had no luck with it.
    ///
    /// The same run of the same property gives the same outcome: there is no clock in it.
    ///
    /// - Parameters:
    ///   - run: how many cases, from which seed, and where counterexamples are kept.
    ///   - progress: called with the number of cases that have held, after each.
    /// - Throws: ``CounterexampleError`` if a kept counterexample cannot be read.
    public func check(
        _ run: PropertyRun = PropertyRun(),
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> PropertyOutcome {
        var statistics = RunStatistics()
        if let folder = run.regressions {
            for kept in try Counterexample.kept(for: id, in: folder) {
                switch await CaseResult.of(self, ChoiceSource(replaying: kept.choices)) {
                case .held(let trial) where !trial.choices.isPastRecord: statistics.replayedCount += 1
                case .held, .discarded: statistics.staleCount += 1
                case .falsified(let trial, let failure):
                    return .falsified(example(trial, failure, seed: kept.seed, index: kept.caseIndex), statistics)
                }
            }
        }
        var index: UInt64 = 0
        let caseCountMax = run.cases.multipliedReportingOverflow(by: max(1, run.coverageCaseFactorMax)).partialValue
        while statistics.caseCount < run.cases
            || statistics.caseCount < caseCountMax && !gaps(statistics).isEmpty
        {
            switch await CaseResult.of(self, ChoiceSource(seed: run.seed, caseIndex: index)) {
            case .held(let trial):
                statistics.caseCount += 1
                for label in trial.labels { statistics.labelCounts[label, default: 0] += 1 }
                progress?(statistics.caseCount)
            case .discarded:
                statistics.discardCount += 1
                let most = (statistics.caseCount + 1) * AuditLimits.discardsPerCaseMax
                if statistics.discardCount > max(most, AuditLimits.discardsPerCaseMax * 10) {
                    return .gaveUp(statistics)
                }
            case .falsified(let trial, let failure):
                var shrinker = Shrinker(self, trial, failure, callCountMax: run.shrinkCallCountMax)
                await shrinker.run()
                statistics.shrinkCallCount = shrinker.callCount
                return .falsified(
                    example(shrinker.trial, shrinker.failure, seed: run.seed, index: index),
                    statistics
                )
            }
            index += 1
        }
        let gaps = gaps(statistics)
        return gaps.isEmpty ? .passed(statistics) : .insufficientCoverage(gaps, statistics)
    }

    /// Replays what a folder keeps, tries new cases, and writes into the folder what falsifies the property: from then on
    /// every run with this folder replays it first.
    ///
    /// The file is ``Counterexample/fileName`` in that folder, which is made if it is not there.
    ///
    /// - Parameters:
    ///   - run: how many cases, from which seed.
    ///   - folder: takes the place of the run's ``PropertyRun/regressions``.
    ///   - progress: called with the number of cases that have held, after each.
    /// - Throws: ``CounterexampleError`` if a counterexample cannot be read or written.
    public func check(
        _ run: PropertyRun = PropertyRun(),
        keepingIn folder: URL,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> PropertyOutcome {
        var run = run
        run.regressions = folder
        let outcome = try await check(run, progress: progress)
        if case .falsified(let example, _) = outcome { try example.write(into: folder) }
        return outcome
    }

    private func gaps(_ statistics: RunStatistics) -> [PropertyOutcome.CoverageGap] {
        coverage.compactMap { wanted in
            let count = statistics.labelCounts[wanted.label] ?? 0
            guard count * 1_000 < wanted.perMilleMin * statistics.caseCount else { return nil }
            return PropertyOutcome.CoverageGap(label: wanted.label, perMilleMin: wanted.perMilleMin, count: count)
        }
    }

    private func example(_ trial: Trial, _ failure: Falsified, seed: UInt64, index: UInt64) -> Counterexample {
        Counterexample(property: id, seed: seed, caseIndex: index, trial: trial, failure: failure)
    }
}
