/// Bounds of the kit.
public enum AuditLimits {
    /// Choices in one case.
    public static let choiceCountMax = 20_000
    /// Values that a filter looks at before it gives the case up.
    public static let filterTryCountMax = 20
    /// Discarded cases for each case that is wanted, before a run gives up.
    public static let discardsPerCaseMax = 10
    /// How many times the wanted cases a run tries at most while a label is too rare.
    public static let coverageCaseFactorMax = 4
    /// Cases that a shrinker may run, unless it is told otherwise.
    public static let shrinkCallCountMax = 2_000
    /// Bytes of a counterexample file.
    public static let counterexampleByteCountMax = 4 << 20
}
