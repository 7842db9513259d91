import Tokenize

struct LandStory: Sendable {
    struct Report: Encodable {}
    static func tell(_ scenario: LandScenario, at path: String, _ console: Console) async throws -> Report {
        Report()
    }
}
