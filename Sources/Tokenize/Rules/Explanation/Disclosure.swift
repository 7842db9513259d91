/// What of an explanation whoever asks may know (Specs/16-explanation.md).
///
/// Facts of a party go to that party and to an authority over the asset; those that are nobody's go to the parties of
/// the transaction. Everybody else gets the rules that refuse what its principals have signed, in one form whatever
/// there was to say, and of what they have not signed nothing at all.
struct Disclosure {
    private let state: LedgerState
    private let body: TransactionBody
    /// Who asks; nil if nobody has signed the question.
    private let requester: AccountIndex?
    private let party: PartyID?
    /// Authorities that the requester is a member of.
    private let authorities: [AuthorityReference]
    private let nothing = Transition()

    init(of body: TransactionBody, to requester: AccountID?, on state: LedgerState) {
        self.state = state
        self.body = body
        self.requester = requester.flatMap { state.accounts.index(of: $0) }.map { AccountIndex($0) }
        party = requester.flatMap { state.party(of: $0) }
        authorities =
            self.requester.map { member in
                state.authorities.filter { $0.value.members.contains(member) }.map(\.key)
            } ?? []
    }

    /// Whether the operations are asked at all: what nobody may know of is not worked out, so that not even the time
    /// it takes tells of it; and a question that nobody has signed costs no more than submitting would.
    ///
    /// - Parameter findings: what refuses the transaction as a whole.
    func asksOperations(_ findings: [RuleFinding], isDraft: Bool) -> Bool {
        guard requester != nil else { return !isDraft && findings.isEmpty }
        if isSigned(findings, isDraft: isDraft) || isOfTransaction || isSupervisor { return true }
        return body.operations.indices.contains { isAuthority(over: $0) }
    }

    /// Whether an operation is asked and, if it passes, made for those after it.
    ///
    /// Of what its principals have not all signed only what the requester could do alone: what another's operation
    /// leaves behind would tell of that other to whoever names an operation of its own after it.
    ///
    /// - Parameter findings: what refuses the transaction as a whole.
    func asks(_ operation: Int, _ findings: [RuleFinding], isDraft: Bool) -> Bool {
        isSigned(findings, isDraft: isDraft) || isVouched || isAuthority(over: operation) || isAlone(in: operation)
    }

    /// Whether the signatures of all principals are there.
    private func isSigned(_ findings: [RuleFinding], isDraft: Bool) -> Bool {
        !isDraft && !findings.contains { $0.code.isOfSignatures }
    }

    /// The explanation as the requester gets it.
    func disclosed(_ explanation: Explanation) -> Explanation {
        let isSigned = isSigned(explanation.findings, isDraft: explanation.isDraft) || isVouched
        return Explanation(
            transaction: explanation.transaction,
            isDraft: explanation.isDraft,
            businessDate: explanation.businessDate,
            height: explanation.height,
            findings: isSupervisor
                ? explanation.findings
                : explanation.findings.map { $0.code.standsInTransaction ? $0 : told($0) }.uniqued,
            operations: explanation.operations.map { disclosed($0, isSigned: isSigned) }
        )
    }

    private func disclosed(_ operation: OperationExplanation, isSigned: Bool) -> OperationExplanation {
        if operation.verdict == .notAsked { return isSigned ? operation : operation.undisclosed([]) }
        if isAuthority(over: operation.position) { return operation }
        if isSigned {
            return operation.with(operation.verdict, told(operation.findings).uniqued)
        }
        // Whoever has not signed may ask of no one else's affairs: not even whether a rule refuses.
        let isOwn = isPrincipal(of: operation.position)
        return operation.undisclosed(operation.findings.filter { isOfRequester($0, isOwn: isOwn) })
    }

    /// What is told of an operation's findings: the requester's own, and what tells of nobody. Of others' affairs only
    /// the first finding, and only if no affair of anybody's refuses before it: that much submitting says as well. With
    /// more, whoever has nothing could ask what others have by offering it to them.
    private func told(_ findings: [RuleFinding]) -> [RuleFinding] {
        var isFirst = true
        return findings.filter { finding in
            if finding.code.tellsOfNobody { return true }
            defer { isFirst = false }
            return isFirst || isOfParty(finding)
        }.map { told($0) }
    }

    /// A finding, or its rule alone.
    private func told(_ finding: RuleFinding) -> RuleFinding {
        isOfRequester(finding, isOwn: isOfTransaction) ? finding : finding.withheld
    }

    private func isOfRequester(_ finding: RuleFinding, isOwn: Bool) -> Bool {
        switch finding.owner {
        case .public: isOwn
        case .party: isOfParty(finding)
        case .authority: false
        }
    }

    /// Whether a finding is of the party that asks; or, of a rulebook, of its person: sums of joined parties stand under
    /// the one that they were joined to. Sequences and signatures are of one account, and not of a person.
    private func isOfParty(_ finding: RuleFinding) -> Bool {
        guard case .party(let owner) = finding.owner, let party else { return false }
        return owner == party || finding.rulebookVersion != nil && head(of: owner) == head(of: party)
    }

    private func head(of party: PartyID) -> UInt32? {
        state.parties.index(of: party).map { state.rules.person(PartyIndex($0)) }
    }

    // MARK: Who asks

    /// True if every principal is of the requester's party: the signed question stands for their signatures.
    private var isVouched: Bool { party != nil && body.principals.allSatisfy { state.party(of: $0.account) == party } }

    /// True if the requester's party takes part in the transaction.
    private var isOfTransaction: Bool {
        party != nil && body.principals.contains { state.party(of: $0.account) == party }
    }

