import Foundation
import Synchronization
import Testing
import Tokenize

@testable import TokenizeSQLite

/// After a failed write or sync nobody knows what the device holds: the store refuses until it is opened anew.
@Suite("Failed write")
struct FailedWriteTests {
    enum Fault: String, CaseIterable, Sendable {
        case markWrite = "the mark's write fails"
        case markShortWrite = "the mark's write stops half-way"
        case markSync = "the mark's sync fails"
        case fullDisk = "the disk is full"
    }

    @Test("poisons the store; opening anew recovers", arguments: Fault.allCases)
    func poisons(_ fault: Fault) async throws {
        let log = SampleGroups(recordByteCount: 40_000)
        let folder = try TemporaryFolder()
        let path = StoreCrash.path(in: folder)
        let armed = Switch()
        let options = Self.options(fault, armed)
        let store = try await SQLiteStore.open(path: path, options: options)
        for number in 0..<2 { try await store.append(log.group(number)) }
        armed.isOn.store(true, ordering: .sequentiallyConsistent)
        let failure = await #expect(throws: LedgerFailure.self) {
            for number in 2..<40 { try await store.append(log.group(number)) }
        }
        guard case .inputOutput = failure else {
            Issue.record("\(String(describing: failure)) is no failure of input or output")
            return
        }
        try await Self.requirePoisoned(store, reason: String(describing: try #require(failure)))
        await store.close()
        await #expect(throws: LedgerFailure.storeClosed) { try await store.group(containing: 0) }

        // What was acknowledged is there; a group whose mark failed may be there too.
        let reopened = try await SQLiteStore.open(path: path)
        let extent = try await reopened.extent()
        let groups = log.groups(Int(extent.entryCount) / 3)
        #expect(groups.count >= 2)
        try await StoreContract.requireContent(reopened, groups)
        try await reopened.append(log.group(groups.count))
        await reopened.close()
    }

    private static func options(_ fault: Fault, _ armed: Switch) -> StoreOptions {
        var options = StoreOptions()
        let system = FileOperations.system
        switch fault {
        case .markWrite:
            options.fileOperations.write = { descriptor, bytes, offset in
                guard !armed.value else { return armed.fail() }
                return system.write(descriptor, bytes, offset)
            }
        case .markShortWrite:
            options.fileOperations.write = { descriptor, bytes, offset in
                guard armed.value else { return system.write(descriptor, bytes, offset) }
                guard bytes.count == DurableMark.slotByteCount else { return armed.fail() }
                return system.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[..<700]), offset)
            }
        case .markSync:
            options.fileOperations.synchronize = { descriptor in
                armed.value ? CInt(armed.fail()) : system.synchronize(descriptor)
            }
        case .fullDisk:
            options.pageCountMax = 40
        }
        return options
    }

    private static func requirePoisoned(_ store: SQLiteStore, reason: String) async throws {
        let poisoned = LedgerFailure.storePoisoned(reason: reason)
        await #expect(throws: poisoned) { try await store.append(SampleGroups().group(0)) }
        await #expect(throws: poisoned) { _ = try await store.extent() }
        await #expect(throws: poisoned) { _ = try await store.group(containing: 0) }
        await #expect(throws: poisoned) { _ = try await store.tile(level: 0, index: 0) }
        await #expect(throws: poisoned) { _ = try await store.block(height: 1) }
        await #expect(throws: poisoned) { _ = try await store.lastBlock() }
        await #expect(throws: poisoned) { _ = try await store.snapshot(atOrBefore: 1) }
        await #expect(throws: poisoned) { _ = try await store.snapshotChunk(height: 1, index: 0) }
        await #expect(throws: poisoned) { _ = try await store.projectedEntryCount() }
        await #expect(throws: poisoned) { _ = try await store.position(of: StoreContract.sampleTransaction(1)) }
        await #expect(throws: poisoned) {
            try await store.writeSnapshot(StoreContract.sampleDescriptor(1)) { nil }
        }
        await #expect(throws: poisoned) {
            try await store.project(StoreContract.sampleBatch(to: 1, receipts: 0..<1))
        }
    }

    @Test("nothing that waits for the writer is written after a failure")
    func writerRefuses() async throws {
        let folder = try TemporaryFolder()
        let armed = Switch()
        let store = try await SQLiteStore.open(
            path: StoreCrash.path(in: folder),
            options: Self.options(.markSync, armed)
        )
        armed.isOn.store(true, ordering: .sequentiallyConsistent)
        let failure = LedgerFailure.inputOutput(operation: "sync mark", reason: "Input/output error")
        // The writer itself, as work that queued up behind the failing append meets it.
        await #expect(throws: failure) { try await store.writer.append(SampleGroups().group(0)) }
        armed.isOn.store(false, ordering: .sequentiallyConsistent)
        let poisoned = LedgerFailure.storePoisoned(reason: String(describing: failure))
        await #expect(throws: poisoned) { try await store.writer.append(SampleGroups().group(0)) }
        await #expect(throws: poisoned) { try await store.writer.transaction("write") { _ in } }
        await store.close()
    }

    @Test("a store with a poisoned writer is not copied into its database on closing")
    func noCheckpoint() async throws {
        let folder = try TemporaryFolder()
        let armed = Switch()
        let store = try await SQLiteStore.open(
            path: StoreCrash.path(in: folder),
            options: Self.options(.markSync, armed)
        )
        try await store.append(SampleGroups().group(0))
        armed.isOn.store(true, ordering: .sequentiallyConsistent)
        await #expect(throws: LedgerFailure.self) { try await store.append(SampleGroups().group(1)) }
        let before = try StoreCrash(copying: folder)
        await store.close()
        let after = try StoreCrash(copying: folder)
        #expect(after.files == before.files)
    }

    /// A switch that a test throws while the store is in use.
    final class Switch: Sendable {
        let isOn = Atomic(false)
        var value: Bool { isOn.load(ordering: .sequentiallyConsistent) }

        /// What a failing system call gives.
        func fail() -> Int {
            errno = EIO
            return -1
        }
    }
}
