import Tokenize

/// An authority as it stands before one act.
struct ModelBench {
    let reference: AuthorityReference
    let act: ActCode
    let members: Set<AccountID>
    let usualQuorum: Int
    let mandate: Mandate?

    /// Naming the custody goes by what is laid down for seizures too.
    private var acts: [ActCode] { act == .nameCustody ? [.nameCustody, .seize] : [act] }

    var quorum: Int {
        acts.map { one in mandate?.quorums.first { $0.act == one }?.quorum ?? usualQuorum }.max() ?? usualQuorum
    }

    /// Both parts of the notice that the act waits for, the longer of each; nil if it need not be proposed.
    var notice: (days: UInt64, seconds: UInt64)? {
        let notices = (mandate?.timelocks ?? []).filter { acts.contains($0.act) }.map { $0.notice }
        guard !notices.isEmpty else { return nil }
        return (notices.map { UInt64($0.openedDays) }.max() ?? 0, notices.map { UInt64($0.seconds) }.max() ?? 0)
    }

    func isVetoed(by other: AuthorityReference) -> Bool {
        (mandate?.timelocks ?? []).contains { acts.contains($0.act) && $0.veto == other }
    }

    func isSeparated(_ account: AccountID, _ model: LedgerModel) -> Bool {
        for separation in mandate?.separations ?? [] where acts.contains(separation.act) {
            if model.authorities[separation.other]?.members.contains(account) == true { return true }
        }
        return false
    }

    /// Days are opened by those who are being recovered too.
    private var isDoneInRecovery: Bool { act == .openBusinessDay }

    /// AUT-004, ROL-001, RCV-003.
    func requireMember(_ account: AccountID, _ model: LedgerModel) throws {
        guard members.contains(account) else { throw ModelRefusal(.notAMember) }
        guard !isSeparated(account, model) else { throw ModelRefusal(.dutySeparated) }
        if !isDoneInRecovery { try model.requireNotInRecovery(account) }
    }

    func counts(_ account: AccountID, _ model: LedgerModel) -> Bool {
        members.contains(account) && !isSeparated(account, model)
            && (isDoneInRecovery || model.pendingRecovery(account) == nil)
    }

    func count(of accounts: [AccountID], _ model: LedgerModel) -> Int {
        accounts.filter { counts($0, model) }.count
    }
}

extension LedgerModel {
    /// The tables of 4.3, 14.1 and 15.1.
    private static let powers: [Role: Set<ActCode>] = [
        .governor: [.appointAuthority, .rotateLogKeys, .setMandate, .veto, .fileDocument],
        .operator: [.openBusinessDay, .registerCalendar, .veto],
        .registrar: [
            .registerParty, .openAccount, .veto, .fileDocument, .fileRecovery, .executeRecovery, .attest,
            .revokeAttestation, .joinParties, .changeList,
        ],
        .issuer: [
            .createAsset, .issue, .cancelUnits, .redeem, .distribute, .redeemAll, .payDue, .settleClaim, .subscribe,
            .buyBack, .giveCallNotice, .veto, .deactivateAsset, .fileDocument, .setRulebook, .setTrustedIssuers,
            .changeList,
        ],
        .transferAgent: [
            .reclassify, .redeem, .veto, .fileDocument, .setRulebook, .setTrustedIssuers, .changeList,
        ],
        .payingAgent: [.distribute, .redeemAll, .redeem, .payDue, .settleClaim, .veto, .fileDocument],
        .regulator: [
            .encumber, .release, .forceTransfer, .accelerate, .seize, .forceRedeem, .nameCustody, .veto,
            .emergencyFreeze, .fileDocument, .fileRecovery, .executeRecovery, .setTrustedIssuers, .changeList,
        ],
        .court: [
            .encumber, .release, .forceTransfer, .accelerate, .seize, .forceRedeem, .decideAppeal, .nameCustody, .veto,
            .emergencyFreeze, .fileDocument, .fileRecovery, .decideRecovery, .executeRecovery,
            .changeList,
        ],
        .identityIssuer: [.attest, .revokeAttestation, .changeList, .veto, .fileDocument],
        .auditor: [],
    ]
    static let charteredRoles: Set<Role> = [.issuer, .transferAgent, .payingAgent]

    static func may(_ role: Role, _ act: ActCode) -> Bool { powers[role, default: []].contains(act) }

