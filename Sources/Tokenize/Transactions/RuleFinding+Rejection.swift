/// From the refusal that deciding throws to the finding that explaining keeps, and back.
extension RuleFinding {
    /// What a refusal says, with what only an explanation says beside it.
    ///
    /// - Parameters:
    ///   - owner: whose the facts are; nil for what ``RejectionCode/factsAreEverybodys`` says.
    ///   - further: facts that the refusal does not name.
    ///   - remedy: nil for what the facts of the refusal say.
    init(
        _ rejection: Rejection,
        of owner: DecidingFact.Owner? = nil,
        _ further: [DecidingFact] = [],
        remedy: Remedy? = nil
    ) {
        let owner = owner ?? (rejection.code.factsAreEverybodys ? .public : .authority)
        self.init(
            rejection.code,
            facts: rejection.facts.map { DecidingFact($0.name, $0.value, of: owner) } + further,
            remedy: remedy ?? Remedy(rejection),
            owner: .common(to: [owner] + further.map(\.owner))
        )
    }
}

extension Rejection {
    /// The refusal of a rule that makes its finding itself. What is a party's alone is left to an explanation, which
    /// knows who asks.
    init(_ finding: RuleFinding) {
        let facts = finding.facts.filter { $0.owner == .public }.map(\.fact)
        self = Rejection(finding.code, facts: facts).owned(by: .public)
    }
}

extension Remedy {
    /// What the facts of a refusal say would make it pass; nil where they say nothing of the kind.
    init?(_ rejection: Rejection) {
        let facts = Dictionary(rejection.facts.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        switch (rejection.code, facts[.requested], facts[.available], facts[.expected]) {
        case (_, .quantity?, .quantity(let available)?, _): self = .amountThatFits(available)
        case (.sequenceUsed, _, _, .number(let next)?), (.sequenceBeyondWindow, _, _, .number(let next)?):
            self = .sequence(next)
        case (.notYetDue, _, _, .date(let date)?), (.beforeMaturity, _, _, .date(let date)?): self = .opensOn(date)
        default:
            switch (facts[.quorum], facts[.members], facts[.authority]) {
            case (.number(let quorum)?, .number(let members)?, .authority(let authority)?) where quorum > members:
                self = .signatures(Int(quorum - members), authority)
            default:
                guard case .number(let threshold)? = facts[.threshold], case .number(let weight)? = facts[.weight],
                    case .account(let account)? = facts[.account], threshold > weight
                else { return nil }
                self = .weight(threshold - weight, account)
            }
        }
    }
}

extension RejectionCode {
    /// True of rules whose facts stand in the transaction itself, in an asset's terms and supply, or in the ledger's
    /// calendar and offices: they tell of no party. The facts of any other rule are an authority's alone, unless the
    /// rule says whose they are.
    var factsAreEverybodys: Bool {
        switch self {
        case .malformed, .unknownKey, .badSignature, .wrongLedger, .expired, .validityTooFar, .heightPassed,
            .heightTooFar, .unknownPrincipal, .duplicatePrincipal, .foreignSignature:
            true
        case .roleMayNot, .outOfScope, .unknownAuthority, .notAMember, .quorumNotReached, .dutySeparated, .timelocked:
            true
        case .unknownAccount, .unknownAsset, .assetExists, .identificationTaken, .malformedTerms, .malformedCharter,
            .termsContradict, .zeroCap, .assetClosed, .assetPaused, .capExceeded:
            true
        case .businessDateNotLater, .businessDayGapTooLarge, .lastGovernor, .invalidKey: true
        case .zeroUnits, .selfTransfer, .samePartition, .noRecipients, .buyerIsSeller, .sameAsset,
            .holderIsNotPrincipal:
            true
        case .targetNotAllowed, .kindNotAllowed, .rankZero, .alreadyLapsed: true
        case .alreadyPaid, .nothingOutstanding, .beforeMaturity, .amountContradictsTerms, .tooManyEffects: true
        case .notABond, .noSuchDue, .dueAlreadyPaid, .notYetDue, .amountNotKnown, .earlierDueUnpaid, .calendarKnown,
            .sizeNotAdmitted, .priceNotKnown:
            true
        case .notTheObserver, .dayClosed, .alreadyObserved, .notObservable, .closingOutOfRange, .noOption,
            .noticeTooLate, .partNotAllowed, .noEventOfDefault, .accelerationNotAllowed, .alreadyAccelerated:
            true
        case .mandateDoesNotFit, .lastHolder, .noSuccessorSigns, .unitsOutstanding, .emergencyTooLong,
            .noEmergencyPower, .notProposable, .proposalLapsed, .ownOperator, .sameFiler:
            true
        case .malformedRulebook, .rulebookVersionWrong, .rulebookContradicts, .rulebookNotYetInForce,
            .trustOnlyNarrowed, .attestationPeriodEmpty, .noApprovalAsked, .requestTooLong, .lockedUp:
            true
        default: false
        }
    }
}
