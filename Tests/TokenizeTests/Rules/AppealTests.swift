import Testing

@testable import Tokenize

@Suite("Appeals against orders")
struct AppealTests {
    private static func finding(
        _ scene: RuleScene,
        _ status: AppealStatus,
        order: String = "order",
        of authority: AuthorityClient
    ) -> ControlAct {
        .decideAppeal(AppealFinding(order: Fixture.order(order).id(of: authority.reference), status: status))
    }

    @Test("COE-001: nothing is taken while an appeal is pending, and nothing at all is done once it is quashed")
    func stages() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let freeze = try await scene.encumber(target, 400, by: scene.regulator)
        try await scene.court.control(Self.finding(scene, .pending, of: scene.regulator))
        try await scene.expectRefusal(.orderOnAppeal) {
            try await scene.force(1, from: scene.alice, to: scene.bob, executing: freeze, by: scene.regulator)
        }
        try await scene.expectRefusal(.orderOnAppeal) {
            try await scene.regulator.control(.forceRedeem(scene.taking(1, executing: freeze)))
        }
        // What secures the claim may still be put on.
        try await scene.encumber(target, 10, by: scene.regulator)
        try await scene.court.control(Self.finding(scene, .upheld, of: scene.regulator))
        try await scene.force(100, from: scene.alice, to: scene.bob, executing: freeze, by: scene.regulator)
        try await scene.court.control(Self.finding(scene, .pending, of: scene.regulator))
        try await scene.court.control(Self.finding(scene, .quashed, of: scene.regulator))
        try await scene.expectRefusal(.orderOnAppeal) { try await scene.encumber(target, 1, by: scene.regulator) }
        try await scene.expectRefusal(.orderOnAppeal) {
            try await scene.force(1, from: scene.alice, to: scene.bob, by: scene.regulator)
        }
        // Another order of the same authority is not touched, nor is the freeze: its authority lifts it.
        try await scene.encumber(target, 1, by: scene.regulator, order: "other")
        #expect(try await scene.holding(scene.alice).encumbrances.contains { $0.id == freeze })
        try await scene.expectRefusal(.notOwner) { try await scene.court.release(freeze, on: target) }
        try await scene.regulator.release(freeze, on: target)
    }

    @Test("COE-002, COE-003, COE-004: who finds what about which order")
    func findings() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.unknownOrder) {
            try await scene.court.control(Self.finding(scene, .pending, of: scene.regulator))
        }
        try await scene.encumber(scene.target(scene.alice), 1, by: scene.regulator)
        try await scene.encumber(scene.target(scene.alice), 1, by: scene.court)
        try await scene.expectRefusal(.ownOrder) {
            try await scene.court.control(Self.finding(scene, .pending, of: scene.court))
        }
        try await scene.expectRefusal(.roleMayNot) {
            try await scene.regulator.control(Self.finding(scene, .pending, of: scene.court))
        }
        for status in [AppealStatus.upheld, .quashed] {
            try await scene.expectRefusal(.appealNotOpen) {
                try await scene.court.control(Self.finding(scene, status, of: scene.regulator))
            }
        }
        try await scene.court.control(Self.finding(scene, .pending, of: scene.regulator))
        try await scene.expectRefusal(.appealNotOpen) {
            try await scene.court.control(Self.finding(scene, .pending, of: scene.regulator))
        }
        try await scene.court.control(Self.finding(scene, .quashed, of: scene.regulator))
        for status in [AppealStatus.pending, .upheld, .quashed] {
            try await scene.expectRefusal(.appealNotOpen) {
                try await scene.court.control(Self.finding(scene, status, of: scene.regulator))
            }
        }
    }
}
