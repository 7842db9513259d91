import Synchronization

/// The clock of a ledger that a property makes: it stands until the property moves it.
final class AuditClock: Sendable {
    /// What it says first.
    static let start: UInt64 = 1_767_600_000

    private let seconds = Atomic(AuditClock.start)

    /// Seconds since 1970-01-01T00:00:00Z.
    var time: UInt64 { seconds.load(ordering: .sequentiallyConsistent) }

    func move(to time: UInt64) { seconds.store(time, ordering: .sequentiallyConsistent) }
}
