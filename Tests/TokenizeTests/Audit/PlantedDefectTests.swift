import Foundation
import Testing

/// The defects that `Scripts/mutants` plants have their places: lines of the engine that stand there once.
@Suite("Planted defects")
struct PlantedDefectTests {
    private struct Defect {
        let name: String
        var file = ""
        var old: [String] = []
        var new: [String] = []
    }

    private static func defects() throws -> [Defect] {
        let folder = PackageRoot.url.appending(path: "Tests/Defects")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var defects: [Defect] = []
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "txt" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                if line.hasPrefix("defect ") {
                    let name = line.dropFirst("defect ".count).prefix { $0 != ":" }
                    defects.append(Defect(name: String(name)))
                } else if let last = defects.indices.last {
                    if line.hasPrefix("in ") { defects[last].file = String(line.dropFirst(3)) }
                    if line.hasPrefix("- ") { defects[last].old.append(trimmed(line.dropFirst(2))) }
                    if line.hasPrefix("+ ") { defects[last].new.append(String(line.dropFirst(2))) }
                }
            }
        }
        return defects
    }

    private static func trimmed(_ line: some StringProtocol) -> String { line.trimmingCharacters(in: .whitespaces) }

    /// How often lines stand in a text; the last of several may be the beginning of one.
    private static func count(of old: [String], in lines: [String]) -> Int {
        guard let last = old.last, lines.count >= old.count else { return 0 }
        return (0...lines.count - old.count).count { start in
            let window = lines[start..<start + old.count]
            guard old.count > 1 else { return window.first?.contains(last) == true }
            return Array(window.dropLast()) == Array(old.dropLast()) && window.last?.hasPrefix(last) == true
        }
    }

    @Test("there are enough of them, each with a name of its own and a switch")
    func names() throws {
        let defects = try Self.defects()
        #expect(defects.count >= 40)
        #expect(Set(defects.map(\.name)).count == defects.count)
        for defect in defects {
            let text = defect.new.joined()
            #expect(text.contains("DEFECT"), "\(defect.name) has no switch")
        }
    }

    @Test("the lines that each replaces stand in the engine once")
    func places() throws {
        let sources = PackageRoot.url.appending(path: "Sources/Tokenize")
        var texts: [String: [String]] = [:]
        for defect in try Self.defects() {
            if texts[defect.file] == nil {
                let text = try String(contentsOf: sources.appending(path: defect.file), encoding: .utf8)
                texts[defect.file] = text.split(separator: "\n", omittingEmptySubsequences: false).map(Self.trimmed)
            }
            let count = Self.count(of: defect.old, in: texts[defect.file] ?? [])
            #expect(count == 1, "\(defect.name) stands \(count) times in \(defect.file)")
        }
    }
}
