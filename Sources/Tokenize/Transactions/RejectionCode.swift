/// Why a transaction is refused. The hundreds are the stages in which it is decided: the first stage that refuses names
/// the refusal, and of an operation the first check of its act, in the order that Specs/03 to 05 list.
///
/// Codes are stable and never reused (Specs/04, 05 and 13 to 15 state each rule under its id).
public enum RejectionCode: UInt16, Hashable, Sendable, CaseIterable {
    // Wire
    case malformed = 100
    case unknownKey = 110
    case badSignature = 111
    // Time and sequence
    case wrongLedger = 200
    case expired = 201
    case validityTooFar = 202
    case heightPassed = 203
    case heightTooFar = 204
    case unknownPrincipal = 210
    case duplicatePrincipal = 211
    case sequenceUsed = 212
    case sequenceBeyondWindow = 213
    // Keys
    case foreignSignature = 220
    case thresholdNotReached = 221
    // Authorities
    case roleMayNot = 230
    case outOfScope = 231
    case unknownAuthority = 232
    case notAMember = 233
    case quorumNotReached = 234
    // Parties, accounts, ledger
    case partyExists = 300
    case unknownParty = 301
    case accountExists = 302
    case unknownAccount = 303
    case invalidKey = 304
    case businessDateNotLater = 310
    case businessDayGapTooLarge = 311
    case lastGovernor = 320
    // Assets
    case assetExists = 400
    case unknownAsset = 401
    case identificationTaken = 402
    case malformedTerms = 403
    case malformedCharter = 404
    case termsContradict = 405
    case zeroCap = 406
    case assetClosed = 407
    // Movements
    case zeroUnits = 410
    case selfTransfer = 411
    case accountFrozen = 412
    case assetPaused = 413
    case insufficientUnits = 414
    case unitsEncumbered = 415
    case quantityOverflow = 416
    case capExceeded = 417
    case samePartition = 418
    case noRecipients = 419
    // Holding rules
    case classNotAllowed = 430
    case classShareExceeded = 431
    // Settlement
    case buyerIsSeller = 440
    case sameAsset = 441
    // Encumbrances and orders
    case targetNotAllowed = 450
    case kindNotAllowed = 451
    case rankZero = 452
    case alreadyLapsed = 453
    case encumbranceExceedsUnits = 454
    case tooManyEncumbrances = 455
    case unknownEncumbrance = 456
    case notOwner = 457
    case releaseExceedsAmount = 458
    case orderDoesNotCover = 460
    case seniorEncumbrance = 461
    // Payments
    case alreadyPaid = 470
    case nothingOutstanding = 471
    case beforeMaturity = 472
    case amountContradictsTerms = 473
    case holderIsNotPrincipal = 474
    case tooManyEffects = 475
    // The life of bonds
    case holdingsChangedBefore = 480
    case notABond = 481
    case noSuchDue = 482
    case dueAlreadyPaid = 483
    case notYetDue = 484
    case amountNotKnown = 485
    case earlierDueUnpaid = 486
    case unknownClaim = 487
    case cashAccountBlocked = 488
    case calendarKnown = 489
    case sizeNotAdmitted = 500
    case priceNotKnown = 501
    case notTheObserver = 510
    case dayClosed = 511
    case alreadyObserved = 512
    case notObservable = 513
    case closingOutOfRange = 514
    case noOption = 520
    case noticeTooLate = 521
    case partNotAllowed = 522
    case alreadyNotified = 523
    case noEventOfDefault = 530
    case accelerationNotAllowed = 531
    case notEnoughUnits = 532
    case alreadyAccelerated = 533
    // Rulebooks
    case malformedRulebook = 600
    case rulebookVersionWrong = 601
    case rulebookContradicts = 602
    case rulebookNotYetInForce = 603
    case noApprovalAsked = 604
    case unknownRequest = 605
    case notAnApprover = 606
    case requestTooLong = 607
    // Attestations
    case attestationPeriodEmpty = 610
    case unknownAttestation = 611
    case trustOnlyNarrowed = 612
    case alreadyJoined = 613
    // Rules of a rulebook: who
    case countryNotAllowed = 620
    case countryRestricted = 621
    case notOnAllowList = 622
    case onBlockList = 623
    case sanctioned = 624
    case notAccredited = 625
    case notResident = 626
    case accountNotAdmitted = 627
    case requirementsNotMet = 628
    // How much
    case balanceExceeded = 630
    case remainderTooSmall = 631
    case partyShareExceeded = 632
    case classShareTooSmall = 633
    case tooManyHolders = 634
    case tooManyHoldersOfClass = 635
    case supplyExceeded = 636
    // When
    case volumeExceeded = 640
    case volumeTowardsExceeded = 641
    case lockedUp = 642
    case lockedAfterIssue = 643
    case heldTooShort = 644
    case marketClosed = 645
    case transferTooSmall = 646
    case notWholeLots = 647
    // In what form
    case feeNotPaid = 650
    case stampDutyNotPaid = 651
    case approvalMissing = 652
    case memoMissing = 653
    case notTransferable = 654
    case notWanted = 655
    // Orders
    case orderOnAppeal = 700
    case appealNotOpen = 701
    case ownOrder = 702
    case unknownOrder = 703
    case noCustody = 704
    // Roles
    case dutySeparated = 710
    case mandateDoesNotFit = 711
    case lastHolder = 712
    case noSuccessorSigns = 713
    case unitsOutstanding = 714
    // Proposals
    case timelocked = 720
    case notProposable = 721
    case unknownProposal = 722
    case proposalLapsed = 723
    case alreadyApproved = 724
    case notApproved = 725
    case proposerAlone = 726
    case timelockRunning = 727
    case notVetoHolder = 728
    // Emergency powers
    case noEmergencyPower = 730
    case emergencyTooLong = 731
    case emergencyRepeated = 732
    // Recovery
    case sameFiler = 740
    case recoveryPending = 741
    case inRecovery = 742
    case noRecovery = 743
    case alreadyObjected = 744
    case noticeRunning = 745
    case courtOrderMissing = 746
    case courtIsFiler = 747
    case alreadyPrecommitted = 748
    case notPrecommitted = 749
    // Documents
    case documentExists = 750
    case unknownDocument = 751
    case alreadySuperseded = 752
    case notFiler = 753
    case otherDocumentType = 754
    // Allowances
    case noAllowance = 760
    case allowanceExceeded = 761
    case allowanceLapsed = 762
    case ownOperator = 763
    case allowanceAtRest = 764
    // Never seen unless the engine is wrong
    case invariantViolated = 900

