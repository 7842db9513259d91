extension ProjectionBatch {
    /// Checks that this batch brings a projection of `projectedCount` entries forward, and not past the log's end.
    ///
    /// A rebuild may start anywhere; it too must not run ahead of the log.
    /// - Throws: `LedgerFailure.notContiguous` with the bound that is broken.
    package func requireFollowing(projectedCount: UInt64, entryCount: UInt64) throws(LedgerFailure) {
        guard isRebuild || self.entryCount >= projectedCount else {
            throw .notContiguous(expected: projectedCount, found: self.entryCount)
        }
        guard self.entryCount <= entryCount else {
            throw .notContiguous(expected: entryCount, found: self.entryCount)
        }
    }
}
