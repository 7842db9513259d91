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
        for _ in 0..<25 {
            let role = try trial.draw(.element(of: Role.allCases))
            let act = try act(try trial.draw(Generator<Int>.integer(in: 0...27)), AuthorityReference(role), world)
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
    private static func act(_ number: Int, _ under: AuthorityReference, _ world: AuditWorld) throws -> Act {
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
        let due = BondDue.ID(.redemption, date)
        let control: (ControlAct) -> Act = { .control($0, under: under) }
        let service: (ServicingAct) -> Act = { .service($0, under: under) }
        let acts: [() -> Act] = [
            {
                let one = PartyRegistration(party: Cast.party(90), jurisdiction: country, holderClass: .citizen)
                return .registerParty(one, under: under)
            },
            { .openAccount(alice.opening, under: under) },
            { .appointAuthority(court, under: under) },
            { .openBusinessDay(date, under: under) },
            { .rotateLogKeys(keys, under: under) },
            {
                let one = AssetCreation(nonce: 77, identification: name, terms: [], charter: [], cap: 1)
                return .createAsset(one, under: under)
            },
            { .issue(Issuance(asset: share, recipient: alice.account, units: 1), under: under) },
            { .redeem(Redemption(asset: share, holder: 0, units: 1), under: under) },
            { .cancelUnits(Cancellation(asset: share, units: 1), under: under) },
            {
                let one = Reclassification(asset: share, holder: alice.account, from: 0, to: 1, units: 1)
                return .reclassify(one, under: under)
            },
            { .distribute(Distribution(asset: share, cash: cash, total: 1, order: order), under: under) },
            { .redeemAll(FinalRedemption(asset: share, cash: cash, amountPerUnit: 1, order: order), under: under) },
            {
                let one = Encumbering(target: holding, kind: .freeze, amount: 1, rank: 1, lastDate: date, order: order)
                return .encumber(one, under: under)
            },
            { .release(Release(target: holding, encumbrance: EncumbranceID(digest: .zero)), under: under) },
            {
                let one = ForcedTransfer(
                    asset: share,
                    from: alice.account,
                    to: world.cast.members[Cast.bob].account,
                    units: 1,
                    rank: 1,
                    lastDate: date,
                    order: order
                )
                return .forceTransfer(one, under: under)
            },
            { control(.seize(taking)) }, { control(.forceRedeem(taking)) },
            { control(.decideAppeal(AppealFinding(order: OrderID(digest: .zero), status: .pending))) },
            { control(.nameCustody(alice.account)) },
            { control(.setMandate(MandateSetting(AuthorityReference(.auditor), mandate))) },
            { control(.veto(ProposalID(digest: .zero))) },
            { control(.emergencyFreeze(EmergencyFreeze(target: holding, rank: 1, lastDate: date, order: order))) },
            { control(.deactivateAsset(bond)) },
            { control(.fileDocument(DocumentFiling(digest: Cast.digest(1), type: .other, about: [.asset(bond)]))) },
            {
                let one = RecoveryFiling(account: alice.account, policy: alice.opening.policy, with: under)
                return control(.fileRecovery(one))
            },
            { control(.executeRecovery(alice.account)) },
            {
                control(.decideRecovery(RecoveryDecision(account: alice.account, isAllowed: true, order: order)))
            },
            { service(.payDue(DuePayment(asset: bond, due: due, claimsAccount: alice.account))) },
        ]
        return acts[number]()
    }
}
