/// Codes of acts on the wire; never reused (Specs/03, Specs/15).
public enum ActCode: UInt64, Hashable, Sendable, CaseIterable {
    case registerParty = 1
    case openAccount = 2
    case rotateKeys = 3
    case cancelSequence = 4
    case appointAuthority = 5
    case openBusinessDay = 6
    case rotateLogKeys = 7
    case createAsset = 10
    case issue = 11
    case transfer = 12
    case batchTransfer = 13
    case redeem = 14
    case cancelUnits = 15
    case reclassify = 16
    case settle = 17
    case distribute = 18
    case redeemAll = 19
    case encumber = 20
    case release = 21
    case forceTransfer = 22
    case registerCalendar = 30
    case instructPayment = 31
    case payDue = 32
    case settleClaim = 33
    case subscribe = 34
    case buyBack = 35
    case observe = 36
    case closeObservations = 37
    case giveCallNotice = 38
    case givePutNotice = 39
    case accelerate = 40
    // Rulebooks and attestations
    case attest = 50
    case revokeAttestation = 51
    case setRulebook = 52
    case setTrustedIssuers = 53
    case joinParties = 54
    case changeList = 55
    case optIn = 56
    case decideMovement = 57
    // Authority and orders
    case seize = 70
    case forceRedeem = 71
    case decideAppeal = 72
    case nameCustody = 73
    case setMandate = 74
    case propose = 75
    case approve = 76
    case withdraw = 77
    case execute = 78
    case veto = 79
    case renounce = 80
    case emergencyFreeze = 81
    case deactivateAsset = 82
    case fileDocument = 83
    case fileRecovery = 84
    case objectToRecovery = 85
    case decideRecovery = 86
    case executeRecovery = 87
    case precommit = 88
    case rotateToPrecommitted = 89
    case setAllowance = 90
    case transferFrom = 91
}

extension Operation: CanonicalCodable {
    /// `[code, principal, fields]` or, under an authority, `[code, principal, fields, authority]`.
    public func encode(into encoder: inout CanonicalEncoder) {
        let authority = act.authority
        encoder.encodeArray(count: authority == nil ? 3 : 4)
        encoder.encode(act.code.rawValue)
        encoder.encode(UInt64(principal))
        act.encodeFields(into: &encoder)
        authority?.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 4)
        guard count >= 3, let code = ActCode(rawValue: try decoder.unsigned()) else {
            throw decoder.failure(.outOfRange)
        }
        principal = Int(try decoder.unsigned(max: UInt64(TransactionLimits.principalCountMax - 1)))
        act = try Act(code: code, hasAuthority: count == 4, from: &decoder)
        decoder.leave()
    }
}

extension Act {
    /// The act's code on the wire.
    public var code: ActCode {
        switch self {
        case .registerParty: .registerParty
        case .openAccount: .openAccount
        case .rotateKeys: .rotateKeys
        case .cancelSequence: .cancelSequence
        case .appointAuthority: .appointAuthority
        case .openBusinessDay: .openBusinessDay
        case .rotateLogKeys: .rotateLogKeys
        case .createAsset: .createAsset
        case .issue: .issue
        case .transfer: .transfer
        case .batchTransfer: .batchTransfer
        case .redeem: .redeem
        case .cancelUnits: .cancelUnits
        case .reclassify: .reclassify
        case .settle: .settle
        case .distribute: .distribute
        case .redeemAll: .redeemAll
        case .encumber: .encumber
        case .release: .release
        case .forceTransfer: .forceTransfer
        case .service(let act, _): act.code
        case .rulebook(let act, _): act.code
        case .control(let act, _): act.code
        }
    }

    fileprivate func encodeFields(into encoder: inout CanonicalEncoder) {
        switch self {
        case .registerParty(let registration, _): registration.encode(into: &encoder)
        case .openAccount(let opening, _): opening.encode(into: &encoder)
        case .rotateKeys(let policy): policy.encode(into: &encoder)
        case .cancelSequence: encoder.encodeArray(count: 0)
        case .appointAuthority(let appointment, _): appointment.encode(into: &encoder)
        case .openBusinessDay(let date, _): date.encode(into: &encoder)
        case .rotateLogKeys(let keys, _): keys.encode(into: &encoder)
        case .createAsset(let creation, _): creation.encode(into: &encoder)
        case .issue(let issuance, _): issuance.encode(into: &encoder)
        case .transfer(let transfer): transfer.encode(into: &encoder)
        case .batchTransfer(let batch): batch.encode(into: &encoder)
        case .redeem(let redemption, _): redemption.encode(into: &encoder)
        case .cancelUnits(let cancellation, _): cancellation.encode(into: &encoder)
        case .reclassify(let reclassification, _): reclassification.encode(into: &encoder)
        case .settle(let settlement): settlement.encode(into: &encoder)
        case .distribute(let distribution, _): distribution.encode(into: &encoder)
        case .redeemAll(let redemption, _): redemption.encode(into: &encoder)
        case .encumber(let encumbering, _): encumbering.encode(into: &encoder)
        case .release(let release, _): release.encode(into: &encoder)
        case .forceTransfer(let forced, _): forced.encode(into: &encoder)
        case .service(let act, _): act.encodeFields(into: &encoder)
        case .rulebook(let act, _): act.encodeFields(into: &encoder)
        case .control(let act, _): act.encodeFields(into: &encoder)
        }
    }

