import Foundation
import Testing
import TokenizeAudit

/// The published properties hold, each in their usual number of cases; whoever wants more runs `TokenizeDemo audit`.
@Suite("Audit catalogue")
struct CatalogueTests {
    static let ids = AuditCatalogue.all.map { $0.property.id }

    @Test("every counterexample that is kept is of a property that is published")
    func kept() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: regressionFolder.path)
        for file in files where file != "README.md" {
            #expect(Self.ids.contains { file.hasPrefix($0) }, "\(file) is of no property")
        }
    }

    @Test("a published property holds", arguments: ids)
    func holds(id: String) async throws {
        let entry = try #require(AuditCatalogue.all.first { $0.property.id == id })
        try await expectHolds(entry.property, cases: entry.usualCaseCount)
    }
}
