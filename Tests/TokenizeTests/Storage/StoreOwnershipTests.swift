import Foundation
import Testing
import Tokenize

@testable import TokenizeSQLite

/// One opener at a time; and only of a ledger's store.
@Suite("Store ownership")
struct StoreOwnershipTests {
    static let flock = "/usr/bin/flock"

    @Test("a second opener of this process is refused, and may open after the first closed")
    func sameProcess() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        let first = try await SQLiteStore.open(path: path)
        let refused = LedgerFailure.cannotOpen(path: path + ".lock", reason: "another opener has the store")
        await #expect(throws: refused) { try await SQLiteStore.open(path: path) }
        try await first.append(SampleGroups().group(0))
        await first.close()
        let second = try await SQLiteStore.open(path: path)
        try await StoreContract.requireContent(second, SampleGroups().groups(1))
        await second.close()
    }

    @Test("a store that was dropped without closing can be opened")
    func dropped() async throws {
        let folder = try TemporaryFolder()
        try await Self.appendAndDrop(folder)
        let store = try await SQLiteStore.open(path: folder.path("ledger.sqlite"))
        try await StoreContract.requireContent(store, SampleGroups().groups(1))
        await store.close()
    }

    /// As a process that is being started has one for a moment.
    @Test("a copy of the lock's descriptor does not keep a store that was closed", .enabled(if: hasDescriptorFolder))
    func copiedDescriptor() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        let first = try await SQLiteStore.open(path: path)
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.descriptorFolder)
        let held = try #require(
            names.compactMap(Int32.init).first { number in
                let target = try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "\(Self.descriptorFolder)/\(number)"
                )
                return target == path + ".lock"
            }
        )
        let copy = dup(held)
        defer { close(copy) }
        #expect(copy >= 0)
        await first.close()
        let second = try await SQLiteStore.open(path: path)
        await second.close()
    }

    static let descriptorFolder = "/proc/self/fd"
    static var hasDescriptorFolder: Bool { FileManager.default.fileExists(atPath: descriptorFolder) }

    private static func appendAndDrop(_ folder: TemporaryFolder) async throws {
        let store = try await SQLiteStore.open(path: folder.path("ledger.sqlite"))
        try await store.append(SampleGroups().group(0))
    }

    // util-linux has the command; where there is none (macOS) the test is skipped.
    @Test("another process is refused, and refuses", .enabled(if: FileManager.default.fileExists(atPath: flock)))
    func otherProcess() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        let store = try await SQLiteStore.open(path: path)
        let options = ["--nonblock", "--conflict-exit-code", "9"]
        #expect(try ChildProcess(Self.flock, options + [path + ".lock", "true"]).waitUntilExit().code == 9)
        await store.close()

        let input = Pipe()
        let output = Pipe()
        let holder = try ChildProcess(
            Self.flock,
            [path + ".lock", "sh", "-c", "echo held; read line"],
            input: input.fileHandleForReading,
            output: output.fileHandleForWriting
        )
        #expect(output.fileHandleForReading.readData(ofLength: 5) == Data("held\n".utf8))
        let refused = LedgerFailure.cannotOpen(path: path + ".lock", reason: "another opener has the store")
        await #expect(throws: refused) { try await SQLiteStore.open(path: path) }
        try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        _ = holder.waitUntilExit()
        await (try SQLiteStore.open(path: path)).close()
    }

    @Test("a file that is no ledger is refused and left as it is")
    func foreign() async throws {
        let other = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84 + 412)
        let cases: [([UInt8], LedgerFailure)] = [
            (Array("not a database at all".utf8), .foreignStore(reason: "not an SQLite database")),
            ([UInt8](repeating: 7, count: 4096), .foreignStore(reason: "not an SQLite database")),
            (other, .foreignStore(reason: "not a ledger: application id 0")),
        ]
        let mark = try #require(try await StoreCrash.closed([]).files[.mark])
        for (bytes, expected) in cases {
            let folder = try TemporaryFolder()
            let url = folder.url.appendingPathComponent("ledger.sqlite")
            try Data(bytes).write(to: url)
            try Data(mark).write(to: folder.url.appendingPathComponent("ledger.sqlite.mark"))
            await #expect(throws: expected) { try await SQLiteStore.open(path: url.path) }
            #expect(try Data(contentsOf: url) == Data(bytes))
        }
    }

    @Test("a later form is refused")
    func laterForm() async throws {
        var crash = try await StoreCrash.closed(SampleGroups().groups(1))
        #expect(crash.files[.database]?[68..<72].hexadecimal == "544b4e5a")
        #expect(crash.files[.database]?[60..<64].hexadecimal == "00000001")
        crash.files[.database]?[63] = 2
        #expect(try await crash.failure() == .foreignStore(reason: "form 2; this version reads form 1"))
    }

    @Test("a folder that is not there")
    func missingFolder() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("nowhere/ledger.sqlite")
        let expected = LedgerFailure.cannotOpen(path: path + ".lock", reason: "No such file or directory")
        await #expect(throws: expected) { try await SQLiteStore.open(path: path) }
    }

    @Test("a creation that was cut short is begun anew", arguments: ["mark written", "half a database"])
    func cutShort(_ stage: String) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        if stage == "mark written" {
            let mark = try #require(try await StoreCrash.closed([]).files[.mark])
            try Data(mark).write(to: folder.url.appendingPathComponent("ledger.sqlite.mark"))
        }
        try Data(repeating: 1, count: 777).write(to: folder.url.appendingPathComponent("ledger.sqlite.creating"))
        let store = try await SQLiteStore.open(path: path)
        try await store.append(SampleGroups().group(0))
        await store.close()
        #expect(!FileManager.default.fileExists(atPath: path + ".creating"))
    }
}
