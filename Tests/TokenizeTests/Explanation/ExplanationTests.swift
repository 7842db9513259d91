import Testing

@testable import Tokenize

@Suite("An explanation names every rule that refuses")
struct ExplanationTests {
    @Test("all failing rules of an operation, in order, with facts and remedies")
    func allRules() async throws {
        let scene = try await ExplanationScene()
        try await scene.encumber(.account(scene.alice.account))
        try await scene.encumber(.asset(scene.asset))
        let explanation = try await scene.explanation(scene.signed([scene.transfer(1_500, to: scene.foreigner)]))
        #expect(explanation.findings == [])
        #expect(explanation.codes() == [.assetPaused, .accountFrozen, .insufficientUnits, .classShareExceeded])
        let frozen = try #require(explanation.finding(.accountFrozen))
        #expect(frozen.values(.reason) == ["K-17"])
        #expect(frozen.values(.limit) == ["2026-03-31"])
        #expect(frozen.remedy == .opensOn(Fixture.date(2026, 4, 1)))
        #expect(frozen.owner == .party(ExplanationScene.aliceParty))
        let paused = try #require(explanation.finding(.assetPaused))
        #expect(paused.remedy == .opensOn(Fixture.date(2026, 4, 1)))
        #expect(paused.owner == .public)
        #expect(explanation.finding(.insufficientUnits)?.remedy == .amountThatFits(1_000))
        #expect(explanation.finding(.classShareExceeded)?.remedy == .amountThatFits(100))
        #expect(explanation.finding(.classShareExceeded)?.owner == .party(Fixture.foreigners))
        #expect(explanation.operations[0].verdict == .refused)
        #expect(explanation.firstFinding?.finding.code == .assetPaused)
        #expect(explanation.firstFinding?.operation == 0)
        #expect(Set(explanation.operations[0].findings.map(\.version)) == [1])
    }

    @Test("an amount that fits does pass")
    func remedyPasses() async throws {
        let scene = try await ExplanationScene()
        try await scene.encumber(
            .holding(asset: scene.asset, account: scene.alice.account, partition: 0),
            300
        )
        let refused = try await scene.explanation(scene.signed([scene.transfer(701, to: scene.bob)]))
        #expect(refused.codes() == [.unitsEncumbered])
        #expect(refused.finding(.unitsEncumbered)?.remedy == .amountThatFits(700))
        #expect(refused.finding(.unitsEncumbered)?.values(.reason) == ["K-17"])
        #expect(try await scene.explanation(scene.signed([scene.transfer(700, to: scene.bob)])).passes)
        let tooForeign = try await scene.explanation(scene.signed([scene.transfer(101, to: scene.foreigner)]))
        #expect(tooForeign.finding(.classShareExceeded)?.remedy == .amountThatFits(100))
        #expect(try await scene.explanation(scene.signed([scene.transfer(100, to: scene.foreigner)])).passes)
    }

    @Test("after a refused operation the next is asked as if it were not there")
    func independentOperations() async throws {
        let scene = try await ExplanationScene()
        let explanation = try await scene.explanation(
            scene.signed([
                scene.transfer(0, to: scene.bob), scene.transfer(1_000, to: scene.bob),
                scene.transfer(1, to: scene.bob),
            ])
        )
        #expect(explanation.operations.map(\.verdict) == [.refused, .passes, .refused])
        #expect(explanation.operations.map(\.followsRefusal) == [false, true, true])
        #expect(explanation.codes(0) == [.zeroUnits])
        #expect(explanation.codes(2) == [.insufficientUnits])
        #expect(explanation.finding(.insufficientUnits, 2)?.remedy == .amountThatFits(0))
    }

    @Test("rules of the transaction as a whole do not keep its operations from being asked")
    func wholeTransaction() async throws {
        let scene = try await ExplanationScene()
        let late = try await scene.signed(
            [scene.transfer(2_000, to: scene.bob)],
            lastValidDate: Fixture.date(2025, 1, 1),
            ahead: 70
        )
        let explanation = try await scene.explanation(late)
        #expect(explanation.findings.map(\.code) == [.expired, .sequenceBeyondWindow])
        #expect(explanation.findings[1].remedy == .sequence(0))
        #expect(explanation.codes() == [.insufficientUnits])
        #expect(explanation.firstFinding?.operation == nil)
        #expect(explanation.firstFinding?.finding.code == .expired)
    }

