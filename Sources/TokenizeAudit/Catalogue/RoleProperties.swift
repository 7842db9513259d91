import Tokenize

/// Every role does what the tables of 4.3, 14.1 and 15.1 let it do, and nothing else.
enum RoleProperties {
    static let all = [AuditCatalogue.Entry(roles, usualCaseCount: 30)]

    static let roles = Property(
        "PRP-032",
        "An act under an authority is refused by AUT-001 if and only if the tables of roles do not list it.",
        coverage: [.init("allowed", perMille: 300), .init("refused", perMille: 500)]
    ) { trial in
        let world = try await AuditWorld(in: MemoryStore())
        guard case .every(let count) = world.sealing else { throw AuditFailure(reason: "the blocks have no size") }
        var model = try LedgerModel(genesis: world.cast.genesis, sealing: count, time: AuditClock.start)
        for bytes in world.founding { _ = model.submit(bytes, time: AuditClock.start) }
        for _ in 0..<40 {
            let role = try trial.draw(.element(of: Role.allCases))
            let under = AuthorityReference(role)
            let act = try trial.draw(.element(of: try acts(under, world) + bondAndRuleActs(under, world)))
            let members = model.authorities[AuthorityReference(role)]?.members ?? []
            let state = try await world.ledger.read { $0 }
            let plan = TransactionPlan(
                principals: members.compactMap { world.cast.index(of: $0) }.sorted(),
                operations: [Operation(act)]
            )
            trial.note(plan.text(world))
            let answer = try await world.answer(to: try plan.bytes(for: state, world.cast))
            let isAllowed = LedgerModel.may(role, act.code)
            trial.label(isAllowed ? "allowed" : "refused")
            var isRefused = false
            if case .refused(let rejection) = answer { isRefused = rejection.code == .roleMayNot }
            try trial.require(isRefused != isAllowed, "\(role), \(act.code): \(answer)")
        }
        try await world.ledger.close()
    }

    /// An act of each kind under an authority; about things that are there, so that nothing is refused before the role.
    private static func acts(_ under: AuthorityReference, _ world: AuditWorld) throws -> [Act] {
        let (share, bond, cash) = (
            world.assets[AuditWorld.share], world.assets[AuditWorld.bond], world.assets[AuditWorld.cash]
        )
        let alice = world.cast.members[Cast.alice]
        guard let country = CountryCode("LA"), let date = Cast.firstDate?.adding(days: 1),
            let order = OrderReference(reference: "role", documentDigest: .zero, legalBasis: .judgment),
            let court = AuthorityAppointment(
                AuthorityReference(.court, number: 9),
                quorum: 1,
                members: [alice.account]
            ),
            let keys = LogKeys(log: Cast.digest(5)), let mandate = Mandate(),
            let name = AssetIdentification(.other, "role")
        else { throw AuditFailure(reason: "an act is malformed") }
        let holding = EncumbranceTarget.holding(asset: share, account: alice.account, partition: 0)
        let taking = Taking(
            asset: share,
            from: alice.account,
            partition: 0,
            units: 1,
            rank: 1,
            lastDate: date,
            order: order,
            executing: nil
        )
        let party = PartyRegistration(party: Cast.party(90), jurisdiction: country, holderClass: .citizen)
        let creation = AssetCreation(nonce: 77, identification: name, terms: [], charter: [], cap: 1)
        let reclassification = Reclassification(asset: share, holder: alice.account, from: 0, to: 1, units: 1)
        let redemption = FinalRedemption(asset: share, cash: cash, amountPerUnit: 1, order: order)
        let encumbering = Encumbering(
            target: holding,
            kind: .freeze,
            amount: 1,
            rank: 1,
            lastDate: date,
            order: order
        )
        let forced = ForcedTransfer(
            asset: share,
            from: alice.account,
            to: world.cast.members[Cast.bob].account,
            units: 1,
            rank: 1,
            lastDate: date,
            order: order
        )
        let freeze = EmergencyFreeze(target: holding, rank: 1, lastDate: date, order: order)
        let filing = DocumentFiling(digest: Cast.digest(1), type: .other, about: [.asset(bond)])
        let recovery = RecoveryFiling(account: alice.account, policy: alice.opening.policy, with: under)
        let decision = RecoveryDecision(account: alice.account, isAllowed: true, order: order)
        let controls: [ControlAct] = [
            .seize(taking), .forceRedeem(taking),
            .decideAppeal(AppealFinding(order: OrderID(digest: .zero), status: .pending)), .nameCustody(alice.account),
            .setMandate(MandateSetting(AuthorityReference(.auditor), mandate)), .veto(ProposalID(digest: .zero)),
            .emergencyFreeze(freeze), .deactivateAsset(bond), .fileDocument(filing), .fileRecovery(recovery),
            .executeRecovery(alice.account), .decideRecovery(decision),
        ]
        return [
            .registerParty(party, under: under), .openAccount(alice.opening, under: under),
            .appointAuthority(court, under: under), .openBusinessDay(date, under: under),
            .rotateLogKeys(keys, under: under), .createAsset(creation, under: under),
            .issue(Issuance(asset: share, recipient: alice.account, units: 1), under: under),
            .redeem(Redemption(asset: share, holder: 0, units: 1), under: under),
            .cancelUnits(Cancellation(asset: share, units: 1), under: under),
            .reclassify(reclassification, under: under),
            .distribute(Distribution(asset: share, cash: cash, total: 1, order: order), under: under),
            .redeemAll(redemption, under: under), .encumber(encumbering, under: under),
            .release(Release(target: holding, encumbrance: EncumbranceID(digest: .zero)), under: under),
            .forceTransfer(forced, under: under),
        ] + controls.map { .control($0, under: under) }
    }

    /// What is done under an authority to bonds (chapter 13), and to rulebooks and attestations (chapter 14).
    private static func bondAndRuleActs(_ under: AuthorityReference, _ world: AuditWorld) throws -> [Act] {
        let (share, bond) = (world.assets[AuditWorld.share], world.assets[AuditWorld.bond])
        let alice = world.cast.members[Cast.alice].account
        guard let date = Cast.firstDate?.adding(days: 1) else { throw AuditFailure(reason: "a date is malformed") }
        let due = BondDue.ID(.redemption, date)
        let services: [ServicingAct] = [
            .registerCalendar(.mondayToFriday), .payDue(DuePayment(asset: bond, due: due, claimsAccount: alice)),
            .settleClaim(ClaimSettlement(asset: bond, due: due, account: alice)),
            .subscribe(Subscription(asset: bond, buyer: 0, units: 1, at: .price(.hundred))),
            .buyBack(BuyBack(asset: bond, seller: 0, units: 1, at: .price(.hundred))),
            .giveCallNotice(CallNotice(asset: bond, date: date)), .accelerate(Acceleration(asset: bond)),
        ]
        let party = Cast.party(90)
        let attestation = Attestation(of: party, Topic(1), .number(1), from: date, until: date)
        let rules: [RulebookAct] = [
            .attest(attestation), .revokeAttestation(AttestationRevocation(of: party, Topic(1))),
            .setRulebook(RulebookSetting(asset: share, version: 1, rulebook: [])),
            .setTrustedIssuers(TrustSetting(asset: share, Topic(1), issuers: [])),
            .joinParties(PartyJoin(party, to: Cast.party(91))), .changeList(ListChange([.account(alice)])),
        ]
        return services.map { .service($0, under: under) } + rules.map { .rulebook($0, under: under) }
    }
}
