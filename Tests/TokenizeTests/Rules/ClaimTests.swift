import Testing

@testable import Tokenize

@Suite("Claims")
struct ClaimTests {
    @Test("SRV-007, SRV-008: who cannot be paid gets a claim, backed by cash that nobody else can have")
    func frozenAccount() async throws {
        let one = try await ServicingScene()
        let claims = try await one.scene.fixture.open(41..<42)[0]
        let freeze = try await one.scene.encumber(.account(one.alice.account))
        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05", claims: claims.account)
        #expect(try await one.kip(one.alice) == 0)
        #expect(try await one.kip(one.bob) == 540)
        #expect(try await one.kip(claims) == 900)
        #expect(try await one.scene.available(claims, of: one.cash) == 0)
        let claim = try #require(try await one.ledger.read { $0.claims(of: one.alice.account) }.first)
        #expect(claim.amount == 900)
        try await one.expectRefusal(.unitsEncumbered) {
            try await claims.transfer(1, of: one.cash, to: one.carol.account)
        }
        try await one.expectRefusal(.cashAccountBlocked) { try await one.agent.settleClaim(claim) }
        try await one.scene.court.release(freeze, on: .account(one.alice.account))
        try await one.agent.settleClaim(claim)
        #expect(try await one.kip(one.alice) == 900)
        #expect(try await one.kip(claims) == 0)
        #expect(try await one.scene.holding(claims, of: one.cash).encumbrances.isEmpty)
        try await one.expectRefusal(.unknownClaim) { try await one.agent.settleClaim(claim) }
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("an instruction sends the cash to another account; if that is frozen, the holder has a claim")
    func instruction() async throws {
        let one = try await ServicingScene()
        try await one.expectRefusal(.unknownAccount) {
            try await one.alice.instruct(cashAccount: AccountID(digest: Fixture.digest(77)))
        }
        try await one.alice.instruct(cashAccount: one.carol.account)
        try await one.bob.instruct(cashAccount: one.carol.account)
        try await one.bob.instruct(cashAccount: nil)
        #expect(try await one.ledger.read { $0.cashAccount(of: one.alice.account) } == one.carol.account)
        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05")
        #expect(try await one.kip(one.carol) == 900)
        #expect(try await one.kip(one.bob) == 540)
        try await one.scene.encumber(.account(one.carol.account))
        try await one.open("2026-03-05")
        try await one.pay(.coupon, "2026-03-05", claims: one.treasury.account)
        #expect(try await one.kip(one.carol) == 900)
        let claims = try await one.ledger.read { $0.claims() }
        #expect(claims.map(\.account) == [one.alice.account])
        #expect(claims.map(\.amount) == [900])
        #expect(try await one.kip(one.treasury) == 1_340)
        #expect(try await one.scene.available(one.treasury, of: one.cash) == 440)
    }

    @Test("who is frozen as a party is not paid, nor is anybody through its accounts")
    func frozenParty() async throws {
        let one = try await ServicingScene()
        try await one.foreigner.instruct(cashAccount: one.alice.account)
        let targets = [10, 11].map { EncumbranceTarget.party(Fixture.citizen($0)) }
        var freezes: [EncumbranceID] = []
        for target in targets { freezes.append(try await one.scene.encumber(target)) }
        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05", claims: one.treasury.account)
        for client in [one.alice, one.bob, one.foreigner] { #expect(try await one.kip(client) == 0) }
        let claims = try await one.ledger.read { $0.claims() }
        #expect(claims.map(\.amount) == [900, 540, 340])
        for claim in claims {
            try await one.expectRefusal(.cashAccountBlocked) { try await one.agent.settleClaim(claim) }
        }
        for (freeze, target) in zip(freezes, targets) { try await one.scene.court.release(freeze, on: target) }
        for claim in claims { try await one.agent.settleClaim(claim) }
        #expect(try await one.kip(one.alice) == 1_240)
        #expect(try await one.kip(one.bob) == 540)
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("while keys are being replaced, what falls due is not paid to where a thief may have sent it")
    func recovering() async throws {
        let one = try await ServicingScene()
        try await one.alice.instruct(cashAccount: one.carol.account)
        try await one.bob.instruct(cashAccount: one.foreigner.account)
        for account in [one.alice.account, one.foreigner.account] {
            let filing = RecoveryFiling(
                account: account,
                policy: KeyPolicy(try Fixture.signer(60).publicKey),
                with: one.scene.court.reference
            )
            _ = try await one.scene.fixture.ministry.submit(
                [Operation(.control(.fileRecovery(filing), under: AuthorityReference(.registrar)))],
                with: one.scene.fixture.judges
            )
        }
        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05", claims: one.treasury.account)
        for client in [one.alice, one.bob, one.carol, one.foreigner] { #expect(try await one.kip(client) == 0) }
        let claims = try await one.ledger.read { $0.claims() }
        #expect(claims.map(\.account) == [one.alice.account, one.bob.account, one.foreigner.account])
        try await one.expectRefusal(.cashAccountBlocked) { try await one.agent.settleClaim(claims[0]) }
        try await one.expectRefusal(.cashAccountBlocked) { try await one.agent.settleClaim(claims[1]) }
    }

    @Test("a claim keeps what goes over to the cash until it is paid")
    func carried() async throws {
        let store = MemoryStore()
        let one = try await ServicingScene(store: store)
        let lien = try await one.scene.encumber(one.scene.target(one.alice, of: one.bond), 10, kind: .lien)
        try await one.open("2026-04-06")
        for date in ["2026-02-05", "2026-03-05", "2026-04-05"] { try await one.pay(.coupon, date) }
        let freeze = try await one.scene.encumber(.account(one.alice.account))
        try await one.pay(.redemption, "2026-04-05")
        try await one.expectSnapshotKeepsEverything()
        let mark = try await one.scene.fixture.mark()
        try await one.ledger.close()
        let reopened = try await one.scene.fixture.reopened(in: await MemoryStore(reopening: store))
        #expect(try await reopened.mark() == mark)
        try await reopened.authority(.court).release(freeze, on: .account(one.alice.account))
        let claim = try #require(try await reopened.ledger.read { $0.claims() }.first)
        #expect(claim.amount == 100_000)
        try await reopened.authority(.payingAgent).settleClaim(claim)
        let held = try await reopened.ledger.read { $0.holding(asset: one.cash, account: one.alice.account) }
        #expect(held.encumbrances.map(\.id) == [lien])
        #expect(held.encumbrances.map(\.amount) == [10_000])
    }
}
