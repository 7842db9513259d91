/// The acts of chapter 14: attestations and whom they count for, rulebooks, lists, and the consent that rules ask for.
public enum RulebookAct: Hashable, Sendable {
    // Under an authority
    /// Says something of a party.
    case attest(Attestation)
    /// Takes it back.
    case revokeAttestation(AttestationRevocation)
    /// Lays down an asset's rulebook.
    case setRulebook(RulebookSetting)
    /// Says whose attestations count.
    case setTrustedIssuers(TrustSetting)
    /// Says that two parties are one person.
    case joinParties(PartyJoin)
    /// Changes a list.
    case changeList(ListChange)
    // By an account for itself
    /// Takes an asset, or no longer.
    case optIn(OptIn)
    /// Asks for a movement, approves it or refuses it.
    case decideMovement(MovementDecision)

    /// The act's code on the wire.
    public var code: ActCode {
        switch self {
        case .attest: .attest
        case .revokeAttestation: .revokeAttestation
        case .setRulebook: .setRulebook
        case .setTrustedIssuers: .setTrustedIssuers
        case .joinParties: .joinParties
        case .changeList: .changeList
        case .optIn: .optIn
        case .decideMovement: .decideMovement
        }
    }

    /// The asset that it concerns under an authority, if it concerns one: a list, that of the authority that keeps it.
    func asset(_ under: AuthorityReference?) -> AssetID? {
        switch self {
        case .attest(let attestation): attestation.scope
        case .revokeAttestation(let revocation): revocation.scope
        case .setRulebook(let setting): setting.asset
        case .setTrustedIssuers(let setting): setting.asset
        case .joinParties: nil
        case .changeList: under?.asset
        case .optIn(let optIn): optIn.asset
        case .decideMovement(let decision): decision.asset
        }
    }
}

extension ActCode {
    /// True of an act of chapter 14; nil of any other, and whether it is done under an authority.
    var isRulebookOfAuthority: Bool? {
        switch self {
        case .attest, .revokeAttestation, .setRulebook, .setTrustedIssuers, .joinParties, .changeList: true
        case .optIn, .decideMovement: false
        default: nil
        }
    }
}

extension RulebookAct {
    func encodeFields(into encoder: inout CanonicalEncoder) {
        switch self {
        case .attest(let fields): fields.encode(into: &encoder)
        case .revokeAttestation(let fields): fields.encode(into: &encoder)
        case .setRulebook(let fields): fields.encode(into: &encoder)
        case .setTrustedIssuers(let fields): fields.encode(into: &encoder)
        case .joinParties(let fields): fields.encode(into: &encoder)
        case .changeList(let fields): fields.encode(into: &encoder)
        case .optIn(let fields): fields.encode(into: &encoder)
        case .decideMovement(let fields): fields.encode(into: &encoder)
        }
    }

    init(code: ActCode, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case .attest: self = .attest(try Attestation(from: &decoder))
        case .revokeAttestation: self = .revokeAttestation(try AttestationRevocation(from: &decoder))
        case .setRulebook: self = .setRulebook(try RulebookSetting(from: &decoder))
        case .setTrustedIssuers: self = .setTrustedIssuers(try TrustSetting(from: &decoder))
        case .joinParties: self = .joinParties(try PartyJoin(from: &decoder))
        case .changeList: self = .changeList(try ListChange(from: &decoder))
        case .optIn: self = .optIn(try OptIn(from: &decoder))
        case .decideMovement: self = .decideMovement(try MovementDecision(from: &decoder))
        default: throw decoder.failure(.outOfRange)
        }
    }
}

extension Act {
    /// A chapter 14 act of an authority, or of an account for itself.
    init(rulebook code: ActCode, hasAuthority: Bool, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard hasAuthority == code.isRulebookOfAuthority else { throw decoder.failure(.outOfRange) }
        let act = try RulebookAct(code: code, from: &decoder)
        self = .rulebook(act, under: hasAuthority ? try AuthorityReference(from: &decoder) : nil)
    }
}
