import Foundation
import Testing
import Tokenize
import TokenizeAudit

/// The catalogue and chapter 11 name the same properties, and the same rules that histories do not reach.
@Suite("Audit catalogue: Specs")
struct CatalogueSpecificationTests {
    private static func chapter() throws -> String {
        try String(contentsOf: PackageRoot.url.appending(path: "Specs/11-assurance.md"), encoding: .utf8)
    }

    @Test("every property has its paragraph, and every paragraph its property")
    func paragraphs() throws {
        let paragraphs = try Self.chapter().matches(of: #/\n\*\*(PRP-[0-9]{3}) /#).map { String($0.output.1) }
        let ids = AuditCatalogue.all.map { $0.property.id }
        #expect(paragraphs.sorted() == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test("the rules that are not reached are listed")
    func unreached() throws {
        let section = try #require(try Self.chapter().components(separatedBy: "## 11.3").last)
        let table = try #require(section.components(separatedBy: "## 11.4").first)
        let rules = table.matches(of: #/\n\| ([^|]*) \|/#).map { String($0.output.1) }
        let listed = rules.flatMap { $0.matches(of: #/[A-Z]{3}-[0-9]{3}/#).map { String($0.output) } }
        let reached = try #require(AuditCatalogue.all.first { $0.property.id == "PRP-016" }).property.coverage
        let names = Set(reached.map(\.label))
        let missing = RejectionCode.allCases.filter { !names.contains("refused \($0)") }.map(\.ruleID)
        #expect(listed.sorted() == missing.sorted())
    }

    @Test("a property that is not there is an error")
    func unknownProperty() async throws {
        await #expect(throws: AuditFailure.self) { _ = try await AuditCatalogue.run(property: "PRP-999") }
    }
}
