import Testing

@testable import Tokenize

@Suite("Keys committed beforehand")
struct PrecommitmentTests {
    @Test("RCV-009, RCV-010: committed keys replace those that a thief has put in, and a thief cannot replace them")
    func precommitted() async throws {
        let scene = try await RuleScene()
        let account = scene.alice.account
        func rotation(_ number: Int, salt: UInt8 = 5, next: Digest? = nil) throws -> PrecommittedRotation {
            PrecommittedRotation(
                account: account,
                policy: KeyPolicy(try Fixture.signer(number).publicKey),
                salt: Fixture.digest(salt),
                next: next
            )
        }
        let second = try rotation(62)
        let first = try rotation(61, next: second.commitment)
        try await scene.expectRefusal(.notPrecommitted) {
            try await scene.bob.control(.rotateToPrecommitted(first))
        }
        try await scene.alice.control(.precommit(first.commitment))
        // The thief has the old key: it rotates the keys, but commits to nothing.
        try await scene.expectRefusal(.alreadyPrecommitted) {
            try await scene.alice.control(.precommit(Fixture.digest(77)))
        }
        try await scene.alice.rotateKeys(to: KeyPolicy(try Fixture.signer(70).publicKey))
        for wrong in [try rotation(63), try rotation(61), try rotation(61, salt: 6, next: second.commitment)] {
            try await scene.expectRefusal(.notPrecommitted) {
                try await scene.bob.control(.rotateToPrecommitted(wrong))
            }
        }
        // Also while the account is frozen.
        try await scene.encumber(.account(account))
        try await scene.bob.control(.rotateToPrecommitted(first))
        let thief = try Fixture.client(scene.ledger, 70, account)
        try await scene.expectRefusal(.foreignSignature) { try await thief.cancelNext() }
        try await Fixture.client(scene.ledger, 61, account).cancelNext()
        try await scene.bob.control(.rotateToPrecommitted(second))
        try await scene.expectRefusal(.notPrecommitted) {
            try await scene.bob.control(.rotateToPrecommitted(second))
        }
        #expect(try await scene.units(scene.alice) == 1_000)
    }
}
