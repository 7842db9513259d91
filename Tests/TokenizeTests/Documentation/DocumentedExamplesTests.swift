import Foundation
import Testing

/// Whatever code the documentation shows is compiled: it stands, word for word, in a file that a build reads.
@Suite("Documentation: examples")
struct DocumentedExamplesTests {
    /// A block of Swift, and where it is shown.
    private struct Example {
        let place: String
        let lines: [Substring]
    }

    /// Compiled by this target, or by `Scripts/test` as the packages of somebody else.
    private static let compiled =
        ["Tests/TokenizeTests/Audit/PropertyExpectation.swift", "Tests/Fixtures/Consumer/Package.swift"]
        + ["Tests/Fixtures/Consumer/Sources/OwnProperty/main.swift"]

    @Test("every example is compiled")
    func areCompiled() throws {
        let examples = try Self.shown(in: ["Sources", "Specs"])
        #expect(examples.count >= 15, "the examples are not found")
        let here = try Self.files(in: "Tests/TokenizeTests/Documentation").filter { $0.hasSuffix("Example.swift") }
        let short = "Tests/TokenizeTests/Documentation/ShortExamples.swift"
        let sources = try (Self.compiled + here + [short]).map { try Self.lines(of: $0) }
        for example in examples {
            let isThere = sources.contains { Self.contains($0, example.lines) }
            #expect(isThere, "\(example.place) shows what is not compiled:\n\(example.lines.joined(separator: "\n"))")
        }
    }

    @Test("a line that is changed, left out or indented otherwise is noticed")
    func differs() {
        let source: [Substring] = ["func f() {", "    if a {", "        b()", "    }", "}", ""]
        #expect(Self.contains(source, ["if a {", "    b()", "}"]))
        #expect(Self.contains(source, ["func f() {", "    if a {"]))
        for other: [Substring] in [["if a {", "b()"], ["if a {", "}"], ["if c {"], ["b();"], ["}", "}", "}"]] {
            #expect(!Self.contains(source, other), "\(other)")
        }
    }

    /// True if the lines stand one after the other in the source, all further in by as much.
    private static func contains(_ source: [Substring], _ lines: [Substring]) -> Bool {
        guard let first = lines.first, source.count >= lines.count else { return false }
        return (0...source.count - lines.count).contains { start in
            guard source[start].hasSuffix(first) else { return false }
            let indent = source[start].dropLast(first.count)
            guard indent.allSatisfy({ $0 == " " }) else { return false }
            return zip(source[start...], lines).allSatisfy { $0 == ($1.isEmpty ? "" : indent + $1) }
        }
    }

    /// The blocks of articles, chapters and documentation comments. The README's example is run by `Scripts/test`.
    private static func shown(in folders: [String]) throws -> [Example] {
        var examples: [Example] = []
        for path in try folders.flatMap({ try files(in: $0) }) where path.hasSuffix(".md") || path.hasSuffix(".swift") {
            var block: [Substring]?
            for (number, line) in try lines(of: path).enumerated() {
                let text = path.hasSuffix(".md") ? line : comment(line)
                if let open = block {
                    if text == "```" {
                        examples.append(Example(place: "\(path):\(number + 1)", lines: open))
                        block = nil
                    } else {
                        block = open + [text ?? line]
                    }
                } else if text == "```swift" {
                    block = []
                }
            }
            #expect(block == nil, "\(path): a block does not end")
        }
        return examples
    }

    /// What a documentation comment says in a line, or nil.
    private static func comment(_ line: Substring) -> Substring? {
        let text = line.drop { $0 == " " }
        guard text.hasPrefix("///") else { return nil }
        return text.hasPrefix("/// ") ? text.dropFirst(4) : ""
    }

    private static func lines(of path: String) throws -> [Substring] {
        try String(contentsOf: PackageRoot.url.appending(path: path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func files(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: PackageRoot.url.appending(path: folder).path)
            .map { "\(folder)/\($0)" }
            .sorted()
    }
}
