import Testing
import TokenizeSQLite

@testable import Tokenize

/// A ledger whose files were damaged opens as it was, or fails with a typed error; never with another state.
@Suite("Damaged ledger")
struct DamagedLedgerTests {
    /// A ledger's files and what they hold.
    struct Original: Sendable {
        let crash: StoreCrash
        let size: UInt64
        let logRoot: Digest
        let stateRoot: Digest
        let configuration: LedgerConfiguration
        let checkpoint: Checkpoint

        /// As a crash leaves the files, the newest groups in the write-ahead log; or closed in good order.
        static func make(isClosed: Bool, transferCount: Int = 120) async throws -> Original {
            let folder = try TemporaryFolder()
            let market = try await Market(store: try await SQLiteStore.open(path: StoreCrash.path(in: folder)))
            try await market.run(transferCount)
            let checkpoint = try await market.fixture.checkpoint()
            await market.ledger.projectIfPossible()
            let stateRoot = try #require(try await market.ledger.lastHeader()).stateRoot
            if isClosed { try await market.ledger.close() }
            let crash = try StoreCrash(copying: folder)
            if !isClosed { await market.ledger.store.close() }
            return Original(
                crash: crash,
                size: checkpoint.size,
                logRoot: checkpoint.root,
                stateRoot: stateRoot,
                configuration: try Fixture.configuration(market.fixture.genesis),
                checkpoint: checkpoint
            )
        }

        /// Opens `damaged` and works with it. Returns the failure; without one, everything is as it was.
        func failure(
            of damaged: StoreCrash,
            expecting: Checkpoint? = nil,
            _ what: String = ""
        ) async throws -> LedgerFailure? {
            let folder = try TemporaryFolder()
            do {
                let store = try await damaged.open(in: folder)
                do {
                    let ledger = try await TokenLedger.open(
                        store: store,
                        configuration: configuration,
                        expecting: expecting
                    )
                    let writer = await ledger.writer
                    #expect(writer.size == size, "\(what)")
                    #expect(writer.log.root == logRoot, "\(what)")
                    #expect(writer.tree.root == stateRoot, "\(what)")
                    try await ledger.close()
                } catch {
                    await store.close()
                    throw error
                }
                let again = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
                let audit: Result<AuditReport, any Error>
                do {
                    audit = .success(try await LedgerAuditor.audit(store: again, secret: Fixture.secret))
                } catch {
                    audit = .failure(error)
                }
                await again.close()
                let report = try audit.get()
                #expect(report.logRoot == logRoot, "\(what)")
                #expect(report.stateRoot == stateRoot, "\(what)")
                return nil
            } catch let failure as LedgerFailure {
                return failure
            }
        }
    }

    struct Attack: Sendable, CustomTestStringConvertible {
        let file: StoreCrash.File
        let isTruncation: Bool
        let isClosed: Bool

        var testDescription: String {
            "\(isTruncation ? "cut" : "bit flipped") in \(file.rawValue), "
                + (isClosed ? "closed in good order" : "after a crash")
        }
    }

    static let attacks = [
        Attack(file: .writeAheadLog, isTruncation: false, isClosed: false),
        Attack(file: .writeAheadLog, isTruncation: true, isClosed: false),
        Attack(file: .database, isTruncation: false, isClosed: true),
        Attack(file: .database, isTruncation: true, isClosed: true),
        Attack(file: .mark, isTruncation: false, isClosed: false),
        Attack(file: .mark, isTruncation: true, isClosed: false),
    ]

    @Test("the same state or a typed failure", arguments: attacks)
    func attack(_ attack: Attack) async throws {
        let original = try await Original.make(isClosed: attack.isClosed)
        #expect(try await original.failure(of: original.crash) == nil)
        let bytes = try #require(original.crash.files[attack.file])
        #expect(bytes.count > 100)
        var random = SplitMix(seed: 17)
        var failureCount = 0
        for _ in 0..<24 {
            let offset = Int.random(in: 0..<bytes.count, using: &random)
            var damaged = original.crash
            if attack.isTruncation {
                damaged.files[attack.file] = Array(bytes[..<offset])
            } else {
                damaged.files[attack.file]?[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            if try await original.failure(of: damaged, "offset \(offset)") != nil { failureCount += 1 }
        }
        // The mark is written twice, and the last frames of a write-ahead log may be the projection's.
        if attack.isTruncation, attack.file != .mark { #expect(failureCount > 12) }
    }

    @Test("an older copy put back")
    func rolledBack() async throws {
        let folder = try TemporaryFolder()
        let market = try await Market(store: try await SQLiteStore.open(path: StoreCrash.path(in: folder)))
        try await market.run(40)
        let oldCheckpoint = try await market.fixture.checkpoint()
        let older = try StoreCrash(copying: folder)
        try await market.run(40, firstSequence: 10)
        let newCheckpoint = try await market.fixture.checkpoint()
        let newer = try StoreCrash(copying: folder)
        await market.ledger.store.close()
        let configuration = try Fixture.configuration(market.fixture.genesis)

        func place(of crash: StoreCrash, expecting: Checkpoint? = nil) async throws -> FailurePlace? {
            let folder = try TemporaryFolder()
            return try await FailurePlace.of {
                let store = try await crash.open(in: folder)
                do {
                    try await TokenLedger.open(store: store, configuration: configuration, expecting: expecting)
                        .close()
                } catch {
                    await store.close()
                    throw error
                }
            }
        }
        var mixed = older
        mixed.files[.mark] = newer.files[.mark]
        #expect(try await place(of: mixed) == .lostTail("mark"))
        // The mark went back with the rest: only somebody who kept a checkpoint can tell.
        #expect(try await place(of: older) == nil)
        #expect(try await place(of: older, expecting: oldCheckpoint) == nil)
        #expect(try await place(of: older, expecting: newCheckpoint) == .lostTail("checkpoint"))
        // A crash between a group's commit and its mark leaves an old mark: nothing is lost.
        mixed = newer
        mixed.files[.mark] = older.files[.mark]
        #expect(try await place(of: mixed, expecting: newCheckpoint) == nil)

        // The old copy went on, otherwise than before.
        let other = try TemporaryFolder()
        let forked = try await TokenLedger.open(store: try await older.open(in: other), configuration: configuration)
        let signed = try await market.transfers(60, firstSequence: 20)
        for result in await forked.submit(signed) { _ = try result.get() }
        try await forked.close()
        let fork = try StoreCrash(copying: other)
        #expect(try await place(of: fork, expecting: oldCheckpoint) == nil)
        #expect(try await place(of: fork, expecting: newCheckpoint) == .rootMismatch(newCheckpoint.size, "checkpoint"))
    }

    @Test("another ledger's database")
    func foreignDatabase() async throws {
        let ours = try await Original.make(isClosed: true)
        let theirs = try await Original.make(isClosed: true, transferCount: 121)
        var mixed = ours.crash
        mixed.files[.database] = theirs.crash.files[.database]
        #expect(try await ours.failure(of: mixed) != nil)
        mixed.files[.mark] = theirs.crash.files[.mark]
        let place = try await FailurePlace.of {
            if let failure = try await theirs.failure(of: mixed, expecting: ours.checkpoint) { throw failure }
        }
        #expect(place == .rootMismatch(ours.size, "checkpoint"))
        mixed.files[.database] = Array("this is no database, but it is long enough to be looked at".utf8)
        #expect(try await ours.failure(of: mixed) != nil)
    }
}
