extension StateTree {
    /// The first 64 bits of a key hash, and where its update stands: what is worth moving while sorting.
    private struct Place {
        let prefix: UInt64
        let index: UInt32
    }

    /// Sorts updates by key hash.
    ///
    /// Key hashes are uniform unless somebody made an effort, so one pass into buckets by their first bits leaves
    /// little to do. Where somebody did, the buckets are sorted as any other list.
    ///
    /// - Precondition: no key hash occurs twice.
    static func sort(_ updates: inout [Update]) {
        if isStrictlyAscending(updates) { return }
        precondition(updates.count <= NodeArena<StateSubtree.Leaf>.countMax, "more updates than leaves can be")
        let sorted = updates.withUnsafeBufferPointer { updates in
            bucketed(updates).map { updates[Int($0.index)] }
        }
        updates = sorted
        precondition(isStrictlyAscending(updates), "a key hash occurs twice in one batch")
    }

    private static func bucketed(_ updates: UnsafeBufferPointer<Update>) -> [Place] {
        // About one update a bucket.
        let shift = UInt64(min(63, UInt64(updates.count).leadingZeroBitCount + 1))
        var ends = [UInt32](repeating: 0, count: Int(UInt64.max >> shift) + 2)
        for update in updates { ends[Int(update.keyHash.word0.bigEndian >> shift) + 1] += 1 }
        for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
        var places = [Place](repeating: Place(prefix: 0, index: 0), count: updates.count)
        // From here on `ends[bucket]` is where the next of the bucket goes, and in the end where the bucket ends.
        for (index, update) in updates.enumerated() {
            let prefix = update.keyHash.word0.bigEndian
            let bucket = Int(prefix >> shift)
            places[Int(ends[bucket])] = Place(prefix: prefix, index: UInt32(index))
            ends[bucket] += 1
        }
        var start = 0
        for end in ends.dropLast().lazy.map(Int.init) {
            if end - start > 1 {
                places[start..<end].sort { left, right in
                    left.prefix != right.prefix
                        ? left.prefix < right.prefix
                        : updates[Int(left.index)].keyHash < updates[Int(right.index)].keyHash
                }
            }
            start = end
        }
        return places
    }

    private static func isStrictlyAscending(_ updates: [Update]) -> Bool {
        for index in updates.indices.dropFirst() where !(updates[index - 1].keyHash < updates[index].keyHash) {
            return false
        }
        return true
    }
}
