import Foundation
import Testing
import TokenizeAudit

/// The published properties hold, each in their usual number of cases; whoever wants more runs `TokenizeDemo audit`.
@Suite("Audit catalogue")
struct CatalogueTests {
    static let ids = AuditCatalogue.all.map { $0.property.id }

    @Test("a published property holds", arguments: ids)
    func holds(id: String) async throws {
        let entry = try #require(AuditCatalogue.all.first { $0.property.id == id })
        try await expectHolds(entry.property, cases: entry.usualCaseCount)
    }
}
