import Foundation

/// The folder of outside test data: `TOKENIZE_CONFORMANCE`, else `../shared/conformance` beside the package.
///
/// The data is not part of the package; suites that read it are skipped where it is absent.
enum LogConformance {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["TOKENIZE_CONFORMANCE"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("../shared/conformance", isDirectory: true).standardizedFileURL
    }()

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// The paths of all files below `folder` with this extension, relative to it, sorted.
    static func files(below folder: String, extension suffix: String) -> [String] {
        let base = root.appendingPathComponent(folder).path
        let paths = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix("." + suffix) }.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appendingPathComponent(path)))
    }

    static func decode<T: Decodable>(_ type: T.Type, _ path: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(contentsOf: root.appendingPathComponent(path)))
    }

    /// The cases that `load` reads, or none if the data is absent or unreadable; then the suite's condition skips it
    /// or a test of its own reports what is unreadable.
    static func cases<T>(_ load: () throws -> [T]) -> [T] {
        (try? load()) ?? []
    }
}

/// Random numbers that a seed repeats. The seed is printed; `TOKENIZE_SEED` sets it.
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(_ label: String) {
        let given = ProcessInfo.processInfo.environment["TOKENIZE_SEED"].flatMap { UInt64($0) }
        self.init(label, seed: given ?? UInt64.random(in: 0...UInt64.max))
    }

    init(_ label: String, seed: UInt64) {
        self.seed = seed
        state = seed
        print("seed of \(label): \(seed)")
    }

    // SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
