import Foundation
import GRDBSQLite

/// A layer between SQLite and its files that tells a ``CrashDisk`` what is written, cut, synced and removed.
///
/// It is SQLite's default in the process that runs the tests, and hands files outside a disk's folder to the system's
/// layer untouched.
enum CrashVFS {
    /// What a file of a disk has in front of the system's own.
    struct Header {
        var base: sqlite3_file
        var tracked: Unmanaged<TrackedFile>
    }

    /// An open file of a disk.
    final class TrackedFile {
        let disk: CrashDisk
        let number: CrashDisk.FileNumber
        /// SQLite syncs the folder with the first sync of a journal or a write-ahead log that it made.
        var mustSynchronizeNames: Bool

        init(disk: CrashDisk, number: CrashDisk.FileNumber, mustSynchronizeNames: Bool) {
            self.disk = disk
            self.number = number
            self.mustSynchronizeNames = mustSynchronizeNames
        }
    }

    /// A disk that may be gone.
    private struct Entry {
        weak var disk: CrashDisk?
    }

    private static let lock = NSLock()
    private nonisolated(unsafe) static var disks: [String: Entry] = [:]

    nonisolated(unsafe) static let system: UnsafeMutablePointer<sqlite3_vfs>? = sqlite3_vfs_find("unix")
    static let headerByteCount = MemoryLayout<Header>.stride
    nonisolated(unsafe) private static let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)

    /// From now on the files in the disk's folder are told to it.
    static func register(_ disk: CrashDisk) {
        precondition(isInstalled, "SQLite has no layer of that name")
        lock.lock()
        defer { lock.unlock() }
        disks[disk.folder.url.path] = Entry(disk: disk)
    }

    static func unregister(_ folder: String) {
        lock.lock()
        defer { lock.unlock() }
        disks[folder] = nil
    }

    static func disk(of path: String) -> CrashDisk? {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        lock.lock()
        defer { lock.unlock() }
        return disks[String(path[..<slash])]?.disk
    }

    private static let isInstalled: Bool = {
        guard let system else { return false }
        methods.initialize(to: trackedMethods)
        let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        layer.initialize(to: system.pointee)
        layer.pointee.pNext = nil
        layer.pointee.zName = UnsafePointer(strdup("tokenize-crash"))
        layer.pointee.szOsFile = system.pointee.szOsFile + CInt(headerByteCount)
        layer.pointee.xOpen = { _, name, file, flags, outFlags in
            CrashVFS.open(name, file, flags, outFlags)
        }
        layer.pointee.xDelete = { _, name, mustSynchronizeNames in
            CrashVFS.delete(name, mustSynchronizeNames)
        }
        return sqlite3_vfs_register(layer, 1) == SQLITE_OK
    }()

    private static func open(
        _ name: UnsafePointer<CChar>?,
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ flags: CInt,
        _ outFlags: UnsafeMutablePointer<CInt>?
    ) -> CInt {
        guard let system, let openFile = system.pointee.xOpen, let file else { return SQLITE_ERROR }
        guard let name, let disk = disk(of: String(cString: name)) else {
            return openFile(system, name, file, flags, outFlags)
        }
        let code = openFile(system, name, systemFile(file), flags, outFlags)
        guard code == SQLITE_OK, let tracked = disk.file(at: String(cString: name)) else {
            file.pointee.pMethods = nil
            return code == SQLITE_OK ? SQLITE_CANTOPEN : code
        }
        let isJournal = flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL) != 0
        let opened = TrackedFile(
            disk: disk,
            number: tracked.number,
            mustSynchronizeNames: isJournal && tracked.isNew
        )
        UnsafeMutableRawPointer(file).bindMemory(to: Header.self, capacity: 1).initialize(
            to: Header(base: sqlite3_file(pMethods: methods), tracked: Unmanaged.passRetained(opened))
        )
        return SQLITE_OK
    }

    private static func delete(_ name: UnsafePointer<CChar>?, _ mustSynchronizeNames: CInt) -> CInt {
        guard let system, let deleteFile = system.pointee.xDelete, let name else { return SQLITE_ERROR }
        guard let disk = disk(of: String(cString: name)) else { return deleteFile(system, name, mustSynchronizeNames) }
        let code = deleteFile(system, name, 0)
        if code == SQLITE_OK {
            disk.noteRemoval(of: String(cString: name))
            if mustSynchronizeNames != 0 { disk.note(.synchronizeNames) }
        }
        return code
    }

    /// The system's file behind one of a disk.
    static func systemFile(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file> {
        (UnsafeMutableRawPointer(file) + headerByteCount).assumingMemoryBound(to: sqlite3_file.self)
    }

    static func tracked(_ file: UnsafeMutablePointer<sqlite3_file>) -> TrackedFile {
        UnsafeMutableRawPointer(file).assumingMemoryBound(to: Header.self).pointee.tracked.takeUnretainedValue()
    }
}
