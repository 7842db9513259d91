import Foundation

/// How long a test that can run for ever runs, and from which seed: its own bounds in the suite, others on request.
///
/// `Scripts/soak` sets the variables; see CONTRIBUTING.
enum Campaign {
    /// The number that the environment gives for `variable`, or the suite's own.
    static func count(_ variable: String, suite: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap(Int.init) ?? suite
    }

    /// `TOKENIZE_SEED`, or another one at every run; printed, so that a run can be repeated.
    static func seed(_ what: String) -> UInt64 {
        let seed =
            ProcessInfo.processInfo.environment["TOKENIZE_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0 ... .max)
        print("\(what): TOKENIZE_SEED=\(seed)")
        return seed
    }

    /// A seed for a part of a run.
    static func seed(_ seed: UInt64, part: Int) -> UInt64 {
        var random = SplitMix(seed: seed &+ UInt64(part) &* 0x2545_F491_4F6C_DD1D)
        return random.next()
    }
}