    fileprivate init(
        code: ActCode,
        hasAuthority: Bool,
        from decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) {
        switch code {
        case .rotateKeys, .cancelSequence, .transfer, .batchTransfer, .settle:
            guard !hasAuthority else { throw decoder.failure(.outOfRange) }
            self = try Act(ofHolder: code, from: &decoder)
        case .encumber:
            let fields = try Encumbering(from: &decoder)
            // An authority's encumbrance is an order; a holder's is a contract.
            guard (fields.order.legalBasis != nil) == hasAuthority else { throw decoder.failure(.outOfRange) }
            self = .encumber(fields, under: hasAuthority ? try AuthorityReference(from: &decoder) : nil)
        case .release:
            let fields = try Release(from: &decoder)
            self = .release(fields, under: hasAuthority ? try AuthorityReference(from: &decoder) : nil)
        case .registerCalendar, .instructPayment, .payDue, .settleClaim, .subscribe, .buyBack, .observe,
            .closeObservations, .giveCallNotice, .givePutNotice, .accelerate:
            guard ServicingAct.needsAuthority(code).map({ $0 == hasAuthority }) ?? true,
                let fields = try ServicingAct(code: code, from: &decoder)
            else { throw decoder.failure(.outOfRange) }
            self = .service(fields, under: hasAuthority ? try AuthorityReference(from: &decoder) : nil)
        case _ where code.isRulebookOfAuthority != nil:
            self = try Act(rulebook: code, hasAuthority: hasAuthority, from: &decoder)
        case _ where code.isControl: self = try Act(control: code, hasAuthority: hasAuthority, from: &decoder)
        default:
            guard hasAuthority else { throw decoder.failure(.outOfRange) }
            self = try Act(ofAuthority: code, from: &decoder)
        }
    }

    private init(ofHolder code: ActCode, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case .rotateKeys: self = .rotateKeys(try KeyPolicy(from: &decoder))
        case .transfer: self = .transfer(try Transfer(from: &decoder))
        case .batchTransfer: self = .batchTransfer(try BatchTransfer(from: &decoder))
        case .settle: self = .settle(try Settlement(from: &decoder))
        default:
            try decoder.array(count: 0)
            decoder.leave()
            self = .cancelSequence
        }
    }

    private init(ofAuthority code: ActCode, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        func under(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> AuthorityReference {
            try AuthorityReference(from: &decoder)
        }
        switch code {
        case .registerParty:
            self = .registerParty(try PartyRegistration(from: &decoder), under: try under(&decoder))
        case .openAccount: self = .openAccount(try AccountOpening(from: &decoder), under: try under(&decoder))
        case .appointAuthority:
            self = .appointAuthority(try AuthorityAppointment(from: &decoder), under: try under(&decoder))
        case .openBusinessDay: self = .openBusinessDay(try CalendarDate(from: &decoder), under: try under(&decoder))
        case .rotateLogKeys: self = .rotateLogKeys(try LogKeys(from: &decoder), under: try under(&decoder))
        case .createAsset: self = .createAsset(try AssetCreation(from: &decoder), under: try under(&decoder))
        case .issue: self = .issue(try Issuance(from: &decoder), under: try under(&decoder))
        case .redeem: self = .redeem(try Redemption(from: &decoder), under: try under(&decoder))
        case .cancelUnits: self = .cancelUnits(try Cancellation(from: &decoder), under: try under(&decoder))
        case .reclassify: self = .reclassify(try Reclassification(from: &decoder), under: try under(&decoder))
        case .distribute: self = .distribute(try Distribution(from: &decoder), under: try under(&decoder))
        case .redeemAll: self = .redeemAll(try FinalRedemption(from: &decoder), under: try under(&decoder))
        case .forceTransfer: self = .forceTransfer(try ForcedTransfer(from: &decoder), under: try under(&decoder))
        default: throw decoder.failure(.outOfRange)
        }
    }
}
