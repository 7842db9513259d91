import Testing
import Tokenize

@Suite("Transfer rules")
struct TransferRuleTests {
    private let nobody = AccountID(digest: Fixture.digest(99))
    private let nothing = AssetID(digest: Fixture.digest(98))

    @Test("TRF-005: all units may leave, one more may not")
    func insufficientUnits() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.alice.transfer(1_001, of: scene.asset, to: scene.bob.account)
        }
        try await scene.alice.transfer(1_000, of: scene.asset, to: scene.bob.account)
        #expect(try await scene.units(scene.alice) == 0)
        #expect(try await scene.units(scene.bob) == 1_000)
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
    }

    @Test("TRF-001: one unit may be moved, none may not")
    func zeroUnits() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.zeroUnits) {
            try await scene.alice.transfer(0, of: scene.asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.zeroUnits) {
            try await scene.alice.transfer(
                of: scene.asset,
                to: [.init(recipient: scene.bob.account, units: 1), .init(recipient: scene.carol.account, units: 0)]
            )
        }
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
    }

    @Test("TRF-002: nobody transfers to himself")
    func selfTransfer() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.selfTransfer) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.alice.account)
        }
        try await scene.expectRefusal(.selfTransfer) {
            try await scene.alice.transfer(
                of: scene.asset,
                to: [.init(recipient: scene.bob.account, units: 1), .init(recipient: scene.alice.account, units: 1)]
            )
        }
    }

    @Test("AST-002, ACC-004: asset and recipient exist")
    func unknownAssetAndAccount() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.unknownAsset) {
            try await scene.alice.transfer(1, of: nothing, to: scene.bob.account)
        }
        try await scene.expectRefusal(.unknownAccount) {
            try await scene.alice.transfer(1, of: scene.asset, to: nobody)
        }
    }

    @Test("TRF-003: a frozen account sends nothing, and receives")
    func accountFrozen() async throws {
        let scene = try await RuleScene()
        let target = EncumbranceTarget.account(scene.alice.account)
        let freeze = try await scene.encumber(target)
        try await scene.expectRefusal(.accountFrozen) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.issuer.issue(5, of: scene.asset, to: scene.bob.account)
        try await scene.bob.transfer(5, of: scene.asset, to: scene.alice.account)
        try await scene.court.release(freeze, on: target)
        try await scene.alice.transfer(1_005, of: scene.asset, to: scene.bob.account)
    }

    @Test("TRF-006: what no encumbrance covers may leave, one unit more may not")
    func unitsEncumbered() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(scene.target(scene.alice), 400)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.alice.transfer(601, of: scene.asset, to: scene.bob.account)
        }
        try await scene.alice.transfer(600, of: scene.asset, to: scene.bob.account)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
    }

    @Test("TRF-009: a batch has recipients")
    func noRecipients() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.noRecipients) { try await scene.alice.transfer(of: scene.asset, to: []) }
        try await scene.alice.transfer(of: scene.asset, to: [.init(recipient: scene.bob.account, units: 1)])
    }

    @Test("a batch is all or nothing, and a recipient may stand in it twice")
    func batch() async throws {
        let scene = try await RuleScene()
        let legs: [BatchTransfer.Leg] = [
            .init(recipient: scene.bob.account, units: 400),
            .init(recipient: scene.carol.account, units: 300),
            .init(recipient: scene.bob.account, units: 300),
        ]
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.alice.transfer(
                of: scene.asset,
                to: legs + [.init(recipient: scene.carol.account, units: 1)]
            )
        }
        let receipt = try await scene.alice.transfer(of: scene.asset, to: legs)
        #expect(receipt.effectCount == 3)
        #expect(try await scene.units(scene.alice) == 0)
        #expect(try await scene.units(scene.bob) == 700)
        #expect(try await scene.units(scene.carol) == 300)
    }

    @Test("512 recipients fit a batch, 513 do not decode")
    func batchLimit() async throws {
        let scene = try await RuleScene()
        func legs(_ count: Int) -> [BatchTransfer.Leg] {
            (0..<count).map { _ in .init(recipient: scene.bob.account, units: 1) }
        }
        try await scene.expectRefusal(.malformed) {
            try await scene.alice.transfer(of: scene.asset, to: legs(TransactionLimits.recipientCountMax + 1))
        }
        try await scene.alice.transfer(of: scene.asset, to: legs(TransactionLimits.recipientCountMax))
        #expect(try await scene.units(scene.bob) == 512)
    }

    @Test("operations of one body see what those before them did, and stand or fall together")
    func operationsInOrder() async throws {
        let scene = try await RuleScene()
        let there = Operation(.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1_000)))
        let on = Operation(
            .transfer(Transfer(asset: scene.asset, recipient: scene.carol.account, units: 1_000)),
            principal: 1
        )
        let tooMuch = Operation(
            .transfer(Transfer(asset: scene.asset, recipient: scene.carol.account, units: 1_001)),
            principal: 1
        )
        try await scene.expectRefusal(.insufficientUnits) {
            _ = try await scene.alice.submit([on, there], with: [scene.bob])
        }
        try await scene.expectRefusal(.insufficientUnits) {
            _ = try await scene.alice.submit([there, tooMuch], with: [scene.bob])
        }
        _ = try await scene.alice.submit([there, on], with: [scene.bob])
        #expect(try await scene.units(scene.carol) == 1_000)
    }

    @Test("a refusal names the operation")
    func operationIndex() async throws {
        let scene = try await RuleScene()
        let operations = [1, 2_000].map { (units: UInt64) in
            Operation(
                .transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: Quantity(UInt128(units))))
            )
        }
        let refused = try await rejection { _ = try await scene.alice.submit(operations) }
        #expect(refused?.code == .insufficientUnits)
        #expect(refused?.operation == 1)
        #expect(refused?.ruleID == "TRF-005")
    }

    @Test("the largest quantity there is moves, and is counted, without overflow")
    func largestQuantity() async throws {
        let scene = try await RuleScene(cap: .max, units: .max)
        try await scene.alice.transfer(.max, of: scene.asset, to: scene.foreigner.account)
        #expect(try await scene.units(scene.foreigner) == .max)
        try await scene.expectRefusal(.capExceeded) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
        }
        #expect(try await scene.ledger.read { $0.assetsOutOfBalance() } == [])
    }
}
