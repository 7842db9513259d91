import Testing

@testable import Tokenize

@Suite("What others got wrong")
struct PeerMistakeTests {
    /// In token standards where a forced transfer passes through the same compliance hook as any other, a cap or a list
    /// stops the court.
    @Test("A court's order is stopped by no economic rule, and still conserves units")
    func courtOrder() async throws {
        let laos = try #require(CountryCode("LA"))
        let scene = try await RulebookScene([
            .balanceMax(10), .holderCountMax(1), .nonTransferable, .memo, .countriesAllowed([laos], .all),
            .partyShareMax(numerator: 1, denominator: 100), .volume(days: 30, 1), .optIn, .transferMin(999),
            .classShareMin(.citizen, numerator: 1, denominator: 1),
            .sanctions(ListReference(AuthorityReference(.regulator)), .all),
        ])
        try await scene.regulator.regulate(.changeList(ListChange([.party(RulebookScene.foreignParty)])))
        try await scene.force(700, from: scene.alice, to: scene.foreigner)
        #expect(try await scene.units(scene.foreigner) == 700)
        #expect(try await scene.units(scene.alice) == 300)
        let asset = scene.asset
        let held = try await scene.ledger.read { state in
            [scene.alice, scene.foreigner].map { state.units(ofPersonBehind: $0.account, asset: asset) }
        }
        #expect(held == [300, 700])
        // No more than there is.
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.force(301, from: scene.alice, to: scene.foreigner)
        }
    }

    /// Where caps look at wallets, a person that is at the cap cannot tidy up, and a person with many wallets has many
    /// caps.
    @Test("A move between own accounts is refused by no cap, and two accounts have one cap")
    func ownAccounts() async throws {
        let scene = try await RulebookScene([
            .balanceMax(1_000), .partyShareMax(numerator: 1, denominator: 1_000), .remainderMin(900),
            .volume(days: 30, 1), .holderCountMax(1), .holdingPeriod(days: 100), .issueLockUp(days: 100),
            .lockUp([], through: RulebookScene.far), .transferMin(1_000), .lot(7), .nonTransferable,
        ])
        try await scene.move(500, from: scene.alice, to: scene.aliceToo)
        try await scene.move(500, from: scene.alice, to: scene.aliceToo)
        try await scene.move(1_000, from: scene.aliceToo, to: scene.alice)
        // Parties that turned out to be one person are no different.
        try await scene.registrar.regulate(
            .joinParties(PartyJoin(RulebookScene.bobParty, to: RulebookScene.aliceParty))
        )
        try await scene.move(600, from: scene.alice, to: scene.bob)
        try await scene.lay([.balanceMax(1_000)])
        try await scene.issuer.issue(1, of: scene.asset, to: scene.carol.account)
        for client in [scene.alice, scene.aliceToo, scene.bob] {
            try await scene.expectRefusal(.balanceExceeded) { try await scene.move(1, from: scene.carol, to: client) }
        }
    }

    /// Where a counter goes up and down with transfers and is forgotten by mints, burns, forced transfers or moves to
    /// oneself, it drifts until nobody can invest or everybody can.
    @Test("The number of holders is that of a recount, whatever moved")
    func holderCount() async throws {
        let scene = try await RulebookScene([.holderCountMax(4)])
        let clients = [scene.alice, scene.aliceToo, scene.bob, scene.carol, scene.foreigner]
        func check() async throws {
            let asset = scene.asset
            let (count, recount) = try await scene.ledger.read { state in
                let held = state.holdings(of: asset).filter { $0.units > .zero }
                return (
                    state.holderCount(of: asset),
                    Set(held.compactMap { state.party(of: $0.account).map { state.head(of: $0) } }).count
                )
            }
            #expect(count == UInt64(recount))
        }
        for (giver, getter, units) in [(0, 0, 5), (0, 1, 1_000), (1, 2, 1_000), (2, 3, 1), (2, 4, 999), (4, 2, 999)] {
            _ = try await refusal {
                try await scene.move(Quantity(UInt128(units)), from: clients[giver], to: clients[getter])
            }
            try await check()
        }
        try await scene.force(999, from: scene.bob, to: scene.carol)
        try await check()
        try await scene.issuer.redeem(1_000, of: scene.asset, from: scene.carol)
        try await check()
        try await scene.issuer.issue(3, of: scene.asset, to: scene.bob.account)
        try await check()
        try await scene.lay([.holderCountMax(1)])
        try await check()
    }
}
