import Testing

@testable import Tokenize

/// The clock decides nothing: it may jump by ten years, and the ledger is the same but for the times it wrote down. For what
/// waits, see ``ClockNoticeTests``.
@Suite("Clock jumps")
struct ClockTests {
    static let now: UInt64 = 1_767_600_000
    static let tenYears: UInt64 = 315_576_000

    /// What a run comes to.
    private struct Run: Sendable {
        var headers: [BlockHeader] = []
        /// Transactions with their outcomes, in order.
        var entries: [[UInt8]] = []
        var answers: [String] = []
        /// The state after each block, but for its moments of sealing.
        var pictures: [TimelessPicture] = []
    }

    /// A run of forty submissions, each closing a block, with the readings of a clock, the last of which lasts.
    private func run(_ readings: [UInt64]) async throws -> Run {
        let store = MemoryStore()
        let left = Locked(readings)
        let market = try await Market(store: store) { configuration in
            configuration.sealing = .every(1)
            configuration.clock = { left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
        }
        var run = Run()
        for number in 0..<40 {
            // Now and then more than anybody has, and the same once more.
            let units: Quantity = number % 7 == 3 ? 9_999 : 1
            let signed = try await market.transfer(from: number % 4, sequence: UInt64(number / 4), units: units)
            for result in await market.ledger.submit([signed.bytes, signed.bytes]) { run.answers.append("\(result)") }
            run.pictures.append(try await market.ledger.read { TimelessPicture($0) })
            if number % 10 == 9 {
                let date = Fixture.date(2026, 1, 5 + (number + 1) / 10)
                try await market.fixture.authority(.operator).openBusinessDay(date)
            }
        }
        run.pictures.append(try await market.ledger.read { TimelessPicture($0) })
        try await market.ledger.close()
        try await read(store, into: &run)
        return run
    }

    private func read(_ store: MemoryStore, into run: inout Run) async throws {
        let closed = await MemoryStore(reopening: store)
        var position: UInt64 = 0
        while let group = try await closed.group(containing: position) {
            for record in try GroupRecords.records(of: group) {
                if case .header(let header) = try LogEntry(canonicalBytes: record.entry) {
                    run.headers.append(header)
                } else {
                    run.entries.append(record.entry)
                }
            }
            position = group.endPosition
        }
        let report = try await LedgerAuditor.audit(store: closed, secret: Fixture.secret)
        #expect(report.stateRoot == run.headers.last?.stateRoot)
    }

    @Test("back by ten years, or by all: every state root is that of a clock that stands", arguments: [tenYears, now])
    func back(_ jump: UInt64) async throws {
        let still = try await run([Self.now])
        let jumping = try await run([Self.now, Self.now - jump, Self.now - 1, Self.now - jump])
        #expect(jumping.headers == still.headers)
        #expect(jumping.entries == still.entries)
        #expect(jumping.answers == still.answers)
        #expect(jumping.pictures == still.pictures)
        #expect(still.headers.count > 40)
    }

    @Test("on by ten years and back: every state root is that of a clock that stays ahead")
    func onAndBack() async throws {
        let ahead = try await run([Self.now, Self.now, Self.now + Self.tenYears])
        let jumping = try await run([Self.now, Self.now, Self.now + Self.tenYears, Self.now, Self.now - Self.tenYears])
        #expect(jumping.headers == ahead.headers)
        #expect(jumping.entries == ahead.entries)
    }

    @Test("on by ten years, or to the end of time: the same decisions; what differs is the time written down")
    func on() async throws {
        let still = try await run([Self.now])
        for readings in [[Self.now, Self.now, Self.now + Self.tenYears], [0], [UInt64(Int64.max)]] {
            let jumping = try await run(readings)
            #expect(jumping.entries == still.entries)
            #expect(jumping.answers == still.answers)
            #expect(jumping.pictures == still.pictures)
            #expect(jumping.headers.map(\.previousSize) == still.headers.map(\.previousSize))
            #expect(jumping.headers.map(\.businessDate) == still.headers.map(\.businessDate))
            #expect(jumping.headers.map(\.height) == still.headers.map(\.height))
            // The first root knows no time yet. The others commit to the time of the header before them.
            #expect(jumping.headers[0].stateRoot == still.headers[0].stateRoot)
            let isAscending = zip(jumping.headers, jumping.headers.dropFirst()).allSatisfy {
                $0.sealingTime <= $1.sealingTime
            }
            #expect(isAscending)
        }
    }

    @Test("a ledger is opened under any clock: the same root", arguments: [0, now - tenYears, now + tenYears, .max])
    func opening(_ reading: UInt64) async throws {
        let store = MemoryStore()
        let market = try await Market(store: store)
        try await market.run(20)
        try await market.ledger.seal()
        let header = try await market.ledger.lastHeader()
        await market.ledger.store.close()
        var configuration = try Fixture.configuration(market.fixture.genesis)
        configuration.clock = { reading }
        let opened = try await TokenLedger.open(
            store: await MemoryStore(reopening: store),
            configuration: configuration
        )
        #expect(try await opened.lastHeader() == header)
        try await opened.close()
    }
}
