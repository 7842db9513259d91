import Testing

@testable import Tokenize

@Suite("Proposals, timelocks, veto")
struct ProposalTests {
    private static let until = Fixture.date(2026, 6, 1)

    /// Three clerks of whom two must agree, on a scene whose clock moves.
    private struct Office {
        let timed: TimedScene
        let clerks: AuthorityClient

        var scene: RuleScene { timed.scene }
        var members: [LedgerClient] { [scene.alice, scene.bob, scene.carol] }

        init(
            store: any LedgerStore = MemoryStore(),
            sealing: LedgerConfiguration.Sealing = .adaptive
        ) async throws {
            timed = try await TimedScene(store: store, sealing: sealing)
            let scene = timed.scene
            clerks = try await scene.appoint(.registrar, number: 1, [scene.alice, scene.bob, scene.carol], quorum: 2)
        }

        func registration(_ byte: UInt8 = 90) throws -> Act {
            let laos = try #require(CountryCode("LA"))
            let party = PartyID(digest: Fixture.digest(byte))
            let registration = PartyRegistration(party: party, jurisdiction: laos, holderClass: .citizen)
            return .registerParty(registration, under: clerks.reference)
        }

        func isRegistered(_ byte: UInt8 = 90) async throws -> Bool {
            let party = PartyID(digest: Fixture.digest(byte))
            return try await scene.ledger.read { $0.parties.index(of: party) != nil }
        }

        func propose(until lastDate: CalendarDate = ProposalTests.until) async throws -> ProposalID {
            try await clerks.propose(try registration(), until: lastDate)
        }
    }

    @Test("an act is proposed, approved by another, and done in the proposer's name")
    func approvedOverTime() async throws {
        let office = try await Office()
        let id = try await office.propose()
        try await office.scene.expectRefusal(.quorumNotReached) { try await office.members[0].control(.execute(id)) }
        try await office.scene.expectRefusal(.alreadyApproved) { try await office.members[0].control(.approve(id)) }
        try await office.scene.expectRefusal(.notAMember) { try await office.scene.foreigner.control(.approve(id)) }
        try await office.members[1].control(.approve(id))
        #expect(try await !office.isRegistered())
        try await office.scene.expectRefusal(.notAMember) { try await office.scene.foreigner.control(.execute(id)) }
        try await office.members[2].control(.execute(id))
        #expect(try await office.isRegistered())
        for act in [ControlAct.execute(id), .approve(id), .withdraw(id)] {
            try await office.scene.expectRefusal(.unknownProposal) { try await office.members[0].control(act) }
        }
    }

    @Test("PRO-002: what can be proposed is an act of an authority, by the one who proposes it")
    func notProposable() async throws {
        let office = try await Office()
        let good = try office.registration()
        let others: [[UInt8]] = [
            [], [0x80], Operation(good, principal: 1).canonicalBytes, Operation(.cancelSequence).canonicalBytes,
            Operation(.control(.veto(ProposalID(digest: .zero)), under: office.clerks.reference)).canonicalBytes,
            Operation(
                .redeem(Redemption(asset: office.scene.asset, holder: 0, units: 1), under: AuthorityReference(.issuer))
            ).canonicalBytes,
            // Whoever approves would be the other side, and its approval its signature.
            Operation(
                .service(
                    .subscribe(Subscription(asset: office.scene.asset, buyer: 1, units: 10, at: .price(.hundred))),
                    under: AuthorityReference(.issuer)
                )
            ).canonicalBytes,
            Operation(
                .service(
                    .buyBack(BuyBack(asset: office.scene.asset, seller: 1, units: 10, at: .price(.hundred))),
                    under: AuthorityReference(.issuer)
                )
            ).canonicalBytes,
        ]
        for bytes in others {
            try await office.scene.expectRefusal(.notProposable) {
                try await office.members[0].control(.propose(Proposal(act: bytes, until: Self.until)))
            }
        }
        try await office.scene.expectRefusal(.notAMember) {
            try await office.scene.foreigner.control(.propose(Proposal(good, until: Self.until)))
        }
        let foreign = Act.openBusinessDay(Fixture.date(2026, 1, 6), under: office.clerks.reference)
        try await office.scene.expectRefusal(.roleMayNot) {
            try await office.members[0].control(.propose(Proposal(foreign, until: Self.until)))
        }
    }

