import Tokenize

/// Rules that drawn histories do not meet by chance: each is led up to, and tried on both sides.
enum SeldomProperties {
    static let all = [AuditCatalogue.Entry(seldom, usualCaseCount: 40)]

    static let seldom = Property(
        "PRP-051",
        "The 65th encumbrance of a kind, a calendar once more, a rulebook that names nothing there, or units under one of the same transaction are refused; one less is not.",
        coverage: [
            .init("refused tooManyEncumbrances", perMille: 100), .init("refused calendarKnown", perMille: 50),
            .init("refused rulebookContradicts", perMille: 50), .init("refused rulebookNotYetInForce", perMille: 50),
            .init("room again", perMille: 50), .init("known calendar", perMille: 50), .init("rulebook", perMille: 50),
        ]
    ) { trial in
        let scene = Scene(world: try await AuditWorld(in: MemoryStore(), hasBond: false))
        switch try trial.number(0...3) {
        case 0, 1: try await encumbrances(scene, &trial)
        case 2: try await calendars(scene, &trial)
        default: try await rulebooks(scene, &trial)
        }
        try await scene.world.ledger.close()
    }

    /// A ledger, and answers that are demanded.
    private struct Scene {
        let world: AuditWorld

        var ministry: AccountID { world.cast.members[Cast.ministry].account }
        var share: AssetID { world.assets[AuditWorld.share] }
        var today: CalendarDate { get async throws { try await world.ledger.read { $0.businessDate } } }

        /// Demands that acts are done, or that the rule refuses the act at this place.
        func expect(
            _ code: RejectionCode?,
            at place: Int? = nil,
            _ acts: [Act],
            by member: Int = Cast.ministry,
            _ trial: inout Trial
        ) async throws {
            let plan = TransactionPlan(principals: [member], operations: acts.map { Operation($0) })
            let state = try await world.ledger.read { $0 }
            trial.note("\(acts.count) acts: \(plan.text(world).prefix(400))")
            let answer = try await world.answer(to: try plan.bytes(for: state, world.cast))
            let operation: Int? = if case .refused(let rejection) = answer { rejection.operation } else { nil }
            try trial.require(answer.code == code && operation == place, "\(answer)")
            if let code { trial.label("refused \(code)") }
        }
    }

    // MARK: ENB-006

    private static let most = 64

    private static func encumbrances(_ scene: Scene, _ trial: inout Trial) async throws {
        let today = try await scene.today
        guard let later = today.adding(days: 9),
            let order = OrderReference(reference: "many", documentDigest: .zero, legalBasis: .judgment)
        else { throw AuditFailure(reason: "a date or an order is malformed") }
        let alice = scene.world.cast.members[Cast.alice]
        let targets: [EncumbranceTarget] = [
            .holding(asset: scene.share, account: alice.account, partition: 0), .account(alice.account),
            .party(alice.opening.party),
        ]
        let target = try trial.draw(.element(of: targets))
        let isOnHolding = target == targets[0]
        let isLapsing = try trial.draw(.bool)
        let regulator = AuthorityReference(.regulator)
        func laid(_ count: Int, until date: CalendarDate? = nil) -> [Act] {
            (0..<count).map { _ in
                let encumbering = Encumbering(
                    target: target,
                    kind: .freeze,
                    amount: isOnHolding ? 1 : .zero,
                    rank: 1,
                    lastDate: date ?? (isLapsing ? today : later),
                    order: order
                )
                return .encumber(encumbering, under: regulator)
            }
        }
        let first = try trial.number(1...most - 1)
        try await scene.expect(nil, laid(first), by: Cast.firstJudge, &trial)
        let above = try trial.number(1...3)
        let room = most - first
        try await scene.expect(
            .tooManyEncumbrances,
            at: room,
            Array(laid(room + above).prefix(most)),
            by: Cast.firstJudge,
            &trial
        )
        try await scene.expect(nil, laid(room), by: Cast.firstJudge, &trial)
        try await scene.expect(.tooManyEncumbrances, at: 0, laid(1), by: Cast.firstJudge, &trial)
        // What the holder reserves is counted by itself.
        if isOnHolding, let contract = OrderReference(reference: "contract", documentDigest: .zero) {
            let hold = Encumbering(
                target: target,
                kind: .hold,
                amount: 1,
                rank: 1,
                lastDate: later,
                order: contract,
                beneficiary: scene.world.cast.members[Cast.bob].account
            )
            try await scene.expect(nil, [.encumber(hold, under: nil)], by: Cast.alice, &trial)
        }
        if isLapsing {
            guard let next = today.adding(days: 1) else { return }
            try await scene.expect(nil, [.openBusinessDay(next, under: AuthorityReference(.operator))], &trial)
        } else {
            let state = try await scene.world.ledger.read { $0 }
            let standing =
                switch target {
                case .holding(let asset, let account, let partition):
                    state.holding(asset: asset, account: account, partition: partition).encumbrances
                case .account(let account): state.account(account)?.encumbrances ?? []
                case .party(let party): state.encumbrances(ofParty: party)
                case .asset(let asset): state.asset(asset)?.encumbrances ?? []
                }
            let freezes = standing.filter { $0.kind == .freeze }
            let release = Release(target: target, encumbrance: try trial.draw(.element(of: freezes)).id)
            try await scene.expect(nil, [.release(release, under: regulator)], by: Cast.firstJudge, &trial)
        }
        try await scene.expect(nil, laid(1, until: later), by: Cast.firstJudge, &trial)
        trial.label("room again")
    }

