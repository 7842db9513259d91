import Foundation
import Testing
import Tokenize
import TokenizeAudit
import TokenizeSQLite

/// What an auditor writes who has a question of their own, on public names alone: the documentation shows these.
@Suite("An auditor's own property")
struct AuditorsOwnPropertyTests {
    @Test("what the documentation shows holds, and is replayed like any other")
    func holds() async throws {
        for property in [trading, restarts, repaidOnce, evidence] { try await expectHolds(property, cases: 20) }
    }

    @Test("a defect is found, made as small as it can be, and kept in one call")
    func finds() async throws {
        let wrong = Property("ACME-006", "Nobody sends more than 50 units.") { trial in
            let small = try await SmallLedger()
            for _ in 0..<4 {
                let units = try trial.draw(Generator<UInt64>.integer(in: 1...90))
                trial.note("alice sends \(units)")
                do throws(SubmissionError) {
                    try await small.alice.transfer(Quantity(UInt128(units)), of: small.asset, to: small.bob.account)
                } catch { continue }
                try trial.require(units <= 50, "\(units) were sent")
            }
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let found = try await wrong.check(PropertyRun(cases: 200, seed: 3), keepingIn: folder)
        guard case .falsified(let example, _) = found else {
            Issue.record("the property holds")
            return
        }
        #expect(example.message == "51 were sent")
        #expect(example.commands == ["alice sends 51"])
        #expect(try Counterexample.kept(for: wrong.id, in: folder) == [example])
        // No new case is needed to find it again, and it is the same file.
        guard case .falsified(let again, _) = try await wrong.check(PropertyRun(cases: 0), keepingIn: folder) else {
            Issue.record("it is not replayed")
            return
        }
        #expect(again == example)
        #expect(try Counterexample.kept(for: wrong.id, in: folder) == [example])
        #expect(try await trading.check(PropertyRun(cases: 5, seed: 3), keepingIn: folder).isPassed)
        #expect(try Counterexample.kept(for: trading.id, in: folder) == [])
    }

    @Test("it restarts from any store, and the clock that was set goes on")
    func restartsFromFiles() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("ledger.sqlite").path
        let small = try await SmallLedger(in: await SQLiteStore.open(path: path))
        try await small.alice.transfer(10, of: small.asset, to: small.bob.account)
        small.time += 60
        let kept = try await small.ledger.checkpoint().verify(under: small.checkpointPolicy).checkpoint
        try await small.ledger.close()
        let store = try await SQLiteStore.open(path: path)
        let again = try await small.reopened(in: store, expecting: kept)
        try await again.alice.transfer(10, of: again.asset, to: again.bob.account)
        try await again.ledger.seal()
        #expect(try await again.units(of: again.bob) == 20)
        #expect(again.time == small.time)
        #expect(try await again.ledger.lastHeader()?.sealingTime == small.time)
        #expect(try await difference(again, store) == nil)
        try await again.ledger.close()
    }

    @Test("a log says what the model says, and the model notices another")
    func followsModel() async throws {
        let store = MemoryStore()
        let small = try await SmallLedger(in: store)
        var sent: [TransactionID] = []
        for units: Quantity in [3, 5, 7, 11] {
            sent.append(try await small.alice.transfer(units, of: small.asset, to: small.bob.account).transaction)
        }
        small.time += 60
        try await small.ledger.seal()
        #expect(try await difference(small, store) == nil)
        // The secret is what the roots hang on.
        let stranger = DisclosureSecret.generate()
        let found = try await differenceFromModel(of: store, genesis: small.genesis, secret: stranger)
        #expect(found == "block 1: the state root")
        #expect(try await ShortExamples.transactions(of: store).suffix(4) == sent)
        #expect(try await ShortExamples.transactions(of: MemoryStore()) == [])
    }

    private func difference(_ small: SmallLedger, _ store: any LedgerStore) async throws -> String? {
        try await differenceFromModel(of: store, genesis: small.genesis, secret: small.disclosureSecret)
    }

    @Test("the small ledger holds what its table says, and nothing else", arguments: [false, true])
    func holdings(withBond: Bool) async throws {
        let small = try await SmallLedger(withBond: withBond)
        let state = try await small.ledger.read { $0 }
        let named = [
            ("ministry", small.ministry), ("Alice", small.alice), ("Bob", small.bob), ("foreigner", small.foreigner),
            ("company", small.company),
        ]
        let assets = withBond ? [small.cash, small.asset, small.bond] : [small.cash, small.asset]
        let path = "Sources/TokenizeAudit/Catalogue/World/SmallLedger.swift"
        let source = try String(contentsOf: PackageRoot.url.appending(path: path), encoding: .utf8)
        for (name, client) in named {
            let row = try #require(source.split(separator: "\n").first { $0.hasPrefix("/// | \(name) |") })
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst(2).prefix(assets.count)
            for (cell, asset) in zip(cells, assets) {
                let units = UInt128(cell.filter(\.isNumber)) ?? 0
                #expect(try await small.units(of: client, in: asset) == Quantity(units), "\(name):\(cell)")
            }
        }
        let holders = Set(state.assetIDs.flatMap { state.holdings(of: $0) }.filter { $0.units > 0 }.map(\.account))
        #expect(holders == Set(named.map { $0.1.account }))
        // One account has one client: offices that the ministry holds side by side use its sequences in turn.
        let (issuer, agent) = (small.authority(.issuer), small.authority(.operator))
        let tomorrow = try #require(state.businessDate.adding(days: 1))
        try await issuer.issue(1, of: small.cash, to: small.carol.account)
        try await agent.openBusinessDay(tomorrow)
        try await issuer.issue(1, of: small.cash, to: small.carol.account)
        try await small.ministry.transfer(1, of: small.cash, to: small.bob.account)
        #expect(try await small.units(of: small.carol, in: small.cash) == 2)
    }

    @Test("short examples do what they say")
    func shortExamples() async throws {
        #expect(try await ShortExamples.ownProperty().isPassed)
        let again = try await ShortExamples.restart()
        #expect(try await again.units(of: again.bob) == 10)
        let even = Property("even", "All are even.") { trial in
            let units = try trial.draw(ShortExamples.generator())
            try trial.require(units % 2 == 0 && units <= 150, "\(units)")
        }
        #expect(try await even.check().isPassed)
    }
}
