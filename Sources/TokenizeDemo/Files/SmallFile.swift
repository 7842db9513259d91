import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Files that fit in memory: keys, proofs, scenarios.
enum SmallFile {
    /// Reads a whole file, in one sentence if that does not work.
    static func read(_ path: String, what: String, byteCountMax: Int) throws(DemoFailure) -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DemoFailure("there is no \(what) at \(path)")
        }
        guard !isFolder.boolValue else { throw DemoFailure("\(path) is a folder, not a \(what)") }
        let handle = try open(path)
        defer { try? handle.close() }
        let data = (try? handle.read(upToCount: byteCountMax + 1)) ?? Data()
        guard data.count <= byteCountMax else {
            throw DemoFailure("\(path) is too long for a \(what): more than \(byteCountMax) bytes")
        }
        return Array(data)
    }

    /// Opens a file to read. A pipe or a device is none: it might never say anything.
    static func open(_ path: String) throws(DemoFailure) -> FileHandle {
        let descriptor = systemOpen(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw DemoFailure("\(path) cannot be read") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw DemoFailure("\(path) is not a file: a pipe or a device is not read")
        }
        return handle
    }

    /// Refuses to write over a file that is not of the kind that is to be written.
    ///
    /// - Parameter isOfKind: given the old file's bytes.
    static func requireReplaceable(
        _ path: String,
        what: String,
        byteCountMax: Int,
        _ isOfKind: ([UInt8]) -> Bool
    ) throws(DemoFailure) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let old = try? read(path, what: what, byteCountMax: byteCountMax), isOfKind(old) else {
            throw DemoFailure("\(path) exists and is not a \(what): name another file")
        }
    }

    /// Writes a file, over an old one.
    static func write(_ bytes: [UInt8], to path: String) throws(DemoFailure) {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw DemoFailure("\(path) cannot be written")
        }
    }

    /// Makes a file that its owner alone may read, and that was not there before.
    static func createSecret(_ text: String, at path: String) throws(DemoFailure) {
        let descriptor = systemOpen(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DemoFailure("\(path) cannot be made: \(String(cString: strerror(errno)))") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data((text + "\n").utf8))
            try handle.synchronize()
        } catch {
            throw DemoFailure("\(path) cannot be written")
        }
    }
}

/// The system's call, which has the name of ``SmallFile/open(_:)``.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }
