import Testing
import Tokenize

@Suite("End to end")
struct EndToEndTests {
    @Test("issue, transfer, prove, check offline")
    func wayThrough() async throws {
        let fixture = try await Fixture()
        let asset = try await fixture.makeAsset()
        let people = try await fixture.open(10..<12)
        try await fixture.authority(.issuer).issue(1_000, of: asset, to: people[0].account)
        let receipt = try await people[0].transfer(400, of: asset, to: people[1].account)
        #expect(receipt.effectCount == 1)
        let account = people[1].account
        let held = try await fixture.ledger.read { $0.holding(asset: asset, account: account).units }
        #expect(held == 400)

        let proof = try await fixture.ledger.proveHolding(asset: asset, account: account)
        let key = try #require(Fixture.configuration(fixture.genesis).checkpointSigner?.verifierKey)
        let policy = try CheckpointPolicy(origin: key.name, logKeys: [key])
        let verdict = try OwnershipProof(canonicalBytes: proof.canonicalBytes).verify(under: policy)
        #expect(verdict.units == 400)
        #expect(verdict.businessDate == Fixture.firstDate)
        try await fixture.ledger.close()
    }

    @Test("a closed ledger opens with the same state root and the same receipts")
    func restart() async throws {
        let store = MemoryStore()
        let fixture = try await Fixture(store: store)
        let asset = try await fixture.makeAsset()
        let people = try await fixture.open(10..<12)
        let receipt = try await fixture.authority(.issuer).issue(1_000, of: asset, to: people[0].account)
        let root = try await fixture.ledger.lastHeader()?.stateRoot
        let opened = try await TokenLedger.open(
            store: store,
            configuration: try Fixture.configuration(fixture.genesis)
        )
        #expect(try await opened.lastHeader()?.stateRoot == root)
        #expect(try await opened.receipt(of: receipt.transaction) == receipt)
    }
}
