import Tokenize

/// What is decided depends on the state alone, and what is refused leaves no trace.
enum DecisionProperties {
    static let all = [
        AuditCatalogue.Entry(equalDecisions, usualCaseCount: 20), AuditCatalogue.Entry(refusal, usualCaseCount: 30),
    ]

    static let equalDecisions = Property(
        "PRP-004",
        "Two ledgers with equal roots decide every transaction alike, and their roots stay equal."
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 25, in: place)
        try await history.world.ledger.close()
        let (first, second) = (await place.fork(), await place.fork())
        let worlds = [
            try await history.world.reopened(in: first),
            // One restores the snapshot, the other replays everything.
            try await history.world.reopened(in: AlteredStore(base: second, snapshotHeightMax: 0)),
        ]
        for number in 0..<10 {
            let state = try await worlds[0].ledger.read { $0 }
            let plan = try trial.choices.span { (choices: inout ChoiceSource) throws(Discard) in
                try ActDrawing(world: worlds[0], state: state).plan(&choices)
            }
            trial.note("both, \(number + 1): \(plan.text(worlds[0]))")
            let bytes = try plan.bytes(for: state, worlds[0].cast)
            var answers: [AuditWorld.Answer] = []
            var headers: [BlockHeader?] = []
            for world in worlds {
                answers.append(try await world.answer(to: bytes))
                headers.append(try await world.ledger.lastHeader())
            }
            try trial.require(answers[0] == answers[1], "\(answers[0]) and \(answers[1])")
            try trial.require(headers[0] == headers[1], "the headers differ")
        }
        var checkpoints: [[UInt8]] = []
        for world in worlds {
            checkpoints.append(try await world.ledger.checkpoint().bytes)
            try await world.ledger.close()
        }
        try trial.require(checkpoints[0] == checkpoints[1], "the checkpoints differ")
    }

    static let refusal = Property(
        "PRP-007",
        "A refused transaction leaves the state as it was, to the bit: without it the same log and snapshot are written.",
        coverage: [.init("refused", perMille: 250)]
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 40, in: place) { step, _, trial in
            guard let sent = step.transaction, case .refused(let rejection) = sent.answer else { return }
            trial.label("refused")
            try trial.require(rejection.code != .invariantViolated, "\(rejection)")
            try trial.require(step.sizeAfter == step.sizeBefore, "the log has grown")
            try trial.require(LedgerPicture(step.after) == LedgerPicture(step.before), "the state has changed")
        }
        try await history.world.ledger.close()
        let twinPlace = MemoryPlace()
        let twin = try await AuditWorld(in: await twinPlace.open(), cast: history.world.cast)
        for one in history.record {
            switch one {
            case .answer(let bytes, .committed(let receipt)):
                let answer = try await twin.answer(to: bytes)
                try trial.require(answer == .committed(receipt), "without the refused ones: \(answer)")
            case .answer(_, .refused), .reopen: break
            case .seal: try await twin.ledger.seal()
            }
        }
        try await twin.ledger.close()
        let (one, other) = (await place.fork(), await twinPlace.fork())
        try trial.require(try await StoredLog(of: one) == (try await StoredLog(of: other)), "the logs differ")
        let snapshots = (try await StoredLog.snapshot(in: one), try await StoredLog.snapshot(in: other))
        try trial.require(snapshots.0 == snapshots.1, "the snapshots differ")
    }
}
