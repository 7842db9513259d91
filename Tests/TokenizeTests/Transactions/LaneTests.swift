import Testing
import Tokenize

@Suite("Lanes of an account")
struct LaneTests {
    private func body(_ scene: RuleScene, lane: UInt16, ahead: UInt64 = 0) async throws -> TransactionBody {
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1))
        return try await scene.fixture.body([Operation(act)], [scene.alice], lane: lane, ahead: ahead)
    }

    @Test("each lane counts its own sequences")
    func independent() async throws {
        let store = MemoryStore()
        let scene = try await RuleScene(store: store)
        for lane: UInt16 in [0, 1, 7, 255] { try await scene.fixture.submit(try await body(scene, lane: lane), [10]) }
        try await scene.fixture.submit(try await body(scene, lane: 7, ahead: 62), [10])
        let account = scene.alice.account
        let nexts = try await scene.ledger.read { state in
            [0, 1, 2, 7, 255].map { state.nextSequence(of: account, lane: $0) }
        }
        #expect(nexts == [1, 1, 0, 1, 1])
        let used = try await body(scene, lane: 7, ahead: 62)
        let again = TransactionBody(
            ledger: used.ledger,
            principals: used.principals,
            lastValidDate: used.lastValidDate,
            operations: used.operations,
            memo: "another"
        )
        try await scene.expectRefusal(.sequenceUsed) { try await scene.fixture.submit(again, [10]) }
        #expect(try await scene.units(scene.bob) == 5)
    }

    @Test("lane 255 is the last")
    func lastLane() async throws {
        let scene = try await RuleScene()
        let right = try await body(scene, lane: 255)
        let wrong = try await body(scene, lane: 256)
        try await scene.expectRefusal(.malformed) { try await scene.fixture.submit(wrong, [10]) }
        try await scene.fixture.submit(right, [10])
    }

    @Test("a lane other than the first is there after a restart")
    func restart() async throws {
        let store = MemoryStore()
        let scene = try await RuleScene(store: store)
        try await scene.fixture.submit(try await body(scene, lane: 9, ahead: 3), [10])
        let mark = try await scene.fixture.mark()
        let principals = try await body(scene, lane: 9, ahead: 3).principals
        let again = TransactionBody(
            ledger: scene.ledger.id,
            principals: principals,
            lastValidDate: Fixture.firstDate,
            operations: [Operation(.cancelSequence)]
        )
        try await scene.ledger.close()
        let reopened = try await scene.fixture.reopened(in: await MemoryStore(reopening: store))
        #expect(try await reopened.mark() == mark)
        try await reopened.expectRefusal(.sequenceUsed) { try await reopened.submit(again, [10]) }
    }

    @Test("one client for each of two lanes, at the same time")
    func concurrent() async throws {
        let scene = try await RuleScene()
        let clients = try (0..<2).map { lane in
            LedgerClient(
                ledger: scene.ledger,
                account: scene.alice.account,
                signers: [try Fixture.signer(10)],
                lane: UInt16(lane)
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    try await clients[index % 2].transfer(1, of: scene.asset, to: scene.bob.account, memo: "\(index)")
                }
            }
            try await group.waitForAll()
        }
        #expect(try await scene.units(scene.bob) == 40)
    }
}
