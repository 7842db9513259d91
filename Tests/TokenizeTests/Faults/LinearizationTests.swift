import Synchronization
import Testing

@testable import Tokenize

/// Many submitters and readers at once, each call and return with its time: the log's order explains what all of them saw.
@Suite("Linearization")
struct LinearizationTests {
    static let submitterCount = 24
    static let callCount = 24
    static let readerCount = 6

    /// Counts calls and returns: of two that do not overlap the earlier has the lower numbers.
    private final class LogicalClock: Sendable {
        private let time = Atomic<Int>(0)
        func tick() -> Int { time.add(1, ordering: .sequentiallyConsistent).newValue }
    }

    private struct Call: Sendable {
        let called: Int
        let returned: Int
        /// Where its transactions stand in the log.
        let positions: [UInt64]
    }

    private struct Read: Sendable {
        let called: Int
        let returned: Int
        let units: [Quantity]
    }

    /// Somebody who wanted to give more than there was.
    private struct Refusal: Sendable {
        let called: Int
        let returned: Int
        let giver: Int
        let units: Quantity
    }

    private struct History: Sendable {
        var calls: [Call] = []
        var reads: [Read] = []
        var refusals: [Refusal] = []

        mutating func add(_ part: History) {
            calls += part.calls
            reads += part.reads
            refusals += part.refusals
        }
    }

    @Test("the log's order", arguments: StoreKind.allCases)
    func order(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open(), peopleCount: Self.submitterCount)
        let history = try await live(market)
        try await market.ledger.close()

        // Who returned before another called stands before it.
        let calls = history.calls.sorted { $0.called < $1.called }
        var latest: [(returned: Int, position: UInt64)] = []
        for call in history.calls.sorted(by: { $0.returned < $1.returned }) {
            latest.append((call.returned, max(latest.last?.position ?? 0, call.positions.max() ?? 0)))
        }
        var comparedCount = 0
        for call in calls {
            let before = latest.partitioningIndex { $0.returned >= call.called }
            guard before > 0, let first = call.positions.min() else { continue }
            comparedCount += 1
            #expect(first > latest[before - 1].position)
        }
        #expect(comparedCount > calls.count / 2)
        for call in calls { #expect(call.positions == call.positions.sorted()) }
        #expect(Set(calls.flatMap(\.positions)).count == calls.reduce(0) { $0 + $1.positions.count })

        let states = try await statesAfterEachEntry(market, try await place.open())
        try requireReads(history, states, latest)
        requireRefusals(history, states, latest)
    }

    /// Submitters with one to three transfers at a time, and readers, until all is done.
    private func live(_ market: Market) async throws -> History {
        let clock = LogicalClock()
        let accounts = market.people.map(\.account)
        let asset = market.asset
        return try await withThrowingTaskGroup(of: History.self) { group in
            for giver in 0..<Self.submitterCount where !Self.givesAll(giver) {
                group.addTask {
                    var history = History()
                    var sequence: UInt64 = 0
                    for number in 0..<Self.callCount {
                        var transactions: [[UInt8]] = []
                        for _ in 0...(number + giver) % 3 {
                            let units = Quantity(UInt128(1 + (number * giver) % 5))
                            transactions.append(
                                try await market.transfer(from: giver, sequence: sequence, units: units).bytes
                            )
                            sequence += 1
                        }
                        let called = clock.tick()
                        let results = await market.ledger.submit(transactions)
                        let positions = try results.map { try $0.get().position }
                        history.calls.append(Call(called: called, returned: clock.tick(), positions: positions))
                    }
                    return history
                }
            }
            for giver in 0..<Self.submitterCount where Self.givesAll(giver) {
                group.addTask { try await Self.giveAll(giver, market, clock) }
            }
            for _ in 0..<Self.readerCount {
                group.addTask {
                    var history = History()
                    for _ in 0..<Self.callCount {
                        let called = clock.tick()
                        let units = try await market.ledger.read { view in
                            accounts.map { view.holding(asset: asset, account: $0).units }
                        }
                        history.reads.append(Read(called: called, returned: clock.tick(), units: units))
                    }
                    return history
                }
            }
            var whole = History()
            for try await part in group { whole.add(part) }
            // Nobody gives any more: one unit above what there is is refused for certain.
            for giver in 0..<Self.submitterCount where Self.givesAll(giver) {
                whole.add(try await Self.giveAll(giver, market, clock, count: 1, lane: 1))
            }
            return whole
        }
    }

    static func givesAll(_ giver: Int) -> Bool { giver % 6 == 5 }

