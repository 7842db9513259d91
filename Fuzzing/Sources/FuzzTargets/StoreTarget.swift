import Dispatch
import Foundation
import Tokenize
import TokenizeSQLite

/// A store of a few groups, whose files an input changes: it opens with the log that it had, or says why it does not.
///
/// An input is a list of changes of at most 260 bytes each: a byte that names the file and the kind, four bytes of
/// place, and, for a write, a byte of length and the bytes.
enum StoreTarget {
    private static let fileNames = ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite.mark"]
    private static let groupCount = 4

    static func run(_ bytes: [UInt8]) {
        guard let base else { preconditionFailure("no store to begin with") }
        _ = untouchedIsWhole
        guard let files = changed(base, by: bytes) else { return }
        _ = try? open(files, isWhole: files == base)
    }

    /// A store that nobody touched has its whole log. Without this a store that never opens would pass.
    private static let untouchedIsWhole: Void = {
        guard let base, (try? open(base, isWhole: true)) != nil else {
            preconditionFailure("the untouched store cannot be written")
        }
    }()

    /// Writes files and reads the store that they are.
    private static func open(_ files: [String: [UInt8]], isWhole: Bool) throws {
        let folder = makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in files { try Data(content).write(to: folder.appendingPathComponent(name)) }
        waiting { await read(folder, isWhole: isWhole) }
    }

    /// The groups that every store here has.
    private static func group(_ number: Int) -> EntryGroup {
        var records: [UInt8] = []
        for index in 0..<300 { records.append(UInt8(truncatingIfNeeded: index &* 7 &+ number)) }
        return EntryGroup(
            firstPosition: UInt64(number * 2),
            entryCount: 2,
            records: records,
            logRoot: MerkleTree.leafHash(records),
            tiles: [],
            blocks: [
                BlockRow(
                    height: UInt64(number + 1),
                    headerPosition: UInt64(number * 2 + 1),
                    stateRoot: MerkleTree.leafHash([UInt8(number)]),
                    businessDate: 20_000,
                    sealingTime: 1_700_000_000
                )
            ]
        )
    }

    /// The files as a crash leaves them.
    private static let base: [String: [UInt8]]? = {
        let folder = makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let box = Box()
        waiting {
            guard let store = try? await SQLiteStore.open(path: folder.appendingPathComponent(fileNames[0]).path)
            else { return }
            for number in 0..<groupCount { try? await store.append(group(number)) }
            for name in fileNames {
                box.put((try? Data(contentsOf: folder.appendingPathComponent(name))).map { Array($0) }, name)
            }
            await store.close()
        }
        return box.files.count == fileNames.count ? box.files : nil
    }()

    /// The files after the changes that an input spells; nil if it spells none.
    private static func changed(_ base: [String: [UInt8]], by input: [UInt8]) -> [String: [UInt8]]? {
        var files = base
        var rest = input[...]
        while let head = rest.popFirst() {
            let name = fileNames[Int(head & 0x0F) % fileNames.count]
            guard rest.count >= 4 else { break }
            let place = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard var content = files[name], !content.isEmpty else { continue }
            switch head >> 4 {
            case 0..<4:
                content[place / 8 % content.count] ^= 1 << UInt8(place % 8)
            case 4..<6:
                content.removeSubrange((place % (content.count + 1))...)
            case 6..<8:
                // A page or frame somewhere else.
                let from = place >> 16 & 0xFFF
                let (one, other) = (from * 4_096 % content.count, (place & 0xFFFF) * 512 % content.count)
                let count = min(512, content.count - max(one, other))
                content.replaceSubrange(other..<(other + count), with: Array(content[one..<(one + count)]))
            default:
                guard let count = rest.popFirst() else { break }
                let bytes = rest.prefix(Int(count))
                rest = rest.dropFirst(Int(count))
                let start = place % content.count
                let end = min(content.count, start + bytes.count)
                content.replaceSubrange(start..<end, with: bytes.prefix(end - start))
            }
            files[name] = content
        }
        return input.isEmpty ? nil : files
    }

    /// Reads all that is there; `isWhole` says that nothing was changed, and so all must be.
    private static func read(_ folder: URL, isWhole: Bool) async {
        do {
            let store = try await SQLiteStore.open(path: folder.appendingPathComponent(fileNames[0]).path)
            try await readGroups(of: store, isWhole: isWhole)
            await store.close()
        } catch {
            // A typed failure is the other permitted outcome of a change.
            precondition(!isWhole, "an untouched store is refused: \(error)")
        }
    }

    private static func readGroups(of store: SQLiteStore, isWhole: Bool) async throws {
        do {
            let extent = try await store.extent()
            // Two faults in one input may take away what the mark named; what is left is a beginning of the log.
            precondition(extent.entryCount <= UInt64(groupCount * 2) && extent.entryCount % 2 == 0)
            precondition(!isWhole || extent.entryCount == UInt64(groupCount * 2), "an untouched store has lost entries")
            for position in 0..<extent.entryCount {
                let found = try await store.group(containing: position)
                precondition(found == group(Int(position / 2)), "another group, silently")
            }
        } catch {
            await store.close()
            throw error
        }
    }

    /// Files that a task leaves for who waits for it.
    private final class Box: Sendable {
        private let lock = NSLock()
        private nonisolated(unsafe) var stored: [String: [UInt8]] = [:]

        var files: [String: [UInt8]] {
            lock.lock()
            defer { lock.unlock() }
            return stored
        }

        func put(_ bytes: [UInt8]?, _ name: String) {
            lock.lock()
            defer { lock.unlock() }
            stored[name] = bytes
        }
    }

    /// Runs `body` and waits: libFuzzer calls a function that returns.
    private static func waiting(_ body: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task {
            await body()
            done.signal()
        }
        done.wait()
    }

    /// In memory where there is such a folder: an input is one store.
    private static func makeFolder() -> URL {
        let shared = URL(fileURLWithPath: "/dev/shm")
        let isShared = FileManager.default.isWritableFile(atPath: shared.path)
        let parent = isShared ? shared : FileManager.default.temporaryDirectory
        let folder = parent.appendingPathComponent("tokenize-fuzz-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
