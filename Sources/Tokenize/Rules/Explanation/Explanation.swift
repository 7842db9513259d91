/// What the rules say of a transaction without committing it: every rule that refuses it, not only the first.
///
/// It agrees with what submitting says in the same state: a transaction that ``passes`` is committed, and
/// ``firstFinding`` names the rule that refuses any other (Specs/16-explanation.md).
public struct Explanation: Sendable, Hashable {
    /// The transaction's name; nil if its bytes are not a transaction.
    public let transaction: TransactionID?
    /// True if the signatures were not asked: what is said holds once all principals have signed.
    public let isDraft: Bool
    /// The business date under which it was asked.
    public let businessDate: CalendarDate
    /// The height of the block into which it would have come.
    public let height: UInt64
    /// Rules that refuse the transaction as a whole: its form, time, sequences and signatures.
    public let findings: [RuleFinding]
    /// Its operations, in their order.
    public let operations: [OperationExplanation]

    init(
        transaction: TransactionID?,
        isDraft: Bool,
        businessDate: CalendarDate,
        height: UInt64,
        findings: [RuleFinding],
        operations: [OperationExplanation]
    ) {
        self.transaction = transaction
        self.isDraft = isDraft
        self.businessDate = businessDate
        self.height = height
        self.findings = findings
        self.operations = operations
    }

    /// True if nothing refuses it.
    public var passes: Bool { findings.isEmpty && operations.allSatisfy { $0.verdict == .passes } }

    /// The rule with which submitting refuses it, and the operation; nil if it passes, or if that is not disclosed.
    public var firstFinding: (operation: Int?, finding: RuleFinding)? {
        if let finding = findings.first(where: { $0.code != .invariantViolated }) { return (nil, finding) }
        for operation in operations {
            switch operation.verdict {
            case .passes: continue
            case .refused: return operation.findings.first.map { (operation.position, $0) }
            case .undisclosed, .notAsked: return nil
            }
        }
        return findings.first.map { (nil, $0) }
    }
}
