import Foundation

/// Ends the process with a status of its own when a property does not end: one that goes on without end, or one in which
/// nothing runs any more.
///
/// Both are told by the processor time of this process, and so on a loaded machine too, where little of it passes.
final class Watch: Sendable {
    static let hangStatus: CInt = 3
    /// Looks, a second apart, without any processor time in between, after which nothing runs any more.
    private static let idleLookCountMax = 120
    /// Processor time that the watch itself may take between two looks.
    private static let ownSeconds = 0.005

    private let secondsMax: Double
    private let lock = NSLock()
    private nonisolated(unsafe) var property = ""
    private nonisolated(unsafe) var start = 0.0

    static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// A watch on properties of which each has `secondsMax` of processor time.
    init(secondsMax: Double) { self.secondsMax = secondsMax }

    /// A property begins.
    func begin(_ property: String) {
        lock.lock()
        defer { lock.unlock() }
        self.property = property
        start = Self.processorSeconds
    }

    /// Looks from now on, from a thread that nothing else waits for.
    func run() {
        Thread.detachNewThread { [self] in
            var idleLookCount = 0
            var last = Self.processorSeconds
            while true {
                sleep(1)
                let now = Self.processorSeconds
                idleLookCount = now - last > Self.ownSeconds ? 0 : idleLookCount + 1
                last = now
                let (property, taken) = current(now)
                if idleLookCount >= Self.idleLookCountMax { Self.stop(property, "nothing runs any more") }
                if taken > secondsMax { Self.stop(property, "no end after \(Int(taken)) s of processor time") }
            }
        }
    }

    private func current(_ now: Double) -> (property: String, taken: Double) {
        lock.lock()
        defer { lock.unlock() }
        return (property, now - start)
    }

    private static func stop(_ property: String, _ why: String) -> Never {
        print("\(property)\t\(why)")
        // Whatever hangs holds whatever it holds: nothing is tidied up.
        fflush(nil)
        _exit(hangStatus)
    }
}
