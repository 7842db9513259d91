import Testing

@testable import Tokenize

@Suite("Random histories")
struct RandomHistoryTests {
    private static let transactionCount = 150
    private static let replayInterval = 50

    @Test("what must hold after every transition holds", arguments: SeededRandom.seeds(4))
    func history(seed: UInt64) async throws {
        let store = MemoryStore()
        let scene = try await RuleScene(
            store: store,
            rules: [.classShareLimit(.foreign, numerator: 49, denominator: 100)],
            units: 100
        )
        let cash = try await scene.fixture.makeCash(10_000)
        let bond = try await makeBond(scene, cash)
        for client in [scene.alice, scene.bob, scene.foreigner] {
            try await scene.fixture.ministry.transfer(200, of: cash, to: client.account)
        }
        var operations = RandomOperations(scene, cash: cash, bond: bond, seed: seed)
        var codes: [RejectionCode: Int] = [:]
        var committed: Set<String> = []
        for step in 0..<RandomHistoryTests.transactionCount {
            let before = try await scene.ledger.read { $0 }
            let next = operations.next(before)
            let comment = Comment("seed \(seed), step \(step): \(next.map { $0.act.name })")
            let body = try await scene.fixture.body(next, operations.people, lastValidDate: before.businessDate)
            #expect(try TransactionBody(canonicalBytes: body.canonicalBytes) == body, comment)
            let code = try await refusal { try await scene.fixture.submit(body, [0, 1, 2, 10, 11, 12, 13]) }
            let after = try await scene.ledger.read { $0 }
            if let code {
                codes[code, default: 0] += 1
                #expect(code != .invariantViolated, comment)
                #expect(after.rows == before.rows, comment)
            } else {
                committed.formUnion(next.map { $0.act.name })
                expectInvariants(before, after, next, comment)
            }
            if step % RandomHistoryTests.replayInterval == RandomHistoryTests.replayInterval - 1 {
                try await expectReplay(of: scene, in: store, comment)
            }
        }
        let last = try await scene.fixture.mark()
        try await scene.ledger.close()
        let reopened = try await scene.fixture.reopened(in: await MemoryStore(reopening: store))
        #expect(try await reopened.mark() == last, "from the snapshot, seed \(seed)")
        // A run that refuses everything, or nothing, tests little.
        #expect(committed.count >= 12, "seed \(seed): \(committed.sorted())")
        #expect(codes.count >= 12, "seed \(seed): \(codes)")
    }

    private func makeBond(_ scene: RuleScene, _ cash: AssetID) async throws -> AssetID {
        let terms = try SampleBond.bill(
            cash: cash,
            face: 10,
            issue: Fixture.firstDate,
            maturity: Fixture.date(2026, 1, 12)
        )
        let bond = try await scene.issuer.createAsset(
            nonce: 200,
            identification: try #require(AssetIdentification(.other, "bond")),
            terms: .bond(terms),
            charter: Charter(authorities: []),
            cap: 500
        )
        try await scene.issuer.issue(60, of: bond, to: scene.bob.account)
        return bond
    }

    private func expectReplay(of scene: RuleScene, in store: MemoryStore, _ comment: Comment) async throws {
        _ = try await scene.ledger.seal()
        let reopened = try await scene.fixture.reopened(in: await MemoryStore(reopening: store))
        let (live, replayed) = (try await scene.fixture.mark(), try await reopened.mark())
        #expect(live == replayed, comment)
        #expect(try await scene.ledger.lastHeader() == (try await reopened.ledger.lastHeader()), comment)
        var tree = StateTree()
        var state = try await scene.ledger.read { $0 }
        state.clock = try #require(await scene.ledger.sealedClock)
        state.markEverythingChanged()
        var updates = StateLeaves(secret: Fixture.secret).updates(for: state.changes, in: state)
        tree.apply(&updates)
        #expect(tree.root == (try await scene.ledger.lastHeader())?.stateRoot, comment)
    }

    private func expectInvariants(
        _ before: LedgerState,
        _ after: LedgerState,
        _ operations: [Operation],
        _ comment: Comment
    ) {
        #expect(after.assetsOutOfBalance() == [], comment)
        for (old, new) in zip(before.assets.records, after.assets.records) {
            #expect(new.issued <= new.cap && new.redeemed <= new.issued, comment)
            #expect(new.issued >= old.issued && new.redeemed >= old.redeemed, comment)
        }
        #expect(after.businessDate >= before.businessDate, comment)
        let names = Set(operations.map { $0.act.name })
        if names.isDisjoint(with: ["forceTransfer", "redeemAll"]) { expectCover(before, after, comment) }
        if !names.contains("redeemAll") { expectOthersUntouched(before, after, operations, comment) }
        expectShares(before, after, names, comment)
    }

