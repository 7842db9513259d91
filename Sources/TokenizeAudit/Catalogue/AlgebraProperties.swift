import Tokenize

/// What encumbrances cover does not depend on who came first.
enum AlgebraProperties {
    static let entry = AuditCatalogue.Entry(interleavings, usualCaseCount: 20)

    /// What an authority or the holder's counterparty does to one holding.
    private enum Step: Sendable, CustomStringConvertible {
        case put(EncumbranceKind, UInt64, rank: UInt16)
        /// Lifts some of what stands of the actor's at this place, or all.
        case lift(Int, UInt64?)

        var description: String {
            switch self {
            case .put(let kind, let units, let rank): "\(kind) of \(units), rank \(rank)"
            case .lift(let place, let units): "lift \(units.map { "\($0)" } ?? "all") of number \(place)"
            }
        }
    }

    /// A claim as Specs/05 describes it.
    private struct Claim: Sendable {
        let kind: EncumbranceKind
        var units: UInt64
        /// Which of the actor's own it was, in the order in which they were put on.
        let number: Int
        var id: EncumbranceID?
    }

    /// Units in the holding that the steps are about.
    private static let units: UInt64 = 100

    static let interleavings = Property(
        "PRP-015",
        "Under every interleaving of two owners' acts, what is available is what the algebra of Specs/05 says.",
        coverage: [.init("refused", perMille: 20), .init("every order to the same end", perMille: 100)]
    ) { trial in
        let place = MemoryPlace()
        let world = try await AuditWorld(in: await place.open())
        try await world.ledger.close()
        let attaching = try trial.draw(steps([.freeze, .lien]))
        let reserving = try trial.draw(steps([.hold, .pledge]))
        trial.note("regulator: \(attaching)")
        trial.note("alice and bob: \(reserving)")
        var ends: Set<Quantity> = []
        var hasRefusal = false
        for order in interleavings(attaching.count, reserving.count) {
            let fork = try await world.reopened(in: await place.fork())
            let end = try await play(order, [attaching, reserving], fork, trial)
            hasRefusal = hasRefusal || end.hasRefusal
            ends.insert(end.available)
            try await fork.ledger.close()
        }
        trial.label("refused", when: hasRefusal)
        trial.label("every order to the same end", when: !hasRefusal)
        try trial.require(hasRefusal || ends.count == 1, "without a refusal, orders end with \(ends.sorted())")
    }

    /// One to three steps of one owner; what is lifted was mostly put on before.
    private static func steps(_ kinds: [EncumbranceKind]) -> Generator<[Step]> {
        Generator { (choices: inout ChoiceSource) throws(Discard) in
            var steps: [Step] = []
            var putCount: UInt64 = 0
            let count = 1 + (try choices.choose(upTo: 2))
            while steps.count < count {
                let amount = try amount(&choices)
                if putCount > 0, try choices.chance(perMille: 400) {
                    let place = Int(try choices.choose(upTo: putCount - 1))
                    steps.append(.lift(place, try choices.chance(perMille: 400) ? amount / 4 : nil))
                } else {
                    let kind = kinds[Int(try choices.choose(upTo: UInt64(kinds.count - 1)))]
                    steps.append(.put(kind, amount, rank: UInt16(try choices.choose(upTo: 2)) + 1))
                    putCount += 1
                }
            }
            return steps
        }
    }

    /// Mostly a part of the holding, of which several fit.
    private static func amount(_ choices: inout ChoiceSource) throws(Discard) -> UInt64 {
        let isBold = try choices.chance(perMille: 150)
        return try choices.choose(upTo: isBold ? units + 5 : units / 4)
    }

    /// Every way to mix two sequences: false for a step of the first, true for one of the second.
    private static func interleavings(_ first: Int, _ second: Int) -> [[Bool]] {
        if first == 0 { return [[Bool](repeating: true, count: second)] }
        if second == 0 { return [[Bool](repeating: false, count: first)] }
        return interleavings(first - 1, second).map { [false] + $0 }
            + interleavings(first, second - 1).map { [true] + $0 }
    }

