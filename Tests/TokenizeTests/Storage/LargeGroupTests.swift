import Testing
import Tokenize

@testable import TokenizeSQLite

/// A coupon to a million holders is one entry, and its effects lie in one group.
@Suite("Large groups")
struct LargeGroupTests {
    @Test("the effects of a payment to a million holders are stored and read back")
    func million() async throws {
        let folder = try TemporaryFolder()
        let sample = SampleGroups(recordByteCount: 0, entryCount: 3).group(0)
        let group = EntryGroup(
            firstPosition: 0,
            entryCount: sample.entryCount,
            records: [UInt8](repeating: 0x5A, count: 1_000_000 * 123),
            logRoot: sample.logRoot,
            tiles: [],
            blocks: []
        )
        #expect(StoreOptions.groupByteCountMax == 536_870_912)
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        try await store.append(group)
        await store.close()
        let opened = try await SQLiteStore.open(path: StoreCrash.path(in: folder))
        let isEqual = try await opened.group(containing: 2) == group
        #expect(isEqual)
        await opened.close()
    }
}
