import Synchronization
import Tokenize

/// The clock of a story: it goes with the business days, so that sealing times and notices are those of the days that
/// are told, and not of the minute in which they are.
final class StoryClock: Sendable {
    private static let secondsPerDay: UInt64 = 86_400
    /// 08:30 in Vientiane.
    private static let opening: UInt64 = 5_400

    private let time: Mutex<UInt64>

    init(morningOf date: CalendarDate) { time = Mutex(StoryClock.seconds(at: date)) }

    /// Seconds since 1970-01-01T00:00:00Z.
    var seconds: UInt64 { time.withLock { $0 } }

    /// Goes on to the morning of a day.
    func dawn(_ date: CalendarDate) { time.withLock { $0 = max($0, StoryClock.seconds(at: date)) } }

    private static func seconds(at date: CalendarDate) -> UInt64 {
        UInt64(max(date.daysSinceEpoch, 0)) * secondsPerDay + opening
    }
}
