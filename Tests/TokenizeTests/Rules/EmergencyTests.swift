import Testing

@testable import Tokenize

@Suite("Emergency powers")
struct EmergencyTests {
    private static func freeze(_ target: EncumbranceTarget, until lastDate: CalendarDate) -> ControlAct {
        .emergencyFreeze(
            EmergencyFreeze(target: target, rank: 1, lastDate: lastDate, order: Fixture.order("urgent", .emergency))
        )
    }

    @Test("EMG-001 to EMG-003: one member alone freezes, for few days, and not again at once")
    func power() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        let judge = AuthorityClient(scene.court.reference, members: [scene.fixture.judges[0]])
        let pause = EncumbranceTarget.asset(scene.asset)
        try await scene.expectRefusal(.noEmergencyPower) {
            try await judge.control(Self.freeze(pause, until: Fixture.firstDate))
        }
        try await timed.bind(scene.court.reference, Mandate(emergencyDaysMax: 2))
        try await scene.expectRefusal(.emergencyTooLong) {
            try await judge.control(Self.freeze(pause, until: Fixture.date(2026, 1, 7)))
        }
        try await scene.expectRefusal(.alreadyLapsed) {
            try await judge.control(Self.freeze(pause, until: Fixture.date(2026, 1, 4)))
        }
        let stranger = AuthorityClient(scene.court.reference, members: [scene.alice])
        try await scene.expectRefusal(.notAMember) {
            try await stranger.control(Self.freeze(pause, until: Fixture.firstDate))
        }
        try await judge.control(Self.freeze(pause, until: Fixture.date(2026, 1, 6)))
        func transfer() async throws {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.assetPaused) { try await transfer() }
        // It lapses by itself,
        try await timed.open(days: 2)
        try await transfer()
        // and rests as long as it stood, on this target: the 7th and 8th.
        try await judge.control(Self.freeze(.account(scene.bob.account), until: Fixture.date(2026, 1, 7)))
        for day in 7...8 {
            try await scene.expectRefusal(.emergencyRepeated) {
                try await judge.control(Self.freeze(pause, until: Fixture.date(2026, 1, day)))
            }
            try await timed.open(days: 1)
        }
        try await judge.control(Self.freeze(pause, until: Fixture.date(2026, 1, 9)))
        try await scene.expectRefusal(.assetPaused) { try await transfer() }
    }

    @Test("EMG-003: a person rests, whichever of its accounts and parties was frozen")
    func personRests() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        try await timed.bind(scene.court.reference, Mandate(emergencyDaysMax: 2))
        let judge = AuthorityClient(scene.court.reference, members: [scene.fixture.judges[0]])
        let other = try await scene.fixture.open(40..<41, party: Fixture.foreigners)[0]
        let targets: [EncumbranceTarget] = [
            .account(scene.foreigner.account), .account(other.account), .party(Fixture.foreigners),
        ]
        try await judge.control(Self.freeze(targets[0], until: Fixture.date(2026, 1, 6)))
        for target in targets {
            try await scene.expectRefusal(.emergencyRepeated) {
                try await judge.control(Self.freeze(target, until: Fixture.date(2026, 1, 6)))
            }
        }
        try await timed.open(days: 4)
        for target in targets {
            // The rest is over for all of them with the day after the 8th, and begins anew for all with the first.
            if target == targets[0] {
                try await judge.control(Self.freeze(target, until: Fixture.date(2026, 1, 9)))
            } else {
                try await scene.expectRefusal(.emergencyRepeated) {
                    try await judge.control(Self.freeze(target, until: Fixture.date(2026, 1, 9)))
                }
            }
        }
        // Another person's account is another matter.
        try await judge.control(Self.freeze(.account(scene.bob.account), until: Fixture.date(2026, 1, 9)))
    }

    @Test("a party is frozen in an emergency, and the authority's quorum lifts it sooner")
    func lifted() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        try await timed.bind(scene.court.reference, Mandate(emergencyDaysMax: 5))
        let judge = AuthorityClient(scene.court.reference, members: [scene.fixture.judges[1]])
        let target = EncumbranceTarget.party(Fixture.citizen(10))
        let receipt = try await judge.control(Self.freeze(target, until: Fixture.date(2026, 1, 8)))
        try await scene.expectRefusal(.accountFrozen) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        let freeze = EncumbranceID.named(receipt.transaction)
        try await scene.expectRefusal(.quorumNotReached) { try await judge.release(freeze, on: target) }
        try await scene.court.release(freeze, on: target)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
    }

    @Test("EMG-003: who has been frozen rests also once its party was joined to another")
    func restAfterJoin() async throws {
        let timed = try await TimedScene()
        let scene = timed.scene
        try await timed.bind(scene.court.reference, Mandate(emergencyDaysMax: 2))
        let judge = AuthorityClient(scene.court.reference, members: [scene.fixture.judges[0]])
        let alice = EncumbranceTarget.account(scene.alice.account)
        try await judge.control(Self.freeze(alice, until: Fixture.date(2026, 1, 6)))
        let join = PartyJoin(Fixture.citizen(10), to: Fixture.citizen(11))
        try await scene.fixture.authority(.registrar).regulate(.joinParties(join))
        try await timed.open(days: 2)
        try await scene.expectRefusal(.emergencyRepeated) {
            try await judge.control(Self.freeze(alice, until: Fixture.date(2026, 1, 7)))
        }
        try await timed.open(days: 2)
        try await judge.control(Self.freeze(alice, until: Fixture.date(2026, 1, 9)))
    }
}
