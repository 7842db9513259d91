import Tokenize

/// The record of a holding as somebody makes it up (6.6.2), with something that no ledger writes.
enum ForgedRecord: CaseIterable, Sendable {
    case saltShort, saltLong, noSalt, fieldMore
    case claimTwice, claimsReversed
    case sixFields, nineFields, layerZero, layerTooHigh
    case kindZero, kindUnknown, rankZero, rankTooHigh, dateTooLate
    case ownerUnknown, roleUnknown, numberTooHigh, referenceEmpty, referenceTooLong, basisUnknown, basisZero

    /// The value, with all in order if there is no fault.
    static func value(_ fault: ForgedRecord?, _ units: UInt128, _ claims: [LedgerModel.Claim]) -> [UInt8] {
        var list = claims.enumerated().map { $0.offset == 0 ? claim($0.element, fault) : claim($0.element, nil) }
        if fault == .claimTwice, let last = list.last { list.append(last) }
        if fault == .claimsReversed { list.reverse() }
        var record = [ModelCode.quantity(units), ModelCode.array(list)]
        if fault == .fieldMore { record.append(ModelCode.number(0)) }
        let saltCount = fault == .saltShort ? 15 : fault == .saltLong ? 17 : 16
        let salt = ModelCode.bytes([UInt8](repeating: 3, count: saltCount))
        return ModelCode.array(fault == .noSalt ? [ModelCode.array(record)] : [salt, ModelCode.array(record)])
    }

    private static func claim(_ claim: LedgerModel.Claim, _ fault: ForgedRecord?) -> [UInt8] {
        let number: (UInt64) -> [UInt8] = ModelCode.number
        let kind: UInt64 = fault == .kindZero ? 0 : fault == .kindUnknown ? 5 : UInt64(claim.kind.rawValue)
        let rank: UInt64 = fault == .rankZero ? 0 : fault == .rankTooHigh ? 65_536 : UInt64(claim.rank)
        var fields = [
            ModelCode.name(claim.id), number(kind), owner(claim.owner, fault), ModelCode.quantity(claim.amount),
            number(rank), fault == .dateTooLate ? number(1 << 32) : ModelCode.date(claim.lastDate),
            order(claim.order, fault),
        ]
        let layer: UInt64? = fault == .layerZero ? 0 : fault == .layerTooHigh ? 513 : nil
        if let layer = layer ?? (claim.layer > 0 ? UInt64(claim.layer) : nil) { fields.append(number(layer)) }
        if fault == .sixFields { fields = Array(fields.prefix(6)) }
        while fault == .nineFields, fields.count < 9 { fields.append(number(1)) }
        return ModelCode.array(fields)
    }

    private static func owner(_ owner: EncumbranceOwner, _ fault: ForgedRecord?) -> [UInt8] {
        let number: (UInt64) -> [UInt8] = ModelCode.number
        let court = ModelCode.array([number(4), number(0)])
        switch fault {
        case .ownerUnknown: return ModelCode.array([number(3), court])
        case .roleUnknown: return ModelCode.array([number(1), ModelCode.array([number(11), number(0)])])
        case .numberTooHigh: return ModelCode.array([number(1), ModelCode.array([number(4), number(65_536)])])
        default: break
        }
        switch owner {
        case .authority(let reference): return ModelCode.array([number(1), reference.canonicalBytes])
        case .account(let account): return ModelCode.array([number(2), ModelCode.name(account)])
        }
    }

    private static func order(_ order: OrderReference, _ fault: ForgedRecord?) -> [UInt8] {
        let digest = ModelCode.bytes(order.documentDigest.bytes)
        switch fault {
        case .referenceEmpty: return ModelCode.array([ModelCode.text(""), digest])
        case .referenceTooLong:
            return ModelCode.array([ModelCode.text(String(repeating: "r", count: 65)), digest])
        case .basisUnknown: return ModelCode.array([ModelCode.text("order"), digest, ModelCode.number(14)])
        case .basisZero: return ModelCode.array([ModelCode.text("order"), digest, ModelCode.number(0)])
        default: return ModelCode.order(order)
        }
    }
}
