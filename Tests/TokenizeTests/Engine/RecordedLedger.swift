@testable import Tokenize

/// A ledger that was closed in good order, once for all tests that tamper with copies of it.
struct RecordedLedger: Sendable {
    /// Transfers in the ledger; more than one tile's worth.
    static let transferCount = 300
    static let blockEntryCount = 64

    let store: MemoryStore
    let extent: StoreExtent
    /// Every group, in order.
    let groups: [EntryGroup]
    let receipts: [Receipt]
    let lastBlock: BlockRow
    let checkpoint: Checkpoint
    let id: LedgerID

    private static let made = Task { try await RecordedLedger() }

    /// The one ledger.
    static var shared: RecordedLedger { get async throws { try await made.value } }

    private init() async throws {
        store = MemoryStore()
        let market = try await Market(store: store) { $0.sealing = .every(RecordedLedger.blockEntryCount) }
        receipts = try await market.run(RecordedLedger.transferCount)
        checkpoint = try await market.fixture.checkpoint()
        id = market.ledger.id
        try await market.ledger.close()
        let closed = await MemoryStore(reopening: store)
        extent = try await closed.extent()
        var groups: [EntryGroup] = []
        while UInt64(groups.reduce(0) { $0 + $1.entryCount }) < extent.entryCount,
            let group = try await closed.group(containing: groups.last?.endPosition ?? 0)
        { groups.append(group) }
        self.groups = groups
        guard let block = try await closed.lastBlock() else { throw LedgerFailure.storeClosed }
        lastBlock = block
    }

    /// Position of a transfer in the middle of the log.
    var middle: UInt64 { receipts[150].position }

    /// The record at a position.
    func record(_ position: UInt64) throws -> GroupRecords.Record {
        for group in groups where group.endPosition > position {
            return try GroupRecords.records(of: group)[Int(position - group.firstPosition)]
        }
        throw LedgerFailure.corrupted(what: "test", position: position, reason: "no such record")
    }

    /// The signed transaction at a position, with its effects root and count.
    func transaction(_ position: UInt64) throws -> (signed: SignedTransaction, root: Digest, count: UInt64) {
        guard case .transaction(let bytes, let root, let count) = try LogEntry(canonicalBytes: record(position).entry)
        else { throw LedgerFailure.corrupted(what: "test", position: position, reason: "no transaction") }
        return (try SignedTransaction(bytes: bytes), root, count)
    }

    /// The first header after a position.
    func header(after position: UInt64) throws -> (position: UInt64, header: BlockHeader) {
        for position in position..<extent.entryCount {
            if case .header(let header) = try LogEntry(canonicalBytes: record(position).entry) {
                return (position, header)
            }
        }
        throw LedgerFailure.corrupted(what: "test", position: position, reason: "no header")
    }

    /// The store's content as a restart finds it, seen through hooks.
    func reopened(_ hooks: HookedStore.Hooks = HookedStore.Hooks()) async -> HookedStore {
        HookedStore(base: await MemoryStore(reopening: store), hooks: hooks)
    }

    /// Hooks under which one entry, and perhaps its effects, are other bytes than were written.
    static func replacing(_ position: UInt64, entry: [UInt8]? = nil, effects: [UInt8]? = nil) -> HookedStore.Hooks {
        var hooks = HookedStore.Hooks()
        hooks.group = { group in
            guard let group, (group.firstPosition..<group.endPosition).contains(position),
                let records = try? GroupRecords.records(of: group)
            else { return group }
            return group.with(
                records: records.map { record in
                    guard record.position == position else { return record }
                    return GroupRecords.Record(
                        position: position,
                        entry: entry ?? record.entry,
                        effects: effects ?? record.effects
                    )
                }
            )
        }
        return hooks
    }
}

extension EntryGroup {
    /// The group with other content and everything else as it was.
    func with(
        records: [GroupRecords.Record]? = nil,
        logRoot: Digest? = nil,
        tiles: [LogTile]? = nil,
        blocks: [BlockRow]? = nil
    ) -> EntryGroup {
        var bytes: [UInt8] = []
        for record in records ?? [] {
            ByteStrings.append(record.entry, to: &bytes)
            ByteStrings.append(record.effects, to: &bytes)
        }
        return EntryGroup(
            firstPosition: firstPosition,
            entryCount: records?.count ?? entryCount,
            records: records == nil ? self.records : bytes,
            logRoot: logRoot ?? self.logRoot,
            tiles: tiles ?? self.tiles,
            blocks: blocks ?? self.blocks
        )
    }
}

/// A failure without its wording.
enum FailurePlace: Hashable, Sendable {
    case corrupted(String, UInt64)
    case lostTail(String)
    case rootMismatch(UInt64, String)
    case foreign
    case misconfigured
    case other(String)

    init(_ failure: LedgerFailure) {
        switch failure {
        case .corrupted(let what, let position, _): self = .corrupted(what, position)
        case .lostTail(_, _, let source): self = .lostTail(source)
        case .rootMismatch(let size, let source): self = .rootMismatch(size, source)
        case .foreignStore: self = .foreign
        case .misconfigured: self = .misconfigured
        default: self = .other("\(failure)")
        }
    }

    /// Where `body` fails, or nil if it does not.
    static func of(_ body: () async throws -> Void) async throws -> FailurePlace? {
        do {
            try await body()
            return nil
        } catch let failure as LedgerFailure {
            return FailurePlace(failure)
        }
    }
}
