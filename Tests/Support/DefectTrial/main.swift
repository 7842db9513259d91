import Foundation
import Tokenize
import TokenizeAudit
import TokenizeSQLite

// Runs the catalogue against the defect that TOKENIZE_PLANTED_DEFECT switches on, until a property catches it.
//
// Usage: DefectTrial SECONDS [PROPERTY ...]. SECONDS are of processor time; the properties named are tried first. Prints
// what caught the defect and exits with 0; exits with 1 if nothing did.

let arguments = CommandLine.arguments.dropFirst()
let seconds = arguments.first.flatMap { Double($0) } ?? 60
let first = Array(arguments.dropFirst())
let catalogue = AuditCatalogue(storePlaces: [{ try SQLitePlace() }])

@MainActor
func isOver() -> Bool { Double(clock()) / Double(CLOCKS_PER_SEC) > seconds }

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

/// Small runs of every property, then greater ones, as long as there is time: what is caught at all is caught soon.
@MainActor
func search() async throws -> String? {
    let preferred = first.compactMap { id in catalogue.entries.first { $0.property.id == id } }
    let others = catalogue.entries.filter { !first.contains($0.property.id) }
    var share = 8
    var round: UInt64 = 1
    while !isOver() {
        for entry in preferred + (round % 2 == 0 ? others : []) {
            guard !isOver() else { return nil }
            var run = PropertyRun(cases: max(4, entry.usualCaseCount / share), seed: round)
            run.shrinkCallCountMax = 0
            // Small runs see little, and shall not grow for it.
            run.coverageCaseFactorMax = 1
            if case .falsified(let example, _) = try await entry.property.check(run) {
                return "\(entry.property.id)\t\(example.message)"
            }
        }
        if round % 2 == 0 { share = max(1, share / 2) }
        round += 1
    }
    return nil
}

if let found = try await search() {
    print(found.replacing("\n", with: " "))
} else {
    exit(1)
}