    /// AUT-001 to AUT-003.
    func bench(_ reference: AuthorityReference, for act: ActCode, on asset: AssetID?) throws -> ModelBench {
        guard Self.may(reference.role, act) else { throw ModelRefusal(.roleMayNot) }
        try requireScope(reference, asset)
        guard let authority = authorities[reference] else { throw ModelRefusal(.unknownAuthority) }
        return ModelBench(
            reference: reference,
            act: act,
            members: authority.members,
            usualQuorum: authority.quorum,
            mandate: mandates[reference]
        )
    }

    /// AUT-002.
    func requireScope(_ reference: AuthorityReference, _ asset: AssetID?) throws {
        if let scope = reference.asset {
            guard scope == asset else { throw ModelRefusal(.outOfScope) }
        } else if let asset, Self.charteredRoles.contains(reference.role) {
            let own = try known(asset).charter.authorities
            guard !own.contains(where: { $0.role == reference.role }) else { throw ModelRefusal(.outOfScope) }
            let isIssuers = try reference.role != .issuer || known(asset).issuer == reference
            guard isIssuers else { throw ModelRefusal(.outOfScope) }
        }
    }

    mutating func appoint(_ appointment: AuthorityAppointment, _ under: AuthorityReference) throws {
        let reference = appointment.reference
        if let asset = reference.asset { _ = try known(asset) }
        for member in appointment.members { _ = try known(member) }
        let isRival = reference.role == .governor && reference != under
        guard !(isRival && authorities[reference] != nil) else { throw ModelRefusal(.lastGovernor) }
        if reference == under, reference.role == .governor {
            let signing = principals.filter { appointment.members.contains($0) }
            guard signing.count >= appointment.quorum else { throw ModelRefusal(.noSuccessorSigns) }
        }
        let authority = Authority(quorum: appointment.quorum, members: Set(appointment.members))
        try requireFit(mandates[reference], authority)
        authorities[reference] = authority
        for (other, mandate) in mandates where other != reference {
            guard mandate.separations.contains(where: { $0.other == reference }) else { continue }
            if let bound = authorities[other] { try requireFit(mandate, bound) }
        }
        effects.append(.authorityAppointed(reference))
    }

    /// ROL-002.
    func requireFit(_ mandate: Mandate?, _ authority: Authority) throws {
        guard let mandate else { return }
        let acts =
            mandate.quorums.map { $0.act } + mandate.separations.map { $0.act } + mandate.timelocks.map { $0.act }
        for act in acts {
            let bench = ModelBench(
                reference: AuthorityReference(.governor),
                act: act,
                members: authority.members,
                usualQuorum: authority.quorum,
                mandate: mandate
            )
            let left = authority.members.filter { !bench.isSeparated($0, self) }
            guard left.count >= bench.quorum else { throw ModelRefusal(.mandateDoesNotFit) }
        }
    }

    mutating func setMandate(_ setting: MandateSetting, _ under: AuthorityReference) throws {
        guard let bound = authorities[setting.authority] else { throw ModelRefusal(.unknownAuthority) }
        let isRival = setting.authority.role == .governor && setting.authority != under
        guard !isRival else { throw ModelRefusal(.lastGovernor) }
        let isSound = setting.mandate.timelocks.allSatisfy {
            Self.isProposable($0.act) && ![.executeRecovery, .openBusinessDay].contains($0.act)
        }
        let hasScopedVeto = setting.mandate.timelocks.contains { $0.veto?.asset != nil }
        guard isSound, !hasScopedVeto else { throw ModelRefusal(.mandateDoesNotFit) }
        try requireFit(setting.mandate, bound)
        mandates[setting.authority] = setting.mandate == .usual ? nil : setting.mandate
        effects.append(.control(.mandateSet(setting.authority)))
    }

    mutating func renounce(_ reference: AuthorityReference, _ actor: AccountID) throws {
        guard let authority = authorities[reference] else { throw ModelRefusal(.unknownAuthority) }
        guard authority.members.contains(actor) else { throw ModelRefusal(.notAMember) }
        try requireNotInRecovery(actor)
        let left = Authority(quorum: authority.quorum, members: authority.members.subtracting([actor]))
        for quorum in [authority.quorum] + (mandates[reference]?.quorums ?? []).map({ $0.quorum }) {
            guard left.members.count >= quorum else { throw ModelRefusal(.lastHolder) }
        }
        try requireFit(mandates[reference], left)
        authorities[reference] = left
        effects.append(.control(.renounced(reference, actor)))
    }
}
