import Testing
import Tokenize

@Suite("Who may hold, and how much")
struct HoldingRuleTests {
    @Test("HLD-001: a class that is not allowed receives nothing, by issue or by transfer")
    func classNotAllowed() async throws {
        let scene = try await RuleScene(rules: [.allowedClasses([.citizen, .state])])
        try await scene.expectRefusal(.classNotAllowed) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.expectRefusal(.classNotAllowed) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.expectRefusal(.classNotAllowed) {
            try await scene.alice.transfer(
                of: scene.asset,
                to: [
                    .init(recipient: scene.bob.account, units: 1), .init(recipient: scene.foreigner.account, units: 1),
                ]
            )
        }
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.fixture.ministry.account)
    }

    @Test(
        "HLD-002: a share is reached exactly and never passed",
        arguments: [(49, 100, 1_000, 490), (1, 3, 1_000, 333), (0, 1, 1_000, 0), (1, 1, 1_000, 1_000)]
            as [(UInt64, UInt64, UInt64, UInt64)]
    )
    func classShareExceeded(numerator: UInt64, denominator: UInt64, issued: UInt64, most: UInt64) async throws {
        let scene = try await RuleScene(
            rules: [.classShareLimit(.foreign, numerator: numerator, denominator: denominator)],
            units: Quantity(UInt128(issued))
        )
        func transfer(_ units: UInt64) async throws {
            let units = Quantity(UInt128(units))
            try await scene.alice.transfer(units, of: scene.asset, to: scene.foreigner.account)
        }
        if most < issued {
            try await scene.expectRefusal(.classShareExceeded) { try await transfer(most + 1) }
        }
        if most > 0 { try await transfer(most) }
        if most < issued {
            try await scene.expectRefusal(.classShareExceeded) { try await transfer(1) }
            try await scene.expectRefusal(.classShareExceeded) {
                try await scene.issuer.issue(1_000, of: scene.asset, to: scene.foreigner.account)
            }
        }
    }

    @Test("a share of the largest supply is exact")
    func largestSupply() async throws {
        let scene = try await RuleScene(
            rules: [.classShareLimit(.foreign, numerator: 1, denominator: 2)],
            cap: .max,
            units: .max
        )
        // 2^128 - 1 is odd: half of it, rounded down.
        let half = Quantity(UInt128.max / 2)
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.alice.transfer(Quantity(half.units + 1), of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.alice.transfer(half, of: scene.asset, to: scene.foreigner.account)
    }

    @Test("the share is of the class, over all its accounts and partitions")
    func overAccounts() async throws {
        let scene = try await RuleScene(rules: [.classShareLimit(.foreign, numerator: 1, denominator: 2)])
        let second = try await scene.fixture.open(60..<61, party: Fixture.foreigners)[0]
        try await scene.alice.transfer(300, of: scene.asset, to: scene.foreigner.account)
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.alice.transfer(201, of: scene.asset, to: second.account)
        }
        try await scene.alice.transfer(200, of: scene.asset, to: second.account)
        try await scene.foreigner.transfer(300, of: scene.asset, to: second.account)
        try await second.transfer(1, of: scene.asset, to: scene.bob.account)
    }

    @Test("HLD-002: the share is not passed by taking other units out of being either")
    func byRedemption() async throws {
        let scene = try await RuleScene(rules: [.classShareLimit(.foreign, numerator: 1, denominator: 2)])
        try await scene.issuer.issue(100, of: scene.asset, to: scene.fixture.ministry.account)
        try await scene.alice.transfer(500, of: scene.asset, to: scene.foreigner.account)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.fixture.ministry.account)
        try await scene.expectRefusal(.classShareExceeded) { try await scene.issuer.cancel(101, of: scene.asset) }
        try await scene.issuer.cancel(100, of: scene.asset)
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.issuer.redeem(1, of: scene.asset, from: scene.alice)
        }
        try await scene.issuer.redeem(1, of: scene.asset, from: scene.foreigner)
        try await scene.issuer.redeem(1, of: scene.asset, from: scene.alice)
    }

    @Test("an order may pass the share; afterwards nothing more comes in until there is room")
    func byOrder() async throws {
        let scene = try await RuleScene(rules: [.classShareLimit(.foreign, numerator: 1, denominator: 2)])
        try await scene.force(600, from: scene.alice, to: scene.foreigner)
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.foreigner.transfer(101, of: scene.asset, to: scene.alice.account)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.foreigner.account)
    }

    @Test("several rules all hold")
    func severalRules() async throws {
        let scene = try await RuleScene(rules: [
            .classShareLimit(.foreign, numerator: 1, denominator: 2),
            .classShareLimit(.foreignPerson, numerator: 1, denominator: 10),
            .allowedClasses(.all),
        ])
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.alice.transfer(101, of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.alice.transfer(100, of: scene.asset, to: scene.foreigner.account)
    }
}
