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
        guard let handle = FileHandle(forReadingAtPath: path) else { throw DemoFailure("\(path) cannot be read") }
        defer { try? handle.close() }
        let data = (try? handle.read(upToCount: byteCountMax + 1)) ?? Data()
        guard data.count <= byteCountMax else {
            throw DemoFailure("\(path) is too long for a \(what): more than \(byteCountMax) bytes")
        }
        return Array(data)
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
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
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
