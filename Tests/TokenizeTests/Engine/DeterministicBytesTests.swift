import Testing

@testable import Tokenize

/// With a scripted clock and sealing, two runs write the same entries, however their work is scheduled.
@Suite("Deterministic bytes")
struct DeterministicBytesTests {
    /// Every entry and its effects, in order.
    private func records(of store: MemoryStore) async throws -> [[UInt8]] {
        let store = await MemoryStore(reopening: store)
        var records: [[UInt8]] = []
        var position: UInt64 = 0
        while let group = try await store.group(containing: position) {
            for record in try GroupRecords.records(of: group) { records += [record.entry, record.effects] }
            position = group.endPosition
        }
        return records
    }

    /// A run whose submissions come one by one or all at once.
    private func run(isOneByOne: Bool, sealing: LedgerConfiguration.Sealing) async throws -> [[UInt8]] {
        let store = MemoryStore()
        let time = Locked<UInt64>(1_767_600_000)
        let market = try await Market(store: store) { configuration in
            configuration.sealing = sealing
            // A clock that tells a new time for each block.
            configuration.clock = {
                time.withLock { time in
                    time += 10
                    return time
                }
            }
        }
        let transactions = try await market.transfers(500)
        if isOneByOne {
            for transaction in transactions { _ = try await market.ledger.submit(transaction) }
        } else {
            for result in await market.ledger.submit(transactions) { _ = try result.get() }
        }
        try await market.ledger.close()
        return try await records(of: store)
    }

    @Test("the same entries, one by one or all at once", arguments: [1, 7, 64])
    func sameEntries(_ count: Int) async throws {
        let first = try await run(isOneByOne: false, sealing: .every(count))
        let second = try await run(isOneByOne: true, sealing: .every(count))
        #expect(first == second)
        // Genesis and its header, transactions, and a header after each `count` of them.
        let transactions = 504
        #expect(first.count / 2 == 2 + transactions + (transactions + count - 1) / count)
    }

    @Test("on request: one block for all that came before")
    func onRequest() async throws {
        let first = try await run(isOneByOne: false, sealing: .onRequest)
        #expect(first == (try await run(isOneByOne: true, sealing: .onRequest)))
    }
}
