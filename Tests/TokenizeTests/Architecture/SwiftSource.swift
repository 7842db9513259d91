import Foundation

/// Where the package lies, from this file's own place in it.
enum PackageRoot {
    static let url = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
}

/// One source file, reduced to the words of its code.
struct SwiftSource: Sendable {
    /// A word or one punctuation character, with the line it stands on.
    struct Token: Equatable, Sendable {
        let text: String
        let line: Int
    }

    /// The first folder below the library's.
    let folder: String
    let path: String
    let tokens: [Token]

    init(folder: String, path: String, text: String) {
        self.folder = folder
        self.path = path
        var lexer = SwiftLexer(text)
        tokens = lexer.tokens()
    }

    /// Every Swift file in the folders below `library`, in order of path.
    static func all(below library: URL) throws -> [SwiftSource] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: library.path)
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOf: library.appending(path: path), encoding: .utf8)
            let folders = path.split(separator: "/").dropLast()
            return SwiftSource(folder: folders.first.map(String.init) ?? "", path: path, text: text)
        }
    }

    /// The modules that the file imports.
    var imports: Set<String> {
        Set(zip(tokens, tokens.dropFirst()).filter { $0.0.text == "import" }.map { $0.1.text })
    }

    /// The names of the types that the file declares, each with the depth of braces around it.
    var declarations: [(name: String, depth: Int, isPrivate: Bool)] {
        var found: [(name: String, depth: Int, isPrivate: Bool)] = []
        var depth = 0
        for (index, token) in tokens.enumerated() {
            switch token.text {
            case "{": depth += 1
            case "}": depth -= 1
            case "struct", "enum", "class", "actor", "protocol", "typealias", "associatedtype":
                guard index + 1 < tokens.count, let first = tokens[index + 1].text.first, first.isUppercase else {
                    continue
                }
                let modifiers = tokens[..<index].reversed().prefix { !["{", "}", ";", ")"].contains($0.text) }
                    .prefix { $0.line == token.line }
                let isPrivate = modifiers.contains { $0.text == "private" || $0.text == "fileprivate" }
                found.append((tokens[index + 1].text, depth, isPrivate))
            default: break
            }
        }
        return found
    }
}