    // MARK: SRV-009

    private static func calendars(_ scene: Scene, _ trial: inout Trial) async throws {
        let first = try await scene.today
        guard let last = first.adding(days: 400) else { return }
        let count = try trial.number(0...3)
        let holidays = (0..<count).compactMap { first.adding(days: 30 * $0 + 1) }
        func calendar(version: UInt32) throws -> Act {
            let calendar = try BusinessCalendar(
                name: "audit",
                version: version,
                firstDay: first,
                lastDay: last,
                weekend: [.saturday, .sunday],
                holidays: holidays
            )
            return .service(.registerCalendar(calendar), under: AuthorityReference(.operator))
        }
        let version = UInt32(try trial.number(1...9))
        try await scene.expect(
            .calendarKnown,
            at: 1,
            [try calendar(version: version), try calendar(version: version)],
            &trial
        )
        try await scene.expect(nil, [try calendar(version: version), try calendar(version: version + 1)], &trial)
        try await scene.expect(.calendarKnown, at: 0, [try calendar(version: version)], &trial)
        trial.label("known calendar")
    }

    // MARK: RBK-003, RBK-004

    private static func rulebooks(_ scene: Scene, _ trial: inout Trial) async throws {
        let (asset, issuer) = (scene.world.assets[AuditWorld.bond], AuthorityReference(.issuer))
        let cash = scene.world.assets[AuditWorld.cash]
        let nobody = AccountID(digest: Cast.digest(77))
        let absent = AssetID(digest: Cast.digest(77))
        func charge(in cash: AssetID, to treasury: AccountID) -> Rule {
            .fee(Charge(in: cash, to: treasury, fixed: 1, numerator: 0, denominator: 1))
        }
        let office = AuthorityReference(.regulator, number: 9)
        let books: [(wrong: Rulebook, right: Rulebook)] = [
            (Rulebook(quorum: 2), Rulebook(quorum: 1)),
            (Rulebook(rules: [charge(in: absent, to: scene.ministry)]), Rulebook()),
            (
                Rulebook(rules: [charge(in: cash, to: nobody)]),
                Rulebook(rules: [charge(in: cash, to: scene.ministry)])
            ),
            (
                Rulebook(rules: [.approval(ApprovalRule([nobody], dayCountMax: 3))]),
                Rulebook(rules: [.approval(ApprovalRule([scene.ministry], dayCountMax: 3))])
            ),
            (
                Rulebook(rules: [.blockList(ListReference(office, number: 1), .receiver)]),
                Rulebook(rules: [.blockList(ListReference(AuthorityReference(.regulator), number: 1), .receiver)])
            ),
            (
                Rulebook(rules: [.tradingCalendar(Cast.digest(77))]),
                Rulebook(rules: [.tradingCalendar(BusinessCalendar.mondayToFriday.digest)])
            ),
        ]
        func set(_ book: Rulebook, version: UInt64) -> Act {
            let setting = RulebookSetting(asset: asset, version: version, rulebook: book.canonicalBytes)
            return .rulebook(.setRulebook(setting), under: issuer)
        }
        let (wrong, right) = try trial.draw(.element(of: books))
        try await scene.expect(.rulebookContradicts, at: 0, [set(wrong, version: 1)], &trial)
        let alice = scene.world.cast.members[Cast.alice].account
        let issue = Act.issue(Issuance(asset: asset, recipient: alice, units: 1), under: issuer)
        // Units before the rulebook, and none after it, nor another version.
        try await scene.expect(.rulebookNotYetInForce, at: 1, [set(right, version: 1), issue], &trial)
        try await scene.expect(
            .rulebookNotYetInForce,
            at: 1,
            [set(right, version: 1), set(right, version: 2)],
            &trial
        )
        try await scene.expect(nil, [issue, set(right, version: 1)], &trial)
        let state = try await scene.world.ledger.read { $0 }
        let units = state.holding(asset: asset, account: alice, partition: 0).units
        try trial.require(units == 1, "\(units) units were issued")
        try await scene.expect(.rulebookContradicts, at: 0, [set(wrong, version: 2)], &trial)
        trial.label("rulebook")
    }
}
