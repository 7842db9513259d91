import Testing

@testable import Tokenize

/// A remedy that stands in an explanation, and what it promises: before it is followed the rule refuses, after it the
/// movement is committed.
@Suite("A remedy of a rulebook, followed, makes the movement pass")
struct RulebookRemedyTests {
    private static let units: Quantity = 50

    /// Explains the movement from Alice to Bob, expects the one finding, follows its remedy, and moves.
    private func expect(
        _ code: RejectionCode,
        _ remedy: Remedy,
        on scene: RulebookScene,
        units: Quantity = units,
        sourceLocation: SourceLocation = #_sourceLocation,
        following: () async throws -> [Tokenize.Operation] = { [] }
    ) async throws {
        let transfer = Transfer(asset: scene.asset, recipient: scene.bob.account, units: units)
        let movement = Tokenize.Operation(.transfer(transfer))
        let body = try await scene.fixture.body([movement], [scene.alice])
        let told = try await scene.ledger.read { $0.explanation(ofDraft: body) }
        #expect(told.codes() == [code], sourceLocation: sourceLocation)
        #expect(told.finding(code)?.remedy == remedy, sourceLocation: sourceLocation)
        try await scene.expectRefusal(code, sourceLocation: sourceLocation) {
            _ = try await scene.alice.submit([movement])
        }
        _ = try await scene.alice.submit(try await following() + [movement])
        #expect(try await scene.units(scene.bob) >= units, sourceLocation: sourceLocation)
    }

    /// Passes the days until a date, no further at once than the ledger allows; on the day before the rule still refuses.
    private func wait(until date: CalendarDate, _ code: RejectionCode, on scene: RulebookScene) async throws {
        let today = try await scene.ledger.read { $0.businessDate }
        try await scene.pass(days: date.days(since: today) - 1)
        try await scene.expectRefusal(code) { try await scene.move(Self.units, from: scene.alice, to: scene.bob) }
        try await scene.pass(days: 1)
    }

    private func expectWait(until date: CalendarDate, _ code: RejectionCode, on scene: RulebookScene) async throws {
        try await expect(code, .opensOn(date), on: scene) {
            try await wait(until: date, code, on: scene)
            return []
        }
    }

    // MARK: Who

    @Test("RBK-012: a listing of the party")
    func listing() async throws {
        let list = ListReference(AuthorityReference(.regulator), number: 4)
        let scene = try await RulebookScene([.allowList(list, .receiver)])
        try await expect(.notOnAllowList, .listing(RulebookScene.bobParty), on: scene) {
            try await scene.regulator.regulate(.changeList(ListChange(number: 4, [.party(RulebookScene.bobParty)])))
            return []
        }
    }

    @Test("RBK-017: an admission of the account")
    func admission() async throws {
        let list = ListReference(AuthorityReference(.registrar), number: 5)
        let scene = try await RulebookScene([.admission(list)])
        let change = ListChange(number: 5, [.account(scene.alice.account)])
        try await scene.registrar.regulate(.changeList(change))
        try await expect(.accountNotAdmitted, .admission(scene.bob.account), on: scene) {
            try await scene.registrar.regulate(.changeList(ListChange(number: 5, [.account(scene.bob.account)])))
            return []
        }
    }

    @Test("RBK-015, RBK-016: an attestation of the topic about the party", arguments: [true, false])
    func attestation(isAccredited: Bool) async throws {
        let topic: Topic = isAccredited ? .accreditation : .residence
        let statement = Statement(topic)
        let scene = try await RulebookScene([
            isAccredited ? .accredited(statement, .receiver) : .resident(statement, .receiver)
        ])
        try await scene.trust(topic, [scene.attester])
        let remedy = Remedy.attestationMissing(topic: UInt64(topic.number), RulebookScene.bobParty)
        try await expect(isAccredited ? .notAccredited : .notResident, remedy, on: scene) {
            try await scene.attest(RulebookScene.bobParty, topic)
            return []
        }
    }

    @Test("RBK-018: the first attestation that the first requirement lacks, one after the other")
    func requirement() async throws {
        let requirement = Requirement([
            Condition(.present(.dueDiligence), on: .receiver), Condition(.present(.residence), on: .receiver),
        ])
        let scene = try await RulebookScene(requirements: [requirement])
        try await scene.trust(.dueDiligence, [scene.attester])
        try await scene.trust(.residence, [scene.attester])
        func missing(_ topic: Topic) -> Remedy {
            .attestationMissing(topic: UInt64(topic.number), RulebookScene.bobParty)
        }
        try await expect(.requirementsNotMet, missing(.dueDiligence), on: scene) {
            try await scene.attest(RulebookScene.bobParty, .dueDiligence)
            let transfer = Transfer(asset: scene.asset, recipient: scene.bob.account, units: Self.units)
            let body = try await scene.fixture.body([Tokenize.Operation(.transfer(transfer))], [scene.alice])
            let told = try await scene.ledger.read { $0.explanation(ofDraft: body) }
            #expect(told.finding(.requirementsNotMet)?.remedy == missing(.residence))
            try await scene.attest(RulebookScene.bobParty, .residence)
            return []
        }
    }

