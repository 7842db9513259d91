import Testing

@testable import Tokenize

@Suite("Documents")
struct DocumentTests {
    private static func filing(
        _ byte: UInt8,
        _ type: DocumentType = .notice,
        about subjects: [DocumentSubject],
        superseding old: UInt8? = nil
    ) -> ControlAct {
        .fileDocument(
            DocumentFiling(
                digest: Fixture.digest(byte),
                type: type,
                about: subjects,
                superseding: old.map { Fixture.digest($0) }
            )
        )
    }

    @Test("a document is filed once, linked to assets, orders and corporate actions, and superseded with a version")
    func versions() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(scene.target(scene.alice), 1)
        let order = Fixture.order("order").id(of: scene.court.reference)
        let subjects: [DocumentSubject] = [
            .asset(scene.asset), .order(order), .corporateAction(scene.asset, reference: "coupon 1"),
        ]
        try await scene.issuer.control(Self.filing(50, about: subjects))
        try await scene.expectRefusal(.documentExists) {
            try await scene.issuer.control(Self.filing(50, about: subjects))
        }
        try await scene.issuer.control(Self.filing(51, about: subjects, superseding: 50))
        try await scene.issuer.control(Self.filing(52, about: subjects, superseding: 51))
        func record(_ byte: UInt8) async throws -> DocumentRecord {
            let found = try await scene.ledger.read { $0.control(.document(Fixture.digest(byte))) }
            guard case .document(let record)? = found else { throw Missing() }
            return record
        }
        #expect(try await record(50).version == 1)
        #expect(try await record(50).supersededBy == Fixture.digest(51))
        #expect(try await record(52).version == 3)
        #expect(try await record(52).supersededBy == nil)
        #expect(try await record(52).subjects == subjects)
        #expect(try await record(52).authority == scene.issuer.reference)
    }

    private struct Missing: Error {}

    @Test("DOC-002 to DOC-005: what is superseded is there, the filer's own, of the same type, and has no successor")
    func supersession() async throws {
        let scene = try await RuleScene()
        let about: [DocumentSubject] = [.asset(scene.asset)]
        try await scene.expectRefusal(.unknownDocument) {
            try await scene.issuer.control(Self.filing(51, about: about, superseding: 50))
        }
        try await scene.issuer.control(Self.filing(50, about: about))
        try await scene.expectRefusal(.notFiler) {
            try await scene.court.control(Self.filing(51, about: about, superseding: 50))
        }
        try await scene.expectRefusal(.otherDocumentType) {
            try await scene.issuer.control(Self.filing(51, .terms, about: about, superseding: 50))
        }
        try await scene.issuer.control(Self.filing(51, about: about, superseding: 50))
        try await scene.expectRefusal(.alreadySuperseded) {
            try await scene.issuer.control(Self.filing(52, about: about, superseding: 50))
        }
    }

    @Test("a document is about what is there, and within the scope of the authority that files it")
    func subjects() async throws {
        let scene = try await RuleScene()
        let unknown = AssetID(digest: Fixture.digest(99))
        for subject in [DocumentSubject.asset(unknown), .corporateAction(unknown, reference: "coupon 1")] {
            try await scene.expectRefusal(.unknownAsset) {
                try await scene.issuer.control(Self.filing(50, about: [.asset(scene.asset), subject]))
            }
        }
        try await scene.expectRefusal(.unknownOrder) {
            try await scene.issuer.control(Self.filing(50, about: [.order(OrderID(digest: .zero))]))
        }
        try await scene.expectRefusal(.roleMayNot) {
            let operators = scene.fixture.authority(.operator)
            try await operators.control(Self.filing(50, about: [.asset(scene.asset)]))
        }
        let other = try await scene.fixture.makeAsset(nonce: 101)
        let reference = AuthorityReference(.court, asset: scene.asset)
        let judges = scene.fixture.judges
        let appointment = AuthorityAppointment(reference, quorum: 1, members: judges.map { $0.account })
        try await scene.fixture.authority(.governor).appoint(try #require(appointment))
        let court = AuthorityClient(reference, members: judges)
        try await scene.expectRefusal(.outOfScope) {
            try await court.control(Self.filing(50, about: [.asset(scene.asset), .asset(other)]))
        }
        try await court.control(Self.filing(50, about: [.asset(scene.asset)]))
    }
}
