import Tokenize

/// The numbers that a refusal gives, and what it says would pass, are those that one counts by hand (16.2).
enum FactProperties {
    /// A refusal as it should be.
    private struct Expected {
        let code: RejectionCode
        let facts: [(name: Rejection.Fact.Name, value: Rejection.Fact.Value)]
        let remedy: Remedy
    }

    static let facts = Property(
        "PRP-071",
        "A refusal of units that are not there or not free, of a cap, an allowance, a claim or a weight gives the numbers of a count by hand, and the remedy made of them passes.",
        coverage: ["TRF-005", "TRF-006", "ISS-001", "ENB-005", "ALW-002", "SIG-004"].map { .init($0, perMille: 900) }
    ) { trial in
        let world = try await AuditWorld(in: MemoryStore())
        let (cast, share) = (world.cast, world.assets[AuditWorld.share])
        let accounts = cast.members.map(\.account)
        let held: UInt128 = 100
        let covered = UInt128(try trial.number(1...60))
        let allowed = UInt128(try trial.number(1...10))
        let more = UInt128(try trial.number(1...30))
        guard let last = Cast.firstDate?.adding(days: 30),
            let order = OrderReference(reference: "o", documentDigest: .zero)
        else { throw AuditFailure(reason: "an order is malformed") }
        func claim(_ units: UInt128) -> Act {
            .encumber(
                Encumbering(
                    target: .holding(asset: share, account: accounts[Cast.alice], partition: 0),
                    kind: .hold,
                    amount: Quantity(units),
                    rank: 1,
                    lastDate: last,
                    order: order,
                    beneficiary: accounts[Cast.bob]
                ),
                under: nil
            )
        }
        let allowance = Allowance(
            asset: share,
            operator: accounts[Cast.carol],
            units: Quantity(allowed),
            until: last
        )
        for act in [claim(covered), .control(.setAllowance(allowance), under: nil)] {
            let answer = try await submit(act, by: Cast.alice, in: world)
            guard answer.receipt != nil else { throw AuditFailure(reason: "\(answer)") }
        }
        func transfer(_ units: UInt128) -> Act {
            .transfer(Transfer(asset: share, recipient: accounts[Cast.bob], units: Quantity(units)))
        }
        func allowedTransfer(_ units: UInt128) -> Act {
            let moved = OperatorTransfer(
                asset: share,
                owner: accounts[Cast.alice],
                recipient: accounts[Cast.bob],
                units: Quantity(units)
            )
            return .control(.transferFrom(moved), under: nil)
        }
        func issue(_ units: UInt128) -> Act {
            let issuance = Issuance(
                asset: world.assets[AuditWorld.bond],
                recipient: accounts[Cast.bob],
                units: Quantity(units)
            )
            return .issue(issuance, under: AuthorityReference(.issuer))
        }
        func units(_ value: UInt128) -> Rejection.Fact.Value { .quantity(Quantity(value)) }
        let (free, alice) = (held - covered, Cast.alice)
        // The bond has a cap of 500, of which 60 are issued. What passes in the end is tried one after the other.
        try await require(transfer(held + more), by: alice, in: world, &trial) {
            Expected(
                code: .insufficientUnits,
                facts: [
                    (.account, .account(accounts[alice])), (.requested, units(held + more)), (.units, units(held)),
                ],
                remedy: .amountThatFits(Quantity(free))
            )
        }
        let beyond = min(more, covered)
        try await require(transfer(free + beyond), by: alice, in: world, &trial) {
            Expected(
                code: .unitsEncumbered,
                facts: [
                    (.account, .account(accounts[alice])), (.requested, units(free + beyond)),
                    (.available, units(free)),
                ],
                remedy: .amountThatFits(Quantity(free))
            )
        }
        try await require(claim(free + more), by: alice, in: world, &trial) {
            Expected(
                code: .encumbranceExceedsUnits,
                facts: [(.requested, units(free + more)), (.available, units(free))],
                remedy: .amountThatFits(Quantity(free))
            )
        }
        try await require(allowedTransfer(allowed + more), by: Cast.carol, in: world, &trial) {
            Expected(
                code: .allowanceExceeded,
                facts: [(.requested, units(allowed + more)), (.available, units(allowed))],
                remedy: .amountThatFits(Quantity(allowed))
            )
        }
        try await require(issue(440 + more), by: Cast.ministry, in: world, &trial) {
            Expected(
                code: .capExceeded,
                facts: [(.requested, units(440 + more)), (.available, units(440)), (.cap, units(500))],
                remedy: .amountThatFits(440)
            )
        }
        try await requireWeight(in: world, &trial)
        for (act, member) in [
            (allowedTransfer(allowed), Cast.carol), (transfer(free - allowed), alice), (issue(440), Cast.ministry),
        ] where free > allowed {
            let answer = try await submit(act, by: member, in: world)
            try trial.require(answer.receipt != nil, "\(act) does not pass: \(answer)")
        }
        try await world.ledger.close()
    }

    private static func submit(_ act: Act, by member: Int, in world: AuditWorld) async throws -> AuditWorld.Answer {
        let plan = TransactionPlan(principals: [member], operations: [Operation(act)])
        return try await world.answer(to: try plan.bytes(for: try await world.ledger.read { $0 }, world.cast))
    }

    /// One of the company's two keys.
    private static func requireWeight(in world: AuditWorld, _ trial: inout Trial) async throws {
        let company = world.cast.members[Cast.company]
        let plan = TransactionPlan(principals: [Cast.company], operations: [Operation(.cancelSequence)])
        let body = plan.body(for: try await world.ledger.read { $0 }, world.cast)
        let signed = try Cast.sign(body, [company.signers[try trial.number(0...1)]])
        let expected = Expected(
            code: .thresholdNotReached,
            facts: [(.account, .account(company.account)), (.threshold, .number(2)), (.weight, .number(1))],
            remedy: .weight(1, company.account)
        )
        let explanation = try await world.explanation(of: signed.bytes, nonce: 1)?.explanation
        try require(explanation?.findings.first, is: expected, trial)
        trial.label("SIG-004")
    }

    private static func require(
        _ act: Act,
        by member: Int,
        in world: AuditWorld,
        _ trial: inout Trial,
        is makeExpected: () -> Expected
    ) async throws {
        let expected = makeExpected()
        let plan = TransactionPlan(principals: [member], operations: [Operation(act)])
        let bytes = try plan.bytes(for: try await world.ledger.read { $0 }, world.cast)
        let explanation = try await world.explanation(of: bytes, nonce: UInt64(try trial.number(0...1_000_000)))
        try require(explanation?.explanation.operations.first?.findings.first, is: expected, trial)
        trial.label(expected.code.ruleID)
        let answer = try await world.answer(to: bytes)
        try trial.require(answer.code == expected.code, "\(answer), not \(expected.code)")
    }

    private static func require(_ finding: RuleFinding?, is expected: Expected, _ trial: Trial) throws {
        guard let finding else { return try trial.require(false, "nothing refuses, not \(expected.code)") }
        try trial.require(finding.code == expected.code, "\(finding), not \(expected.code)")
        for (name, value) in expected.facts {
            let found = finding.facts.first { $0.fact.name == name }?.fact.value
            try trial.require(
                found == value,
                "\(finding.code): \(name) is \(found.map { "\($0)" } ?? "-"), not \(value)"
            )
        }
        try trial.require(finding.remedy == expected.remedy, "\(finding.code): \(finding), not \(expected.remedy)")
    }
}
