import Foundation
import Testing

/// The folder of outside test data: `TOKENIZE_CONFORMANCE`, else `../shared/conformance` beside the package.
///
/// The data is not part of the package; suites that need it say so with `.needs(_:)` and are reported as skipped
/// where it is absent.
enum Conformance {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["TOKENIZE_CONFORMANCE"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return package.appendingPathComponent("../shared/conformance", isDirectory: true).standardizedFileURL
    }()

    /// The root of the package.
    static let package: URL = {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package
    }()

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// The decoded file, or nil if it is absent; one that is present and does not decode stops the run with the reason,
    /// because cases that nobody can read must not pass for none.
    static func load<Content: Decodable>(_ type: Content.Type, _ path: String) -> Content? {
        guard exists(path) else { return nil }
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: root.appendingPathComponent(path)))
        } catch {
            preconditionFailure("\(path): \(error)")
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a suite, visibly, where a file of the outside data is absent.
    static func needs(_ path: String) -> Self {
        .enabled(if: Conformance.exists(path), "\(path) is absent: set TOKENIZE_CONFORMANCE")
    }
}