    /// The version of the rules that stand in no rulebook: those of the wire format of the same number.
    public static let rulesVersion = TransactionBody.version

    /// The rule's name in Specs, code and tests.
    public var ruleID: String {
        switch self {
        case .malformed: "TXN-000"
        case .unknownKey: "SIG-001"
        case .badSignature: "SIG-002"
        case .wrongLedger: "TXN-001"
        case .expired: "TXN-002"
        case .validityTooFar: "TXN-003"
        case .heightPassed: "TXN-004"
        case .heightTooFar: "TXN-005"
        case .unknownPrincipal: "TXN-006"
        case .duplicatePrincipal: "TXN-007"
        case .sequenceUsed: "SEQ-001"
        case .sequenceBeyondWindow: "SEQ-002"
        case .foreignSignature: "SIG-003"
        case .thresholdNotReached: "SIG-004"
        case .roleMayNot: "AUT-001"
        case .outOfScope: "AUT-002"
        case .unknownAuthority: "AUT-003"
        case .notAMember: "AUT-004"
        case .quorumNotReached: "AUT-005"
        case .partyExists: "ACC-001"
        case .unknownParty: "ACC-002"
        case .accountExists: "ACC-003"
        case .unknownAccount: "ACC-004"
        case .invalidKey: "ACC-005"
        case .businessDateNotLater: "DAY-001"
        case .businessDayGapTooLarge: "DAY-002"
        case .lastGovernor: "AUT-006"
        case .assetExists: "AST-001"
        case .unknownAsset: "AST-002"
        case .identificationTaken: "AST-003"
        case .malformedTerms: "AST-004"
        case .malformedCharter: "AST-005"
        case .termsContradict: "AST-006"
        case .zeroCap: "AST-007"
        case .assetClosed: "AST-008"
        case .zeroUnits: "TRF-001"
        case .selfTransfer: "TRF-002"
        case .accountFrozen: "TRF-003"
        case .assetPaused: "TRF-004"
        case .insufficientUnits: "TRF-005"
        case .unitsEncumbered: "TRF-006"
        case .quantityOverflow: "TRF-007"
        case .capExceeded: "ISS-001"
        case .samePartition: "TRF-008"
        case .noRecipients: "TRF-009"
        case .classNotAllowed: "HLD-001"
        case .classShareExceeded: "HLD-002"
        case .buyerIsSeller: "STL-001"
        case .sameAsset: "STL-002"
        case .targetNotAllowed: "ENB-001"
        case .kindNotAllowed: "ENB-002"
        case .rankZero: "ENB-003"
        case .alreadyLapsed: "ENB-004"
        case .encumbranceExceedsUnits: "ENB-005"
        case .tooManyEncumbrances: "ENB-006"
        case .unknownEncumbrance: "ENB-007"
        case .notOwner: "ENB-008"
        case .releaseExceedsAmount: "ENB-009"
        case .orderDoesNotCover: "ORD-001"
        case .seniorEncumbrance: "ORD-002"
        case .alreadyPaid: "PAY-001"
        case .nothingOutstanding: "PAY-002"
        case .beforeMaturity: "PAY-003"
        case .amountContradictsTerms: "PAY-004"
        case .holderIsNotPrincipal: "RDM-001"
        case .tooManyEffects: "PAY-005"
        case .holdingsChangedBefore: "REC-001"
        case .notABond: "SRV-001"
        case .noSuchDue: "SRV-002"
        case .dueAlreadyPaid: "SRV-003"
        case .notYetDue: "SRV-004"
        case .amountNotKnown: "SRV-005"
        case .earlierDueUnpaid: "SRV-006"
        case .unknownClaim: "SRV-007"
        case .cashAccountBlocked: "SRV-008"
        case .calendarKnown: "SRV-009"
        case .sizeNotAdmitted: "PRM-001"
        case .priceNotKnown: "PRM-002"
        case .notTheObserver: "OBS-001"
        case .dayClosed: "OBS-002"
        case .alreadyObserved: "OBS-003"
        case .notObservable: "OBS-004"
        case .closingOutOfRange: "OBS-005"
        case .noOption: "SRV-020"
        case .noticeTooLate: "SRV-021"
        case .partNotAllowed: "SRV-022"
        case .alreadyNotified: "SRV-023"
        case .noEventOfDefault: "DFT-001"
        case .accelerationNotAllowed: "DFT-002"
        case .notEnoughUnits: "DFT-003"
        case .alreadyAccelerated: "DFT-004"
        case .malformedRulebook: "RBK-001"
        case .rulebookVersionWrong: "RBK-002"
        case .rulebookContradicts: "RBK-003"
        case .rulebookNotYetInForce: "RBK-004"
        case .noApprovalAsked: "RBK-005"
        case .unknownRequest: "RBK-006"
        case .notAnApprover: "RBK-007"
        case .requestTooLong: "RBK-008"
        case .attestationPeriodEmpty: "ATT-001"
        case .unknownAttestation: "ATT-002"
        case .trustOnlyNarrowed: "ATT-003"
        case .alreadyJoined: "ATT-004"
        case .countryNotAllowed: "RBK-010"
        case .countryRestricted: "RBK-011"
        case .notOnAllowList: "RBK-012"
        case .onBlockList: "RBK-013"
        case .sanctioned: "RBK-014"
        case .notAccredited: "RBK-015"
        case .notResident: "RBK-016"
        case .accountNotAdmitted: "RBK-017"
        case .requirementsNotMet: "RBK-018"
        case .balanceExceeded: "RBK-020"
        case .remainderTooSmall: "RBK-021"
        case .partyShareExceeded: "RBK-022"
        case .classShareTooSmall: "RBK-023"
        case .tooManyHolders: "RBK-024"
        case .tooManyHoldersOfClass: "RBK-025"
        case .supplyExceeded: "RBK-026"
        case .volumeExceeded: "RBK-030"
        case .volumeTowardsExceeded: "RBK-031"
        case .lockedUp: "RBK-032"
        case .lockedAfterIssue: "RBK-033"
        case .heldTooShort: "RBK-034"
        case .marketClosed: "RBK-035"
        case .transferTooSmall: "RBK-036"
        case .notWholeLots: "RBK-037"
        case .feeNotPaid: "RBK-040"
        case .stampDutyNotPaid: "RBK-041"
        case .approvalMissing: "RBK-042"
        case .memoMissing: "RBK-043"
        case .notTransferable: "RBK-044"
        case .notWanted: "RBK-045"
        case .orderOnAppeal: "COE-001"
        case .appealNotOpen: "COE-002"
        case .ownOrder: "COE-003"
        case .unknownOrder: "COE-004"
        case .noCustody: "COE-005"
        case .dutySeparated: "ROL-001"
        case .mandateDoesNotFit: "ROL-002"
        case .lastHolder: "ROL-003"
        case .noSuccessorSigns: "ROL-004"
        case .unitsOutstanding: "ROL-005"
        case .timelocked: "PRO-001"
        case .notProposable: "PRO-002"
        case .unknownProposal: "PRO-003"
        case .proposalLapsed: "PRO-004"
        case .alreadyApproved: "PRO-005"
        case .notApproved: "PRO-006"
        case .proposerAlone: "PRO-007"
        case .timelockRunning: "PRO-008"
        case .notVetoHolder: "PRO-009"
        case .noEmergencyPower: "EMG-001"
        case .emergencyTooLong: "EMG-002"
        case .emergencyRepeated: "EMG-003"
        case .sameFiler: "RCV-001"
        case .recoveryPending: "RCV-002"
        case .inRecovery: "RCV-003"
        case .noRecovery: "RCV-004"
        case .alreadyObjected: "RCV-005"
        case .noticeRunning: "RCV-006"
        case .courtOrderMissing: "RCV-007"
        case .courtIsFiler: "RCV-008"
        case .alreadyPrecommitted: "RCV-009"
        case .notPrecommitted: "RCV-010"
        case .documentExists: "DOC-001"
        case .unknownDocument: "DOC-002"
        case .alreadySuperseded: "DOC-003"
        case .notFiler: "DOC-004"
        case .otherDocumentType: "DOC-005"
        case .noAllowance: "ALW-001"
        case .allowanceExceeded: "ALW-002"
        case .allowanceLapsed: "ALW-003"
        case .ownOperator: "ALW-004"
        case .allowanceAtRest: "ALW-005"
        case .invariantViolated: "INV-001"
        }
    }
}
