import Testing

@testable import Tokenize

@Suite("Encumbrance algebra against a plain model")
struct EncumbranceAlgebraTests {
    /// Acts of one run.
    private static let actCount = 120

    @Test("random acts: the same refusals, units, encumbrances and availability", arguments: SeededRandom.seeds(8))
    func againstModel(seed: UInt64) async throws {
        let scene = try await RuleScene(units: 40)
        let holders = [scene.alice, scene.bob, scene.carol]
        var model = EncumbranceModel(units: [40, 0, 0])
        var random = SeededRandom(seed)
        var acceptedCount = 0
        for step in 0..<EncumbranceAlgebraTests.actCount {
            let act = randomAct(model, &random)
            let expected = model.refusal(of: act)
            let before = model
            var transaction: TransactionID?
            let found = try await refusal { transaction = try await submit(act, model.today, scene, holders) }
            #expect(found == expected, "seed \(seed), step \(step): \(act)")
            guard let transaction, expected == nil else {
                guard found == expected else { return }
                continue
            }
            acceptedCount += 1
            model.apply(act, in: transaction)
            try await compare(model, with: scene, holders, "seed \(seed), step \(step): \(act)")
            expectOthersUntouched(before, model, act, "seed \(seed), step \(step): \(act)")
        }
        #expect(acceptedCount > EncumbranceAlgebraTests.actCount / 4, "seed \(seed)")
    }

    private func compare(
        _ model: EncumbranceModel,
        with scene: RuleScene,
        _ holders: [LedgerClient],
        _ comment: Comment
    ) async throws {
        for (index, client) in holders.enumerated() {
            let holding = try await scene.holding(client)
            #expect(holding.units == Quantity(UInt128(model.holdings[index].units)), comment)
            #expect(holding.available == Quantity(UInt128(model.available(index))), comment)
            #expect(holding.encumbrances.map { $0.id } == model.holdings[index].claims.map { $0.id }, comment)
            let amounts = model.holdings[index].claims.map { Quantity(UInt128($0.amount)) }
            #expect(holding.encumbrances.map { $0.amount } == amounts, comment)
        }
    }

    /// What others own keeps its total, and each lien's cover is no smaller than before.
    private func expectOthersUntouched(
        _ before: EncumbranceModel,
        _ after: EncumbranceModel,
        _ act: EncumbranceModel.Act,
        _ comment: Comment
    ) {
        let actor: EncumbranceModel.Owner? =
            switch act {
            case .attach(let owner, _, _, _, _, _, _), .release(let owner, _, _, _): owner
            case .force(let owner, _, _, _, _, _, _): owner
            case .reserve(_, let other, _, _, _, _): .holder(other)
            case .transfer, .pass: nil
            }
        func totals(_ model: EncumbranceModel) -> [EncumbranceModel.Owner: Int] {
            var sums: [EncumbranceModel.Owner: Int] = [:]
            for claim in model.holdings.flatMap({ $0.claims }) where claim.lastDay >= after.today {
                guard claim.owner != actor else { continue }
                sums[claim.owner, default: 0] += claim.amount
            }
            return sums
        }
        #expect(totals(before) == totals(after), comment)
    }

    private func randomAct(_ model: EncumbranceModel, _ random: inout SeededRandom) -> EncumbranceModel.Act {
        func holder() -> Int { Int.random(in: 0..<3, using: &random) }
        func units(_ most: Int) -> Int { Int.random(in: 0...max(1, most + 2), using: &random) }
        let from = holder()
        let owner: EncumbranceModel.Owner = Bool.random(using: &random) ? .court : .regulator
        let rank = Int.random(in: 0...12, using: &random) == 0 ? 0 : Int.random(in: 1...4, using: &random)
        let lastDay = model.today + Int.random(in: -1...30, using: &random)
        let order = "order \(Int.random(in: 0..<2, using: &random))"
        let claim = model.holdings[from].claims.randomElement(using: &random)
        switch Int.random(in: 0..<14, using: &random) {
        case 0..<3: return .transfer(from: from, to: holder(), units: units(model.available(from)))
        case 3..<6:
            let kind: EncumbranceKind = [.lien, .lien, .freeze, .hold].randomElement(using: &random) ?? .lien
            return .attach(
                owner,
                on: from,
                kind,
                amount: units(min(model.holdings[from].units, 15)),
                rank: rank,
                lastDay: lastDay,
                order: order
            )
        case 6:
            let kind: EncumbranceKind = [.hold, .pledge, .pledge, .lien].randomElement(using: &random) ?? .hold
            let amount = units(min(model.available(from), 8))
            return .reserve(by: from, for: holder(), kind, amount: amount, rank: rank, lastDay: lastDay)
        case 7..<9:
            guard let claim else { return .pass(days: 1) }
            let right = Int.random(in: 0..<5, using: &random) > 0
            let amount = Bool.random(using: &random) ? nil : units(claim.amount)
            return .release(right ? claim.owner : owner, on: from, claim.id, amount: amount)
        case 9..<13:
            let executes = Bool.random(using: &random) && claim != nil
            let fits = Int.random(in: 0..<4, using: &random) > 0
            return .force(
                executes && fits ? claim?.owner.authority ?? owner : owner,
                from: from,
                to: holder(),
                units: executes && fits ? units(min(claim?.amount ?? 0, 10)) : units(model.holdings[from].units),
                rank: executes && fits ? claim?.rank ?? rank : rank,
                order: executes && fits ? claim?.order ?? order : order,
                executing: executes ? claim?.id : nil
            )
        default: return .pass(days: Int.random(in: 1...5, using: &random))
        }
    }

