import Testing
import Tokenize

/// The log's key is rotated while the ledger runs: from then on the new key signs, and nothing else does.
@Suite("Rotation of the log key")
struct LogKeyRotationTests {
    private static let newSeed = [UInt8](repeating: 21, count: 32)

    private func signer(_ genesis: Genesis, _ seed: [UInt8]) throws -> SoftwareCheckpointSigner {
        try SoftwareCheckpointSigner(ledger: genesis.ledger, name: genesis.name, seed: seed)
    }

    private func rotate(_ fixture: Fixture, to signer: SoftwareCheckpointSigner) async throws -> Receipt {
        let key = try #require(Digest(signer.verifierKey.publicKey))
        let keys = try #require(LogKeys(log: key))
        return try await fixture.authority(.governor)
            .submit([.rotateLogKeys(keys, under: AuthorityReference(.governor))])
    }

    @Test("the new key signs the checkpoint that covers the rotation; consistency joins it to the last of the old key")
    func rotation() async throws {
        let store = MemoryStore()
        let fixture = try await Fixture(store: store)
        let ledger = fixture.ledger
        let old = try signer(fixture.genesis, Fixture.logSeed)
        let new = try signer(fixture.genesis, Self.newSeed)
        let before = try await fixture.checkpoint()
        // Not before the ledger names it.
        #expect(try await FailurePlace.of { try await ledger.use(checkpointSigner: new) } == .misconfigured)
        #expect(try await fixture.checkpoint() == before)

        let receipt = try await rotate(fixture, to: new)
        #expect(try await FailurePlace.of { _ = try await ledger.checkpoint() } == .misconfigured)
        #expect(try await FailurePlace.of { _ = try await ledger.proveInclusion(of: 0) } == .misconfigured)
        #expect(try await FailurePlace.of { try await ledger.use(checkpointSigner: old) } == .misconfigured)
        try await ledger.use(checkpointSigner: new)
        let signed = try await ledger.checkpoint()
        let policy = try CheckpointPolicy(origin: new.verifierKey.name, logKeys: [new.verifierKey])
        let after = try signed.verify(under: policy).checkpoint
        #expect(after.size > receipt.position)
        #expect(throws: NoteFailure.noKnownSignature) { try signed.verify(under: fixture.policy) }
        let consistency = try await ledger.proveConsistency(from: before.size, to: after.size)
        try consistency.verify(oldRoot: before.root, newRoot: after.root)
        let inclusion = try await ledger.proveInclusion(of: receipt.position)
        #expect(inclusion.index == receipt.position)

        // Opened again: with the new key, or without a signer that comes later, but not with the old key.
        try await ledger.close()
        var configuration = try Fixture.configuration(fixture.genesis)
        let refused = try await FailurePlace.of {
            _ = try await TokenLedger.open(
                store: await MemoryStore(reopening: store),
                configuration: configuration
            )
        }
        #expect(refused == .misconfigured)
        configuration.checkpointSigner = nil
        let opened = try await TokenLedger.open(
            store: await MemoryStore(reopening: store),
            configuration: configuration
        )
        #expect(try await FailurePlace.of { _ = try await opened.checkpoint() } == .misconfigured)
        try await opened.use(checkpointSigner: new)
        #expect(try await opened.checkpoint().verify(under: policy).checkpoint.size >= after.size)
        try await opened.use(checkpointSigner: nil)
        #expect(try await FailurePlace.of { _ = try await opened.checkpoint() } == .misconfigured)
        try await opened.close()
    }

    @Test("checkpoints asked for all the while are signed by the key of their own size, or not given")
    func meanwhile() async throws {
        let fixture = try await Fixture()
        let ledger = fixture.ledger
        let new = try signer(fixture.genesis, Self.newSeed)
        let policy = try CheckpointPolicy(origin: new.verifierKey.name, logKeys: [new.verifierKey])
        let asker = Task {
            var given: [SignedCheckpoint] = []
            for _ in 0..<200 {
                do { given.append(try await ledger.checkpoint()) } catch LedgerFailure.misconfigured { continue }
            }
            return given
        }
        let receipt = try await rotate(fixture, to: new)
        try await ledger.use(checkpointSigner: new)
        for checkpoint in try await asker.value + [try await ledger.checkpoint()] {
            let isOld = (try? checkpoint.verify(under: fixture.policy))?.checkpoint
            let isNew = (try? checkpoint.verify(under: policy))?.checkpoint
            #expect((isOld == nil) != (isNew == nil))
            if let isOld { #expect(isOld.size <= receipt.position) }
            if let isNew { #expect(isNew.size > receipt.position) }
        }
        try await ledger.close()
    }
}