    @Test("signatures that are missing are weighed; a draft does not ask for them")
    func signatures() async throws {
        let scene = try await ExplanationScene()
        let body = try await scene.fixture.body([scene.transfer(1, to: scene.bob)], [scene.alice])
        let foreign = try await scene.explanation(scene.fixture.sign(body, [ExplanationScene.bobKey]))
        #expect(foreign.findings.map(\.code) == [.foreignSignature, .thresholdNotReached])
        #expect(foreign.findings[1].remedy == .weight(1, scene.alice.account))
        #expect(try await scene.explanation(scene.fixture.sign(body, [99])).findings.first?.code == .unknownKey)
        let draft = try await scene.explanation(draft: body)
        #expect(draft.passes)
        #expect(draft.isDraft)
    }

    @Test("who is missing for a quorum is counted, and the act is asked all the same")
    func quorum() async throws {
        let scene = try await ExplanationScene()
        let body = try await scene.fixture.body([Operation(scene.forcedTransfer(5_000))], [scene.fixture.judges[0]])
        let explanation = try await scene.explanation(scene.fixture.sign(body, [1]))
        #expect(explanation.codes() == [.quorumNotReached, .insufficientUnits])
        #expect(explanation.finding(.quorumNotReached)?.remedy == .signatures(1, AuthorityReference(.court)))
    }

    @Test("who has no standing learns nothing of what would follow")
    func standing() async throws {
        let scene = try await ExplanationScene()
        let acts: [(Act, RejectionCode)] = [
            (scene.forcedTransfer(5_000), .notAMember),
            (
                .control(
                    .transferFrom(
                        OperatorTransfer(5_000, of: scene.asset, from: scene.alice, to: scene.bob)
                    ),
                    under: nil
                ), .noAllowance
            ),
        ]
        for (act, code) in acts {
            let body = try await scene.fixture.body([Operation(act)], [scene.foreigner])
            let explanation = try await scene.explanation(scene.fixture.sign(body, [ExplanationScene.foreignKey]))
            #expect(explanation.codes() == [code])
        }
    }

    @Test("units that exceed an allowance tell an operator nothing of the holding")
    func allowanceBound() async throws {
        let scene = try await ExplanationScene()
        _ = try await scene.alice.control(
            .setAllowance(
                Allowance(
                    asset: scene.asset,
                    operator: scene.foreigner.account,
                    units: 5,
                    until: Fixture.date(2026, 2, 1)
                )
            )
        )
        let transfer = OperatorTransfer(5_000, of: scene.asset, from: scene.alice, to: scene.bob)
        let body = try await scene.fixture.body(
            [Operation(.control(.transferFrom(transfer), under: nil))],
            [scene.foreigner]
        )
        let explanation = try await scene.explanation(scene.fixture.sign(body, [ExplanationScene.foreignKey]))
        #expect(explanation.codes() == [.allowanceExceeded])
        #expect(explanation.finding(.allowanceExceeded)?.remedy == .amountThatFits(5))
    }

    @Test("asking changes nothing")
    func leavesNoTrace() async throws {
        let scene = try await ExplanationScene()
        let signed = try await scene.signed([scene.transfer(10, to: scene.bob)])
        let before = try await (scene.ledger.size(), scene.ledger.lastHeader())
        #expect(try await scene.alice.explanation(of: signed).explanation.passes)
        let after = try await (scene.ledger.size(), scene.ledger.lastHeader())
        #expect(before == after)
        #expect(try await scene.ledger.submit(signed.bytes).position == before.0)
        let again = try await scene.alice.explanation(of: signed)
        #expect(again.committed?.transaction == signed.id)
        #expect(again.explanation.findings.map(\.code) == [.sequenceUsed])
    }
}
