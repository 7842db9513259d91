import Tokenize

/// What a ledger says of a transaction is what it does with it.
enum ExplanationProperties {
    static let all = [AuditCatalogue.Entry(agreement, usualCaseCount: 60)]

    static let agreement = Property(
        "PRP-044",
        "What an explanation calls passing is committed, and what it does not is refused by the rule that it names first.",
        coverage: [
            .init("passing", perMille: 300), .init("refused", perMille: 300), .init("several rules", perMille: 200),
            .init("several operations", perMille: 30), .init("committed before", perMille: 100),
            .init("party's facts", perMille: 30), .init("told as a holder", perMille: 600),
            .init("told of own facts", perMille: 30), .init("told of rules alone", perMille: 200),
        ]
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 60, restarts: true, explains: true) { step, world, trial in
            guard let sent = step.transaction else { return }
            for told in sent.told { try requireDisclosed(told, of: sent, step.before, world.cast, &trial) }
            guard let answer = sent.explanation else { return }
            try trial.require(answer.size == step.sizeBefore, "\(answer.size) entries, not \(step.sizeBefore)")
            let explanation = answer.explanation
            switch sent.answer {
            case .committed(let receipt):
                if answer.committed != nil { trial.label("committed before") }
                if explanation.passes { trial.label("passing") }
                try trial.require(
                    explanation.passes || answer.committed == receipt,
                    "committed, and explained by \(explanation)"
                )
            case .refused(let rejection):
                trial.label("refused")
                try trial.require(!explanation.passes && answer.committed == nil, "\(rejection), and called passing")
                try require(rejection, is: explanation.firstFinding, &trial)
                try requireOwn(rejection, explanation.firstFinding?.finding, of: sent.bytes, step.before, &trial)
                label(explanation, &trial)
            }
        }
    }

    private static func require(
        _ rejection: Rejection,
        is first: (operation: Int?, finding: RuleFinding)?,
        _ trial: inout Trial
    ) throws {
        try trial.require(first != nil, "\(rejection), and nothing explains it")
        guard let first else { return }
        try trial.require(first.finding.code == rejection.code, "\(rejection), explained by \(first.finding)")
        try trial.require(
            first.operation == rejection.operation,
            "\(rejection), explained for \(String(describing: first.operation))"
        )
        // A rulebook's refusal names what is everybody's; any other rule's facts come first.
        let facts =
            first.finding.rulebookVersion == nil
            ? first.finding.facts.prefix(rejection.facts.count).map(\.fact)
            : first.finding.facts.filter { $0.owner == .public }.map(\.fact)
        try trial.require(facts == rejection.facts, "\(rejection), explained by \(first.finding)")
    }

    /// A party's facts go to that party, and to an authority that acts: to nobody else who submits.
    private static func requireOwn(
        _ rejection: Rejection,
        _ finding: RuleFinding?,
        of bytes: [UInt8],
        _ state: LedgerState,
        _ trial: inout Trial
    ) throws {
        guard case .party(let owner)? = finding?.owner, finding?.rulebookVersion == nil, !rejection.facts.isEmpty,
            let body = try? SignedTransaction(bytes: bytes).body
        else { return }
        let act = rejection.operation.map { body.operations[$0].act }
        let isOwn = body.principals.allSatisfy { state.party(of: $0.account) == owner }
        trial.label("party's facts", when: isOwn)
        // Of a proposal the authority is that whose it is.
        let isOfAuthority = act.map { $0.authority != nil || ["approve", "withdraw", "execute"].contains($0.name) }
        try trial.require(isOwn || isOfAuthority == true, "\(rejection) tells of \(owner)")
    }

    private static func label(_ explanation: Explanation, _ trial: inout Trial) {
        let refused = explanation.operations.filter { $0.verdict == .refused }
        let counts = refused.map(\.findings.count) + [explanation.findings.count]
        if counts.contains(where: { $0 > 1 }) { trial.label("several rules") }
        if refused.count > 1 { trial.label("several operations") }
    }
}
