import Testing
import TokenizeSQLite

@testable import Tokenize

/// PAY-005: a transaction has no more effects than a store takes, and room for a million holders.
@Suite("Effects of one transaction")
struct EffectLimitTests {
    /// Decides a transaction under another limit than the ledger's, on the state as it stands.
    private func decide(
        _ signed: SignedTransaction,
        on ledger: TokenLedger,
        effectCountMax: Int
    ) async throws {
        let refusal = try await ledger.read { state -> Rejection? in
            var draft = Transition()
            draft.effectCountMax = effectCountMax
            do throws(Rejection) {
                try state.decide(try AuthorisedTransaction.authorise(.replayed(signed), on: state), into: &draft)
                return nil
            } catch {
                return error
            }
        }
        if let refusal { throw SubmissionError.rejected(refusal) }
    }

    /// Alice, Bob and Carol hold units; the ministry has cash.
    private func scene() async throws -> (RuleScene, cash: AssetID) {
        let scene = try await RuleScene(units: 30)
        let cash = try await scene.fixture.makeCash(1_000)
        for client in [scene.carol, scene.bob] {
            try await scene.alice.transfer(10, of: scene.asset, to: client.account)
        }
        return (scene, cash)
    }

    @Test("PAY-005: a distribution counts those who get something, earlier operations included")
    func distribution() async throws {
        let (scene, cash) = try await scene()
        let under = AuthorityReference(.payingAgent)
        func distribute(_ total: Quantity, _ reference: String) -> Operation {
            let order = Fixture.order(reference)
            return Operation(
                .distribute(Distribution(asset: scene.asset, cash: cash, total: total, order: order), under: under)
            )
        }
        let ministry = scene.fixture.ministry
        // Three are paid, then two.
        let both = try await ministry.prepare([distribute(30, "all"), distribute(2, "two")])
        try await decide(both, on: scene.ledger, effectCountMax: 5)
        try await scene.expectRefusal(.tooManyEffects) {
            try await decide(both, on: scene.ledger, effectCountMax: 4)
        }
        let found = try await rejection { try await decide(both, on: scene.ledger, effectCountMax: 4) }
        #expect(found?.operation == 1)
        #expect(found?.facts == [Rejection.Fact(name: .limit, value: .number(4))])
        let first = try await rejection { try await decide(both, on: scene.ledger, effectCountMax: 2) }
        #expect(first?.operation == 0)
        _ = try await ministry.submit(both)
    }

    @Test("PAY-005: a final redemption counts what it carries over")
    func redemption() async throws {
        let (scene, cash) = try await scene()
        try await scene.encumber(scene.target(scene.bob), 5)
        let redemption = FinalRedemption(
            asset: scene.asset,
            cash: cash,
            amountPerUnit: 1,
            order: Fixture.order("final")
        )
        let signed = try await scene.fixture.ministry
            .prepare([Operation(.redeemAll(redemption, under: AuthorityReference(.payingAgent)))])
        try await decide(signed, on: scene.ledger, effectCountMax: 8)
        try await scene.expectRefusal(.tooManyEffects) {
            try await decide(signed, on: scene.ledger, effectCountMax: 7)
        }
        #expect(try await scene.fixture.ministry.submit(signed).effectCount == 8)
    }

    @Test("PAY-005: any other act counts as well")
    func otherActs() async throws {
        let (scene, _) = try await scene()
        let leg = BatchTransfer.Leg(recipient: scene.carol.account, units: 1)
        let batch = BatchTransfer(asset: scene.asset, partition: 0, legs: [leg, leg, leg])
        let signed = try await scene.alice.prepare([Operation(.batchTransfer(batch))])
        try await decide(signed, on: scene.ledger, effectCountMax: 3)
        try await scene.expectRefusal(.tooManyEffects) {
            try await decide(signed, on: scene.ledger, effectCountMax: 2)
        }
    }

    @Test("a million holders have room, and a store takes the largest transaction after the fullest group")
    func limitsAgree() {
        #expect(TransactionLimits.effectCountMax >= 3 * 1_000_000 + 1)
        let asset = AssetID(digest: Fixture.digest(1))
        let account = AccountID(digest: Fixture.digest(2))
        let partition = Partition(.max)
        let target = EncumbranceTarget.holding(asset: asset, account: account, partition: partition)
        let largest: [Effect] = [
            .paid(asset, holder: account, cash: asset, amount: .max),
            .redeemed(asset, from: account, partition: partition, units: .max),
            .encumbered(target, EncumbranceID(digest: Fixture.digest(3)), amount: .max),
            .transferred(asset, from: account, to: account, partition: partition, units: .max),
        ]
        let byteCountMax =
            largest.map { effect in
                var encoder = CanonicalEncoder()
                effect.encode(into: &encoder)
                var framed: [UInt8] = []
                ByteStrings.append(encoder.bytes, to: &framed)
                return framed.count
            }.max() ?? 0
        #expect(byteCountMax == 130)
        let groupByteCountMax =
            EngineLimits.groupByteCountMax + TransactionLimits.effectCountMax * byteCountMax
            + 2 * TransactionLimits.transactionByteCountMax
        #expect(groupByteCountMax <= 536_870_912, "Specs/08, 8.4")
    }
}