    /// Gives all that there was a moment ago, or a little more: refused unless others have given as much since.
    private static func giveAll(
        _ giver: Int,
        _ market: Market,
        _ clock: LogicalClock,
        count: Int = callCount,
        lane: UInt16 = 0
    ) async throws -> History {
        let account = market.people[giver].account
        var history = History()
        var sequence: UInt64 = 0
        for number in 1...count {
            let had = try await market.ledger.read { $0.holding(asset: market.asset, account: account).units }
            let wanted = try #require(had.adding(number % 3 == 0 && had > 0 ? 0 : number % 3 == 1 ? 1 : 9))
            let all = try await market.transfer(from: giver, sequence: sequence, units: wanted, lane: lane).bytes
            let called = clock.tick()
            do throws(SubmissionError) {
                let receipt = try await market.ledger.submit(all)
                history.calls.append(Call(called: called, returned: clock.tick(), positions: [receipt.position]))
                sequence += 1
            } catch {
                guard case .rejected(let rejection) = error, rejection.code == .insufficientUnits else { throw error }
                history.refusals.append(
                    Refusal(called: called, returned: clock.tick(), giver: giver, units: wanted)
                )
            }
        }
        return history
    }

    /// Everybody's units after so many entries, from the log alone.
    private func statesAfterEachEntry(_ market: Market, _ store: any LedgerStore) async throws -> [[Quantity]] {
        let accounts = market.people.map(\.account)
        var units: [AccountID: Quantity] = [:]
        var states: [[Quantity]] = []
        var position: UInt64 = 0
        while let group = try await store.group(containing: position) {
            for record in try GroupRecords.records(of: group) {
                states.append(accounts.map { units[$0] ?? 0 })
                guard case .transaction(let bytes, _, _) = try LogEntry(canonicalBytes: record.entry) else { continue }
                let signed = try SignedTransaction(bytes: bytes)
                for operation in signed.body.operations {
                    switch operation.act {
                    case .issue(let issuance, _):
                        units[issuance.recipient] = units[issuance.recipient, default: 0].adding(issuance.units)
                    case .transfer(let transfer):
                        let giver = signed.body.principals[0].account
                        units[giver] = units[giver, default: 0].subtracting(transfer.units)
                        units[transfer.recipient] = units[transfer.recipient, default: 0].adding(transfer.units)
                    default: break
                    }
                }
            }
            position = group.endPosition
        }
        states.append(accounts.map { units[$0] ?? 0 })
        await store.close()
        return states
    }

    /// Each refusal is right at one moment of the log between its call and its return.
    private func requireRefusals(
        _ history: History,
        _ states: [[Quantity]],
        _ latest: [(returned: Int, position: UInt64)]
    ) {
        for refusal in history.refusals {
            let before = latest.partitioningIndex { $0.returned >= refusal.called }
            let earliest = before > 0 ? Int(latest[before - 1].position) + 1 : 0
            let after = history.calls.filter { $0.called > refusal.returned }.flatMap(\.positions).min()
            let end = after.map { Int($0) } ?? states.count - 1
            let isRight = (earliest...max(earliest, end)).contains {
                $0 < states.count && states[$0][refusal.giver] < refusal.units
            }
            #expect(isRight, "\(refusal) between \(earliest) and \(end)")
        }
        #expect(history.refusals.count >= (0..<Self.submitterCount).filter(Self.givesAll).count)
    }

    /// Each read saw one moment of the log: not before what had returned when it was called, not after what had not been
    /// called when it returned, and not before what an earlier read saw.
    private func requireReads(
        _ history: History,
        _ states: [[Quantity]],
        _ latest: [(returned: Int, position: UInt64)]
    ) throws {
        var seen: [(returned: Int, moment: Int)] = []
        for read in history.reads.sorted(by: { $0.returned < $1.returned }) {
            let before = latest.partitioningIndex { $0.returned >= read.called }
            var earliest = before > 0 ? Int(latest[before - 1].position) + 1 : 0
            for earlier in seen where earlier.returned < read.called { earliest = max(earliest, earlier.moment) }
            let lastest = history.calls.filter { $0.called > read.returned }.flatMap(\.positions).min().map { Int($0) }
            let end = lastest ?? states.count - 1
            let moment = (earliest...max(earliest, end)).first { $0 < states.count && states[$0] == read.units }
            #expect(moment != nil, "a read that no moment from \(earliest) to \(end) explains")
            seen.append((read.returned, moment ?? earliest))
        }
        #expect(seen.count == Self.readerCount * Self.callCount)
    }
}

extension Array {
    /// The first index whose element, and every one after it, satisfies `belongs`; elements that do not come first.
    fileprivate func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
