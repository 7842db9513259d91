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
            "The same history in any store gives the same answers, the same log and the same snapshot, across restarts.",
            coverage: [.init("restart", perMille: 200)]
        ) { trial in
            let reference = MemoryPlace()
            let history = try await History.run(&trial, stepCountMax: 30, in: reference, restarts: true)
            try await history.world.ledger.close()
            let log = try await StoredLog(of: await reference.fork())
            let snapshot = try await StoredLog.snapshot(in: await reference.fork())
            let record = history.record
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