    /// Whatever leaves a holding without an order was not covered.
    private func expectCover(_ before: LedgerState, _ after: LedgerState, _ comment: Comment) {
        for asset in before.assetIDs {
            for old in before.holdings(of: asset) {
                let new = after.holding(asset: asset, account: old.account, partition: old.partition)
                guard new.units < old.units else { continue }
                let date = after.businessDate
                let added = Set(new.encumbrances.map { $0.id }).subtracting(old.encumbrances.map { $0.id })
                let cover = EncumbranceAlgebra.cover(of: new.encumbrances, on: date) { !added.contains($0.id) }
                #expect(new.units >= cover, comment)
            }
        }
    }

    /// The encumbrances of owners who do not act keep their totals.
    private func expectOthersUntouched(
        _ before: LedgerState,
        _ after: LedgerState,
        _ operations: [Operation],
        _ comment: Comment
    ) {
        let actors = Set(operations.compactMap { $0.act.authority })
        let releases = operations.contains { operation in
            if case .release(_, nil) = operation.act { true } else { false }
        }
        let reserves = operations.contains { operation in
            if case .encumber(_, nil) = operation.act { true } else { false }
        }
        func totals(_ state: LedgerState) -> [ClaimName: UInt128] {
            var sums: [ClaimName: UInt128] = [:]
            for (place, claim) in state.claims where claim.stands(on: after.businessDate) {
                switch claim.owner {
                case .authority(let reference): guard !actors.contains(reference) else { continue }
                case .account: guard !releases, !reserves else { continue }
                }
                // A lien may be on several holdings; everything else stays where it is.
                let name = ClaimName(
                    owner: claim.owner,
                    kind: claim.kind,
                    rank: claim.rank,
                    lastDate: claim.lastDate,
                    order: claim.order,
                    place: claim.kind == .lien ? "" : place
                )
                sums[name, default: 0] &+= claim.kind == .freeze ? claim.amount.units &+ 1 : claim.amount.units
            }
            return sums
        }
        #expect(totals(before) == totals(after), comment)
    }

    private struct ClaimName: Hashable {
        let owner: EncumbranceOwner
        let kind: EncumbranceKind
        let rank: UInt16
        let lastDate: CalendarDate
        let order: OrderReference
        let place: String
    }

    /// Foreigners come to hold more than 49 % only by order.
    private func expectShares(_ before: LedgerState, _ after: LedgerState, _ names: Set<String>, _ comment: Comment) {
        guard !names.contains("forceTransfer") else { return }
        func foreignExcess(_ state: LedgerState) -> Bool {
            let record = state.assets.records[0]
            let foreign = record.unitsByClass[4] + record.unitsByClass[5]
            return foreign * 100 > record.outstanding.units * 49
        }
        if !foreignExcess(before) { #expect(!foreignExcess(after), comment) }
    }
}

extension Act {
    /// The name of the case.
    fileprivate var name: String { String("\(self)".prefix { $0 != "(" }) }
}

extension LedgerState {
    /// The rows of a snapshot: everything that can change a later decision.
    fileprivate var rows: [UInt8] {
        var encoder = SnapshotEncoder(self, clock: clock, chunkByteCount: 1 << 20)
        var rows: [UInt8] = []
        while let chunk = encoder.nextChunk() { rows += chunk }
        return rows
    }

    /// Every encumbrance, with the place where it lies.
    fileprivate var claims: [(place: String, claim: EncumbranceRecord)] {
        var claims: [(String, EncumbranceRecord)] = []
        for (id, record) in zip(accounts.ids, accounts.records) { claims += record.encumbrances.map { ("\(id)", $0) } }
        for (id, record) in zip(assets.ids, assets.records) { claims += record.encumbrances.map { ("\(id)", $0) } }
        for (id, table) in zip(assets.ids, holdings) {
            for slot in table.slots {
                let place = "\(id) \(slot.account.value) \(slot.partition.number)"
                claims += slot.record.encumbrances.map { (place, $0) }
            }
        }
        return claims
    }
}

extension TokenLedger {
    /// The clock under which the last header's state root was worked out.
    fileprivate var sealedClock: LedgerClock? { writer.sealedClock }
}
