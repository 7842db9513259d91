import Foundation
import Testing
import Tokenize

@testable import TokenizeSQLite

/// Power fails at any moment, and the device kept any part of what was not synced: what was acknowledged is there.
@Suite("Power loss")
struct CrashDiskTests {
    /// Crashes in one run of the suite; `TOKENIZE_CRASH_RUNS` asks for more.
    static let runCount = 2_400
    /// Crashes of one workload.
    static let runsPerWorkload = 60
    static let partCount = 4

    @Test("keeps every acknowledged entry, at any moment", arguments: 0..<partCount)
    func anyMoment(_ part: Int) async throws {
        let seed = Campaign.seed("power loss, part \(part)")
        let runCount = Campaign.count("TOKENIZE_CRASH_RUNS", suite: Self.runCount) / Self.partCount
        var tally = Tally()
        for number in 0..<max(1, runCount / Self.runsPerWorkload) {
            let workloadSeed = Campaign.seed(seed, part: number * Self.partCount + part)
            var random = SplitMix(seed: workloadSeed)
            let workload = CrashWorkload(seed: random.next())
            let disk = try CrashDisk()
            try await workload.run(on: disk)
            let events = disk.events
            for _ in 0..<Self.runsPerWorkload {
                let end = Int.random(in: 0...events.count, using: &random)
                let what = "seed \(seed), workload \(number), event \(end) of \(events.count)"
                let life = Life(disk: disk, events: Array(events[..<end]), knownBefore: 0)
                try await check(workload, life, depth: 0, what, &random, &tally)
            }
        }
        // What the crashes must have met, or they showed little.
        #expect(tally.crashCount >= runCount)
        #expect(tally.emptyCount > 0)
        #expect(tally.unmarkedCount > 0, "no crash between a commit and its mark")
        #expect(tally.againCount > tally.crashCount / 10, "too few crashes of a recovery")
    }

    /// What the crashes met.
    struct Tally {
        var crashCount = 0
        /// Found nothing, since nothing was acknowledged.
        var emptyCount = 0
        /// Found a group that was not acknowledged.
        var unmarkedCount = 0
        /// Crashed again while they recovered.
        var againCount = 0
    }

    /// What a disk has seen up to a crash.
    struct Life {
        let disk: CrashDisk
        let events: [CrashDisk.Event]
        /// Entries that had been acknowledged before the disk's beginning.
        let knownBefore: UInt64
    }

    private func check(
        _ workload: CrashWorkload,
        _ life: Life,
        depth: Int,
        _ what: String,
        _ random: inout SplitMix,
        _ tally: inout Tally
    ) async throws {
        var device = CrashDevice(life.disk.start)
        for event in life.events { device.apply(event) }
        let manner = CrashManner.random(&random)
        let known = max(device.acknowledged, life.knownBefore)
        tally.crashCount += 1
        let disk = try CrashDisk(device.crash(manner, &random))
        let what = "\(what), \(manner)"
        let found: UInt64
        do {
            found = try await recover(workload, disk, known, what)
        } catch let failure as LedgerFailure {
            Issue.record("\(what): \(failure)")
            return
        }
        if found == 0 { tally.emptyCount += 1 }
        if found > known { tally.unmarkedCount += 1 }
        guard depth < 2, Int.random(in: 0..<3, using: &random) == 0 else { return }
        tally.againCount += 1
        let events = disk.events
        let end = Int.random(in: 0...events.count, using: &random)
        let again = Life(disk: disk, events: Array(events[..<end]), knownBefore: known)
        try await check(workload, again, depth: depth + 1, "\(what), then event \(end)", &random, &tally)
    }

    /// Opens what is left and reads all of it; then appends a group, as life goes on. Returns the entries it found.
    private func recover(
        _ workload: CrashWorkload,
        _ disk: CrashDisk,
        _ known: UInt64,
        _ what: String
    ) async throws -> UInt64 {
        let store = try await workload.open(disk)
        let found = try await store.extent().entryCount
        #expect(found >= known, "\(what)")
        #expect(found % UInt64(workload.log.entryCount) == 0, "\(what)")
        let groups = workload.log.groups(Int(found) / workload.log.entryCount)
        try await StoreContract.requireContent(store, groups)
        if let last = groups.last, try await store.extent().markedEntryCount < found {
            try await store.confirm(logRoot: last.logRoot)
        }
        // Whoever reads it now must find it again after the next crash.
        disk.acknowledge(found)
        let cursor = try await store.projectedEntryCount()
        #expect(cursor <= found, "\(what)")
        for position in 0..<cursor {
            let transaction = StoreContract.sampleTransaction(position)
            #expect(try await store.position(of: transaction) == position, "\(what)")
        }
        if let snapshot = try await store.snapshot(atOrBefore: .max) {
            try await StoreContract.requireSample(store, height: snapshot.height, chunkCount: 3)
        }
        let next = workload.log.group(groups.count)
        try await store.append(next)
        disk.acknowledge(next.endPosition)
        await store.close()
        return found
    }

    @Test("a device that keeps nothing unsynced: a store that syncs too little would be found out")
    func lyingDevice() async throws {
        // The same harness, on a device whose syncs all do nothing: entries must get lost, and be missed.
        var random = SplitMix(seed: 5)
        var missingCount = 0
        for number in 0..<20 {
            let workload = CrashWorkload(seed: UInt64(number))
            let disk = try CrashDisk()
            try await workload.run(on: disk)
            let events = disk.events.filter { if case .synchronize = $0 { false } else { true } }
            var device = CrashDevice(disk.start)
            for event in events { device.apply(event) }
            let manner = CrashManner(sectorByteCount: 512, keptPercent: 50)
            let left = try CrashDisk(device.crash(manner, &random))
            do {
                let store = try await workload.open(left)
                if try await store.extent().entryCount < device.acknowledged { missingCount += 1 }
                await store.close()
            } catch is LedgerFailure {
                missingCount += 1
            }
        }
        #expect(missingCount > 10)
    }
}
