extension EntryGroup {
    /// Checks that this group follows a log of `entryCount` entries and `blockHeight` blocks.
    ///
    /// Every store makes this check before it writes anything, so that a refused group leaves the store as it was.
    /// - Throws: `LedgerFailure.notContiguous` with the first position, height or header position that is out of order.
    package func requireFollowing(entryCount: UInt64, blockHeight: UInt64) throws(LedgerFailure) {
        precondition(self.entryCount >= 1, "a group holds at least one entry")
        guard firstPosition == entryCount else {
            throw .notContiguous(expected: entryCount, found: firstPosition)
        }
        var height = blockHeight
        var earliest = firstPosition
        for block in blocks {
            height += 1
            guard block.height == height else { throw .notContiguous(expected: height, found: block.height) }
            guard block.headerPosition >= earliest, block.headerPosition < endPosition else {
                throw .notContiguous(expected: earliest, found: block.headerPosition)
            }
            earliest = block.headerPosition + 1
        }
    }
}
