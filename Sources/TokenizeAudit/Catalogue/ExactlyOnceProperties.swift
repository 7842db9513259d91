import Tokenize

/// A transaction counts once, however often and in whatever order it arrives.
enum ExactlyOnceProperties {
    static let all = [
        AuditCatalogue.Entry(histories, usualCaseCount: 30), AuditCatalogue.Entry(arrivals, usualCaseCount: 30),
    ]

    static let histories = Property(
        "PRP-008",
        "In the log a transaction stands once and a sequence is used once; who sends it again gets the first receipt.",
        coverage: [.init("restart", perMille: 150), .init("committed once more", perMille: 100)]
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 40, in: place, restarts: true) { step, _, trial in
            guard let sent = step.transaction, let earlier = sent.earlier else { return }
            trial.label("committed once more")
            try trial.require(sent.answer == .committed(earlier), "\(sent.answer), first \(earlier)")
            try trial.require(step.sizeAfter == step.sizeBefore, "the log has grown")
        }
        try await history.world.ledger.close()
        try await requireOnce(in: await place.fork(), trial)
    }

    static func requireOnce(in store: any LedgerStore, _ trial: Trial) async throws {
        struct Used: Hashable {
            let account: AccountID
            let lane: UInt16
            let sequence: UInt64
        }
        var ids: Set<TransactionID> = []
        var used: Set<Used> = []
        for signed in try await StoredLog(of: store).transactions() {
            try trial.require(ids.insert(signed.id).inserted, "\(signed.id) stands twice in the log")
            for one in signed.body.principals {
                let isNew = used.insert(Used(account: one.account, lane: one.lane, sequence: one.sequence)).inserted
                try trial.require(isNew, "sequence \(one.sequence) of lane \(one.lane) is used twice")
            }
        }
    }

    static let arrivals = Property(
        "PRP-009",
        "Transfers of one lane, in any order and number and across restarts, move each unit once.",
        coverage: [.init("out of order", perMille: 200), .init("restart", perMille: 150)]
    ) { trial in
        let place = MemoryPlace()
        var world = try await AuditWorld(in: await place.open())
        let start = try await world.ledger.read { $0 }
        let share = world.assets[AuditWorld.share]
        let (alice, bob) = (world.cast.members[Cast.alice].account, world.cast.members[Cast.bob].account)
        let count = try trial.draw(.integer(in: 1...8))
        var transactions: [[UInt8]] = []
        for number in 0..<count {
            let transfer = Transfer(asset: share, recipient: bob, units: Quantity(UInt128(number + 1)))
            var plan = TransactionPlan(principals: [Cast.alice], operations: [Operation(.transfer(transfer))])
            plan.ahead = UInt64(number)
            transactions.append(try plan.bytes(for: start, world.cast))
        }
        var receipts: [Int: Receipt] = [:]
        let rounds = try trial.draw(Generator<Int>.integer(in: 0...count - 1).array(count: 0...10).array(count: 1...4))
        for (number, order) in (rounds + [Array(0..<count)]).enumerated() {
            if number > 0, try trial.draw(.bool) {
                trial.note("restart")
                trial.label("restart")
                try await world.ledger.close()
                world = try await world.reopened(in: await place.open())
            }
            trial.note("in one submission: \(order)")
            trial.label("out of order", when: order != order.sorted())
            let results = await world.ledger.submit(order.map { transactions[$0] })
            for (transaction, result) in zip(order, results) {
                let receipt = try result.get()
                try trial.require(receipts[transaction, default: receipt] == receipt, "another receipt")
                receipts[transaction] = receipt
            }
        }
        let moved = Quantity(UInt128(count * (count + 1) / 2))
        let state = try await world.ledger.read { $0 }
        try trial.require(state.holding(asset: share, account: bob).units == moved, "not \(moved) units moved")
        try trial.require(
            state.holding(asset: share, account: alice).units.adding(moved)
                == start.holding(asset: share, account: alice).units,
            "the giver's units differ"
        )
        try await world.ledger.close()
        try await requireOnce(in: await place.fork(), trial)
    }
}