    private func isPrincipal(of operation: Int) -> Bool {
        party != nil && state.party(of: body.principals[body.operations[operation].principal].account) == party
    }

    /// True if an operation takes nobody's signature but those of the requester's party.
    private func isAlone(in operation: Int) -> Bool {
        guard isPrincipal(of: operation) else { return false }
        guard let other = body.operations[operation].act.otherPrincipal else { return true }
        return body.principals.indices.contains(other) && state.party(of: body.principals[other].account) == party
    }

    /// True for members of authorities over the whole ledger that watch over all assets.
    private var isSupervisor: Bool {
        authorities.contains { $0.asset == nil && [.auditor, .court, .regulator].contains($0.role) }
    }

    /// True for members of the authority that acts, and of authorities over the asset that the operation is about.
    private func isAuthority(over operation: Int) -> Bool {
        if isSupervisor { return true }
        let act = Self.done(by: body.operations[operation].act, on: state)
        // Who has a say in one of two assets that change hands has none in the other.
        if act.exchangesAssets { return false }
        if let acting = Self.acting(in: act, on: state), authorities.contains(acting) { return true }
        guard let asset = act.movedAsset.flatMap({ state.assetIndex($0, nothing) }) else { return false }
        return authorities.contains { reference in
            reference.role.readsHoldings && (try? state.requireScope(reference, asset, nothing)) != nil
        }
    }

    /// The act that is done: that of the proposal, where one is executed.
    private static func done(by act: Act, on state: LedgerState) -> Act {
        guard case .control(.execute(let id), _) = act,
            let inner = state.proposal(id, Transition()).flatMap({ Proposal.act(in: $0.act) })
        else { return act }
        return inner
    }

    /// The authority under which an act is done, or whose proposal it is about; nil if there is none, or if units of a
    /// second asset change hands, in which it has no say.
    static func acting(in act: Act, on state: LedgerState) -> AuthorityReference? {
        guard !done(by: act, on: state).exchangesAssets else { return nil }
        if let under = act.authority { return under }
        switch act {
        case .control(.approve(let id), _), .control(.withdraw(let id), _), .control(.execute(let id), _):
            return state.proposal(id, Transition())?.authority
        default: return nil
        }
    }
}

extension Role {
    /// Roles that may know what is held of an asset in their scope.
    fileprivate var readsHoldings: Bool {
        switch self {
        case .registrar, .issuer, .transferAgent, .payingAgent, .regulator, .court, .auditor: true
        case .governor, .operator, .identityIssuer: false
        }
    }
}

extension RejectionCode {
    /// True of rules whose facts stand in the bytes that were shown and in the ledger's calendar: whoever asks has both.
    fileprivate var standsInTransaction: Bool {
        switch self {
        case .malformed, .wrongLedger, .expired, .validityTooFar, .heightPassed, .heightTooFar, .duplicatePrincipal:
            true
        default: false
        }
    }

    /// True of rules that refuse by the transaction, the terms and the calendar, whatever anybody has.
    fileprivate var tellsOfNobody: Bool {
        switch self {
        case .marketClosed, .transferTooSmall, .notWholeLots, .memoMissing, .notTransferable, .feeNotPaid,
            .stampDutyNotPaid:
            true
        default: factsAreEverybodys
        }
    }
}

extension Act {
    /// True of acts in which units of a second asset change hands.
    fileprivate var exchangesAssets: Bool {
        switch self {
        case .settle, .distribute, .redeemAll: true
        case .service(let act, _):
            switch act {
            case .subscribe, .buyBack, .payDue, .settleClaim: true
            default: false
            }
        default: false
        }
    }

    /// The index of the principal without whose signature the act's own principal cannot do it; nil if there is none.
    fileprivate var otherPrincipal: Int? {
        switch self {
        case .settle(let settlement): settlement.buyer
        case .redeem(let redemption, _): redemption.holder
        case .service(.subscribe(let subscription), _): subscription.buyer
        case .service(.buyBack(let purchase), _): purchase.seller
        default: nil
        }
    }

    /// The asset whose holdings the act is about, if it is one.
    fileprivate var movedAsset: AssetID? {
        switch self {
        case .transfer(let transfer): transfer.asset
        case .batchTransfer(let batch): batch.asset
        case .issue(let issuance, _): issuance.asset
        case .redeem(let redemption, _): redemption.asset
        case .cancelUnits(let cancellation, _): cancellation.asset
        case .reclassify(let reclassification, _): reclassification.asset
        case .forceTransfer(let forced, _): forced.asset
        case .encumber(let encumbering, _): encumbering.target.asset
        case .release(let release, _): release.target.asset
        case .service(let act, _): act.asset
        case .control(.setAllowance(let allowance), _): allowance.asset
        case .control(.transferFrom(let transfer), _): transfer.asset
        case .control(.seize(let taking), _), .control(.forceRedeem(let taking), _): taking.asset
        default: nil
        }
    }
}

extension OperationExplanation {
    fileprivate func with(_ verdict: Verdict, _ findings: [RuleFinding]) -> OperationExplanation {
        OperationExplanation(
            position: position,
            act: act,
            verdict: verdict,
            findings: findings,
            followsRefusal: followsRefusal
        )
    }

    /// Whether anything refuses stays open.
    fileprivate func undisclosed(_ findings: [RuleFinding]) -> OperationExplanation {
        OperationExplanation(position: position, act: act, verdict: .undisclosed, findings: findings)
    }
}

extension [RuleFinding] {
    /// Each finding once: how often a rule refuses is a fact too.
    fileprivate var uniqued: [RuleFinding] {
        var seen: Set<RuleFinding> = []
        return filter { seen.insert($0).inserted }
    }
}
