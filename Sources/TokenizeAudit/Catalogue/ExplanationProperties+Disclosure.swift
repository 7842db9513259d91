import Tokenize

/// Who is told what (Specs/16, 16.3): nobody learns by asking what is another's.
extension ExplanationProperties {
    /// What somebody who asks is, before a transaction is submitted.
    private struct Asker {
        let party: PartyID?
        /// Parties of the asker's person: what was joined to one is one.
        let own: Set<PartyID>
        /// True for members of any authority: what they may know is tried by asking those who may know everything.
        let isOfficial: Bool
        /// Parties of the principals, in their order; empty if the bytes are no transaction.
        let principals: [PartyID?]
        let body: TransactionBody?

        init(_ told: AuditWorld.Told, of bytes: [UInt8], _ state: LedgerState, _ cast: Cast) {
            let account = told.asker.map { cast.members[$0].account }
            let party = account.flatMap { state.party(of: $0) }
            self.party = party
            func head(_ party: PartyID) -> PartyID {
                if case .join(let head)? = state.rule(.join(party)) { head } else { party }
            }
            own = Set(cast.genesis.parties.map(\.party).filter { one in party.map { head($0) == head(one) } ?? false })
            isOfficial =
                account.map { one in
                    LedgerPicture.authorities(of: state).contains { $0.members.contains(one) }
                } ?? false
            body = try? SignedTransaction(bytes: bytes).body
            principals = body?.principals.map { state.party(of: $0.account) } ?? []
        }

        var isOfTransaction: Bool { party != nil && principals.contains(party) }
        var isAlone: Bool { party != nil && principals.allSatisfy { $0 == party } }

        /// True if the principal of an operation is the asker's.
        func isPrincipal(of operation: Int) -> Bool {
            guard let body, let party, body.operations.indices.contains(operation) else { return false }
            let principal = body.operations[operation].principal
            return principals.indices.contains(principal) && principals[principal] == party
        }
    }

    static func requireDisclosed(
        _ told: AuditWorld.Told,
        of sent: History.SentTransaction,
        _ state: LedgerState,
        _ cast: Cast,
        _ trial: inout Trial
    ) throws {
        let explanation = told.answer.explanation
        if !told.isDraft { try requireAgreement(told.answer, sent.answer, trial) }
        let asker = Asker(told, of: sent.bytes, state, cast)
        guard !asker.isOfficial else { return }
        trial.label("told as a holder", when: asker.party != nil)
        let isOwn = asker.isOfTransaction
        let isSigned =
            !told.isDraft && !explanation.findings.contains { isOfSignatures($0) } || asker.isAlone
        for finding in explanation.findings { try require(finding, isToldTo: asker, isOwn: isOwn, &trial) }
        for operation in explanation.operations {
            let isOwn = isSigned ? isOwn : asker.isPrincipal(of: operation.position)
            for finding in operation.findings { try require(finding, isToldTo: asker, isOwn: isOwn, &trial) }
            if isSigned { continue }
            // Whether somebody else's operation passes is not said, nor anything of it.
            let isOpen = operation.verdict == .passes || operation.verdict == .refused
            try trial.require(!isOpen, "operation \(operation.position) of others \(operation.verdict)")
            try trial.require(
                isOwn || operation.findings.isEmpty,
                "of operation \(operation.position) of others: \(operation.findings)"
            )
        }
        guard asker.party == nil, !explanation.findings.isEmpty else { return }
        let isAsked = explanation.operations.contains { $0.verdict == .passes || $0.verdict == .refused }
        try trial.require(!isAsked, "a stranger is told of operations of what is refused as a whole")
    }

    /// True if not every principal's signature is there, for this ledger.
    private static func isOfSignatures(_ finding: RuleFinding) -> Bool {
        finding.ruleID.hasPrefix("SIG") || finding.code == .unknownPrincipal || finding.code == .wrongLedger
    }

    /// What anybody is told agrees with what becomes of it.
    private static func requireAgreement(
        _ told: ExplanationAnswer,
        _ answer: AuditWorld.Answer,
        _ trial: Trial
    ) throws {
        let (explanation, first) = (told.explanation, told.explanation.firstFinding)
        switch answer {
        case .committed(let receipt):
            let isRefused = first != nil || explanation.operations.contains { $0.verdict == .refused }
            try trial.require(!isRefused || told.committed == receipt, "committed, and told \(explanation)")
        case .refused(let rejection):
            try trial.require(!explanation.passes && told.committed == nil, "\(rejection), and told that it passes")
            guard let first else { return }
            try trial.require(
                first.finding.code == rejection.code && first.operation == rejection.operation,
                "\(rejection), and told \(first.finding)"
            )
        }
    }

    /// A finding's facts are the asker's, or everybody's in a transaction that the asker takes part in.
    private static func require(
        _ finding: RuleFinding,
        isToldTo asker: Asker,
        isOwn: Bool,
        _ trial: inout Trial
    ) throws {
        trial.label("told of rules alone", when: finding.isWithheld)
        // What a rulebook adds up is a person's; everything else is a party's.
        let own = finding.rulebookVersion == nil ? Set([asker.party].compactMap { $0 }) : asker.own
        for fact in finding.facts {
            switch fact.owner {
            case .public: break
            case .party(let owner):
                try trial.require(own.contains(owner), "a fact of \(owner) is told: \(finding)")
            case .authority: try trial.require(false, "a fact of an authority's is told: \(finding)")
            }
        }
        switch finding.owner {
        case .party(let owner):
            try trial.require(own.contains(owner), "a finding of \(owner) is told: \(finding)")
            trial.label("told of own facts")
        case .authority: try trial.require(false, "a finding of an authority's is told: \(finding)")
        case .public:
            let isSilent = finding.facts.isEmpty && finding.remedy == nil
            let isInBytes = ["TXN-000", "TXN-001", "TXN-002", "TXN-003", "TXN-004", "TXN-005", "TXN-007"]
                .contains(finding.ruleID)
            try trial.require(isSilent || isOwn || isInBytes, "told to somebody who takes no part: \(finding)")
        }
    }
}
