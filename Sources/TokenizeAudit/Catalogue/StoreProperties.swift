import Tokenize

/// A store keeps; it does not decide.
enum StoreProperties {
    static func entry(_ places: [@Sendable () async throws -> any AuditStorePlace]) -> AuditCatalogue.Entry {
        AuditCatalogue.Entry(equivalence(places), usualCaseCount: 10)
    }

    private static func equivalence(
        _ makePlaces: [@Sendable () async throws -> any AuditStorePlace]
    ) -> Property {
        Property(
            "PRP-017",
            "The same history in any store gives the same answers, log and snapshot, and readers' tables show the state.",
            coverage: [.init("restart", perMille: 200), .init("tables", perMille: 900)]
        ) { trial in
            let reference = ProjectedPlace()
            let history = try await History.run(&trial, stepCountMax: 30, in: reference, restarts: true) {
                step,
                world,
                trial in
                // Now and then only: what several steps change must reach the tables as well.
                guard try trial.draw(.bool) else { return }
                try await requireShown(step, world, in: reference, &trial)
            }
            try await history.world.ledger.close()
            let log = try await StoredLog(of: await reference.fork())
            let snapshot = try await StoredLog.snapshot(in: await reference.fork())
            let record = history.record
            trial.label("another store", when: !makePlaces.isEmpty)
            for make in makePlaces.isEmpty ? [{ MemoryPlace() }] : makePlaces {
                let place = try await make()
                do {
                    try await repeated(record, history.world.cast, in: place, trial)
                    let store = try await place.open()
                    try trial.require(try await StoredLog(of: store) == log, "the logs differ")
                    try trial.require(try await StoredLog.snapshot(in: store) == snapshot, "the snapshots differ")
                    await store.close()
                } catch {
                    await place.remove()
                    throw error
                }
                await place.remove()
            }
        }
    }

    /// The tables for readers show what the state holds, once the ledger says that they do.
    private static func requireShown(
        _ step: History.Step,
        _ world: AuditWorld,
        in place: ProjectedPlace,
        _ trial: inout Trial
    ) async throws {
        try await world.ledger.waitUntilProjected()
        let tables = await place.shown()
        trial.label("tables")
        try trial.require(tables.entryCount == step.sizeAfter, "the tables reflect \(tables.entryCount) entries")
        let difference = tables.difference(from: step.after)
        try trial.require(difference == nil, "the tables show \(difference ?? "")")
        if let receipt = step.transaction?.answer.receipt {
            try trial.require(tables.shows(receipt), "the tables do not know \(receipt)")
        }
    }

    /// Does again what a history did, and compares the answers.
    private static func repeated(
        _ record: [History.Recorded],
        _ cast: Cast,
        in place: any AuditStorePlace,
        _ trial: Trial
    ) async throws {
        var world = try await AuditWorld(in: try await place.open(), cast: cast)
        for one in record {
            switch one {
            case .seal: try await world.ledger.seal()
            case .reopen:
                try await world.ledger.close()
                world = try await world.reopened(in: try await place.open())
            case .answer(let bytes, let answer):
                let found = try await world.answer(to: bytes)
                try trial.require(found == answer, "\(found), not \(answer)")
            }
        }
        try await world.ledger.close()
    }
}