    private func submit(
        _ act: EncumbranceModel.Act,
        _ today: Int,
        _ scene: RuleScene,
        _ holders: [LedgerClient]
    ) async throws -> TransactionID {
        func date(_ day: Int) throws -> CalendarDate { try #require(Fixture.firstDate.adding(days: day)) }
        let (client, operation) = try lowered(act, scene, holders, date)
        if case .pass(let days) = act {
            return try await scene.fixture.authority(.operator).openBusinessDay(try date(today + days)).transaction
        }
        let others = client.map { _ in [] } ?? [scene.fixture.judges[1]]
        return try await (client ?? scene.fixture.judges[0]).submit([operation], with: others).transaction
    }

    /// The act as an operation, and the holder who does it, or nil for an authority.
    private func lowered(
        _ act: EncumbranceModel.Act,
        _ scene: RuleScene,
        _ holders: [LedgerClient],
        _ date: (Int) throws -> CalendarDate
    ) throws -> (LedgerClient?, Operation) {
        func quantity(_ units: Int) -> Quantity { Quantity(UInt128(units)) }
        switch act {
        case .pass: return (nil, Operation(.cancelSequence))
        case .transfer(let from, let to, let units):
            let transfer = Transfer(asset: scene.asset, recipient: holders[to].account, units: quantity(units))
            return (holders[from], Operation(.transfer(transfer)))
        case .attach(let owner, let holder, let kind, let amount, let rank, let lastDay, let order):
            let encumbering = Encumbering(
                target: scene.target(holders[holder]),
                kind: kind,
                amount: quantity(amount),
                rank: UInt16(rank),
                lastDate: try date(lastDay),
                order: Fixture.order(order)
            )
            return (nil, Operation(.encumber(encumbering, under: owner.reference)))
        case .reserve(let holder, let other, let kind, let amount, let rank, let lastDay):
            let encumbering = Encumbering(
                target: scene.target(holders[holder]),
                kind: kind,
                amount: quantity(amount),
                rank: UInt16(rank),
                lastDate: try date(lastDay),
                order: Fixture.contract("contract"),
                beneficiary: holders[other].account
            )
            return (holders[holder], Operation(.encumber(encumbering, under: nil)))
        case .release(let owner, let holder, let id, let amount):
            let release = Release(
                target: scene.target(holders[holder]),
                encumbrance: id,
                amount: amount.map { quantity($0) }
            )
            guard case .holder(let index) = owner else {
                return (nil, Operation(.release(release, under: owner.reference)))
            }
            return (holders[index], Operation(.release(release, under: nil)))
        case .force(let owner, let from, let to, let units, let rank, let order, let executing):
            let forced = ForcedTransfer(
                asset: scene.asset,
                from: holders[from].account,
                to: holders[to].account,
                units: quantity(units),
                rank: UInt16(rank),
                lastDate: Fixture.date(2030, 1, 1),
                order: Fixture.order(order),
                executing: executing
            )
            return (nil, Operation(.forceTransfer(forced, under: owner.reference ?? AuthorityReference(.court))))
        }
    }
}

extension EncumbranceModel.Owner {
    var reference: AuthorityReference? {
        switch self {
        case .court: AuthorityReference(.court)
        case .regulator: AuthorityReference(.regulator)
        case .holder: nil
        }
    }

    /// This owner if it is an authority.
    var authority: EncumbranceModel.Owner? { reference == nil ? nil : self }
}