    @Test("PRO-004: a proposal lapses, and any member clears it away")
    func lapses() async throws {
        let office = try await Office()
        try await office.scene.expectRefusal(.proposalLapsed) {
            _ = try await office.propose(until: Fixture.date(2026, 1, 4))
        }
        let id = try await office.propose(until: Fixture.date(2026, 1, 6))
        try await office.members[1].control(.approve(id))
        try await office.timed.open(days: 2)
        for act in [ControlAct.execute(id), .approve(id)] {
            try await office.scene.expectRefusal(.proposalLapsed) { try await office.members[2].control(act) }
        }
        try await office.scene.expectRefusal(.notApproved) { try await office.scene.foreigner.control(.withdraw(id)) }
        try await office.members[2].control(.withdraw(id))
        #expect(try await office.scene.ledger.read { $0.control(.proposal(id)) } == nil)
    }

    @Test("PRO-006: an approval is taken back, and with it the quorum")
    func withdrawn() async throws {
        let office = try await Office()
        let id = try await office.propose()
        try await office.scene.expectRefusal(.notApproved) { try await office.members[1].control(.withdraw(id)) }
        try await office.members[1].control(.approve(id))
        try await office.members[1].control(.withdraw(id))
        try await office.scene.expectRefusal(.quorumNotReached) { try await office.members[2].control(.execute(id)) }
        try await office.members[2].control(.approve(id))
        try await office.members[0].control(.withdraw(id))
        try await office.scene.expectRefusal(.unknownProposal) { try await office.members[2].control(.execute(id)) }
    }

    @Test("PRO-007: no proposer is enough alone, also where the quorum is one")
    func proposerAlone() async throws {
        let office = try await Office()
        let scene = office.scene
        let pair = try await scene.appoint(.registrar, number: 2, [scene.alice, scene.bob])
        let laos = try #require(CountryCode("LA"))
        let party = PartyID(digest: Fixture.digest(91))
        let act = Act.registerParty(
            PartyRegistration(party: party, jurisdiction: laos, holderClass: .citizen),
            under: pair.reference
        )
        let id = try await pair.propose(act, until: Self.until)
        try await scene.expectRefusal(.proposerAlone) { try await scene.alice.control(.execute(id)) }
        try await scene.expectRefusal(.proposerAlone) { try await scene.bob.control(.execute(id)) }
        try await scene.bob.control(.approve(id))
        try await scene.alice.control(.execute(id))
    }

    @Test("PRO-007: who is kept apart from an act cannot be the other who must see it")
    func onlyOneMayAct() async throws {
        let office = try await Office()
        let (timed, scene) = (office.timed, office.scene)
        let pair = try await scene.appoint(.registrar, number: 2, [scene.alice, scene.fixture.ministry])
        let mandate = Mandate(
            separations: [.init(.registerParty, from: AuthorityReference(.issuer))],
            timelocks: [.init(.registerParty, notice: Notice(openedDays: 1, seconds: 1))]
        )
        try await timed.bind(pair.reference, mandate)
        let laos = try #require(CountryCode("LA"))
        let party = PartyID(digest: Fixture.digest(91))
        let registration = PartyRegistration(party: party, jurisdiction: laos, holderClass: .citizen)
        let id = try await pair.propose(.registerParty(registration, under: pair.reference), until: Self.until)
        try await timed.live(days: 2)
        try await scene.alice.control(.execute(id))
    }

