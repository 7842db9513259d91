import Testing
import Tokenize

@testable import TokenizeSQLite

@Suite("Durable mark")
struct DurableMarkTests {
    static let mark = DurableMark(
        identity: Array(0..<16),
        generation: 0x0102_0304_0506_0708,
        entryCount: 0x1112_1314_1516_1718,
        logRoot: Digest(Array(32..<64)) ?? .zero
    )

    @Test("has exactly these bytes")
    func bytes() {
        let slot = Self.mark.slot
        #expect(slot.count == 4096)
        let head =
            "746f6b656e697a65206d61726b20310a" + "000102030405060708090a0b0c0d0e0f" + "0102030405060708"
            + "1112131415161718" + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
        #expect(slot[..<80].hexadecimal == head)
        #expect(slot[80..<4064].allSatisfy { $0 == 0 })
        #expect(DurableMark(slot: slot) == Self.mark)
    }

    @Test("is no mark with any one bit changed")
    func everyBit() {
        let slot = Self.mark.slot
        // Every bit of the fields and the digest, and one bit of each byte of the padding.
        for index in slot.indices {
            let isPadding = (80..<4064).contains(index)
            for bit in isPadding ? 0..<1 : 0..<8 {
                var changed = slot
                changed[index] ^= 1 << UInt8(bit)
                #expect(DurableMark(slot: changed) == nil, "byte \(index), bit \(bit)")
            }
        }
    }

    @Test("is no mark in the other slot")
    func wrongSlot() {
        let empty = [UInt8](repeating: 0, count: 4096)
        #expect(DurableMark.latest(in: Self.mark.slot + empty) == Self.mark)
        #expect(DurableMark.latest(in: empty + Self.mark.slot) == nil)
    }

    /// The slot of greatest generation after three appends, and the one before it.
    @Test("falls back to the slot before when the newest is damaged", arguments: 0..<64)
    func damagedNewest(_ step: Int) async throws {
        let groups = SampleGroups().groups(3)
        var crash = try await StoreCrash.after(groups)
        // Three appends: generation 3, in the second slot.
        crash.files[.mark]?[4096 + step * 64] ^= 0x10
        let folder = try TemporaryFolder()
        let store = try await crash.open(in: folder)
        let extent = StoreExtent(entryCount: 9, markedRoot: groups[1].logRoot, markedEntryCount: 6)
        #expect(try await store.extent() == extent)
        try await StoreContract.requireContent(store, groups)
        // The next append writes the damaged slot anew and brings the mark forward.
        try await store.append(SampleGroups().group(3))
        await store.close()
        #expect(DurableMark.latest(in: try #require(try StoreCrash(copying: folder).files[.mark]))?.entryCount == 12)
    }

    @Test("does not need the slot before", arguments: 0..<8)
    func damagedOlder(_ step: Int) async throws {
        let groups = SampleGroups().groups(3)
        var crash = try await StoreCrash.after(groups)
        crash.files[.mark]?[step * 512 + 7] ^= 0x80
        let folder = try TemporaryFolder()
        let store = try await crash.open(in: folder)
        #expect(try await store.extent().markedEntryCount == 9)
        try await StoreContract.requireContent(store, groups)
        await store.close()
    }

    @Test("is torn at any sector without harm")
    func torn() async throws {
        let groups = SampleGroups().groups(4)
        let before = try await StoreCrash.after(Array(groups[..<3]))
        var crash = try await StoreCrash.after(groups)
        // Generation 4 goes into the first slot. Identities differ between stores, so the torn slot is made from
        // this store's own bytes: a prefix of the new slot, then what was there.
        let complete = try #require(crash.files[.mark])
        for sector in 0..<8 {
            var older = complete
            for index in (sector * 512)..<4096 { older[index] = try #require(before.files[.mark])[index] }
            crash.files[.mark] = older
            let folder = try TemporaryFolder()
            let store = try await crash.open(in: folder)
            #expect(try await store.extent().entryCount == 12)
            await store.close()
        }
    }

    @Test("is missed: without it, or without a valid slot, nothing opens")
    func missing() async throws {
        var crash = try await StoreCrash.after(SampleGroups().groups(2))
        crash.files[.mark] = nil
        let missing = LedgerFailure.corrupted(what: "mark", position: 0, reason: "no mark beside the database")
        #expect(try await crash.failure() == missing)
        let invalid = LedgerFailure.corrupted(what: "mark", position: 0, reason: "no valid slot")
        for bytes in [[], [UInt8](repeating: 0, count: 8192), [UInt8](repeating: 0x74, count: 100)] {
            crash.files[.mark] = bytes
            #expect(try await crash.failure() == invalid)
        }
    }

    @Test("of another store is refused")
    func foreign() async throws {
        var crash = try await StoreCrash.after(SampleGroups().groups(2))
        crash.files[.mark] = try await StoreCrash.after(SampleGroups().groups(2)).files[.mark]
        #expect(try await crash.failure() == .foreignStore(reason: "the mark belongs to another store"))
    }

    @Test("with another root, or inside a group, is a mismatch", arguments: [6, 5, 1] as [UInt64])
    func mismatch(_ entryCount: UInt64) async throws {
        var crash = try await StoreCrash.after(SampleGroups().groups(2))
        let bytes = try #require(crash.files[.mark])
        let identity = try #require(DurableMark.latest(in: bytes)).identity
        let root = entryCount == 6 ? SampleGroups().group(0).logRoot : SampleGroups().group(1).logRoot
        let forged = DurableMark(identity: identity, generation: 4, entryCount: entryCount, logRoot: root)
        crash.files[.mark] = forged.slot + Array(bytes[4096...])
        #expect(try await crash.failure() == .rootMismatch(entryCount: entryCount, source: "mark"))
    }
}
