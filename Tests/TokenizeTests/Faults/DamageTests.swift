import Foundation
import Testing
import Tokenize

@testable import TokenizeSQLite

/// Whatever happens to a store's bytes is detected, or changes nothing that is read: never a silently different log.
@Suite("Damage")
struct DamageTests {
    /// Cases in one run of the suite; `TOKENIZE_DAMAGE_CASES` asks for more.
    static let caseCount = 20_000
    static let partCount = 8

    private static let subjects = Task { try await DamageSubject.all() }

    @Test("is a typed failure, or the same log", arguments: 0..<partCount)
    func random(_ part: Int) async throws {
        let seed = Campaign.seed("damage, part \(part)")
        let subjects = try await Self.subjects.value
        let caseCount = Campaign.count("TOKENIZE_DAMAGE_CASES", suite: Self.caseCount) / Self.partCount
        var random = SplitMix(seed: Campaign.seed(seed, part: part))
        var detectedCount = 0
        for number in 0..<caseCount {
            let subject = subjects[number % subjects.count]
            let damage = Damage.random(subject, &random)
            if Self.isDetected(damage, subject, "seed \(seed), case \(number)") { detectedCount += 1 }
        }
        // What hits nothing that is read is not detected: an old frame, a free page, the slot that does not count.
        #expect(detectedCount > caseCount / 4)
        #expect(detectedCount < caseCount)
    }

    /// Every bit and every length of every file: hours, and so on request only (`TOKENIZE_EVERY_BIT=1`, see Scripts/soak).
    @Test(
        "of any bit, to any length",
        .enabled(if: Campaign.count("TOKENIZE_EVERY_BIT", suite: 0) == 1, "runs in Scripts/soak"),
        arguments: 0..<partCount
    )
    func exhaustive(_ part: Int) async throws {
        for subject in try await Self.subjects.value {
            for (file, bytes) in subject.crash.files.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                for byte in bytes.indices where byte % Self.partCount == part {
                    _ = Self.isDetected(.cut(file, byteCount: byte), subject, "")
                    for bit in 0..<8 { _ = Self.isDetected(.flip(file, byte: byte, bit: bit), subject, "") }
                }
            }
        }
    }

    /// True if it is detected; records an issue if it is neither that nor harmless.
    private static func isDetected(_ damage: Damage, _ subject: DamageSubject, _ what: String) -> Bool {
        do throws(LedgerFailure) {
            let found = try DamageSubject.content(of: damage.applied(to: subject), tiles: subject.content.tiles)
            if !subject.content.isSame(as: found) {
                Issue.record("\(what): \(subject.name), \(damage): another log, silently")
            }
            return false
        } catch {
            return true
        }
    }

    @Test("a page as it was before the last groups, each of all pages")
    func stalePages() async throws {
        let subject = try #require(try await Self.subjects.value.first { $0.name == "closed" })
        let pageCount = (subject.crash.files[.database]?.count ?? 0) / StoreCrash.File.database.partByteCount
        #expect(pageCount > 20)
        var detectedCount = 0
        for page in 0..<pageCount {
            let damage = Damage.stale(.database, part: page, copy: subject.older.count - 1)
            if Self.isDetected(damage, subject, "") { detectedCount += 1 }
        }
        // One of them is the index by which a group's blocks are found, and one that by which its tiles are.
        #expect(detectedCount > 4)
    }

    @Test("the mark, at many places")
    func mark() async throws {
        let subject = try await Self.subjects.value[0]
        let bytes = try #require(subject.crash.files[.mark])
        for byte in bytes.indices where byte % 97 == 0 || byte % 4096 == 4095 {
            _ = Self.isDetected(.flip(.mark, byte: byte, bit: byte % 8), subject, "")
            _ = Self.isDetected(.cut(.mark, byteCount: byte), subject, "")
        }
    }

    @Test("only the mark can tell that the last groups are gone; and only an expectation that both went back together")
    func whoCanTell() async throws {
        let log = SampleGroups()
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder), options: DamageSubject.options)
        for number in 0..<3 { try await store.append(log.group(number)) }
        let older = try StoreCrash(copying: folder)
        for number in 3..<5 { try await store.append(log.group(number)) }
        let newer = try StoreCrash(copying: folder)
        await store.close()

        // SQLite finds nothing wrong with what is older; the mark does.
        var rolledBack = older
        rolledBack.files[.mark] = newer.files[.mark]
        #expect(throws: LedgerFailure.lostTail(entryCount: 9, expected: 15, source: "mark")) {
            try DamageSubject.content(of: rolledBack, tiles: nil)
        }
        // Both went back: a store like any other. A checkpoint that somebody kept tells (see "Damaged ledger").
        #expect(try DamageSubject.content(of: older, tiles: nil).groups == log.groups(3))
    }

    @Test("two faults at once that nothing in the store finds: the newest mark damaged, and exactly its group gone")
    func twoFaults() async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder), options: DamageSubject.options)
        let log = SampleGroups()
        for number in 0..<4 { try await store.append(log.group(number)) }
        var older = try StoreCrash(copying: folder)
        try await store.append(log.group(4))
        let newer = try StoreCrash(copying: folder)
        await store.close()
        let marks = try #require(newer.files[.mark])
        let newest = try #require(DurableMark.latest(in: marks))
        older.files[.mark] = newer.files[.mark]
        older.files[.mark]?[newest.offset + 50] ^= 1
        #expect(try DamageSubject.content(of: older, tiles: nil).groups == log.groups(4))
        // One group more, or the slot whole, and it is found.
        older.files[.mark] = newer.files[.mark]
        #expect(throws: LedgerFailure.lostTail(entryCount: 12, expected: 15, source: "mark")) {
            try DamageSubject.content(of: older, tiles: nil)
        }
    }
}
