import Foundation
import Testing
import TokenizeAudit

/// A found counterexample is kept as a file, is tried first for ever, and is refused if it is damaged.
@Suite("Audit kit: counterexamples")
struct CounterexampleTests {
    private static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private static func example() async throws -> Counterexample {
        try #require(try await KitExamples.smallest(QueueModel.property)).example
    }

    @Test("a file is read as it was written, and is readable")
    func bijection() async throws {
        let example = try await Self.example()
        let json = try example.json()
        #expect(try Counterexample(json: json, file: "x") == example)
        let text = try #require(String(bytes: json, encoding: .utf8))
        #expect(text.contains("\"property\" : \"queue\""))
        #expect(text.contains("\"4. take\"") || text.contains("\"8. take\""))
        #expect(example.toolVersion == Counterexample.toolVersion)
    }

    @Test("a kept counterexample is tried before anything else")
    func replay() async throws {
        try await Self.withFolder { folder in
            let example = try await Self.example()
            let path = try example.write(into: folder)
            #expect(path.hasSuffix(example.fileName))
            // No new case is needed to find it again, whatever the seed.
            let run = PropertyRun(cases: 0, seed: 99, regressions: folder)
            guard case .falsified(let found, let statistics) = try await QueueModel.property.check(run) else {
                Issue.record("the counterexample was not replayed")
                return
            }
            #expect(found == example)
            #expect(statistics.caseCount == 0 && statistics.shrinkCallCount == 0)
        }
    }

    @Test("a counterexample that holds now is counted, one that is no case any more is told apart")
    func healed() async throws {
        try await Self.withFolder { folder in
            try await Self.example().write(into: folder)
            let healed = Property("queue", "holds") { trial in _ = try trial.draw(Generator<UInt8>.integer()) }
            let outcome = try await healed.check(PropertyRun(cases: 5, regressions: folder))
            #expect(outcome.isPassed)
            #expect(outcome.statistics.replayedCount == 1 && outcome.statistics.staleCount == 0)
            let other = Property("queue", "holds") { trial in
                _ = try trial.draw(Generator<UInt8>.integer().array(count: 60...60))
            }
            let stale = try await other.check(PropertyRun(cases: 5, regressions: folder)).statistics
            #expect(stale.replayedCount == 0 && stale.staleCount == 1)
        }
    }

    @Test("a damaged file is an error, not a run without it")
    func damage() async throws {
        let example = try await Self.example()
        let text = try #require(String(bytes: try example.json(), encoding: .utf8))
        let seed = "\"seed\" : \"\(example.seed)\""
        #expect(text.contains(seed))
        let damaged = [
            "", "{", "[]", "{}", String(text.dropLast(5)),
            text.replacingOccurrences(of: seed, with: "\"seed\" : \"-1\""),
            text.replacingOccurrences(of: seed, with: "\"seed\" : 1"),
            text.replacingOccurrences(of: "\"caseIndex\" : \"", with: "\"caseIndex\" : \"x"),
            text.replacingOccurrences(of: "\"choices\" : [", with: "\"choices\" : [ \"18446744073709551616\","),
            text.replacingOccurrences(of: "\"message\"", with: "\"massage\""),
        ]
        for content in damaged {
            try await Self.withFolder { folder in
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(content.utf8).write(to: folder.appendingPathComponent(example.fileName))
                let error = await #expect(throws: CounterexampleError.self, "\(content)") {
                    _ = try await QueueModel.property.check(PropertyRun(cases: 1, regressions: folder))
                }
                guard case .damaged(example.fileName, _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }
    }

    @Test("a file of another form or property is an error; other files are left alone")
    func foreignFiles() async throws {
        let example = try await Self.example()
        let text = try #require(String(bytes: try example.json(), encoding: .utf8))
        let (name, other) = (example.fileName, "tokenize-audit-counterexample-2")
        #expect(throws: CounterexampleError.unknownFormat(file: name, format: other)) {
            _ = try Counterexample(
                json: Array(text.replacingOccurrences(of: Counterexample.format, with: other).utf8),
                file: name
            )
        }
        try await Self.withFolder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            func write(_ content: String, _ name: String) throws {
                try Data(content.utf8).write(to: folder.appendingPathComponent(name))
            }
            try write("not json", "README.md")
            try write("not json", "queue-other-0123456789abcdef.json")
            #expect(try Counterexample.kept(for: "queue", in: folder) == [])
            try write(text.replacingOccurrences(of: "\"queue\"", with: "\"stack\""), name)
            #expect(throws: CounterexampleError.foreign(file: name, property: "stack")) {
                _ = try Counterexample.kept(for: "queue", in: folder)
            }
        }
        let large = [UInt8](repeating: 0x20, count: AuditLimits.counterexampleByteCountMax + 1)
        #expect(throws: CounterexampleError.self) { _ = try Counterexample(json: large, file: name) }
    }
}
