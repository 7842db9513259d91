import Testing

@testable import Tokenize

@Suite("RBK-030 to RBK-037: when units move, and how many at once")
struct WhenRuleTests {
    @Test("RBK-030: a sliding window of dates is exceeded at no boundary")
    func volume() async throws {
        let scene = try await RulebookScene([.volume(days: 3, 100)])
        func refused(_ units: Quantity) async throws {
            try await scene.expectRefusal(.volumeExceeded) {
                try await scene.move(units, from: scene.alice, to: scene.bob)
            }
        }
        try await refused(101)
        try await scene.move(60, from: scene.alice, to: scene.bob)
        // Between own accounts nothing is counted.
        try await scene.move(500, from: scene.alice, to: scene.aliceToo)
        try await scene.pass(days: 1)
        try await scene.move(40, from: scene.aliceToo, to: scene.carol)
        try await refused(1)
        try await scene.pass(days: 1)
        try await refused(1)
        // The first day has left the window, the second has not.
        try await scene.pass(days: 1)
        try await refused(61)
        try await scene.move(60, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 1)
        try await refused(41)
        try await scene.move(40, from: scene.alice, to: scene.bob)
        // An order neither counts nor is stopped.
        try await scene.force(300, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 30)
        try await scene.move(100, from: scene.aliceToo, to: scene.bob)
    }

