/// Finds, in a module of several folders, where one folder names a type that another declares.
///
/// A word counts as a use of a type if a folder declares a type of that name at top level, neither private nor
/// file-private, and the folder of the word has no type or parameter of the same name itself. A word after a dot is a
/// member, unless what stands before the dot is the module's name.
struct DependencyScan {
    struct Violation: CustomStringConvertible, Sendable {
        let from: String
        let path: String
        let line: Int
        let name: String
        let to: String

        var description: String { "\(path):\(line) names \(name) of \(to)" }
    }

    private let sources: [SwiftSource]
    /// For each name, the folders that declare a type of that name which other files see.
    private var owners: [String: Set<String>] = [:]
    /// For each folder, the names of all its types, nested and private ones too.
    private var ownNames: [String: Set<String>] = [:]

    init(sources: [SwiftSource]) {
        self.sources = sources
        for source in sources {
            for (name, depth, isPrivate) in source.declarations {
                ownNames[source.folder, default: []].insert(name)
                if depth == 0, !isPrivate { owners[name, default: []].insert(source.folder) }
            }
        }
    }

    func violations(of table: [(folder: String, mayUse: Set<String>)]) -> [Violation] {
        let allowed = Dictionary(uniqueKeysWithValues: table.map { ($0.folder, $0.mayUse) })
        return sources.flatMap { source in
            uses(in: source).filter { !(allowed[source.folder] ?? []).contains($0.to) }
        }
    }

    /// The first use in the file of each type of another folder.
    private func uses(in source: SwiftSource) -> [Violation] {
        let own = ownNames[source.folder] ?? []
        var seen: Set<String> = []
        var found: [Violation] = []
        for (index, token) in source.tokens.enumerated() {
            let name = token.text
            guard let folders = owners[name], !own.contains(name), !isMember(index, in: source.tokens) else { continue }
            if index > 0, source.tokens[index - 1].text == "case" { continue }
            guard seen.insert(name).inserted else { continue }
            for folder in folders.sorted() where folder != source.folder {
                found.append(
                    Violation(from: source.folder, path: source.path, line: token.line, name: name, to: folder)
                )
            }
        }
        return found
    }

    private func isMember(_ index: Int, in tokens: [SwiftSource.Token]) -> Bool {
        guard index > 0, tokens[index - 1].text == "." else { return false }
        return !(index > 1 && tokens[index - 2].text == "Tokenize")
    }
}
