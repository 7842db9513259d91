import Tokenize

/// The tables for readers as batches of rows leave them: each row replaces the one of its key (Specs/08, 8.8).
struct ProjectionTables: Sendable {
    struct HoldingKey: Hashable {
        let asset: AssetID
        let account: AccountID
        let partition: UInt32
    }

    private(set) var entryCount: UInt64 = 0
    private var accounts: [AccountID: ProjectionBatch.AccountRow] = [:]
    private var assets: [AssetID: ProjectionBatch.AssetRow] = [:]
    private var holdings: [HoldingKey: ProjectionBatch.HoldingRow] = [:]
    private var receipts: [TransactionID: UInt64] = [:]

    mutating func apply(_ batch: ProjectionBatch) {
        if batch.isRebuild { self = ProjectionTables() }
        entryCount = batch.entryCount
        for row in batch.accounts { accounts[row.account] = row }
        for row in batch.assets { assets[row.asset] = row }
        for row in batch.holdings {
            let key = HoldingKey(asset: row.asset, account: row.account, partition: row.partition)
            holdings[key] = row.isEmpty ? nil : row
        }
        for row in batch.receipts { receipts[row.transaction] = row.position }
    }

    /// What the tables show that a state is not, in words; nil if they show what it is.
    func difference(from state: LedgerState) -> String? {
        func stands(_ encumbrances: [EncumbranceRecord]) -> Bool {
            encumbrances.contains { $0.lastDate >= state.businessDate }
        }
        for (index, id) in state.accountIDs.enumerated() {
            let row = ProjectionBatch.AccountRow(
                account: id,
                index: UInt32(index),
                party: state.party(of: id),
                isFrozen: stands(state.account(id)?.encumbrances ?? [])
            )
            if accounts[id] != row { return "\(String(describing: accounts[id])), not \(row)" }
        }
        var expected: [HoldingKey: ProjectionBatch.HoldingRow] = [:]
        for (index, id) in state.assetIDs.enumerated() {
            guard let record = state.asset(id) else { return "no record of \(id)" }
            let row = ProjectionBatch.AssetRow(
                asset: id,
                index: UInt32(index),
                identification: "\(record.identification)",
                issued: record.issued,
                redeemed: record.redeemed,
                isPaused: stands(record.encumbrances)
            )
            if assets[id] != row { return "\(String(describing: assets[id])), not \(row)" }
            for view in state.holdings(of: id) where view.units > .zero || !view.encumbrances.isEmpty {
                let key = HoldingKey(asset: id, account: view.account, partition: view.partition.number)
                // By the book of the model, not by what the view says is available.
                let claims = view.encumbrances.filter { $0.lastDate >= state.businessDate }.map {
                    LedgerModel.Claim($0)
                }
                let covered = LedgerModel.cover(claims)
                expected[key] = ProjectionBatch.HoldingRow(
                    asset: id,
                    account: view.account,
                    partition: key.partition,
                    units: view.units,
                    available: Quantity(covered > view.units.units ? 0 : view.units.units - covered),
                    isEmpty: false
                )
            }
        }
        if accounts.count != state.accountIDs.count { return "\(accounts.count) accounts" }
        if assets.count != state.assetIDs.count { return "\(assets.count) assets" }
        let keys = Set(holdings.keys).union(expected.keys).filter { holdings[$0] != expected[$0] }
        guard let key = keys.first else { return nil }
        return "\(String(describing: holdings[key])), not \(String(describing: expected[key]))"
    }

    /// Whether the transaction stands where the tables say.
    func shows(_ receipt: Receipt) -> Bool { receipts[receipt.transaction] == receipt.position }
}

/// A place in memory that keeps the tables for readers too.
actor ProjectedPlace: AuditStorePlace {
    private let place = MemoryPlace()
    private let tables = TableKeeper()

    func open() async -> any LedgerStore {
        _ = await place.open()
        return ProjectedStore(base: await place.store, keeper: tables)
    }

    func fork() async -> MemoryStore { await place.fork() }

    func remove() {}

    /// The tables as they stand.
    func shown() async -> ProjectionTables { await tables.tables }
}

private actor TableKeeper {
    private(set) var tables = ProjectionTables()

    func apply(_ batch: ProjectionBatch) { tables.apply(batch) }
}

/// A store that writes down what it is given for readers.
private struct ProjectedStore: StoreOverlay {
    let base: MemoryStore
    let keeper: TableKeeper

    func project(_ batch: ProjectionBatch) async throws(LedgerFailure) {
        try await base.project(batch)
        await keeper.apply(batch)
    }
}
