import Testing

@testable import Tokenize

@Suite("Sequences of a lane")
struct SequenceWindowTests {
    private func submit(_ scene: RuleScene, _ sequence: UInt64, lane: UInt16 = 0) async throws {
        let body = TransactionBody(
            ledger: scene.ledger.id,
            principals: [Principal(account: scene.alice.account, lane: lane, sequence: sequence)],
            lastValidDate: Fixture.firstDate,
            operations: [
                Operation(.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1)))
            ],
            memo: "\(sequence)"
        )
        try await scene.fixture.submit(body, [10])
    }

    @Test("SEQ-002: 64 sequences ahead in any order, and no more")
    func beyondWindow() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.sequenceBeyondWindow) { try await submit(scene, 64) }
        try await scene.expectRefusal(.sequenceBeyondWindow) { try await submit(scene, .max) }
        try await submit(scene, 63)
        for sequence in (1..<63).reversed() { try await submit(scene, UInt64(sequence)) }
        try await scene.expectRefusal(.sequenceBeyondWindow) { try await submit(scene, 64) }
        try await submit(scene, 0)
        let account = scene.alice.account
        #expect(try await scene.ledger.read { $0.nextSequence(of: account) } == 64)
        try await submit(scene, 127)
        try await scene.expectRefusal(.sequenceBeyondWindow) { try await submit(scene, 128) }
    }

    @Test("SEQ-001: a sequence is used once, within the window and below it")
    func used() async throws {
        let scene = try await RuleScene()
        try await submit(scene, 5)
        try await scene.expectRefusal(.sequenceUsed) {
            let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.carol.account, units: 1))
            let body = try await scene.fixture.body([Operation(act)], [scene.alice], ahead: 5)
            try await scene.fixture.submit(body, [10])
        }
        for sequence in 0..<5 { try await submit(scene, UInt64(sequence)) }
        for sequence in 0..<6 {
            let body = TransactionBody(
                ledger: scene.ledger.id,
                principals: [Principal(account: scene.alice.account, sequence: UInt64(sequence))],
                lastValidDate: Fixture.firstDate,
                operations: [Operation(.cancelSequence)]
            )
            try await scene.expectRefusal(.sequenceUsed) { try await scene.fixture.submit(body, [10]) }
        }
        try await submit(scene, 6)
    }

    @Test("every order of a window ends at the same window", arguments: SeededRandom.seeds(8))
    func windowProperty(seed: UInt64) {
        var random = SeededRandom(seed)
        var reference: Set<UInt64> = []
        var window = LaneWindow.fresh
        for _ in 0..<2_000 {
            let sequence = window.next &+ UInt64.random(in: 0..<70, using: &random) &- min(window.next, 3)
            let expected: LaneWindow.Standing =
                if reference.contains(sequence) { .used } else if sequence >= window.next + 64 { .beyondWindow } else {
                    .free
                }
            #expect(window.standing(of: sequence) == expected, "seed \(seed)")
            guard expected == .free else { continue }
            window = window.using(sequence)
            reference.insert(sequence)
            let lowestUnused = (0...).first { !reference.contains($0) }
            #expect(lowestUnused == window.next, "seed \(seed)")
        }
    }
}
