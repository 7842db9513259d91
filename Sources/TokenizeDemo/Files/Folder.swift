import Foundation
import Tokenize

/// A folder that the program writes into.
struct Folder: Sendable {
    private let url: URL

    /// The folder that the presenter named, made if it is not there, or a new temporary one.
    static func forLedgers(_ path: String?) throws(DemoFailure) -> Folder {
        if let path { return try Folder(making: URL(fileURLWithPath: path)) }
        let name = "tokenize-demo-\(Randomness.bytes(4).hexadecimal)"
        return try Folder(making: FileManager.default.temporaryDirectory.appendingPathComponent(name))
    }

    init(making url: URL) throws(DemoFailure) {
        self.url = url
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw DemoFailure("the folder \(url.path) cannot be made")
        }
    }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// What is in it.
    func names() throws(DemoFailure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: url.path)
        } catch {
            throw DemoFailure("the folder \(url.path) cannot be read")
        }
    }

    /// Writes a file below the folder, in folders that are made for it.
    func write(_ bytes: [UInt8], to path: String) throws(DemoFailure) {
        let file = url.appendingPathComponent(path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
        } catch {
            throw DemoFailure("the folder \(file.deletingLastPathComponent().path) cannot be made")
        }
        try SmallFile.write(bytes, to: file.path)
    }
}
