import Testing

@testable import Tokenize

/// A ledger on which a bit of everything happens, recorded: orders and encumbrances, a proposal under a timelock, a
/// recovery, a rulebook that refuses, and a bond from issue to redemption.
struct RecordedHistory {
    static let clockStart: UInt64 = 1_767_600_000
    /// A week, so that notices run.
    static let clockStep: UInt64 = 604_800
    static let sealedEvery = 5

    private let store: MemoryStore
    private let one: ServicingScene
    private var refused: [RecordedTransactions.Refused] = []

    /// The transactions, and the number of those that are refused.
    static func record() async throws -> (recorded: RecordedTransactions, refusedCount: Int) {
        var history = try await RecordedHistory()
        try await history.restrain()
        try await history.regulate()
        try await history.controlAndServe()
        try await history.one.ledger.close()
        let recorded = try await RecordedTransactions(
            genesis: history.one.scene.fixture.genesis,
            closed: history.store,
            refused: history.refused
        )
        return (recorded, history.refused.count)
    }

    private init() async throws {
        let store = MemoryStore()
        let time = Locked(Self.clockStart)
        self.store = store
        let scene = try await RuleScene(store: store, sealing: .every(Self.sealedEvery)) { configuration in
            configuration.clock = {
                time.withLock { time in
                    time += Self.clockStep
                    return time
                }
            }
        }
        one = try await ServicingScene(on: scene)
    }

    private var scene: RuleScene { one.scene }

    /// Submits what a rule refuses, after a transaction that was committed.
    private mutating func refuse(
        _ code: RejectionCode,
        _ act: Act,
        by client: LedgerClient,
        key: Int,
        after receipt: Receipt
    ) async throws {
        let date = try await scene.ledger.read { $0.businessDate }
        let body = try await scene.fixture.body([Operation(act)], [client], lastValidDate: date)
        let signed = try scene.fixture.sign(body, [key])
        let found = try await refusal { _ = try await scene.ledger.submit(signed.bytes) }
        #expect(found == code)
        refused.append(RecordedTransactions.Refused(bytes: signed.bytes, after: receipt.transaction))
    }

    /// A freeze that is executed in part and lifted, and two pledges.
    private mutating func restrain() async throws {
        let target = scene.target(one.alice)
        let freeze = try await scene.encumber(target, 400, rank: 2)
        try await scene.force(150, from: one.alice, to: one.bob, rank: 2, executing: freeze)
        try await scene.reserve(40, of: one.alice, for: one.carol, kind: .pledge, rank: 3)
        try await one.pledge(10, by: one.alice, to: one.bob)
        let receipt = try await scene.court.release(freeze, on: target, amount: 200)
        let transfer = Transfer(asset: scene.asset, recipient: one.carol.account, units: 849)
        try await refuse(.unitsEncumbered, .transfer(transfer), by: one.alice, key: 10, after: receipt)
    }

    /// An asset whose rulebook refuses a movement.
    private mutating func regulate() async throws {
        let asset = try await scene.fixture.makeAsset(nonce: 700)
        try await scene.issuer.issue(1_000, of: asset, to: one.bob.account)
        let charge = Charge(in: one.cash, to: one.treasury.account, fixed: 5, numerator: 3, denominator: 1_000)
        let book = Rulebook(rules: [.transferMin(7), .volume(days: 30, 500), .fee(charge)])
        try await scene.issuer.regulate(
            .setRulebook(RulebookSetting(asset: asset, version: 1, rulebook: book.canonicalBytes))
        )
        try await scene.fixture.ministry.transfer(1_000, of: one.cash, to: one.bob.account)
        let fee = Transfer(asset: one.cash, recipient: one.treasury.account, units: 7)
        let movement = Transfer(asset: asset, recipient: one.alice.account, units: 499)
        let receipt = try await one.bob.submit([Operation(.transfer(fee)), Operation(.transfer(movement))])
        for (units, code) in [(Quantity(6), RejectionCode.transferTooSmall), (7, .volumeExceeded)] {
            let transfer = Transfer(asset: asset, recipient: one.alice.account, units: units)
            try await refuse(code, .transfer(transfer), by: one.bob, key: 11, after: receipt)
        }
    }

    /// A timelock and a recovery run while the bond is served.
    private mutating func controlAndServe() async throws {
        let clerks = try await scene.appoint(.registrar, number: 1, [one.bob, one.foreigner], quorum: 2)
        let timelock = Mandate.Timelock(.registerParty, notice: Notice(openedDays: 3, seconds: 200_000))
        try await scene.fixture.authority(.governor).control(
            .setMandate(MandateSetting(clerks.reference, try #require(Mandate(timelocks: [timelock]))))
        )
        let registration = PartyRegistration(
            party: PartyID(digest: Fixture.digest(90)),
            jurisdiction: Fixture.laos,
            holderClass: .citizen
        )
        let act = Act.registerParty(registration, under: clerks.reference)
        let proposal = try await clerks.propose(act, until: Fixture.date(2026, 6, 1))
        let approval = try await one.foreigner.control(.approve(proposal))
        let execution = Act.control(.execute(proposal), under: nil)
        try await refuse(.timelockRunning, execution, by: one.bob, key: 11, after: approval)

        let (ministry, registrar) = (scene.fixture.ministry, AuthorityReference(.registrar))
        let policy = KeyPolicy(try Fixture.signer(60).publicKey)
        let filing = RecoveryFiling(account: one.carol.account, policy: policy, with: scene.court.reference)
        let filed = try await ministry.submit(
            [Operation(.control(.fileRecovery(filing), under: registrar))],
            with: scene.fixture.judges
        )
        let renewal = Act.control(.executeRecovery(one.carol.account), under: registrar)
        try await refuse(.noticeRunning, renewal, by: ministry, key: 0, after: filed)

        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05")
        try await one.bob.control(.execute(proposal))
        try await one.open("2026-03-05")
        try await one.pay(.coupon, "2026-03-05")
        try await scene.fixture.authority(.registrar).control(.executeRecovery(one.carol.account))
        try await Fixture.client(scene.ledger, 60, one.carol.account).cancelNext()
        try await one.open("2026-04-06")
        try await one.pay(.coupon, "2026-04-05")
        try await one.pay(.redemption, "2026-04-05", claims: one.treasury.account)
    }
}