    @Test("RBK-045: the receiver asks for the asset")
    func optIn() async throws {
        let scene = try await RulebookScene([.optIn])
        try await expect(.notWanted, .optIn(RulebookScene.bobParty), on: scene) {
            try await scene.bob.regulate(.optIn(OptIn(scene.asset)))
            return []
        }
    }

    // MARK: When

    @Test("RBK-030: the day on which what was given leaves the window")
    func volume() async throws {
        let scene = try await RulebookScene([.volume(days: 7, Self.units)])
        try await scene.move(Self.units, from: scene.alice, to: scene.carol)
        try await expectWait(until: try #require(Fixture.firstDate.adding(days: 7)), .volumeExceeded, on: scene)
    }

    @Test("RBK-030: the first day on which enough has left the window, not the last")
    func volumeOfSeveralDays() async throws {
        let scene = try await RulebookScene([.volume(days: 7, 60)])
        try await scene.move(45, from: scene.alice, to: scene.carol)
        try await scene.pass(days: 2)
        try await scene.move(10, from: scene.alice, to: scene.carol)
        try await scene.move(5, from: scene.alice, to: scene.carol)
        let first = try #require(Fixture.firstDate.adding(days: 7))
        try await expect(.volumeExceeded, .opensOn(first), on: scene, units: 45) {
            try await scene.pass(days: 4)
            try await scene.expectRefusal(.volumeExceeded) {
                try await scene.move(45, from: scene.alice, to: scene.bob)
            }
            try await scene.pass(days: 1)
            return []
        }
    }

    @Test("RBK-031: the day on which what the accounts got leaves the window")
    func volumeTowards() async throws {
        let scene = try await RulebookScene()
        try await scene.lay([.volumeTowards([scene.bob.account], days: 5, Self.units)])
        try await scene.move(Self.units, from: scene.alice, to: scene.bob)
        try await expectWait(until: try #require(Fixture.firstDate.adding(days: 5)), .volumeTowardsExceeded, on: scene)
    }

    @Test("RBK-032: the day after the last of the lock-up")
    func lockUp() async throws {
        let last = try #require(Fixture.firstDate.adding(days: 12))
        let scene = try await RulebookScene([.lockUp([], through: last)])
        try await expectWait(until: try #require(last.adding(days: 1)), .lockedUp, on: scene)
    }

    @Test("RBK-033, RBK-034: the day on which the period is over", arguments: [true, false])
    func periods(isIssue: Bool) async throws {
        let scene = try await RulebookScene([isIssue ? .issueLockUp(days: 4) : .holdingPeriod(days: 4)], units: 0)
        let place = isIssue ? scene.alice : scene.carol
        try await scene.issuer.issue(Self.units, of: scene.asset, to: place.account)
        if !isIssue {
            try await scene.pass(days: 4)
            try await scene.move(Self.units, from: scene.carol, to: scene.alice)
        }
        let today = try await scene.ledger.read { $0.businessDate }
        let code: RejectionCode = isIssue ? .lockedAfterIssue : .heldTooShort
        try await expectWait(until: try #require(today.adding(days: 4)), code, on: scene)
    }

    @Test("RBK-035: the next business day of the calendar")
    func calendar() async throws {
        let scene = try await RulebookScene([.tradingCalendar(BusinessCalendar.mondayToFriday.digest)])
        // The first day is a Monday: five later it is Saturday.
        try await scene.pass(days: 5)
        try await expectWait(until: try #require(Fixture.firstDate.adding(days: 7)), .marketClosed, on: scene)
    }

    // MARK: In what form

    @Test("RBK-040, RBK-041: the payment, earlier in the same transaction", arguments: [true, false])
    func charge(isFee: Bool) async throws {
        let scene = try await RulebookScene()
        let treasury = scene.fixture.ministry
        let charge = Charge(in: scene.kip, to: treasury.account, fixed: 5, numerator: 3, denominator: 100)
        try await scene.lay([isFee ? .fee(charge) : .stampDuty(charge)])
        try await treasury.transfer(100, of: scene.kip, to: scene.alice.account)
        let remedy = Remedy.payment(7, of: scene.kip, to: treasury.account)
        try await expect(isFee ? .feeNotPaid : .stampDutyNotPaid, remedy, on: scene) {
            [Operation(.transfer(Transfer(asset: scene.kip, recipient: treasury.account, units: 7)))]
        }
    }

    @Test("RBK-042: those who have not approved, and how many of them must")
    func approval() async throws {
        let scene = try await RulebookScene()
        let approvers = [scene.aliceToo, scene.carol, scene.foreigner]
        let rule = ApprovalRule(approvers.map(\.account), needed: 2, dayCountMax: 10)
        try await scene.lay([.approval(rule)])
        let last = try #require(Fixture.firstDate.adding(days: 5))
        func decide(_ step: MovementDecision.Step, _ client: LedgerClient) async throws {
            let (from, to) = (scene.alice.account, scene.bob.account)
            try await client.regulate(
                .decideMovement(
                    MovementDecision(step, asset: scene.asset, from: from, to: to, units: Self.units, until: last)
                )
            )
        }
        try await decide(.request, scene.alice)
        try await decide(.approve, scene.carol)
        let others = rule.approvers.filter { $0 != scene.carol.account }
        try await expect(.approvalMissing, .approvalMissing(others, needed: 1), on: scene) {
            try await decide(.approve, scene.foreigner)
            return []
        }
    }
}