    @Test("RBK-030: several windows at once: daily, weekly, monthly")
    func windows() async throws {
        let scene = try await RulebookScene([.volume(days: 1, 50), .volume(days: 7, 80), .volume(days: 30, 90)])
        try await scene.move(50, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.volumeExceeded) { try await scene.move(31, from: scene.alice, to: scene.bob) }
        try await scene.move(30, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 7)
        try await scene.expectRefusal(.volumeExceeded) { try await scene.move(11, from: scene.alice, to: scene.bob) }
        try await scene.move(10, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 22)
        try await scene.move(50, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-031: volume towards named accounts together, and no others")
    func volumeTowards() async throws {
        let scene = try await RulebookScene()
        let accounts = [scene.bob.account, scene.carol.account].sorted()
        try await scene.lay([.volumeTowards(accounts, days: 2, 100)])
        try await scene.move(60, from: scene.alice, to: scene.bob)
        try await scene.move(500, from: scene.alice, to: scene.foreigner)
        try await scene.expectRefusal(.volumeTowardsExceeded) {
            try await scene.move(41, from: scene.alice, to: scene.carol)
        }
        try await scene.move(40, from: scene.alice, to: scene.carol)
        try await scene.pass(days: 2)
        try await scene.move(100, from: scene.alice, to: scene.carol)
    }

    @Test("RBK-032: units of a partition stay where they are through a date; others move")
    func lockUp() async throws {
        let last = Fixture.date(2026, 1, 10)
        let scene = try await RulebookScene([.lockUp([1], through: last)])
        try await scene.issuer.issue(10, of: scene.asset, to: scene.alice.account, partition: 1)
        let transfer = Transfer(asset: scene.asset, recipient: scene.bob.account, partition: 1, units: 1)
        func moveLocked() async throws { _ = try await scene.alice.submit([Operation(.transfer(transfer))]) }
        try await scene.expectRefusal(.lockedUp) { try await moveLocked() }
        // The agent does not lead units out of the lock-up.
        let agent = scene.fixture.authority(.transferAgent)
        let reclassification = Reclassification(
            asset: scene.asset,
            holder: scene.alice.account,
            from: 1,
            to: 0,
            units: 1
        )
        try await scene.expectRefusal(.lockedUp) {
            try await agent.submit([.reclassify(reclassification, under: agent.reference)])
        }
        // Nor does it lead free units into it.
        let locking = Reclassification(asset: scene.asset, holder: scene.alice.account, from: 0, to: 1, units: 1)
        try await scene.expectRefusal(.lockedUp) {
            try await agent.submit([.reclassify(locking, under: agent.reference)])
        }
        try await scene.move(1, from: scene.alice, to: scene.bob)
        let today = try await scene.ledger.read { $0.businessDate }
        try await scene.pass(days: last.days(since: today))
        try await scene.expectRefusal(.lockedUp) { try await moveLocked() }
        try await scene.pass(days: 1)
        try await moveLocked()
        try await scene.lay([.lockUp([], through: Fixture.date(2027, 1, 1))])
        try await scene.expectRefusal(.lockedUp) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        // Within a person it is no way out, and not refused.
        try await scene.move(1, from: scene.alice, to: scene.aliceToo)
    }

    @Test("RBK-033: what was issued stays for its days; what was bought does not")
    func issueLockUp() async throws {
        let scene = try await RulebookScene([.issueLockUp(days: 5)], units: 0)
        try await scene.issuer.issue(100, of: scene.asset, to: scene.alice.account)
        try await scene.expectRefusal(.lockedAfterIssue) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.move(40, from: scene.alice, to: scene.aliceToo)
        try await scene.expectRefusal(.lockedAfterIssue) {
            try await scene.move(1, from: scene.aliceToo, to: scene.bob)
        }
        try await scene.pass(days: 4)
        try await scene.expectRefusal(.lockedAfterIssue) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.issuer.issue(7, of: scene.asset, to: scene.alice.account)
        try await scene.pass(days: 1)
        // 107 are held, of which the last 7 are locked.
        try await scene.move(60, from: scene.alice, to: scene.bob)
        try await scene.move(40, from: scene.aliceToo, to: scene.bob)
        try await scene.expectRefusal(.lockedAfterIssue) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.move(100, from: scene.bob, to: scene.carol)
    }

    @Test("RBK-034: what was got is held for its days; what was held longer leaves first")
    func holdingPeriod() async throws {
        let scene = try await RulebookScene([.holdingPeriod(days: 3)])
        try await scene.move(100, from: scene.alice, to: scene.bob)
        try await scene.expectRefusal(.heldTooShort) { try await scene.move(1, from: scene.bob, to: scene.carol) }
        try await scene.pass(days: 2)
        try await scene.expectRefusal(.heldTooShort) { try await scene.move(1, from: scene.bob, to: scene.carol) }
        try await scene.move(50, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.heldTooShort) { try await scene.move(101, from: scene.bob, to: scene.carol) }
        try await scene.move(100, from: scene.bob, to: scene.carol)
        try await scene.expectRefusal(.heldTooShort) { try await scene.move(1, from: scene.bob, to: scene.carol) }
        // An order takes what is held too short as well.
        try await scene.force(20, from: scene.bob, to: scene.alice)
        try await scene.pass(days: 2)
        try await scene.move(30, from: scene.bob, to: scene.carol)
    }

    @Test("RBK-035: units move on business days of the calendar")
    func tradingCalendar() async throws {
        let scene = try await RulebookScene()
        let calendar = BusinessCalendar.mondayToFriday
        try await scene.lay([.tradingCalendar(calendar.digest)])
        // 2026-01-05 is a Monday.
        let today = try await scene.ledger.read { $0.businessDate }
        try await scene.move(1, from: scene.alice, to: scene.bob)
        try await scene.pass(days: 6 - today.weekday)
        try await scene.expectRefusal(.marketClosed) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.move(1, from: scene.alice, to: scene.aliceToo)
        try await scene.pass(days: 2)
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-036: the least that moves at once")
    func transferMin() async throws {
        let scene = try await RulebookScene([.transferMin(10)])
        try await scene.expectRefusal(.transferTooSmall) { try await scene.move(9, from: scene.alice, to: scene.bob) }
        try await scene.move(10, from: scene.alice, to: scene.bob)
        try await scene.move(1, from: scene.alice, to: scene.aliceToo)
    }

    @Test("RBK-037: whole lots")
    func lots() async throws {
        let scene = try await RulebookScene([.lot(25)])
        try await scene.expectRefusal(.notWholeLots) { try await scene.move(30, from: scene.alice, to: scene.bob) }
        try await scene.move(50, from: scene.alice, to: scene.bob)
    }
}
