import Foundation
import Testing
import Tokenize

@Suite("Every rule has a test that it refuses")
struct RejectionCoverageTests {
    /// Codes that a test names as what refuses: `expectRefusal(.code)` or `== .code`.
    private static func asserted() throws -> Set<String> {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var names: Set<String> = []
        for area in ["Rules", "Rulebook", "Authorisation", "Transactions"] {
            let files = try FileManager.default.contentsOfDirectory(
                at: folder.appendingPathComponent(area),
                includingPropertiesForKeys: nil
            )
            for file in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(of: #/expectRefusal\(\.([a-zA-Z]+)\)/#) { names.insert(String(match.1)) }
            }
        }
        return names
    }

    @Test("every code but the one that is never seen", arguments: RejectionCode.allCases)
    func asserted(code: RejectionCode) throws {
        let names = try RejectionCoverageTests.asserted()
        #expect(names.contains("\(code)") == (code != .invariantViolated))
    }

    @Test("codes ascend in order of precedence, and rule ids are unique")
    func order() {
        let codes = RejectionCode.allCases.map { $0.rawValue }
        #expect(codes == codes.sorted())
        #expect(Set(codes).count == codes.count)
        #expect(Set(RejectionCode.allCases.map { $0.ruleID }).count == codes.count)
    }
}
