import Testing
import Tokenize
import TokenizeSQLite

@Suite("Audit")
struct AuditTests {
    @Test("an honest ledger passes, and the report says what it holds", arguments: StoreKind.allCases)
    func honest(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let fixture = try await Fixture(store: try await place.open())
        let asset = try await fixture.makeAsset()
        let people = try await fixture.open(10..<14)
        try await fixture.authority(.issuer).issue(1_000, of: asset, to: people[0].account)
        for number in 1..<4 { try await people[0].transfer(100, of: asset, to: people[number].account) }
        let checkpoint = try await fixture.checkpoint()
        let header = try #require(try await fixture.ledger.lastHeader())
        try await fixture.ledger.close()

        let seen = Locked<[AuditProgress]>([])
        let report = try await LedgerAuditor.audit(
            store: try await place.open(),
            secret: Fixture.secret,
            expecting: checkpoint,
            progress: { progress in seen.withLock { $0.append(progress) } }
        )
        #expect(report.ledger == fixture.ledger.id)
        #expect(report.name == "test.ledger")
        #expect(report.entryCount == checkpoint.size)
        #expect(report.logRoot == checkpoint.root)
        #expect(report.transactionCount == 7)
        #expect(report.signatureCount == 7)
        #expect(report.height == header.height)
        #expect(report.entryCount == 1 + report.transactionCount + report.blockCount)
        #expect(report.stateRoot == header.stateRoot)
        #expect(report.unsealedEntryCount == 0)
        #expect(report.businessDate == Fixture.firstDate)
        #expect(report.snapshotCount == 1)
        #expect(report.projectedEntryCount == report.entryCount)
        #expect(report.accountCount == 7)
        #expect(report.assetCount == 1)
        #expect(report.assetsOutOfBalance.isEmpty)
        #expect(seen.value.last?.entryCount == report.entryCount)
        #expect(seen.value.last?.totalEntryCount == report.entryCount)
    }
}
