import Tokenize

/// What lies in a store that somebody else has written is not believed.
enum AlterationProperties {
    static let all = [AuditCatalogue.Entry(alterations, usualCaseCount: 20)]

    static let alterations = Property(
        "PRP-048",
        "A store that is altered without a key opens to the same state or not at all, and an audit finds what was altered.",
        coverage: [
            .init("of an entry", perMille: 500), .init("of a snapshot", perMille: 300), .init("cut", perMille: 100),
            .init("beside the log", perMille: 400), .init("opened all the same", perMille: 200),
        ] + StoreAlteration.Kind.allCases.map { .init("\($0)", perMille: 1) }
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 20, in: place, restarts: true)
        try await history.world.ledger.close()
        // A snapshot more, so that there is always another to put in its place.
        let last = try await history.world.reopened(inOrder: await place.open(), trial)
        let plan = TransactionPlan(principals: [Cast.ministry], operations: [Operation(.cancelSequence)])
        _ = try await last.answer(to: try plan.bytes(for: try await last.ledger.read { $0 }, last.cast))
        try await last.ledger.close()
        let found = try await Found(await place.fork(), history.world)
        try await found.requireWhole(&trial)
        // One after the other from anywhere on, so that none is left out for long.
        let kinds = StoreAlteration.Kind.allCases
        let first = try trial.number(0...kinds.count - 1)
        for kind in (0..<8).map({ kinds[(first + $0) % kinds.count] }) {
            trial.note("altered: \(kind)")
            let altered = try StoreAlteration(kind, of: found.contents, history.world.cast, &trial)
            guard let altered else { continue }
            trial.label("\(kind)")
            trial.label("of an entry", when: kind.isOfEntry)
            trial.label("of a snapshot", when: kind.isOfSnapshot)
            trial.label("cut", when: kind.isCut)
            trial.label("beside the log", when: !kind.isOfEntry && !kind.isOfSnapshot && !kind.isCut)
            let built = try await altered.contents.store()
            try await found.requireAudited(altered, in: built, trial)
            try await found.requireOpened(altered, in: built, &trial)
            try await found.requireExpected(altered, in: built, &trial)
        }
    }

    /// A ledger as it was left, and what is demanded of stores that are altered from it.
    private struct Found {
        let contents: StoreContents
        let entries: [[UInt8]]
        let log: StoredLog
        let picture: LedgerPicture
        let header: BlockHeader?
        let world: AuditWorld
        let origin: NoteName

        init(_ store: MemoryStore, _ world: AuditWorld) async throws {
            contents = try await StoreContents(of: store)
            entries = contents.entries
            log = try await StoredLog(of: store)
            self.world = world
            origin = try world.cast.checkpointSigner().verifierKey.name
            let opened = try await world.reopened(in: store)
            picture = LedgerPicture(try await opened.ledger.read { $0 })
            header = try await opened.ledger.lastHeader()
            try await opened.ledger.close()
        }

        private func checkpoint(size: Int, root: Digest? = nil) -> Checkpoint {
            Checkpoint(origin: origin, size: UInt64(size), root: root ?? log.root(size: size))
        }

        /// True if a store opens: with the state that the ledger was left with, or with that of a beginning of its log.
        private func opens(
            _ store: AlteredStore,
            expecting: Checkpoint? = nil,
            after altered: StoreAlteration? = nil,
            _ trial: Trial
        ) async throws -> (isOpen: Bool, warnings: [String]) {
            let warnings = WarningList()
            let opened: AuditWorld
            do {
                opened = try await world.reopened(in: store, warnings: warnings, expecting: expecting)
            } catch is LedgerFailure {
                return (false, warnings.messages)
            }
            if let cut = altered?.position, altered?.kind.isCut == true {
                // An opening closes the block that is left open.
                let found = try await StoredLog(of: store.base).entries
                try trial.require(
                    found.count <= cut + 1 && found.starts(with: entries.prefix(cut)),
                    "another log opens, of \(found.count) entries"
                )
            } else if altered?.isOfLastTime != true {
                let state = try await opened.ledger.read { $0 }
                try trial.require(LedgerPicture(state) == picture, "another state opens")
                let last = try await opened.ledger.lastHeader()
                try trial.require(last == header, "opened after \(String(describing: last))")
            }
            try? await opened.ledger.close()
            return (true, warnings.messages)
        }

        private func audit(_ store: AlteredStore, expecting: Checkpoint? = nil) async -> Bool {
            do throws(LedgerFailure) {
                _ = try await LedgerAuditor.audit(store: store, secret: Cast.secret, expecting: expecting)
                return true
            } catch {
                return false
            }
        }

        /// What is altered in nothing opens and is found in order, under every checkpoint of its log and no other.
        func requireWhole(_ trial: inout Trial) async throws {
            let size = try trial.number(1...entries.count)
            let height = try trial.number(0...contents.snapshots.count) == 0 ? 0 : UInt64.max
            let built = try await contents.store()
            func whole() async -> AlteredStore {
                AlteredStore(base: await MemoryStore(reopening: built), snapshotHeightMax: height)
            }
            for isRight in [true, false] {
                let root = isRight ? nil : Cast.digest(of: "another")
                let kept = checkpoint(size: size, root: root)
                let store = await whole()
                let audited = await audit(store, expecting: kept)
                try trial.require(audited == isRight, "audited \(audited) at \(size), expecting \(isRight)")
                let opened = try await opens(store, expecting: kept, trial).isOpen
                try trial.require(opened == isRight, "opened \(opened) at \(size), expecting \(isRight)")
            }
            try await requireSealed(trial)
            let strange = DisclosureSecret(Cast.digest(8))
            let isAudited =
                (try? await LedgerAuditor.audit(store: await whole(), secret: strange)) != nil
            try trial.require(!isAudited, "audited with another secret than the genesis commits to")
            let isOpened = (try? await world.reopened(in: await whole(), secret: strange)) != nil
            try trial.require(!isOpened, "opened with another secret than the genesis commits to")
            let beyond = checkpoint(size: entries.count + 1, root: log.root(size: entries.count))
            let store = await whole()
            try trial.require(!(await audit(store, expecting: beyond)), "audited, expecting more")
            try trial.require(!(try await opens(store, expecting: beyond, trial).isOpen), "opened, expecting more")
        }

        /// Seals are those of section 8.7.1, and the genesis commits to the secret as section 6.6.1 says.
        private func requireSealed(_ trial: Trial) async throws {
            for snapshot in contents.snapshots {
                let rows = Array(snapshot.chunks.dropLast())
                let root = log.root(size: Int(snapshot.descriptor.entryCount)).bytes
                let secret = Cast.secret.reveal()
                let seal = SnapshotSeal.chunk(snapshot.descriptor, rows: rows, logRoot: root, secret: secret)
                try trial.require(snapshot.chunks.last == seal, "the seal of \(snapshot.descriptor.height) is another")
            }
            let commitment = ModelHash.tagged("Tokenize/disclosure-secret", Cast.secret.reveal())
            try trial.require(Cast.secret.commitment == commitment, "the commitment to the secret is another")
        }

        /// An audit finds everything but that the end is missing.
        func requireAudited(_ altered: StoreAlteration, in built: MemoryStore, _ trial: Trial) async throws {
            let isFound = !(await audit(await altered.store(built, snapshotHeightMax: .max)))
            try trial.require(isFound == (altered.kind != .cut), "\(altered.kind): an audit finds it: \(isFound)")
        }

        /// No altered entry opens, whichever snapshot is there; else the state is the same.
        func requireOpened(
            _ altered: StoreAlteration,
            in built: MemoryStore,
            _ trial: inout Trial
        ) async throws {
            let heights = contents.snapshots.map(\.descriptor.height) + [0]
            let height = heights[try trial.number(0...heights.count - 1)]
            for limit in height == 0 ? [0] : [0, height] {
                let (isOpen, warnings) = try await opens(
                    await altered.store(built, snapshotHeightMax: limit),
                    after: altered,
                    trial
                )
                trial.label("opened all the same", when: isOpen && !altered.kind.isCut)
                let isNewest = limit == contents.snapshots.first?.descriptor.height
                if altered.isOfLastTime {
                    try trial.require(isOpen && warnings.isEmpty != isNewest, "\(altered.kind): opens \(isOpen)")
                } else if altered.kind.isOfEntry {
                    try trial.require(!isOpen, "\(altered.kind): opens from height \(limit)")
                } else if limit == 0 {
                    try trial.require(isOpen == (altered.kind != .groupRoot), "\(altered.kind): opens \(isOpen)")
                }
                guard altered.kind.isOfSnapshot else { continue }
                try trial.require(isOpen, "\(altered.kind) does not open")
                try trial.require(warnings.isEmpty != isNewest, "\(altered.kind): warned of \(warnings)")
            }
        }

        /// A checkpoint that was kept finds that what it covers is another, or gone.
        func requireExpected(
            _ altered: StoreAlteration,
            in built: MemoryStore,
            _ trial: inout Trial
        ) async throws {
            guard let position = altered.position else { return }
            let size = try trial.number(1...entries.count)
            let kept = checkpoint(size: size)
            let heights = contents.snapshots.map(\.descriptor.height) + [0]
            let height = heights[try trial.number(0...heights.count - 1)]
            let store = await altered.store(built, snapshotHeightMax: height)
            let isRefused = size > position
            if isRefused {
                try trial.require(!(await audit(store, expecting: kept)), "\(altered.kind): audited under \(size)")
            }
            let isOpen = try await opens(store, expecting: kept, after: altered, trial).isOpen
            try trial.require(!(isOpen && isRefused), "\(altered.kind): opens, expecting \(size) entries")
            if altered.kind.isCut {
                try trial.require(isOpen == !isRefused, "\(altered.kind): opens \(isOpen), expecting \(size) entries")
            }
        }
    }
}
