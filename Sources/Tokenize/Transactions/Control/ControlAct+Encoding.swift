extension ActCode {
    /// Acts of chapter 15 that are done under an authority.
    var isControlOfAuthority: Bool {
        switch self {
        case .seize, .forceRedeem, .decideAppeal, .nameCustody, .setMandate, .veto, .emergencyFreeze, .deactivateAsset,
            .fileDocument, .fileRecovery, .decideRecovery, .executeRecovery:
            true
        default: false
        }
    }

    /// Acts of chapter 15.
    var isControl: Bool {
        switch self {
        case .propose, .approve, .withdraw, .execute, .renounce, .objectToRecovery, .precommit, .rotateToPrecommitted,
            .setAllowance, .transferFrom:
            true
        default: isControlOfAuthority
        }
    }
}

extension ControlAct {
    func encodeFields(into encoder: inout CanonicalEncoder) {
        switch self {
        case .seize(let taking), .forceRedeem(let taking): taking.encode(into: &encoder)
        case .decideAppeal(let finding): finding.encode(into: &encoder)
        case .nameCustody(let account), .executeRecovery(let account): encoder.encode(account)
        case .setMandate(let setting): setting.encode(into: &encoder)
        case .veto(let proposal), .approve(let proposal), .withdraw(let proposal), .execute(let proposal):
            encoder.encode(proposal)
        case .emergencyFreeze(let freeze): freeze.encode(into: &encoder)
        case .deactivateAsset(let asset): encoder.encode(asset)
        case .fileDocument(let filing): filing.encode(into: &encoder)
        case .fileRecovery(let filing): filing.encode(into: &encoder)
        case .decideRecovery(let decision): decision.encode(into: &encoder)
        case .propose(let proposal): proposal.encode(into: &encoder)
        case .renounce(let authority): authority.encode(into: &encoder)
        case .objectToRecovery: encoder.encodeArray(count: 0)
        case .precommit(let digest): encoder.encode(digest)
        case .rotateToPrecommitted(let rotation): rotation.encode(into: &encoder)
        case .setAllowance(let allowance): allowance.encode(into: &encoder)
        case .transferFrom(let transfer): transfer.encode(into: &encoder)
        }
    }

    init(ofAuthority code: ActCode, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case .seize: self = .seize(try Taking(from: &decoder))
        case .forceRedeem: self = .forceRedeem(try Taking(from: &decoder))
        case .decideAppeal: self = .decideAppeal(try AppealFinding(from: &decoder))
        case .nameCustody: self = .nameCustody(try decoder.identifier())
        case .setMandate: self = .setMandate(try MandateSetting(from: &decoder))
        case .veto: self = .veto(try decoder.identifier())
        case .emergencyFreeze: self = .emergencyFreeze(try EmergencyFreeze(from: &decoder))
        case .deactivateAsset: self = .deactivateAsset(try decoder.identifier())
        case .fileDocument: self = .fileDocument(try DocumentFiling(from: &decoder))
        case .fileRecovery: self = .fileRecovery(try RecoveryFiling(from: &decoder))
        case .decideRecovery: self = .decideRecovery(try RecoveryDecision(from: &decoder))
        case .executeRecovery: self = .executeRecovery(try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
    }

    init(ofHolder code: ActCode, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case .propose: self = .propose(try Proposal(from: &decoder))
        case .approve: self = .approve(try decoder.identifier())
        case .withdraw: self = .withdraw(try decoder.identifier())
        case .execute: self = .execute(try decoder.identifier())
        case .renounce: self = .renounce(try AuthorityReference(from: &decoder))
        case .objectToRecovery:
            try decoder.array(count: 0)
            decoder.leave()
            self = .objectToRecovery
        case .precommit: self = .precommit(try decoder.digest())
        case .rotateToPrecommitted: self = .rotateToPrecommitted(try PrecommittedRotation(from: &decoder))
        case .setAllowance: self = .setAllowance(try Allowance(from: &decoder))
        case .transferFrom: self = .transferFrom(try OperatorTransfer(from: &decoder))
        default: throw decoder.failure(.outOfRange)
        }
    }
}

extension Act {
    /// A chapter 15 act of an authority, or of an account for itself.
    init(control code: ActCode, hasAuthority: Bool, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard hasAuthority == code.isControlOfAuthority else { throw decoder.failure(.outOfRange) }
        if hasAuthority {
            let act = try ControlAct(ofAuthority: code, from: &decoder)
            self = .control(act, under: try AuthorityReference(from: &decoder))
        } else {
            self = .control(try ControlAct(ofHolder: code, from: &decoder), under: nil)
        }
    }
}
