/// What an explanation says of one operation.
public struct OperationExplanation: Sendable, Hashable {
    /// How an operation fares in the state that was asked.
    public enum Verdict: UInt8, Sendable, Hashable {
        /// No rule refuses it.
        case passes = 0
        /// Rules refuse it: those of ``OperationExplanation/findings``.
        case refused = 1
        /// Whether it passes is not for whoever asked to know; findings of its own affairs may be there all the same.
        case undisclosed = 2
        /// It could not be asked: the transaction as a whole fails before it.
        case notAsked = 3
    }

    /// Index of the operation in the body.
    public let position: Int
    /// What is done.
    public let act: ActCode
    /// How it fares.
    public let verdict: Verdict
    /// Every rule that refuses it and could be asked, in the order in which they are asked.
    public let findings: [RuleFinding]
    /// True if an operation before it is refused: it was asked as if that one were not there.
    public let followsRefusal: Bool

    init(
        position: Int,
        act: ActCode,
        verdict: Verdict,
        findings: [RuleFinding] = [],
        followsRefusal: Bool = false
    ) {
        self.position = position
        self.act = act
        self.verdict = verdict
        self.findings = findings
        self.followsRefusal = followsRefusal
    }
}
