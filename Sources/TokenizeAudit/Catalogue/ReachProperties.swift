import Tokenize

/// The histories that other properties run on are worth something: they reach the rules.
enum ReachProperties {
    static let entry = AuditCatalogue.Entry(reach, usualCaseCount: 600)

    /// Codes that no drawn history reaches, each with the reason.
    static let unreached: [RejectionCode: String] = [
        .tooManyEncumbrances: "needs 64 encumbrances of one kind on one target; tried by PRP-051",
        .tooManyEffects: "needs a transaction of more than 3,145,728 effects; tested by itself",
        .courtOrderMissing: "needs an objection and three times the notice; tried by PRP-033",
        .allowanceAtRest: "needs an allowance of an account that is recovered after it; tried by PRP-033",
        .courtIsFiler: "needs a court that files a recovery and decides it; tried by PRP-033",
        .calendarKnown: "needs a calendar that is registered twice; tried by PRP-051",
        .invariantViolated: "never seen unless the engine is wrong",
    ]
    .merging(
        servicing.map { ($0, "needs a bond over months; tested by itself, and tried by PRP-031 and PRP-046") }
    ) { $1 }
    .merging(
        rulebooks.map { ($0, "needs a rulebook that asks it; tested by itself, and tried by PRP-045 or PRP-051") }
    ) { $1 }

    /// Rules of the life of a bond: the histories of these properties last days.
    private static let servicing: [RejectionCode] = [
        .holdingsChangedBefore, .notABond, .noSuchDue, .dueAlreadyPaid,
        .notYetDue, .amountNotKnown, .earlierDueUnpaid, .unknownClaim,
        .cashAccountBlocked, .sizeNotAdmitted, .priceNotKnown,
        .notTheObserver, .dayClosed, .alreadyObserved, .notObservable,
        .closingOutOfRange, .noOption, .noticeTooLate, .partNotAllowed,
        .alreadyNotified, .noEventOfDefault, .accelerationNotAllowed, .notEnoughUnits,
        .alreadyAccelerated,
    ]

    /// Rules of rulebooks: those that histories draw ask little, so that units still move.
    private static let rulebooks = RejectionCode.allCases.filter {
        (602...608).contains($0.rawValue) || (620...655).contains($0.rawValue)
    }

    static let reach = Property(
        "PRP-016",
        "Random histories do every kind of act and are refused by every rule that they can reach.",
        coverage: (RejectionCode.allCases.filter { unreached[$0] == nil }.map { "refused \($0)" }
            + acts.map { "done \($0)" })
            .map { Property.Coverage($0, perMille: 3) }
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 80, restarts: true) { step, _, trial in
            guard case .refused(let rejection)? = step.transaction?.answer else { return }
            try trial.require(rejection.code != .invariantViolated, "\(rejection)")
        }
    }

    private static let acts = [
        "registerParty", "openAccount", "rotateKeys", "cancelSequence", "appointAuthority", "openBusinessDay",
        "rotateLogKeys", "createAsset", "issue", "transfer", "batchTransfer", "redeem", "cancelUnits", "reclassify",
        "settle", "distribute", "redeemAll", "encumber", "release", "forceTransfer", "seize", "forceRedeem",
        "decideAppeal", "nameCustody", "setMandate", "propose", "approve", "withdraw", "execute", "veto", "renounce",
        "emergencyFreeze", "deactivateAsset", "fileDocument", "fileRecovery", "objectToRecovery", "decideRecovery",
        "executeRecovery", "precommit", "rotateToPrecommitted", "setAllowance", "transferFrom", "attest",
        "revokeAttestation", "setRulebook", "setTrustedIssuers", "joinParties", "changeList", "optIn",
        "decideMovement",
    ]
}
