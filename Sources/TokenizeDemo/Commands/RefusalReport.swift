import Tokenize

/// What a verified refusal says, for machines.
struct RefusalReport: Encodable, Sendable {
    struct Rule: Encodable, Sendable {
        /// Index of the operation; absent if the transaction as a whole is refused.
        let operation: Int?
        let ruleID: String
    }

    let origin: String
    let transaction: String
    let height: UInt64
    let logSize: UInt64
    let businessDate: String
    let explanation: String
    let rules: [Rule]

    init(_ refusal: RefusalNote) {
        origin = "\(refusal.origin)"
        transaction = "\(refusal.transaction)"
        height = refusal.height
        logSize = refusal.size
        businessDate = "\(refusal.businessDate)"
        explanation = refusal.explanation.bytes.hexadecimal
        rules = refusal.lines.map { Rule(operation: $0.operation, ruleID: $0.ruleID) }
    }
}
