extension TokenLedger {
    /// True if the projection lags so far that the writer must wait for it.
    var isProjectionOverdue: Bool {
        writer.size - projectedEntryCount > EngineLimits.projectionEntryCountMax && mayTryProjection
    }

    /// False for a while after a batch that could not be written: what the log's readers want does not wait for those of
    /// the projection.
    private var mayTryProjection: Bool { writer.size >= projectionRetrySize }

    /// Waits until the store's tables show what was durable when this was called.
    public func waitUntilProjected() async throws(LedgerFailure) {
        let size = writer.size
        while projectedEntryCount < size {
            try await waitUntilDurable(writer.size)
            let before = projectedEntryCount
            projectionRetrySize = 0
            await projectIfPossible()
            // Without progress although all was durable, the projection has failed; it is logged, and tried again later.
            if projectedEntryCount == before, durablePosition == writer.size { return }
        }
    }

    /// Brings the store's tables to the present, if all of the present is durable.
    ///
    /// One batch at a time: whoever finds one under way waits for it, and then sees whether there is more to do.
    func projectIfPossible() async {
        while let projection { await projection.value }
        guard failure == nil, projectedEntryCount < writer.size, durablePosition == writer.size, mayTryProjection
        else { return }
        let today = writer.state.businessDate
        var changes = writer.unprojected
        changes.formUnion(writer.state.changes)
        if today != projectedDate { writer.state.markExpiries(from: projectedDate, to: today, in: &changes) }
        writer.unprojected = ChangedRecords()
        let batch = writer.state.projection(
            of: changes,
            entryCount: writer.size,
            isRebuild: projectedEntryCount == 0,
            receipts: recent.rows
        )
        let task = Task { await self.project(batch, of: changes, on: today) }
        projection = task
        await task.value
    }

    private func project(_ batch: ProjectionBatch, of changes: ChangedRecords, on today: CalendarDate) async {
        defer { projection = nil }
        do throws(LedgerFailure) {
            try await store.project(batch)
        } catch {
            // The projection can be built again; the log is what counts.
            configuration.logger.error("projection failed", metadata: ["failure": "\(error)"])
            writer.unprojected.formUnion(changes)
            projectionRetrySize = writer.size + EngineLimits.projectionRetryEntryCount
            return
        }
        projectedEntryCount = batch.entryCount
        projectedDate = today
        recent.removeFirst(batch.receipts.count)
    }
}

extension LedgerWriter {
    /// What recovery must project: what replay changed, or everything if the projection is empty.
    func unprojectedAfterRecovery(isComplete: Bool) -> ChangedRecords {
        guard !isComplete else { return unprojected }
        var copy = state
        copy.markEverythingChanged()
        return copy.changes
    }
}

extension LedgerState {
    /// Marks what a new business date alone has changed for readers: whatever an encumbrance has ceased to cover.
    fileprivate func markExpiries(from last: CalendarDate?, to today: CalendarDate, in changes: inout ChangedRecords) {
        func expire(_ encumbrances: [EncumbranceRecord]) -> Bool {
            encumbrances.contains { encumbrance in
                !encumbrance.stands(on: today) && last.map { encumbrance.stands(on: $0) } ?? true
            }
        }
        for (index, record) in accounts.records.enumerated() where expire(record.encumbrances) {
            changes.accounts.insert(UInt32(index))
        }
        for (index, record) in assets.records.enumerated() where expire(record.encumbrances) {
            changes.assets.insert(UInt32(index))
        }
        for (asset, table) in holdings.enumerated() {
            for (slot, holding) in table.slots.enumerated() where expire(holding.record.encumbrances) {
                changes.markHolding(AssetIndex(UInt32(asset)), slot: slot)
            }
        }
    }

    /// Rows for changed records as they stand.
    func projection(
        of changes: ChangedRecords,
        entryCount: UInt64,
        isRebuild: Bool,
        receipts: [ProjectionBatch.ReceiptRow]
    ) -> ProjectionBatch {
        let today = clock.businessDate
        var holdingRows: [ProjectionBatch.HoldingRow] = []
        for (asset, changed) in changes.holdings.enumerated() {
            for slotIndex in changed.list {
                let slot = holdings[asset].slots[Int(slotIndex)]
                holdingRows.append(
                    ProjectionBatch.HoldingRow(
                        asset: assets.ids[asset],
                        account: accounts.ids[slot.account.offset],
                        partition: slot.partition.number,
                        units: slot.record.units,
                        available: slot.record.available(on: today),
                        isEmpty: slot.record.isEmpty
                    )
                )
            }
        }
        return ProjectionBatch(
            entryCount: entryCount,
            isRebuild: isRebuild,
            accounts: changes.accounts.sorted().map { index in
                let record = accounts.records[Int(index)]
                return ProjectionBatch.AccountRow(
                    account: accounts.ids[Int(index)],
                    index: index,
                    party: parties.ids[Int(record.party.value)],
                    isFrozen: record.encumbrances.contains { $0.stands(on: today) }
                )
            },
            assets: changes.assets.sorted().map { index in
                let record = assets.records[Int(index)]
                return ProjectionBatch.AssetRow(
                    asset: assets.ids[Int(index)],
                    index: index,
                    identification: "\(record.identification)",
                    issued: record.issued,
                    redeemed: record.redeemed,
                    isPaused: record.encumbrances.contains { $0.stands(on: today) }
                )
            },
            holdings: holdingRows,
            receipts: receipts
        )
    }
}
