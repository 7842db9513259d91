extension StateTree {
    /// The tree after a batch, worked out by several tasks: the subtrees share nothing, so each task takes some.
    ///
    /// The result is that of ``apply(_:)``. Worth it for large batches while processors are idle. The tree is
    /// consumed, so that no subtree is copied if nobody else holds it.
    ///
    /// - Precondition: no key hash occurs twice, and there is at least one task.
    static func applying(_ batch: [Update], to tree: consuming StateTree, taskCount: Int) async -> StateTree {
        precondition(taskCount > 0, "no task to do the work")
        var updates = batch
        sort(&updates)
        let sorted = updates
        let workers = tree.makeWorkers(for: sorted, count: taskCount)
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await worker.apply(sorted) } }
        }
        for worker in workers {
            for share in await worker.giveBack() { tree.put(share.subtree, at: share.index) }
        }
        tree.join()
        return tree
    }

    /// A subtree, its place, and the part of a batch that concerns it.
    private struct Share: Sendable {
        let index: Int
        let range: Range<Int>
        var subtree: StateSubtree
    }

    /// Owns some subtrees while they change: an array that a task captures would be shared, and so be copied.
    private actor Worker {
        private var shares: [Share] = []

        init(_ shares: consuming [Share]) { self.shares = shares }

        func apply(_ sorted: [Update]) {
            sorted.withUnsafeBufferPointer { updates in
                for index in shares.indices {
                    let part = UnsafeBufferPointer(rebasing: updates[shares[index].range])
                    shares[index].subtree.apply(part, depth: StateTree.topDepth)
                }
            }
        }

        func giveBack() -> [Share] {
            var given: [Share] = []
            swap(&given, &shares)
            return given
        }
    }

    private mutating func makeWorkers(for sorted: [Update], count: Int) -> [Worker] {
        let parts = sorted.withUnsafeBufferPointer { Self.parts(of: $0) }
        return (0..<min(count, parts.count)).map { first in
            var shares: [Share] = []
            for position in stride(from: first, to: parts.count, by: count) {
                let part = parts[position]
                shares.append(Share(index: part.subtree, range: part.range, subtree: take(part.subtree)))
            }
            return Worker(shares)
        }
    }
}
