import Dispatch

/// Runs an actor's work on a thread of its own queue.
///
/// For a store, because files block: on Swift's cooperative pool, which has one thread a core, a blocked thread would
/// hold up everything else. For the ledger's writer, because verification fills that pool: a short turn of the writer
/// would wait there behind milliseconds of curve arithmetic, and verification then wait for the writer.
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// Runs on a queue of its own, or on `queue` if one is given.
    package init(label: String, queue: DispatchQueue? = nil) {
        self.queue = queue ?? DispatchQueue(label: label, qos: .userInitiated)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { unowned.runSynchronously(on: executor) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
