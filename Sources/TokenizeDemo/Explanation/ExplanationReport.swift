import Tokenize

/// An explanation, for machines.
struct ExplanationReport: Encodable {
    let transaction: String?
    let isDraft: Bool
    let passes: Bool
    let businessDate: String
    let height: UInt64
    let entryCount: UInt64
    /// Position of the entry of a transaction that is committed already.
    let committedAt: UInt64?
    let findings: [Finding]
    let operations: [Operation]
    let refusalFile: String?

    struct Operation: Encodable {
        let position: Int
        let act: String
        let verdict: String
        let followsRefusal: Bool
        let findings: [Finding]
    }

    struct Finding: Encodable {
        let ruleID: String
        let code: UInt16
        let rule: String
        let version: UInt64
        let isWithheld: Bool
        let facts: [Fact]
        let remedy: String?

        struct Fact: Encodable {
            let name: String
            let value: String
        }

        init(_ finding: RuleFinding) {
            ruleID = finding.ruleID
            code = finding.code.rawValue
            rule = "\(finding.code)"
            version = finding.version
            isWithheld = finding.isWithheld
            facts = finding.facts.map { Fact(name: $0.fact.name.rawValue, value: "\($0.fact.value)") }
            remedy = finding.remedy.map { "\($0)" }
        }
    }

    init(_ answer: ExplanationAnswer, refusalFile: String?) {
        let explanation = answer.explanation
        transaction = explanation.transaction.map { "\($0)" }
        isDraft = explanation.isDraft
        passes = explanation.passes
        businessDate = "\(explanation.businessDate)"
        height = explanation.height
        entryCount = answer.size
        committedAt = answer.committed?.position
        findings = explanation.findings.map { Finding($0) }
        operations = explanation.operations.map { operation in
            Operation(
                position: operation.position,
                act: "\(operation.act)",
                verdict: "\(operation.verdict)",
                followsRefusal: operation.followsRefusal,
                findings: operation.findings.map { Finding($0) }
            )
        }
        self.refusalFile = refusalFile
    }
}