    @Test("a role below its quorum changes nothing, also through proposals: approvals of former members do not count")
    func formerMembers() async throws {
        let office = try await Office()
        let id = try await office.propose()
        try await office.members[1].control(.approve(id))
        let scene = office.scene
        let changed = AuthorityAppointment(
            office.clerks.reference,
            quorum: 2,
            members: [scene.alice.account, scene.carol.account, scene.foreigner.account]
        )
        try await scene.fixture.authority(.governor).appoint(try #require(changed))
        try await scene.expectRefusal(.quorumNotReached) { try await scene.carol.control(.execute(id)) }
        try await scene.expectRefusal(.notAMember) { try await scene.bob.control(.execute(id)) }
        try await scene.carol.control(.approve(id))
        // The proposer acts, so it must still be a member.
        let without = AuthorityAppointment(
            office.clerks.reference,
            quorum: 1,
            members: [scene.bob.account, scene.carol.account]
        )
        try await scene.fixture.authority(.governor).appoint(try #require(without))
        try await scene.expectRefusal(.notAMember) { try await scene.carol.control(.execute(id)) }
        #expect(try await !office.isRegistered())
    }

    @Test("PRO-001, PRO-008: a timelock counts opened days and sealing time together; neither alone gains anything")
    func timelock() async throws {
        let office = try await Office()
        let (timed, scene) = (office.timed, office.scene)
        let notice = Notice(openedDays: 3, seconds: 200_000)
        try await timed.bind(office.clerks.reference, Mandate(timelocks: [.init(.registerParty, notice: notice)]))
        let direct = try office.registration()
        try await scene.expectRefusal(.timelocked) {
            _ = try await scene.alice.submit([Operation(direct)], with: [scene.bob])
        }
        let id = try await office.propose()
        // A notice does not begin before the quorum has spoken.
        try await timed.live(days: 5)
        try await office.members[1].control(.approve(id))
        try await scene.expectRefusal(.timelockRunning) { try await office.members[0].control(.execute(id)) }
        // Opening days fast is not enough,
        try await timed.open(days: 9)
        try await scene.expectRefusal(.timelockRunning) { try await office.members[0].control(.execute(id)) }
        // and one second short is not either.
        try await timed.wait(seconds: 199_999)
        try await scene.expectRefusal(.timelockRunning) { try await office.members[0].control(.execute(id)) }
        try await timed.wait(seconds: 1)
        try await office.members[0].control(.execute(id))
        #expect(try await office.isRegistered())
    }

    @Test("PRO-008: a notice begins with the header that seals it: quiet time before counts for nothing")
    func quietTimeDoesNotCount() async throws {
        let office = try await Office(sealing: .onRequest)
        let (timed, scene) = (office.timed, office.scene)
        let notice = Notice(openedDays: 3, seconds: 200_000)
        try await timed.bind(office.clerks.reference, Mandate(timelocks: [.init(.registerParty, notice: notice)]))
        try await scene.ledger.seal()
        // Nothing is sealed for a long time; then everything is done at once, and days are opened fast.
        timed.advance(seconds: 1_000_000)
        let id = try await office.propose()
        try await office.members[1].control(.approve(id))
        try await timed.open(days: 3)
        try await scene.ledger.seal()
        let begin = try await scene.ledger.read { state -> LedgerMoment? in
            guard case .proposal(let record)? = state.control(.proposal(id)) else { return nil }
            return record.ready
        }
        // The root of its own block has no time of it, the next one does.
        #expect(try #require(begin).sealingTime == nil)
        try await scene.expectRefusal(.timelockRunning) { try await office.members[0].control(.execute(id)) }
        try await timed.wait(seconds: 199_999)
        try await scene.expectRefusal(.timelockRunning) { try await office.members[0].control(.execute(id)) }
        try await timed.wait(seconds: 1)
        try await office.members[0].control(.execute(id))
    }

    @Test("PRO-008: the time of a block is known after a restart, from whichever side of its header")
    func noticeOutlivesRestart() async throws {
        let store = MemoryStore()
        let office = try await Office(store: store)
        let notice = Notice(openedDays: 1, seconds: 1_000)
        let mandate = Mandate(timelocks: [.init(.registerParty, notice: notice)])
        try await office.timed.bind(office.clerks.reference, mandate)
        let id = try await office.propose()
        try await office.members[1].control(.approve(id))
        // The snapshot of the closing is of the block in which the notice begins.
        try await office.scene.ledger.close()
        let fixture = try await office.scene.fixture.reopened(in: MemoryStore(reopening: store))
        let sealed = try #require(try await fixture.ledger.lastHeader()).sealingTime
        let alice = try Fixture.client(fixture.ledger, 10, office.scene.alice.account)
        try await alice.cancelNext()
        let begin = try await fixture.ledger.read { state -> LedgerMoment? in
            guard case .proposal(let record)? = state.control(.proposal(id)) else { return nil }
            return record.ready
        }
        #expect(begin?.sealingTime == sealed)
    }

    @Test("PRO-008: who has left lends no time to the next: an approval begins the notice anew if nothing was agreed")
    func leaverLendsNoTime() async throws {
        let office = try await Office()
        let (timed, scene) = (office.timed, office.scene)
        let notice = Notice(openedDays: 2, seconds: 1_000)
        try await timed.bind(office.clerks.reference, Mandate(timelocks: [.init(.registerParty, notice: notice)]))
        let id = try await office.propose()
        try await office.members[1].control(.approve(id))
        try await timed.wait(seconds: 1_000)
        try await timed.open(days: 2)
        // The notice has run; but the one who approved is replaced before anything is done.
        let changed = AuthorityAppointment(
            office.clerks.reference,
            quorum: 2,
            members: [scene.alice.account, scene.carol.account]
        )
        try await scene.fixture.authority(.governor).appoint(try #require(changed))
        try await scene.carol.control(.approve(id))
        try await scene.expectRefusal(.timelockRunning) { try await scene.carol.control(.execute(id)) }
        try await timed.wait(seconds: 1_000)
        try await timed.open(days: 2)
        try await scene.carol.control(.execute(id))
        #expect(try await office.isRegistered())
    }

    @Test("PRO-008: time alone is not enough; and an approval that is taken back begins the notice anew")
    func timeWithoutDays() async throws {
        let office = try await Office()
        let (timed, scene) = (office.timed, office.scene)
        let notice = Notice(openedDays: 2, seconds: 1_000)
        try await timed.bind(office.clerks.reference, Mandate(timelocks: [.init(.registerParty, notice: notice)]))
        let id = try await office.propose()
        try await office.members[1].control(.approve(id))
        try await timed.wait(seconds: 1_000_000)
        try await timed.open(days: 1)
        try await scene.expectRefusal(.timelockRunning) { try await office.members[0].control(.execute(id)) }
        try await office.members[1].control(.withdraw(id))
        try await office.members[1].control(.approve(id))
        try await timed.wait(seconds: 1_000)
        try await timed.open(days: 1)
        try await scene.expectRefusal(.timelockRunning) { try await office.members[0].control(.execute(id)) }
        try await timed.open(days: 1)
        try await office.members[0].control(.execute(id))
    }

    @Test("PRO-009: the authority that the timelock names vetoes, with its own quorum, and nobody else does")
    func veto() async throws {
        let office = try await Office()
        let (timed, scene) = (office.timed, office.scene)
        let timelock = Mandate.Timelock(
            .registerParty,
            notice: Notice(openedDays: 1, seconds: 1),
            veto: scene.court.reference
        )
        let plain = try await office.propose()
        try await scene.expectRefusal(.notVetoHolder) { try await scene.court.control(.veto(plain)) }
        try await office.members[0].control(.withdraw(plain))
        try await timed.bind(office.clerks.reference, Mandate(timelocks: [timelock]))
        let id = try await office.propose()
        try await office.members[1].control(.approve(id))
        try await scene.expectRefusal(.notVetoHolder) { try await scene.regulator.control(.veto(id)) }
        let alone = AuthorityClient(scene.court.reference, members: [scene.fixture.judges[0]])
        try await scene.expectRefusal(.quorumNotReached) { try await alone.control(.veto(id)) }
        try await scene.expectRefusal(.unknownProposal) {
            try await scene.court.control(.veto(ProposalID(digest: .zero)))
        }
        try await scene.court.control(.veto(id))
        try await timed.live(days: 3)
        try await scene.expectRefusal(.unknownProposal) { try await office.members[0].control(.execute(id)) }
        #expect(try await !office.isRegistered())
    }

    @Test("a proposal outlives a restart, with its approvals, and so do the keys that it brings")
    func restart() async throws {
        let store = MemoryStore()
        let office = try await Office(store: store)
        let opening = try Fixture.opening(97, party: Fixture.citizens)
        let id = try await office.clerks.propose(
            .openAccount(opening, under: office.clerks.reference),
            until: Self.until
        )
        try await office.members[1].control(.approve(id))
        try await office.scene.ledger.close()
        let fixture = try await office.scene.fixture.reopened(in: MemoryStore(reopening: store))
        let alice = try Fixture.client(fixture.ledger, 10, office.scene.alice.account)
        try await alice.control(.execute(id))
        let opened = try Fixture.client(fixture.ledger, 97, opening.account)
        try await opened.cancelNext()
    }
}
