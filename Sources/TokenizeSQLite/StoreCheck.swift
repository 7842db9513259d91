import GRDB
import Tokenize

/// What a store holds, checked against its mark.
///
/// Reads the end of the log only; every other row is checked when it is read.
struct StoreCheck {
    /// What a store that passes holds.
    struct Content {
        let entryCount: UInt64
        let blockHeight: UInt64
    }

    let tables: LedgerTables
    let mark: DurableMark

    /// - Throws: `LedgerFailure` as `Specs/08-storage.md` orders them.
    func check() throws -> Content {
        try checkIdentity()
        guard let last = try tables.lastGroup() else {
            guard mark.entryCount == 0 else { throw lostTail(at: 0) }
            return Content(entryCount: 0, blockHeight: 0)
        }
        let entryCount = last.group.endPosition
        guard entryCount >= mark.entryCount else { throw lostTail(at: entryCount) }
        try checkMarkedGroup()
        try checkBeyondMark(to: last.group.firstPosition)
        if last.blockHeight > 0, try tables.block(height: last.blockHeight) == nil {
            throw LedgerFailure.corrupted(what: "block", position: last.blockHeight, reason: "missing")
        }
        return Content(entryCount: entryCount, blockHeight: last.blockHeight)
    }

    private func lostTail(at entryCount: UInt64) -> LedgerFailure {
        .lostTail(entryCount: entryCount, expected: mark.entryCount, source: "mark")
    }

    private func checkIdentity() throws {
        let identity = try tables.database.run("SELECT identity FROM meta WHERE id = 1") { statement in
            try statement.next() ? statement.bytes(0) : []
        }
        guard identity == mark.identity else {
            throw LedgerFailure.foreignStore(reason: "the mark belongs to another store")
        }
    }

    /// The mark was written after a group, so a group ends where it says, with the root that it names.
    private func checkMarkedGroup() throws {
        guard mark.entryCount > 0 else { return }
        let marked = try tables.group(startingAtOrBefore: mark.entryCount - 1)?.group
        guard let marked, marked.endPosition == mark.entryCount, marked.logRoot == mark.logRoot else {
            throw LedgerFailure.rootMismatch(entryCount: mark.entryCount, source: "mark")
        }
    }

    /// Groups beyond the mark were committed before a crash; they count if none between them is missing.
    private func checkBeyondMark(to lastPosition: UInt64) throws {
        var expected = mark.entryCount
        while expected <= lastPosition {
            guard let next = try tables.group(startingAtOrBefore: expected)?.group, next.firstPosition == expected
            else {
                throw LedgerFailure.corrupted(what: "group", position: expected, reason: "missing")
            }
            expected = next.endPosition
        }
    }
}
