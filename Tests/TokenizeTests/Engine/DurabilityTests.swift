import Testing

@testable import Tokenize

/// Nothing is told to anybody before the store has it, and nothing after the store has failed.
@Suite("Durability before acknowledgement")
struct DurabilityTests {
    /// What ends, and when: at most what was durable may have.
    private actor Log {
        private(set) var ended: Set<String> = []
        func end(_ name: String) { ended.insert(name) }
    }

    @Test("receipts, refusals, reads and events wait for the store")
    func gated() async throws {
        let gate = Gate(isOpen: true)
        var hooks = HookedStore.Hooks()
        hooks.beforeAppend = { _ in await gate.pass() }
        let market = try await Market(store: HookedStore(base: MemoryStore(), hooks: hooks))
        let ledger = market.ledger
        let asset = market.asset
        let giver = market.people[0].account
        let size = try await ledger.size()
        let before = try await ledger.read { $0.holding(asset: asset, account: giver).units }
        await gate.shut()
        let transfer = try await market.transfer(from: 0, sequence: 0)
        let tooMuch = try await market.transfer(from: 0, sequence: 1, units: 5_000)
        let log = Log()
        let arrivals = await gate.arrivals
        let receipt = Task {
            let receipt = try await ledger.submit(transfer.bytes)
            await log.end("receipt")
            return receipt
        }
        // The group with the transfer is at the store's door.
        await gate.arrival(of: arrivals + 1)
        let refused = Task {
            let code = try await refusal { _ = try await ledger.submit(tooMuch.bytes) }
            await log.end("refusal")
            return code
        }
        let read = Task {
            let units = try await ledger.read { $0.holding(asset: asset, account: giver).units }
            await log.end("read")
            return units
        }
        let found = Task {
            let receipt = try await ledger.receipt(of: transfer.id)
            await log.end("look-up")
            return receipt
        }
        let event = Task {
            for try await event in ledger.events(from: size) {
                await log.end("event")
                return event.position
            }
            return 0
        }
        let header = Task {
            let header = try await ledger.lastHeader()
            await log.end("header")
            return header
        }
        let checkpoint = Task {
            let checkpoint = try await market.fixture.checkpoint()
            await log.end("checkpoint")
            return checkpoint
        }
        // Of the seven each has ended, or is inside the ledger and has nothing to do but wait. What is told too early ends.
        while await ledger.durabilityWaiters.count + ledger.unfinishedCount + log.ended.count < 7 { await Task.yield() }
        #expect(await log.ended.isEmpty)

        await gate.open()
        #expect(try await receipt.value.position == size)
        #expect(try await refused.value == .insufficientUnits)
        #expect(try await read.value == before.subtracting(1))
        #expect(try await found.value == (try await receipt.value))
        #expect(try await event.value == size)
        #expect(try await header.value?.previousSize == size + 1)
        #expect(try await checkpoint.value.size == size + 2)
        #expect(await log.ended.count == 7)
        try await ledger.close()
    }

    @Test("a store that fails: nothing is acknowledged, everybody gets the error, reads refuse")
    func failing() async throws {
        let gate = Gate(isOpen: true)
        let isBroken = Locked(false)
        let cause = LedgerFailure.inputOutput(operation: "append", reason: "no space")
        var hooks = HookedStore.Hooks()
        hooks.beforeAppend = { _ throws(LedgerFailure) in
            await gate.pass()
            if isBroken.value { throw cause }
        }
        let store = MemoryStore()
        let market = try await Market(store: HookedStore(base: store, hooks: hooks))
        let ledger = market.ledger
        let asset = market.asset
        let size = try await ledger.size()
        let header = try await ledger.lastHeader()
        await gate.shut()
        let arrivals = await gate.arrivals
        isBroken.withLock { $0 = true }
        let transactions = try await market.transfers(400)
        let submitters = (0..<4).map { number in
            Task { await ledger.submit(Array(transactions[number * 100..<(number + 1) * 100])) }
        }
        // Some of it is decided, and at the store's door.
        await gate.arrival(of: arrivals + 1)
        let reader = Task { try await ledger.read { $0.holdings(of: asset) } }
        let events = Task { for try await _ in ledger.events(from: size) {} }
        while await ledger.durabilityWaiters.count < 2 { await Task.yield() }
        await gate.open()
        for submitter in submitters {
            for result in await submitter.value {
                #expect(throws: SubmissionError.failed(cause)) { try result.get() }
            }
        }
        await #expect(throws: cause) { try await reader.value }
        await #expect(throws: cause) { try await events.value }
        // From now on, too.
        await #expect(throws: SubmissionError.failed(cause)) { try await ledger.submit(transactions[0]) }
        await #expect(throws: cause) { try await ledger.read { $0.holdings(of: asset) } }
        await #expect(throws: cause) { try await ledger.seal() }
        await #expect(throws: cause) { try await ledger.checkpoint() }
        await #expect(throws: cause) { try await ledger.size() }
        #expect(await ledger.unfinishedCount == 0)
        #expect(await ledger.submissions.isEmpty)
        try await ledger.close()

        // What was durable before is what there is.
        isBroken.withLock { $0 = false }
        let opened = try await TokenLedger.open(
            store: await MemoryStore(reopening: store),
            configuration: try Fixture.configuration(market.fixture.genesis)
        )
        #expect(try await opened.lastHeader() == header)
        #expect(try await opened.size() == size)
        for result in await opened.submit(transactions) { _ = try result.get() }
        try await opened.close()
    }

    @Test("a store that cannot be read while results are delivered")
    func unreadable() async throws {
        let isBroken = Locked(false)
        var hooks = HookedStore.Hooks()
        hooks.group = { group in isBroken.value ? nil : group }
        let market = try await Market(store: HookedStore(base: MemoryStore(), hooks: hooks))
        let signed = try await market.transfer(from: 0, sequence: 0).bytes
        let receipt = try await market.ledger.submit(signed)
        isBroken.withLock { $0 = true }
        // The second time its first receipt is looked for, in vain.
        let place = try await FailurePlace.of {
            do { _ = try await market.ledger.submit(signed) } catch SubmissionError.failed(let cause) { throw cause }
        }
        #expect(place == .corrupted("group", receipt.position))
        try await market.ledger.close()
    }

    @Test("a projection that fails stops nothing, and is caught up with")
    func failingProjection() async throws {
        let isBroken = Locked(false)
        var hooks = HookedStore.Hooks()
        hooks.beforeProject = { _ throws(LedgerFailure) in
            if isBroken.value { throw .inputOutput(operation: "project", reason: "locked") }
        }
        let store = MemoryStore()
        let market = try await Market(store: HookedStore(base: store, hooks: hooks))
        isBroken.withLock { $0 = true }
        let receipts = try await market.run(100)
        isBroken.withLock { $0 = false }
        try await market.run(4, firstSequence: 25)
        for receipt in receipts { #expect(try await market.ledger.receipt(of: receipt.transaction) == receipt) }
        try await market.ledger.close()
        _ = try await LedgerAuditor.audit(store: await MemoryStore(reopening: store), secret: Fixture.secret)
    }
}
