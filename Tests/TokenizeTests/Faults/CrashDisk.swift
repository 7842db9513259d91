import Foundation
import Synchronization

@testable import TokenizeSQLite

/// A folder whose files a power loss may catch: everything that is done to them is noted, in order, so that the folder
/// can be made as it would be after a crash at any moment.
///
/// A device promises to keep what was synced, and no more. What was written since may be there or not, each write by
/// itself, and each sector of a write by itself; so may new names, changed names and removed ones.
final class CrashDisk: Sendable {
    /// A file, whatever its name: a name may be given to another file later.
    typealias FileNumber = Int

    enum Event: Sendable {
        case write(FileNumber, offset: Int, bytes: [UInt8])
        case truncate(FileNumber, byteCount: Int)
        /// The file's content is on the device.
        case synchronize(FileNumber)
        case create(FileNumber, name: String)
        case remove(name: String)
        case rename(from: String, to: String)
        /// The folder's names are on the device.
        case synchronizeNames
        /// Noted by the test: from here on so many entries are acknowledged.
        case acknowledge(UInt64)
    }

    private struct Content {
        var events: [Event] = []
        var names: [String: FileNumber] = [:]
        var fileCount = 0
        /// Descriptors that ``FileOperations`` opened.
        var descriptors: [CInt: String] = [:]
    }

    let folder: TemporaryFolder
    /// What the folder held, durably, when the noting began.
    let start: CrashImage
    private let lock = NSLock()
    private nonisolated(unsafe) var content = Content()

    /// A folder that holds `start`, noted from now on.
    init(_ start: CrashImage = CrashImage()) throws {
        self.start = start
        folder = try TemporaryFolder()
        for (name, bytes) in start.files.sorted(by: { $0.key < $1.key }) {
            try Data(bytes).write(to: folder.url.appendingPathComponent(name))
            content.names[name] = content.fileCount
            content.fileCount += 1
        }
        CrashVFS.register(self)
    }

    deinit { CrashVFS.unregister(folder.url.path) }

    private func withContent<Result>(_ body: (inout Content) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&content)
    }

    var events: [Event] { withContent { $0.events } }

    func acknowledge(_ entryCount: UInt64) { withContent { $0.events.append(.acknowledge(entryCount)) } }

    /// The name of a path in the folder; nil for the folder itself and for what is not in it.
    private func name(_ path: String) -> String? {
        let prefix = folder.url.path + "/"
        guard path.hasPrefix(prefix), path.utf8.count > prefix.utf8.count else { return nil }
        return String(path.dropFirst(prefix.count))
    }
}

// What SQLite does, as ``CrashVFS`` sees it.
extension CrashDisk {
    /// The file at `path`, which is there; a new one if nobody has noted it yet.
    func file(at path: String) -> (number: FileNumber, isNew: Bool)? {
        guard let name = name(path) else { return nil }
        return withContent { content in
            if let number = content.names[name] { return (number, false) }
            let number = content.fileCount
            content.fileCount += 1
            content.names[name] = number
            content.events.append(.create(number, name: name))
            return (number, true)
        }
    }

    func note(_ event: Event) { withContent { $0.events.append(event) } }

    func noteRemoval(of path: String) {
        guard let name = name(path) else { return }
        withContent { content in
            guard content.names.removeValue(forKey: name) != nil else { return }
            content.events.append(.remove(name: name))
        }
    }
}

// What the store does by itself.
extension CrashDisk {
    /// The system's calls, noted.
    var operations: FileOperations {
        let system = FileOperations.system
        var operations = system
        operations.open = { path, flags in
            let descriptor = system.open(path, flags)
            if descriptor >= 0 { self.noteOpening(descriptor, path, flags) }
            return descriptor
        }
        operations.write = { descriptor, bytes, offset in
            let count = system.write(descriptor, bytes, offset)
            if count > 0, let number = self.number(of: descriptor) {
                self.note(.write(number, offset: offset, bytes: Array(bytes.prefix(count))))
            }
            return count
        }
        // Nothing waits for a device: what it would have is noted.
        operations.synchronize = { self.noteSync($0) }
        operations.synchronizeWhole = { self.noteSync($0) }
        operations.rename = { from, to in
            let result = system.rename(from, to)
            if result == 0 { self.noteRenaming(from, to) }
            return result
        }
        operations.remove = { path in
            let result = system.remove(path)
            if result == 0 { self.noteRemoval(of: path) }
            return result
        }
        return operations
    }

    private func number(of descriptor: CInt) -> FileNumber? {
        withContent { content in content.descriptors[descriptor].flatMap { content.names[$0] } }
    }

    private func noteOpening(_ descriptor: CInt, _ path: String, _ flags: CInt) {
        withContent { $0.descriptors[descriptor] = name(path) ?? "" }
        guard name(path) != nil, flags & (O_CREAT | O_TRUNC) != 0, let file = file(at: path) else { return }
        if flags & O_TRUNC != 0, !file.isNew { note(.truncate(file.number, byteCount: 0)) }
    }

    private func noteSync(_ descriptor: CInt) -> CInt {
        if let number = number(of: descriptor) {
            note(.synchronize(number))
        } else {
            note(.synchronizeNames)
        }
        return 0
    }

    private func noteRenaming(_ from: String, _ to: String) {
        guard let old = name(from), let new = name(to) else { return }
        withContent { content in
            content.names[new] = content.names.removeValue(forKey: old)
            content.events.append(.rename(from: old, to: new))
        }
    }
}
