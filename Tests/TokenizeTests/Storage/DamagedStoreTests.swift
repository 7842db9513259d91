import Testing
import Tokenize

@testable import TokenizeSQLite

/// Whatever happens to the bytes, a store opens with everything that was acknowledged or fails with a typed error.
@Suite("Damaged store")
struct DamagedStoreTests {
    /// One way to damage one file, at many places.
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
        Attack(file: .database, isTruncation: false, isClosed: false),
        Attack(file: .database, isTruncation: true, isClosed: false),
        Attack(file: .database, isTruncation: false, isClosed: true),
        Attack(file: .database, isTruncation: true, isClosed: true),
    ]

    /// Places damaged by each attack.
    static let placeCount = 120

    @Test("gives what was acknowledged or fails", arguments: attacks)
    func attack(_ attack: Attack) async throws {
        let groups = SampleGroups().groups(8)
        var options = StoreOptions()
        options.log.pageByteCount = 1024
        let whole =
            attack.isClosed ? try await StoreCrash.closed(groups, options) : try await StoreCrash.after(groups, options)
        let bytes = try #require(whole.files[attack.file])
        var random = SplitMix(seed: 11)
        for place in 0..<Self.placeCount {
            // The first places are in the file's header, the others anywhere.
            let offset = place < 24 ? place * 4 + 1 : Int.random(in: 0..<bytes.count, using: &random)
            var damaged = bytes
            if attack.isTruncation {
                damaged.removeSubrange(offset...)
            } else {
                damaged[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            var crash = whole
            crash.files[attack.file] = damaged
            try await Self.requireWholeOrFailure(crash, groups, "offset \(offset)")
        }
    }

    /// Opens and reads everything: the content must be complete, or a `LedgerFailure` must have said otherwise.
    static func requireWholeOrFailure(_ crash: StoreCrash, _ groups: [EntryGroup], _ what: String) async throws {
        let folder = try TemporaryFolder()
        let store: SQLiteStore
        do { store = try await crash.open(in: folder) } catch is LedgerFailure { return }
        do {
            let extent = try await store.extent()
            #expect(extent.entryCount == 24, "\(what)")
            for position in 0..<extent.entryCount {
                let group = try await store.group(containing: position)
                #expect(group == groups[Int(position) / 3], "\(what)")
            }
            try await StoreContract.requireContent(store, groups)
        } catch is LedgerFailure {
            // A typed failure is the other permitted outcome.
        }
        await store.close()
    }

    @Test("a changed byte in a row is a digest that differs", arguments: ["group", "tile", "block"])
    func changedRow(_ what: String) async throws {
        let groups = SampleGroups().groups(8)
        var crash = try await StoreCrash.closed(groups)
        let needle: [UInt8]
        let expected: LedgerFailure
        let reason = "the row is not what its digest says"
        switch what {
        case "group":
            needle = Array(groups[1].records[200..<232])
            expected = .corrupted(what: what, position: 3, reason: reason)
        case "tile":
            needle = Array(groups[2].tiles[0].hashes[64..<96])
            expected = .corrupted(what: what, position: 0, reason: reason)
        default:
            needle = groups[1].blocks[0].stateRoot.bytes
            expected = .corrupted(what: what, position: 1, reason: reason)
        }
        let start = try #require(crash.files[.database]?.firstRange(of: needle)?.lowerBound)
        crash.files[.database]?[start + 5] ^= 1
        let folder = try TemporaryFolder()
        let store = try await crash.open(in: folder)
        await #expect(throws: expected) {
            switch what {
            case "group": _ = try await store.group(containing: 4)
            case "tile": _ = try await store.tile(level: groups[2].tiles[0].level, index: 0)
            default: _ = try await store.block(height: 1)
            }
        }
        // A failed read is no failed write: the rest can still be read.
        #expect(try await store.group(containing: 0) == groups[0])
        await store.close()
    }
}
