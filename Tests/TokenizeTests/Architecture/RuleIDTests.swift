import Foundation
import Testing
import Tokenize

/// One search for a rule's id finds its paragraph: every id is in the chapters that define rules, and these name no
/// other.
@Suite("Rule ids stand in Specs")
struct RuleIDTests {
    static let chapters = [
        "03-transactions.md", "04-accounts-and-authorities.md", "05-assets-and-holdings.md", "13-bond-servicing.md",
        "14-rulebooks-and-attestations.md", "15-authority-and-orders.md",
    ]
    static let known = Set(RejectionCode.allCases.map(\.ruleID))

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appending(path: "Specs/\(path)"), encoding: .utf8)
    }

    /// All that looks like a rule's id, such as `TRF-007`; `SHA-256` and `BIP-340` have no prefix of a rule.
    private static func ids(in text: String) -> Set<String> {
        let prefixes = Set(known.map { $0.prefix(3) })
        let found = text.matches(of: #/\b[A-Z]{3}-[0-9]{3}\b/#).map { String($0.output) }
        return Set(found.filter { prefixes.contains($0.prefix(3)) })
    }

    @Test("an id belongs to one code")
    func idsAreUnique() {
        #expect(Self.known.count == RejectionCode.allCases.count)
    }

    @Test("the paragraph of a code gives its number and name", arguments: RejectionCode.allCases)
    func codeIsDefined(code: RejectionCode) throws {
        let row = "| \(code.ruleID) | \(code.rawValue) | \(code) | "
        let count = try Self.chapters.map { try Self.text($0).components(separatedBy: row).count - 1 }.reduce(0, +)
        #expect(count == 1, "\(row) stands \(count) times in the chapters")
    }

    @Test("the list of all refusals has each code once, in ascending order")
    func listIsComplete() throws {
        let rows = try Self.text("04-accounts-and-authorities.md").matches(
            of: #/\n\| ([0-9]{3}) \| ([A-Z]{3}-[0-9]{3}) \| ([A-Za-z]+) \| /#
        )
        let listed = rows.map { "\($0.output.1) \($0.output.2) \($0.output.3)" }
        #expect(listed == RejectionCode.allCases.map { "\($0.rawValue) \($0.ruleID) \($0)" })
    }

    @Test("Specs names no rule that the code does not have", arguments: chapters)
    func noUnknownIDs(chapter: String) throws {
        #expect(Self.ids(in: try Self.text(chapter)).subtracting(Self.known).sorted() == [])
    }

    @Test("the code's comments name no rule that is unknown")
    func commentsNameKnownRules() throws {
        let library = PackageRoot.url.appending(path: "Sources/Tokenize")
        for source in try SwiftSource.all(below: library) {
            let text = try String(contentsOf: library.appending(path: source.path), encoding: .utf8)
            let unknown = Self.ids(in: text).subtracting(Self.known)
            #expect(unknown.sorted() == [], "\(source.path)")
        }
    }
}
