import Tokenize

/// The state is a fold of the log.
enum ReplayProperties {
    static let all = [
        AuditCatalogue.Entry(replay, usualCaseCount: 20), AuditCatalogue.Entry(altered, usualCaseCount: 20),
    ]

    static let altered = Property(
        "PRP-036",
        "A log of which one entry is stored with another root, count, height, size or date does not open.",
        coverage: [.init("transaction", perMille: 500), .init("header", perMille: 500)]
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 25, in: place)
        try await history.world.ledger.close()
        let entries = try await StoredLog(of: await place.fork()).entries
        for _ in 0..<6 {
            let position = try trial.number(1...entries.count - 1)
            let entry = try LogEntry(canonicalBytes: entries[position])
            let altered = Self.alter(entry, try trial.number(0...3), &trial)
            let store = AlteredEntry(
                position: UInt64(position),
                entry: altered.canonicalBytes,
                base: await place.fork()
            )
            trial.note("entry \(position) is stored as \(altered)")
            do {
                try await history.world.reopened(in: store).ledger.close()
            } catch is LedgerFailure {
                continue
            }
            try trial.require(false, "a log with an altered entry at \(position) opens")
        }
    }

    private static func alter(_ entry: LogEntry, _ part: Int, _ trial: inout Trial) -> LogEntry {
        switch entry {
        case .genesis: return entry
        case .transaction(let bytes, let root, let count):
            trial.label("transaction")
            return part < 2
                ? .transaction(bytes: bytes, effectsRoot: Cast.digest(of: "\(root)"), effectCount: count)
                : .transaction(bytes: bytes, effectsRoot: root, effectCount: count + 1)
        case .header(let header):
            trial.label("header")
            let date = header.businessDate.adding(days: 1) ?? header.businessDate
            return .header(
                BlockHeader(
                    height: header.height + (part == 0 ? 1 : 0),
                    previousSize: header.previousSize + (part == 1 ? 1 : 0),
                    stateRoot: part == 2 ? Cast.digest(of: "\(header.stateRoot)") : header.stateRoot,
                    businessDate: part == 3 ? date : header.businessDate,
                    sealingTime: header.sealingTime
                )
            )
        }
    }

    static let replay = Property(
        "PRP-005",
        "Live, replayed from the genesis, and restored from any snapshot with the tail replayed, a state is the same bytes.",
        coverage: [
            .init("restart", perMille: 250), .init("restored on the way", perMille: 100),
        ]
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 40, in: place, restarts: true)
        // Closing seals what is left open.
        try await history.world.ledger.seal()
        let live = LedgerPicture(try await history.world.ledger.read { $0 })
        try await history.world.ledger.close()
        let closed = ClosedLedger(world: history.world, place: place)
        try await closed.requireSame(live, &trial) {
            LedgerPicture($0)
        } difference: { _ in
            "the state differs"
        }
    }
}

/// A store that shows another entry in place of one, and no snapshot. Everything else is as it was.
private struct AlteredEntry: StoreOverlay {
    let position: UInt64
    let entry: [UInt8]
    let base: MemoryStore

    func snapshot(atOrBefore bound: UInt64) async throws(LedgerFailure) -> SnapshotDescriptor? { nil }

    func group(containing wanted: UInt64) async throws(LedgerFailure) -> EntryGroup? {
        guard let group = try await base.group(containing: wanted), group.firstPosition <= position,
            position < group.endPosition, let log = try? StoredLog(group)
        else { return try await base.group(containing: wanted) }
        var encoder = CanonicalEncoder()
        for index in log.entries.indices {
            encoder.encode(bytes: group.firstPosition + UInt64(index) == position ? entry : log.entries[index])
            encoder.encode(bytes: log.effects[index])
        }
        return EntryGroup(
            firstPosition: group.firstPosition,
            entryCount: group.entryCount,
            records: encoder.bytes,
            logRoot: group.logRoot,
            tiles: group.tiles,
            blocks: group.blocks
        )
    }
}
