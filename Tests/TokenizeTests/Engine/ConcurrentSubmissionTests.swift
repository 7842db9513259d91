import Testing

@testable import Tokenize

/// Many submitters at once: everybody gets receipts, nobody's order is broken, nothing stands twice.
@Suite("Concurrent submission")
struct ConcurrentSubmissionTests {
    @Test("64 submitters of 50 transfers each", arguments: StoreKind.allCases)
    func many(_ kind: StoreKind) async throws {
        let submitterCount = 64
        let transferCount = 50
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open(), peopleCount: submitterCount)
        let receipts = try await withThrowingTaskGroup(of: [Receipt].self) { group in
            for giver in 0..<submitterCount {
                group.addTask {
                    var receipts: [Receipt] = []
                    for sequence in 0..<transferCount {
                        let signed = try await market.transfer(from: giver, sequence: UInt64(sequence))
                        receipts.append(try await market.ledger.submit(signed.bytes))
                    }
                    return receipts
                }
            }
            return try await group.reduce(into: [[Receipt]]()) { $0.append($1) }
        }
        #expect(receipts.count == submitterCount)
        for own in receipts {
            #expect(own.count == transferCount)
            #expect(own.map(\.position) == own.map(\.position).sorted())
        }
        #expect(Set(receipts.joined().map(\.position)).count == submitterCount * transferCount)
        #expect(Set(receipts.joined().map(\.transaction)).count == submitterCount * transferCount)
        // Everybody gave as many units as they got.
        let asset = market.asset
        let holdings = try await market.ledger.read { $0.holdings(of: asset) }
        #expect(holdings.allSatisfy { $0.units == Market.unitsEach })
        try await market.ledger.close()
        let report = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(report.projectedEntryCount == report.entryCount)
    }

    @Test("one submission keeps its order, and a refusal in it refuses nothing else")
    func order() async throws {
        let market = try await Market()
        var transactions = try await market.transfers(1_000)
        // A replay of the first, one too rich, one that is no transaction, one by a stranger.
        transactions.insert(transactions[0], at: 400)
        transactions.insert(try await market.transfer(from: 0, sequence: 250, units: 5_000).bytes, at: 999)
        transactions.insert([0x80], at: 500)
        transactions.insert(try await market.transfer(from: 1, sequence: 130, units: 2, signedBy: 77).bytes, at: 600)
        let results = await market.ledger.submit(transactions)
        #expect(results.count == transactions.count)
        var positions: [UInt64] = []
        var refused: [Int: RejectionCode] = [:]
        for (index, result) in results.enumerated() {
            switch result {
            case .success(let receipt): if index != 400 { positions.append(receipt.position) }
            case .failure(.rejected(let rejection)): refused[index] = rejection.code
            case .failure(let failure): Issue.record("\(failure)")
            }
        }
        let isAscending = positions == positions.sorted()
        #expect(isAscending)
        #expect(positions.count == 1_000)
        #expect(try results[400].get() == results[0].get())
        #expect(refused[500] == .malformed)
        #expect(refused[600] == .unknownKey)
        #expect(refused.count == 3)
        try await market.ledger.close()
    }

    @Test("more than the queue holds: submitters wait their turn and all are served")
    func backpressure() async throws {
        let gate = Gate(isOpen: true)
        var hooks = HookedStore.Hooks()
        hooks.beforeAppend = { _ in await gate.pass() }
        let market = try await Market(store: HookedStore(base: MemoryStore(), hooks: hooks))
        let ledger = market.ledger
        let good = try await market.transfers(8)
        await gate.shut()
        let arrivals = await gate.arrivals
        let first = Task { await ledger.submit(Array(good[..<4])) }
        await gate.arrival(of: arrivals + 1)
        // The writer waits for the store. Refusals cost no signature, so that there can be many.
        let garbage = [[UInt8]](repeating: [0x80], count: 8_000)
        let submitters = (0..<4).map { _ in Task { await ledger.submit(garbage) } }
        while ledger.queue.heldBackCount == 0 { await Task.yield() }
        let last = Task { await ledger.submit(Array(good[4...])) }
        while ledger.queue.heldBackCount < 2 { await Task.yield() }
        // Each worker of each submission may have a chunk in hand when the bound is reached.
        let workerCount = EngineLimits.verificationTaskCount * (submitters.count + 1)
        #expect(
            ledger.queue.undecidedCount
                <= EngineLimits.queuedTransactionCountMax + EngineLimits.verificationChunkCount * workerCount
        )
        await gate.open()
        for submitter in submitters {
            let results = await submitter.value
            #expect(results.count == garbage.count)
            for result in results {
                guard case .failure(.rejected(let rejection)) = result, rejection.code == .malformed else {
                    Issue.record("\(result)")
                    break
                }
            }
        }
        for result in await first.value + last.value { _ = try result.get() }
        #expect(await ledger.unfinishedCount == 0)
        try await ledger.close()
    }

    @Test("a flood of refused transactions holds nobody else up, and gets a typed answer beyond the limit of look-ups")
    func lookUps() async throws {
        let gate = Gate()
        var hooks = HookedStore.Hooks()
        hooks.beforePosition = { await gate.pass() }
        let market = try await Market(store: HookedStore(base: MemoryStore(), hooks: hooks))
        let ledger = market.ledger
        // Refused, and never committed; by a key that nobody has, so that it costs no arithmetic on the curve.
        let stranger = try await market.transfer(from: 0, sequence: 60, signedBy: 999).bytes
        let flood = Task {
            await ledger.submit([[UInt8]](repeating: stranger, count: EngineLimits.lookUpCountMax + 1_000))
        }
        while await ledger.lookUpCount < EngineLimits.lookUpCountMax { await Task.yield() }
        // No look-up has come back yet.
        try await market.run(4)
        await gate.open()
        var overloadCount = 0
        for result in await flood.value {
            switch result {
            case .failure(.rejected(let rejection)): #expect(rejection.code == .unknownKey)
            case .failure(.failed(.limitExceeded("lookUpCountMax", _))): overloadCount += 1
            default: Issue.record("\(result)")
            }
        }
        #expect(overloadCount == 1_000)
        #expect(await ledger.lookUpCount == 0)
        try await ledger.close()
    }

    @Test("after close: a typed refusal; before close: a result")
    func close() async throws {
        let market = try await Market()
        let ledger = market.ledger
        let transactions = try await market.transfers(400)
        let running = Task { await ledger.submit(transactions) }
        while await ledger.unfinishedCount == 0 { await Task.yield() }
        try await ledger.close()
        for result in await running.value { _ = try result.get() }
        let late = try await market.transfer(from: 0, sequence: 100).bytes
        await #expect(throws: SubmissionError.failed(.storeClosed)) { try await ledger.submit(late) }
        try await ledger.close()
    }
}
