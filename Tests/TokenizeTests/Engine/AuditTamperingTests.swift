import Testing

@testable import Tokenize

/// Somebody who may write to the store changes one thing: the audit names it.
@Suite("Audit of a tampered store")
struct AuditTamperingTests {
    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let attack: @Sendable (RecordedLedger) throws -> (HookedStore.Hooks, FailurePlace)

        init(_ name: String, _ attack: @escaping @Sendable (RecordedLedger) throws -> (HookedStore.Hooks, FailurePlace))
        {
            testDescription = name
            self.attack = attack
        }
    }

    @Test("is found, with its place", arguments: entries + structure + lookUps + recoveryAids)
    func found(_ tampering: Tampering) async throws {
        let ledger = try await RecordedLedger.shared
        let (hooks, expected) = try tampering.attack(ledger)
        let store = await ledger.reopened(hooks)
        let place = try await FailurePlace.of {
            _ = try await LedgerAuditor.audit(store: store, secret: Fixture.secret)
        }
        #expect(place == expected)
    }

    @Test("an untouched copy passes")
    func untouched() async throws {
        let ledger = try await RecordedLedger.shared
        let report = try await LedgerAuditor.audit(store: await ledger.reopened(), secret: Fixture.secret)
        #expect(report.entryCount == ledger.extent.entryCount)
        #expect(report.signatureCount == report.transactionCount)
    }

    // MARK: Entries and effects

    static func transactionEntry(_ signed: SignedTransaction, _ root: Digest, _ count: UInt64) -> [UInt8] {
        LogEntry.transaction(bytes: signed.bytes, effectsRoot: root, effectCount: count).canonicalBytes
    }

    static let entries = [
        Tampering("a byte that is no entry") { ledger in
            (RecordedLedger.replacing(ledger.middle, entry: [0xFF]), .corrupted("entry", ledger.middle))
        },
        Tampering("a second genesis") { ledger in
            let genesis = try ledger.record(0).entry
            return (RecordedLedger.replacing(ledger.middle, entry: genesis), .corrupted("entry", ledger.middle))
        },
        Tampering("a unit more than was signed") { ledger in
            let (signed, root, count) = try ledger.transaction(ledger.middle)
            guard case .transfer(let transfer) = signed.body.operations[0].act else { throw LedgerFailure.storeClosed }
            let more = Transfer(asset: transfer.asset, recipient: transfer.recipient, units: 2)
            let body = TransactionBody(
                ledger: signed.body.ledger,
                principals: signed.body.principals,
                lastValidDate: signed.body.lastValidDate,
                operations: [Operation(.transfer(more))]
            )
            let forged = SignedTransaction(body: body, signatures: signed.signatures)
            // The receipt is looked for by name first, and the name is another.
            var hooks = RecordedLedger.replacing(ledger.middle, entry: transactionEntry(forged, root, count))
            let position = ledger.middle
            hooks.position = { id, found in id == forged.id ? position : found }
            return (hooks, .corrupted("transaction", ledger.middle))
        },
        Tampering("the signature of another transaction") { ledger in
            let (signed, root, count) = try ledger.transaction(ledger.middle)
            let other = try ledger.transaction(ledger.middle + 4).signed
            let forged = SignedTransaction(body: signed.body, signatures: other.signatures)
            return (
                RecordedLedger.replacing(ledger.middle, entry: transactionEntry(forged, root, count)),
                .corrupted("transaction", ledger.middle)
            )
        },
        Tampering("another effects root") { ledger in
            let (signed, _, count) = try ledger.transaction(ledger.middle)
            let entry = transactionEntry(signed, .zero, count)
            return (RecordedLedger.replacing(ledger.middle, entry: entry), .corrupted("entry", ledger.middle))
        },
        Tampering("another number of effects") { ledger in
            let (signed, root, count) = try ledger.transaction(ledger.middle)
            let entry = transactionEntry(signed, root, count + 1)
            return (RecordedLedger.replacing(ledger.middle, entry: entry), .corrupted("entry", ledger.middle))
        },
        Tampering("other effects") { ledger in
            let other = try ledger.record(ledger.middle + 1).effects
            return (RecordedLedger.replacing(ledger.middle, effects: other), .corrupted("effects", ledger.middle))
        },
        Tampering("no effects") { ledger in
            (RecordedLedger.replacing(ledger.middle, effects: []), .corrupted("effects", ledger.middle))
        },
        Tampering("another state root in a header") { ledger in
            let (position, header) = try ledger.header(after: ledger.middle)
            return (
                RecordedLedger.replacing(position, entry: header.with(stateRoot: .zero).entry),
                .corrupted("header", position)
            )
        },
        Tampering("a sealing time before the last") { ledger in
            let (position, header) = try ledger.header(after: ledger.middle)
            return (
                RecordedLedger.replacing(position, entry: header.with(sealingTime: 1).entry),
                .corrupted("header", position)
            )
        },
        Tampering("a header in place of a transaction") { ledger in
            let header = try ledger.header(after: ledger.middle).header
            return (
                RecordedLedger.replacing(ledger.middle, entry: header.entry), .corrupted("header", ledger.middle)
            )
        },
        Tampering("a transaction a second time") { ledger in
            let again = try ledger.record(ledger.middle).entry
            let id = try ledger.transaction(ledger.middle).signed.id
            var hooks = RecordedLedger.replacing(ledger.middle + 1, entry: again)
            hooks.position = { $0 == id ? nil : $1 }
            hooks.projectedEntryCount = { _ in 0 }
            return (hooks, .corrupted("transaction", ledger.middle + 1))
        },
    ]

    // MARK: Groups

    /// Hooks that change the group which holds the middle.
    static func changing(
        _ ledger: RecordedLedger,
        _ change: @escaping @Sendable (EntryGroup) -> EntryGroup?
    ) -> (HookedStore.Hooks, EntryGroup) {
        let group = ledger.groups.first { $0.endPosition > ledger.middle } ?? ledger.groups[0]
        var hooks = HookedStore.Hooks()
        hooks.group = { $0?.firstPosition == group.firstPosition ? $0.flatMap(change) : $0 }
        return (hooks, group)
    }

    static let structure = [
        Tampering("a group is missing") { ledger in
            let (hooks, group) = changing(ledger) { _ in nil }
            return (hooks, .corrupted("group", group.firstPosition))
        },
        Tampering("a group's records end early") { ledger in
            let (hooks, group) = changing(ledger) { group in
                EntryGroup(
                    firstPosition: group.firstPosition,
                    entryCount: group.entryCount,
                    records: group.records.dropLast(),
                    logRoot: group.logRoot,
                    tiles: group.tiles,
                    blocks: group.blocks
                )
            }
            return (hooks, .corrupted("group", group.endPosition - 1))
        },
        Tampering("another log root") { ledger in
            let (hooks, group) = changing(ledger) { $0.with(logRoot: .zero) }
            return (hooks, .corrupted("group", group.firstPosition))
        },
        Tampering("a group's tiles are gone") { ledger in
            let (hooks, group) = changing(ledger) { $0.with(tiles: []) }
            return (hooks, .corrupted("group", group.firstPosition))
        },
        Tampering("a group's block rows are gone") { ledger in
            let (hooks, group) = changing(ledger) { $0.with(blocks: []) }
            return (hooks, .corrupted("group", group.firstPosition))
        },
        Tampering("the first entry is no genesis") { ledger in
            let other = try ledger.record(ledger.middle).entry
            return (RecordedLedger.replacing(0, entry: other), .foreign)
        },
    ]

    // MARK: What readers look up

    static let lookUps = [
        Tampering("a tile looked up is another") { _ in
            var hooks = HookedStore.Hooks()
            hooks.tile = { level, index, bytes in
                guard level == 0, index == 0, var bytes else { return bytes }
                bytes[100] ^= 1
                return bytes
            }
            return (hooks, .corrupted("log tile of level 0", 0))
        },
        Tampering("a tile beyond the end") { _ in
            var hooks = HookedStore.Hooks()
            hooks.tile = { level, index, bytes in level == 1 && index == 0 ? [UInt8](repeating: 0, count: 8192) : bytes
            }
            return (hooks, .corrupted("log tile of level 1", 0))
        },
        Tampering("a block looked up is another") { _ in
            var hooks = HookedStore.Hooks()
            hooks.block = { height, row in
                guard height == 3, let row else { return row }
                return BlockRow(
                    height: row.height,
                    headerPosition: row.headerPosition,
                    stateRoot: .zero,
                    businessDate: row.businessDate,
                    sealingTime: row.sealingTime
                )
            }
            return (hooks, .corrupted("block", 3))
        },
        Tampering("the last block is not the last header") { ledger in
            var hooks = HookedStore.Hooks()
            hooks.lastBlock = { _ in nil }
            return (hooks, .corrupted("block", ledger.lastBlock.height))
        },
        Tampering("a receipt points elsewhere") { ledger in
            let id = try ledger.transaction(ledger.middle).signed.id
            var hooks = HookedStore.Hooks()
            hooks.position = { $0 == id ? 2 : $1 }
            return (hooks, .corrupted("receipt", ledger.middle))
        },
        Tampering("a receipt is missing") { ledger in
            let id = try ledger.transaction(ledger.middle).signed.id
            var hooks = HookedStore.Hooks()
            hooks.position = { $0 == id ? nil : $1 }
            return (hooks, .corrupted("receipt", ledger.middle))
        },
        Tampering("a projection ahead of the log") { ledger in
            var hooks = HookedStore.Hooks()
            hooks.projectedEntryCount = { $0 + 1 }
            return (hooks, .corrupted("projection", ledger.extent.entryCount + 1))
        },
    ]

    // MARK: Snapshots and the mark

    static let recoveryAids = [
        Tampering("a snapshot holds another state") { ledger in
            var hooks = HookedStore.Hooks()
            hooks.snapshotChunk = { _, chunk in
                guard var chunk else { return nil }
                chunk[chunk.count / 2] ^= 1
                return chunk
            }
            return (hooks, .corrupted("snapshot", ledger.lastBlock.height))
        },
        Tampering("a snapshot has no chunks") { ledger in
            var hooks = HookedStore.Hooks()
            hooks.snapshotChunk = { _, _ in nil }
            return (hooks, .corrupted("snapshot", ledger.lastBlock.height))
        },
        Tampering("a snapshot has a chunk too many") { ledger in
            var hooks = HookedStore.Hooks()
            hooks.snapshotChunk = { index, chunk in index == 1 ? [0x40] : chunk }
            return (hooks, .corrupted("snapshot", ledger.lastBlock.height))
        },
        Tampering("a snapshot's descriptor names another root") { ledger in
            var hooks = HookedStore.Hooks()
            hooks.snapshot = { _, descriptor in
                descriptor.map { SnapshotDescriptor(height: $0.height, entryCount: $0.entryCount, stateRoot: .zero) }
            }
            return (hooks, .corrupted("snapshot", ledger.lastBlock.height))
        },
        Tampering("a snapshot of no block") { ledger in
            let stray = SnapshotDescriptor(height: 99, entryCount: 5, stateRoot: .zero)
            var hooks = HookedStore.Hooks()
            hooks.snapshot = { bound, descriptor in bound >= 99 ? stray : descriptor }
            return (hooks, .corrupted("snapshot", 99))
        },
        Tampering("the mark names another root") { ledger in
            let size = ledger.extent.entryCount
            var hooks = HookedStore.Hooks()
            hooks.extent = { _ in StoreExtent(entryCount: size, markedRoot: .zero, markedEntryCount: 7) }
            return (hooks, .rootMismatch(7, "mark"))
        },
        Tampering("the store ends before the mark") { _ in
            var hooks = HookedStore.Hooks()
            hooks.extent = { extent in
                StoreExtent(
                    entryCount: extent.entryCount - 1,
                    markedRoot: extent.markedRoot,
                    markedEntryCount: extent.markedEntryCount
                )
            }
            return (hooks, .lostTail("mark"))
        },
    ]
}

extension BlockHeader {
    /// The header with one thing changed.
    func with(stateRoot: Digest? = nil, sealingTime: UInt64? = nil) -> BlockHeader {
        BlockHeader(
            height: height,
            previousSize: previousSize,
            stateRoot: stateRoot ?? self.stateRoot,
            businessDate: businessDate,
            sealingTime: sealingTime ?? self.sealingTime
        )
    }

    var entry: [UInt8] { LogEntry.header(self).canonicalBytes }
}
