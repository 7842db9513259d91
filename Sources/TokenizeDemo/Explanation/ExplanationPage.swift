import Tokenize

/// An explanation, for people: per operation the rules that refuse, why, and what would help.
struct ExplanationPage {
    let console: Console

    func show(_ answer: ExplanationAnswer) {
        let explanation = answer.explanation
        if let transaction = explanation.transaction { console.quote("\(transaction)") }
        if let receipt = answer.committed {
            console.done("It is committed, at log position \(Amounts.grouped(receipt.position)); it is done once only")
        }
        if explanation.passes {
            console.done("Nothing refuses it on \(explanation.businessDate)")
        } else {
            console.say("On \(explanation.businessDate), for block \(Amounts.grouped(explanation.height)):")
        }
        if !explanation.findings.isEmpty {
            console.say("The transaction as a whole:", .heading)
            console.show(Self.table(explanation.findings))
        }
        for operation in explanation.operations { show(operation) }
    }

    private func show(_ operation: OperationExplanation) {
        let name = "Operation \(operation.position), \(Attempt.words("\(operation.act)"))"
        let aside = operation.followsRefusal ? " (asked as if the refused ones before it were not there)" : ""
        switch operation.verdict {
        case .passes: console.done("\(name): passes\(aside)")
        case .refused: console.say("\(name): refused\(aside)", .heading)
        case .undisclosed: console.say("\(name): whether it passes is not yours to know", .heading)
        case .notAsked: console.say("\(name): not asked, since the transaction as a whole is refused", .heading)
        }
        if !operation.findings.isEmpty { console.show(Self.table(operation.findings)) }
    }

    private static func table(_ findings: [RuleFinding]) -> Table {
        var table = Table("rule", "why", "what would help")
        for finding in findings {
            table.add(
                Table.Cell("\(finding.ruleID) v\(finding.version)", .bad),
                Table.Cell(sentence(finding)),
                Table.Cell(finding.isWithheld ? "-" : finding.remedy.map { text($0) } ?? "-")
            )
        }
        return table
    }

    private static func sentence(_ finding: RuleFinding) -> String {
        let rule = Attempt.words("\(finding.code)")
        if finding.isWithheld { return "\(rule) (the facts are not yours to know)" }
        let facts = finding.facts.compactMap { Attempt.text($0.fact) }
        return facts.isEmpty ? rule : "\(rule): \(facts.joined(separator: ", "))"
    }

    private static func text(_ remedy: Remedy) -> String {
        switch remedy {
        case .amountThatFits(let units): units == .zero ? "no amount fits" : "at most \(Amounts.grouped(units))"
        case .amountAtLeast(let units): "at least \(Amounts.grouped(units))"
        case .attestationMissing(let topic, _): "an attestation of topic \(topic)"
        case .opensOn(let date): "from \(date)"
        case .approvalMissing(_, let needed): Amounts.count(needed, "approval")
        case .listing: "to be put on the list"
        case .admission: "to be admitted"
        case .optIn: "the receiver asks for the asset"
        case .memo: "a memo"
        case .payment(let amount, _, _): "\(Amounts.grouped(amount)) paid before"
        case .signatures(let count, let authority): "\(Amounts.count(count, "member")) more of the \(authority.role)"
        case .weight(let weight, _): "signatures of weight \(Amounts.grouped(weight)) more"
        case .sequence(let next): "sequence \(Amounts.grouped(next))"
        case .openedDays(let days):
            days == 0 ? "a later block" : "\(Amounts.count(days, "business day")) more, and the time they take"
        }
    }
}
