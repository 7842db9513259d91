import Testing
import Tokenize
import TokenizeAudit

/// Every rule of the ledger refuses something in a run of the catalogue.
@Suite("Audit catalogue: refusals")
struct RefusalCoverageTests {
    /// Rules that no property has to be refused by: a transaction of more than 3,145,728 effects is tested by itself,
    /// and INV-001 is seen only where the engine is wrong.
    private static let never: Set<RejectionCode> = [.tooManyEffects, .invariantViolated]

    /// Rules that properties try and do not yet count.
    private static let uncounted: Set<String> = [
        "SRV-002", "SRV-003", "SRV-004", "SRV-007", "SRV-008", "PRM-001", "RBK-005", "RBK-006", "RBK-007", "RBK-008",
    ]

    @Test("every rejection code has to be seen by a property")
    func everyCode() {
        let demanded = Set(AuditCatalogue.all.flatMap { $0.property.coverage }.map(\.label))
        let missing = RejectionCode.allCases.filter { code in
            !Self.never.contains(code) && !Self.uncounted.contains(code.ruleID) && !demanded.contains("refused \(code)")
        }
        #expect(missing.map(\.ruleID) == [])
    }
}
