import Foundation
import Tokenize
import TokenizeAudit
import TokenizeSQLite

// Runs the catalogue against the defect that TOKENIZE_PLANTED_DEFECT switches on, until a property catches it.
//
// Usage: DefectTrial SECONDS [PROPERTY ...]. Prints what caught it and exits with 0; exits with 1 if nothing did.

let arguments = CommandLine.arguments.dropFirst()
let seconds = arguments.first.flatMap { Double($0) } ?? 60
let wanted = Array(arguments.dropFirst())
let start = ContinuousClock.now
let catalogue = AuditCatalogue(storePlaces: [{ try SQLitePlace() }])

/// A file of its own, removed at the end.
struct SQLitePlace: AuditStorePlace {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "defect-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func open() async throws -> any LedgerStore {
        try await SQLiteStore.open(path: folder.appending(path: "ledger.sqlite").path)
    }

    func remove() async { try? FileManager.default.removeItem(at: folder) }
}

/// The properties that compare with the model, or with what is worked out by hand, come first: they find most.
let entries = catalogue.entries.sorted { left, right in
    func isLate(_ entry: AuditCatalogue.Entry) -> Bool { !("PRP-020"..."PRP-039").contains(entry.property.id) }
    return !isLate(left) && isLate(right)
}

/// Small runs of every property, then greater ones, as long as there is time: what is caught at all is caught soon.
func search() async throws -> String? {
    var share = 8
    var round: UInt64 = 1
    while ContinuousClock.now - start < .seconds(seconds) {
        for entry in entries where wanted.isEmpty || wanted.contains(entry.property.id) {
            guard ContinuousClock.now - start < .seconds(seconds) else { return nil }
            var run = PropertyRun(cases: max(2, entry.usualCaseCount / share), seed: round)
            run.shrinkCallCountMax = 0
            if case .falsified(let example, _) = try await entry.property.check(run) {
                return "\(entry.property.id)\t\(example.message)"
            }
        }
        share = max(1, share / 2)
        round += 1
    }
    return nil
}

if let found = try await search() {
    print(found.replacing("\n", with: " "))
} else {
    exit(1)
}
