import Testing

@testable import Tokenize

/// What becomes of what an account has, and of what its old keys have said.
@Suite("What a recovery leaves")
struct RecoveredAccountTests {
    @Test("everything carries over: holdings, encumbrances, allowances, offices, counters, the party")
    func carriesOver() async throws {
        let store = MemoryStore()
        let loss = try await RecoveryScene(store: store)
        let (timed, scene) = (loss.timed, loss.scene)
        try await scene.encumber(scene.target(scene.alice), 300)
        try await scene.reserve(100, of: scene.alice, for: scene.bob)
        let allowance = Allowance(
            asset: scene.asset,
            operator: scene.bob.account,
            units: 50,
            until: Fixture.date(2027, 1, 1)
        )
        try await scene.alice.control(.setAllowance(allowance))
        let office = try await scene.appoint(.registrar, number: 3, [scene.alice, scene.bob])
        let before = try await scene.ledger.read { state in
            (
                state.holding(asset: scene.asset, account: loss.account), state.party(of: loss.account),
                state.nextSequence(of: loss.account), state.account(loss.account)?.encumbrances,
                state.control(.allowance(asset: scene.asset, owner: loss.account, operator: scene.bob.account)),
                state.authority(office.reference)?.members
            )
        }
        try await loss.file()
        try await timed.live(days: 10)
        try await loss.execute()
        let after = try await scene.ledger.read { state in
            (
                state.holding(asset: scene.asset, account: loss.account), state.party(of: loss.account),
                state.nextSequence(of: loss.account), state.account(loss.account)?.encumbrances,
                state.control(.allowance(asset: scene.asset, owner: loss.account, operator: scene.bob.account)),
                state.authority(office.reference)?.members
            )
        }
        #expect(after.0 == before.0)
        #expect(after.1 == before.1)
        #expect(after.2 == before.2)
        #expect(after.3 == before.3)
        // To the last unit; but until the new keys have set it anew nobody uses it.
        #expect(after.4 == .allowance(AllowanceRecord(units: 50, lastDate: allowance.lastDate, isAtRest: true)))
        #expect(after.5 == before.5)
        let transfer = OperatorTransfer(
            asset: scene.asset,
            owner: loss.account,
            recipient: scene.carol.account,
            units: 50
        )
        try await scene.expectRefusal(.allowanceAtRest) { try await scene.bob.control(.transferFrom(transfer)) }
        try await loss.renewed().control(.setAllowance(allowance))
        try await scene.bob.control(.transferFrom(transfer))
        let opening = try Fixture.opening(95, party: Fixture.citizens)
        try await AuthorityClient(office.reference, members: [try loss.renewed()]).open([opening])
    }

    @Test("ALW-005: an allowance that a thief gave is of no use while the recovery is filed, nor after it")
    func allowanceOfThief() async throws {
        let store = MemoryStore()
        let loss = try await RecoveryScene(store: store)
        let (timed, scene) = (loss.timed, loss.scene)
        func move(by trustee: LedgerClient) async throws {
            let transfer = OperatorTransfer(
                asset: scene.asset,
                owner: loss.account,
                recipient: trustee.account,
                units: 1
            )
            try await trustee.control(.transferFrom(transfer))
        }
        func allow(_ units: Quantity, _ trustee: LedgerClient, by owner: LedgerClient) async throws {
            let allowance = Allowance(
                asset: scene.asset,
                operator: trustee.account,
                units: units,
                until: Fixture.date(2027, 1, 1)
            )
            try await owner.control(.setAllowance(allowance))
        }
        for trustee in [scene.bob, scene.carol] { try await allow(.max, trustee, by: scene.alice) }
        // Of another owner, to the account that is recovered: that one stays as it is.
        try await scene.alice.transfer(10, of: scene.asset, to: scene.bob.account)
        try await allow(5, scene.alice, by: scene.bob)
        try await loss.file()
        try await scene.expectRefusal(.inRecovery) { try await move(by: scene.carol) }
        try await timed.live(days: 10)
        try await loss.execute()
        try await scene.expectRefusal(.allowanceAtRest) { try await move(by: scene.carol) }
        let renewed = try loss.renewed()
        try await allow(0, scene.carol, by: renewed)
        try await scene.expectRefusal(.noAllowance) { try await move(by: scene.carol) }
        try await scene.expectRefusal(.allowanceAtRest) { try await move(by: scene.bob) }
        try await allow(2, scene.bob, by: renewed)
        try await move(by: scene.bob)
        let transfer = OperatorTransfer(
            asset: scene.asset,
            owner: scene.bob.account,
            recipient: loss.account,
            units: 5
        )
        try await renewed.control(.transferFrom(transfer))
        // At rest after a restart as before it.
        try await allow(3, scene.foreigner, by: renewed)
        try await loss.file()
        try await timed.live(days: 10)
        try await loss.execute()
        let mark = try await scene.fixture.mark()
        try await scene.ledger.close()
        let reopened = try await scene.fixture.reopened(in: MemoryStore(reopening: store))
        #expect(try await reopened.mark().state == mark.state)
    }

    @Test("what the old keys proposed, approved or instructed does not count for the new ones")
    func wordTakenBack() async throws {
        let loss = try await RecoveryScene()
        let (timed, scene) = (loss.timed, loss.scene)
        let office = try await scene.appoint(
            .registrar,
            number: 3,
            [scene.alice, scene.bob, scene.foreigner],
            quorum: 2
        )
        let act = Act.registerParty(
            PartyRegistration(
                party: PartyID(digest: Fixture.digest(92)),
                jurisdiction: try #require(CountryCode("LA")),
                holderClass: .citizen
            ),
            under: office.reference
        )
        let own = try await office.propose(act, until: Fixture.date(2027, 1, 1))
        let bobs = AuthorityClient(office.reference, members: [scene.bob, scene.alice])
        let others = try await bobs.propose(act, until: Fixture.date(2027, 1, 1))
        try await scene.alice.control(.approve(others))
        let thief = scene.carol.account
        try await scene.alice.instruct(cashAccount: thief)
        try await loss.file()
        try await timed.live(days: 10)
        try await loss.execute()
        try await scene.expectRefusal(.unknownProposal) { try await scene.bob.control(.approve(own)) }
        try await scene.expectRefusal(.quorumNotReached) { try await scene.bob.control(.execute(others)) }
        let state = try await scene.ledger.read { $0 }
        #expect(state.servicing.instructions.isEmpty)
        guard case .proposal(let record)? = state.control(.proposal(others)) else {
            Issue.record("the proposal of another stays")
            return
        }
        #expect(record.approvals == [scene.bob.account])
        #expect(record.ready == nil)
        try await loss.renewed().control(.approve(others))
        try await scene.bob.control(.execute(others))
    }
}