    private static func play(
        _ order: [Bool],
        _ steps: [[Step]],
        _ world: AuditWorld,
        _ trial: Trial
    ) async throws -> (available: Quantity, hasRefusal: Bool) {
        var claims: [[Claim]] = [[], []]
        var next = [0, 0]
        var putCount = [0, 0]
        var hasRefusal = false
        for isSecond in order {
            let actor = isSecond ? 1 : 0
            let step = steps[actor][next[actor]]
            next[actor] += 1
            let expected = outcome(of: step, actor, &claims, &putCount)
            let answer = try await submit(step, actor, claims: claims, world)
            let held = try await holding(world)
            try trial.require((answer.receipt != nil) == expected, "\(order): \(step): \(answer)")
            hasRefusal = hasRefusal || !expected
            if expected, case .put = step {
                let known = Set(claims.joined().compactMap { $0.id })
                let id = held.encumbrances.first { !known.contains($0.id) }?.id
                claims[actor][claims[actor].count - 1].id = id
            }
            claims[actor].removeAll { $0.units == 0 }
            let free = available(claims)
            try trial.require(held.available == Quantity(UInt128(free)), "\(order): \(held.available), not \(free)")
        }
        return (try await holding(world).available, hasRefusal)
    }

    /// What the model says to a step, and its claims after it. A claim that is lifted whole is still listed, with none.
    private static func outcome(
        of step: Step,
        _ actor: Int,
        _ claims: inout [[Claim]],
        _ putCount: inout [Int]
    ) -> Bool {
        switch step {
        case .put(let kind, let amount, _):
            let number = putCount[actor]
            putCount[actor] += 1
            let coverable = kind == .freeze ? .max : kind == .lien ? units : available(claims)
            guard amount > 0, amount <= coverable else { return false }
            claims[actor].append(Claim(kind: kind, units: amount, number: number))
            return true
        case .lift(let number, let amount):
            guard let index = claims[actor].firstIndex(where: { $0.number == number }),
                amount != 0, (amount ?? 0) <= claims[actor][index].units
            else { return false }
            claims[actor][index].units -= amount ?? claims[actor][index].units
            return true
        }
    }

    private static func available(_ claims: [[Claim]]) -> UInt64 {
        let attached = claims.joined().filter { !$0.kind.isReserved }.map { $0.units }.max() ?? 0
        let reserved = claims.joined().filter { $0.kind.isReserved }.reduce(0) { $0 + $1.units }
        let covered = max(attached, reserved)
        return covered > units ? 0 : units - covered
    }

    private static func holding(_ world: AuditWorld) async throws -> LedgerState.HoldingView {
        let (asset, account) = (world.assets[AuditWorld.share], world.cast.members[Cast.alice].account)
        return try await world.ledger.read { $0.holding(asset: asset, account: account) }
    }

    private static func submit(
        _ step: Step,
        _ actor: Int,
        claims: [[Claim]],
        _ world: AuditWorld
    ) async throws -> AuditWorld.Answer {
        let members = world.cast.members
        let target = EncumbranceTarget.holding(
            asset: world.assets[AuditWorld.share],
            account: members[Cast.alice].account,
            partition: .ordinary
        )
        let state = try await world.ledger.read { $0 }
        let regulator = actor == 0 ? AuthorityReference(.regulator) : nil
        var signer = Cast.firstJudge
        let act: Act
        switch step {
        case .put(let kind, let amount, let rank):
            guard
                let order = OrderReference(
                    reference: "order",
                    documentDigest: .zero,
                    legalBasis: actor == 0 ? .judgment : nil
                )
            else {
                throw AuditFailure(reason: "the order's reference is malformed")
            }
            if actor == 1 { signer = Cast.alice }
            let encumbering = Encumbering(
                target: target,
                kind: kind,
                amount: Quantity(UInt128(amount)),
                rank: rank,
                lastDate: state.businessDate,
                order: order,
                beneficiary: actor == 1 ? members[Cast.bob].account : nil
            )
            act = .encumber(encumbering, under: regulator)
        case .lift(let number, let amount):
            if actor == 1 { signer = Cast.bob }
            let id = claims[actor].first { $0.number == number }?.id ?? EncumbranceID(digest: .zero)
            let release = Release(
                target: target,
                encumbrance: id,
                amount: amount.map { Quantity(UInt128($0)) }
            )
            act = .release(release, under: regulator)
        }
        let plan = TransactionPlan(principals: [signer], operations: [Operation(act)])
        return try await world.answer(to: try plan.bytes(for: state, world.cast))
    }
}
