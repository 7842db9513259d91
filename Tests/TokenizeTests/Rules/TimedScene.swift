import Testing

@testable import Tokenize

/// A scene whose clock the test moves: notices count opened days and sealing time.
struct TimedScene {
    let scene: RuleScene
    private let clock: Locked<UInt64>

    static let start: UInt64 = 1_767_600_000
    static let secondsPerDay: UInt64 = 86_400

    init(
        store: any LedgerStore = MemoryStore(),
        sealing: LedgerConfiguration.Sealing = .adaptive,
        units: Quantity = 1_000
    ) async throws {
        let clock = Locked<UInt64>(Self.start)
        self.clock = clock
        scene = try await RuleScene(store: store, sealing: sealing, units: units) { $0.clock = { clock.value } }
    }

    /// Lets time pass and closes a block, so that the ledger knows.
    func wait(seconds: UInt64) async throws {
        try await advanceAndSeal(seconds: seconds, by: scene.fixture.ministry)
    }

    /// Lets time pass of which the ledger knows nothing.
    func advance(seconds: UInt64) { clock.withLock { $0 += seconds } }

    /// Lets time pass and closes a block after an entry of `client`.
    func advanceAndSeal(seconds: UInt64, by client: LedgerClient) async throws {
        // What has been done so far was sealed before the time passes; and a header needs an entry before it.
        try await scene.ledger.seal()
        advance(seconds: seconds)
        try await client.cancelNext()
        try await scene.ledger.seal()
    }

    /// Opens so many business days, one after the other.
    func open(days: Int) async throws {
        for _ in 0..<days { try await scene.pass(days: 1) }
    }

    /// So many days as they are in service: each opened, each as long as the sun says.
    func live(days: Int) async throws {
        for _ in 0..<days {
            try await wait(seconds: Self.secondsPerDay)
            try await open(days: 1)
        }
    }

    /// Lays down a mandate for an authority.
    func bind(_ authority: AuthorityReference, _ mandate: Mandate?) async throws {
        try await scene.fixture.authority(.governor).control(
            .setMandate(MandateSetting(authority, try #require(mandate)))
        )
    }
}

extension LedgerClient {
    /// Uses up a sequence, and nothing else.
    func cancelNext() async throws { _ = try await submit([Operation(.cancelSequence)]) }
}

extension RuleScene {
    /// A taking from Alice, under the order that ``force(_:from:to:rank:order:executing:by:)`` uses.
    func taking(
        _ units: Quantity,
        from source: LedgerClient? = nil,
        rank: UInt16 = 1,
        until lastDate: CalendarDate = Fixture.date(2030, 1, 1),
        order: String = "order",
        executing: EncumbranceID? = nil
    ) -> Taking {
        Taking(
            asset: asset,
            from: (source ?? alice).account,
            units: units,
            rank: rank,
            lastDate: lastDate,
            order: Fixture.order(order),
            executing: executing
        )
    }

    /// Appoints a further authority over the ledger, of one account and a quorum of one.
    func appoint(_ role: Role, number: UInt16, _ members: [LedgerClient], quorum: Int = 1) async throws
        -> AuthorityClient
    {
        let reference = AuthorityReference(role, number: number)
        let appointment = AuthorityAppointment(reference, quorum: quorum, members: members.map { $0.account })
        try await fixture.authority(.governor).appoint(try #require(appointment))
        return AuthorityClient(reference, members: Array(members.prefix(quorum)))
    }
}
