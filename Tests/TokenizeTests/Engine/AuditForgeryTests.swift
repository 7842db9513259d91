import Testing

@testable import Tokenize

/// Whoever runs the ledger writes a log whose hashes and roots are all right, and which the rules do not allow.
@Suite("Audit of a forged log")
struct AuditForgeryTests {
    /// A log that is consistent with itself, with `forged` in the place of the transfer in the middle.
    private func store(_ ledger: RecordedLedger, with forged: SignedTransaction) async throws -> MemoryStore {
        let store = MemoryStore()
        var writer = try LedgerWriter(founding: ledger.record(0), secret: Fixture.secret)
        for position in 1..<ledger.middle {
            try writer.replay(StoredEntry(ledger.record(position)).map { .replayed($0) })
        }
        _ = try writer.commit(.replayed(forged))
        _ = writer.seal(time: 0)
        try await store.append(try #require(writer.takeGroup()))
        return store
    }

    @Test("a transfer that nobody signed is found by the opening, and by the audit")
    func nobodySigned() async throws {
        let ledger = try await RecordedLedger.shared
        let signed = try ledger.transaction(ledger.middle).signed
        let other = try ledger.transaction(ledger.middle + 4).signed
        let forged = SignedTransaction(body: signed.body, signatures: other.signatures)
        let store = try await store(ledger, with: forged)

        let configuration = LedgerConfiguration(disclosureSecret: Fixture.secret)
        let opening = try await FailurePlace.of {
            _ = try await TokenLedger.open(store: await MemoryStore(reopening: store), configuration: configuration)
        }
        #expect(opening == .corrupted("transaction", ledger.middle))

        let place = try await FailurePlace.of {
            _ = try await LedgerAuditor.audit(store: store, secret: Fixture.secret)
        }
        #expect(place == .corrupted("transaction", ledger.middle))
    }

    @Test("a state that nobody signed, sealed by whoever does not know the secret, is passed over")
    func forgedSnapshot() async throws {
        let ledger = try await RecordedLedger.shared
        let signed = try ledger.transaction(ledger.middle).signed
        let other = try ledger.transaction(ledger.middle + 4).signed
        let store = try await store(ledger, with: SignedTransaction(body: signed.body, signatures: other.signatures))
        // Log, header, block and snapshot agree; only the seal cannot be made.
        let header = try #require(try await store.lastBlock())
        let descriptor = SnapshotDescriptor(
            height: header.height,
            entryCount: header.headerPosition + 1,
            stateRoot: header.stateRoot
        )
        for isSealed in [false, true] {
            let forged = await MemoryStore(reopening: store)
            var writer = try LedgerWriter(founding: ledger.record(0), secret: Fixture.secret)
            for position in 1..<ledger.middle {
                try writer.replay(StoredEntry(ledger.record(position)).map { .replayed($0) })
            }
            _ = try writer.commit(.replayed(SignedTransaction(body: signed.body, signatures: other.signatures)))
            _ = writer.seal(time: 0)
            let clock = try #require(writer.sealedClock)
            let encoder = SnapshotEncoder(writer.state, clock: clock, chunkByteCount: 1 << 20)
            let chunks = Chunks(
                SnapshotStream(
                    encoder,
                    of: descriptor,
                    logRoot: writer.log.root,
                    secret: DisclosureSecret(Fixture.digest(8))
                ),
                isSealed: isSealed
            )
            try await forged.writeSnapshot(descriptor) { () async throws(LedgerFailure) in await chunks.next() }
            let configuration = LedgerConfiguration(disclosureSecret: Fixture.secret)
            let opening = try await FailurePlace.of {
                _ = try await TokenLedger.open(store: forged, configuration: configuration)
            }
            #expect(opening == .corrupted("transaction", ledger.middle))
        }
    }

    /// A snapshot's chunks, with the seal or without.
    private actor Chunks {
        private var stream: SnapshotStream
        private let isSealed: Bool
        private var rows: [UInt8]?

        init(_ stream: SnapshotStream, isSealed: Bool) {
            self.stream = stream
            self.isSealed = isSealed
            rows = self.stream.nextChunk()
        }

        func next() -> [UInt8]? {
            defer { rows = stream.nextChunk() }
            // The last chunk has the seal alone.
            return isSealed || rows.map { $0.count > 64 } == true ? rows : nil
        }
    }

    @Test("a group whose stored root is another is found, and the mark stays where it was")
    func wrongRoot() async throws {
        let ledger = try await RecordedLedger.shared
        var hooks = HookedStore.Hooks()
        hooks.snapshot = { _, _ in nil }
        hooks.extent = { extent in
            StoreExtent(entryCount: extent.entryCount, markedRoot: nil, markedEntryCount: 0)
        }
        let last = try #require(ledger.groups.last)
        hooks.group = { group in
            group?.firstPosition == last.firstPosition ? group?.with(logRoot: Fixture.digest(2)) : group
        }
        let confirmed = Confirmations()
        hooks.beforeConfirm = { _ in await confirmed.note() }
        let configuration = LedgerConfiguration(disclosureSecret: Fixture.secret)
        let store = await ledger.reopened(hooks)
        let opening = try await FailurePlace.of {
            _ = try await TokenLedger.open(store: store, configuration: configuration)
        }
        #expect(opening == .corrupted("group", last.firstPosition))
        #expect(await confirmed.count == 0)
        hooks.group = { $0 }
        let sound = await ledger.reopened(hooks)
        try await TokenLedger.open(store: sound, configuration: configuration).close()
        #expect(await confirmed.count == 1)
    }

    private actor Confirmations {
        private(set) var count = 0
        func note() { count += 1 }
    }

    @Test("a log that a checkpoint does not know")
    func otherHistory() async throws {
        let ledger = try await RecordedLedger.shared
        let other = try await Market()
        try await other.run(400)
        let mine = try await other.fixture.checkpoint()
        #expect(mine.size > ledger.extent.entryCount)
        let shorter = try await FailurePlace.of {
            let store = await ledger.reopened()
            _ = try await LedgerAuditor.audit(store: store, secret: Fixture.secret, expecting: mine)
        }
        #expect(shorter == .lostTail("checkpoint"))
        let changed = Checkpoint(origin: mine.origin, size: 100, root: mine.root)
        let mismatch = try await FailurePlace.of {
            let store = await ledger.reopened()
            _ = try await LedgerAuditor.audit(store: store, secret: Fixture.secret, expecting: changed)
        }
        #expect(mismatch == .rootMismatch(100, "checkpoint"))
    }

    @Test("a wrong secret and an empty store")
    func wrongInputs() async throws {
        let ledger = try await RecordedLedger.shared
        let store = await ledger.reopened()
        let misconfigured = try await FailurePlace.of {
            _ = try await LedgerAuditor.audit(store: store, secret: DisclosureSecret(Fixture.digest(8)))
        }
        #expect(misconfigured == .misconfigured)
        let empty = try await FailurePlace.of {
            _ = try await LedgerAuditor.audit(store: MemoryStore(), secret: Fixture.secret)
        }
        #expect(empty == .foreign)
    }
}
