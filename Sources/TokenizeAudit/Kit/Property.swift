/// Something that must hold in every case.
public struct Property: Sendable {
    /// A stable name: counterexample files and specifications refer to it.
    public let id: String
    /// What must hold, in one sentence.
    public let statement: String
    /// What the cases of a run must have shown.
    public let coverage: [Coverage]
    /// Runs one case; throws if it falsifies the property.
    let body: @Sendable (inout Trial) async throws -> Void

    /// A label that a least share of the cases must carry.
    public struct Coverage: Hashable, Sendable {
        /// The label.
        public let label: String
        /// Cases in a thousand that carry it, at least.
        public let perMilleMin: Int

        /// A least share of a label.
        public init(_ label: String, perMille perMilleMin: Int) {
            self.label = label
            self.perMilleMin = perMilleMin
        }
    }

    /// A property.
    ///
    /// - Parameters:
    ///   - id: a stable name of letters, digits and hyphens.
    ///   - statement: what must hold, in one sentence.
    ///   - coverage: labels without which a run says too little.
    ///   - body: draws a case, tries it, and throws ``Falsified`` or any other error if the property does not hold.
    public init(
        _ id: String,
        _ statement: String,
        coverage: [Coverage] = [],
        body: @escaping @Sendable (inout Trial) async throws -> Void
    ) {
        self.id = id
        self.statement = statement
        self.coverage = coverage
        self.body = body
    }
}
