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

    @Test("a transfer that nobody signed opens as a ledger, and is found by the audit")
    func nobodySigned() async throws {
        let ledger = try await RecordedLedger.shared
        let signed = try ledger.transaction(ledger.middle).signed
        let other = try ledger.transaction(ledger.middle + 4).signed
        let forged = SignedTransaction(body: signed.body, signatures: other.signatures)
        let store = try await store(ledger, with: forged)

        // Replay trusts the log, whose root a checkpoint binds; a forger of logs is the auditor's business.
        let configuration = LedgerConfiguration(disclosureSecret: Fixture.secret)
        let opened = try await TokenLedger.open(
            store: await MemoryStore(reopening: store),
            configuration: configuration
        )
        #expect(opened.id == ledger.id)

        let place = try await FailurePlace.of {
            _ = try await LedgerAuditor.audit(store: store, secret: Fixture.secret)
        }
        #expect(place == .corrupted("transaction", ledger.middle))
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
