import Foundation
import Tokenize
import TokenizeAudit
import TokenizeSQLite

// Runs the catalogue against the defect that TOKENIZE_PLANTED_DEFECT switches on, until a property catches it.
//
// Usage: DefectTrial SECONDS|pass [PROPERTY ...]. SECONDS are of processor time, for small runs and then greater ones;
// `pass` is the whole catalogue once, with the usual numbers of cases and the usual seed, as an auditor runs it. The
// properties named are tried first. Prints what caught the defect and exits with 0; exits with 1 if nothing did, with 3 if
// a property does not end, and with 4 if one could not be tried.

let arguments = CommandLine.arguments.dropFirst()
let isOnePass = arguments.first == "pass"
let seconds = arguments.first.flatMap { Double($0) } ?? 60
let first = Array(arguments.dropFirst())
let catalogue = AuditCatalogue(storePlaces: [{ try SQLitePlace() }])
/// The longest property takes a small part of this.
let watch = Watch(secondsMax: 600)

@MainActor
func isOver() -> Bool { Watch.processorSeconds > seconds }

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

/// What a run of one property comes to; a case that does not hold is not made smaller.
@MainActor
func outcome(_ entry: AuditCatalogue.Entry, _ run: PropertyRun) async throws -> PropertyOutcome {
    var run = run
    run.shrinkCallCountMax = 0
    watch.begin(entry.property.id)
    return try await entry.property.check(run)
}

/// The whole catalogue once. To pass, a property must have shown enough, too: an auditor is told if it has not.
@MainActor
func pass() async throws -> String? {
    let named = catalogue.entries.filter { first.contains($0.property.id) }
    for entry in named + catalogue.entries.filter({ !first.contains($0.property.id) }) {
        switch try await outcome(entry, PropertyRun(cases: entry.usualCaseCount)) {
        case .passed: break
        case .falsified(let example, _): return "\(entry.property.id)\t\(example.message)"
        case .gaveUp: return "\(entry.property.id)\ttoo many cases are discarded to say anything"
        case .insufficientCoverage(let gaps, _):
            return "\(entry.property.id)\ttoo few cases show \(gaps.map(\.label).joined(separator: ", "))"
        }
    }
    return nil
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
            // Small runs see little, and shall not grow for it.
            run.coverageCaseFactorMax = 1
            if case .falsified(let example, _) = try await outcome(entry, run) {
                return "\(entry.property.id)\t\(example.message)"
            }
        }
        if round % 2 == 0 { share = max(1, share / 2) }
        round += 1
    }
    return nil
}

watch.run()
do {
    guard let found = try await isOnePass ? pass() : search() else { exit(1) }
    print(found.replacing("\n", with: " "))
} catch {
    // A property that could not be tried at all says nothing of the defect; unhandled it would end like a trap.
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(4)
}
