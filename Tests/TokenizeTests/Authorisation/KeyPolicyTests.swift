import Testing
import Tokenize

@Suite("Key policies")
struct KeyPolicyTests {
    private func key(_ number: Int, _ weight: UInt64 = 1) throws -> KeyPolicy.WeightedKey {
        .init(key: try Fixture.signer(number).publicKey.encoded, weight: weight)
    }

    private func cancel(_ fixture: Fixture, _ account: AccountID) async throws -> TransactionBody {
        let sequence = try await fixture.ledger.read { $0.nextSequence(of: account) }
        return TransactionBody(
            ledger: fixture.ledger.id,
            principals: [Principal(account: account, sequence: sequence ?? 0)],
            lastValidDate: Fixture.firstDate,
            operations: [Operation(.cancelSequence)]
        )
    }

    @Test(
        "SIG-004: weights reach the threshold or they do not",
        arguments: [
            ([20], false), ([21], false), ([22], true), ([20, 21], true), ([20, 22], true), ([20, 21, 22], true),
        ]
    )
    func threshold(keys: [Int], suffices: Bool) async throws {
        let fixture = try await Fixture()
        let account = try await fixture.open(
            KeyPolicy(threshold: 5, keys: [try key(20, 2), try key(21, 3), try key(22, 5)])
        )
        let body = try await cancel(fixture, account)
        if suffices {
            try await fixture.submit(body, keys)
        } else {
            try await fixture.expectRefusal(.thresholdNotReached) { try await fixture.submit(body, keys) }
        }
    }

    @Test("a policy that no signatures could reach, or that repeats a key, is none")
    func faults() throws {
        let one = try key(20)
        #expect(throws: KeyPolicy.Fault.keyCount(0)) { try KeyPolicy(threshold: 1, keys: []) }
        #expect(throws: KeyPolicy.Fault.duplicateKey) { try KeyPolicy(threshold: 1, keys: [one, one]) }
        #expect(throws: KeyPolicy.Fault.thresholdOutOfRange(threshold: 2, weightSum: 1)) {
            try KeyPolicy(threshold: 2, keys: [one])
        }
        #expect(throws: KeyPolicy.Fault.thresholdOutOfRange(threshold: 0, weightSum: 1)) {
            try KeyPolicy(threshold: 0, keys: [one])
        }
        for weight in [0, 65_536] as [UInt64] {
            let entry = try key(20, weight)
            #expect(throws: KeyPolicy.Fault.zeroWeight) { try KeyPolicy(threshold: 1, keys: [entry]) }
        }
        let many = try (0..<17).map { try key(100 + $0) }
        #expect(throws: KeyPolicy.Fault.keyCount(17)) { try KeyPolicy(threshold: 1, keys: many) }
        let most = try KeyPolicy(threshold: 16, keys: Array(many.prefix(16)))
        #expect(try KeyPolicy(canonicalBytes: most.canonicalBytes) == most)
    }

    @Test("rotation: the new keys sign, the old ones do not, name and holdings stay")
    func rotation() async throws {
        let scene = try await RuleScene()
        let account = scene.alice.account
        let policy = try KeyPolicy(threshold: 2, keys: [try key(30), try key(31)])
        try await scene.alice.rotateKeys(to: policy)
        try await scene.expectRefusal(.foreignSignature) {
            try await scene.fixture.submit(try await cancel(scene.fixture, account), [10])
        }
        try await scene.expectRefusal(.thresholdNotReached) {
            try await scene.fixture.submit(try await cancel(scene.fixture, account), [30])
        }
        #expect(try await scene.units(scene.alice) == 1_000)
        let client = LedgerClient(
            ledger: scene.ledger,
            account: account,
            signers: [try Fixture.signer(30), try Fixture.signer(31)]
        )
        try await client.transfer(1_000, of: scene.asset, to: scene.bob.account)
        #expect(try await scene.ledger.read { $0.account(account)?.policy } == policy)
    }

    @Test("the keys of a rotation may sign in the same batch")
    func sameBatch() async throws {
        let scene = try await RuleScene()
        let rotate = try await scene.fixture.body(
            [Operation(.rotateKeys(KeyPolicy(try Fixture.signer(30).publicKey)))],
            [scene.alice]
        )
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1))
        let next = try await scene.fixture.body([Operation(act)], [scene.alice], ahead: 1)
        let late = try await scene.fixture.body([Operation(act)], [scene.alice], ahead: 2)
        let results = await scene.ledger.submit([
            try scene.fixture.sign(rotate, [10]).bytes,
            try scene.fixture.sign(next, [30]).bytes,
            try scene.fixture.sign(late, [10]).bytes,
        ])
        _ = try results[0].get()
        _ = try results[1].get()
        let refused = try await refusal { _ = try results[2].get() }
        #expect(refused == .foreignSignature)
    }

    @Test("an account that is opened in a batch may act in the same batch")
    func openedInTheSameBatch() async throws {
        let fixture = try await Fixture()
        let opening = try Fixture.opening(40, party: Fixture.citizens)
        let open = try await fixture.body(
            [Operation(.openAccount(opening, under: AuthorityReference(.registrar)))],
            [fixture.ministry]
        )
        let act = TransactionBody(
            ledger: fixture.ledger.id,
            principals: [Principal(account: opening.account, sequence: 0)],
            lastValidDate: Fixture.firstDate,
            operations: [Operation(.cancelSequence)]
        )
        let results = await fixture.ledger.submit([
            try fixture.sign(open, [0]).bytes, try fixture.sign(act, [40]).bytes,
        ])
        for result in results { _ = try result.get() }
    }

    @Test("a frozen account does not rotate its keys")
    func frozen() async throws {
        let scene = try await RuleScene()
        let policy = KeyPolicy(try Fixture.signer(30).publicKey)
        let target = EncumbranceTarget.account(scene.alice.account)
        let freeze = try await scene.encumber(target)
        try await scene.expectRefusal(.accountFrozen) { try await scene.alice.rotateKeys(to: policy) }
        try await scene.court.release(freeze, on: target)
        try await scene.alice.rotateKeys(to: policy)
    }

    @Test("ACC-005: a key is a point of the curve")
    func invalidKey() async throws {
        let scene = try await RuleScene()
        // 5 is no x coordinate of secp256k1: 5^3 + 7 = 132 is not a square.
        let bytes = [2] + [UInt8](repeating: 0, count: 31) + [5]
        let off = try EncodedPublicKey(algorithm: .ecdsaSecp256k1, bytes: bytes)
        let policy = try KeyPolicy(threshold: 1, keys: [.init(key: off)])
        let mixed = try KeyPolicy(threshold: 1, keys: [.init(key: off), try key(30)])
        try await scene.expectRefusal(.invalidKey) { try await scene.alice.rotateKeys(to: policy) }
        try await scene.expectRefusal(.invalidKey) { try await scene.alice.rotateKeys(to: mixed) }
        try await scene.expectRefusal(.invalidKey) { _ = try await scene.fixture.open(policy) }
    }

    @Test("a policy may hold keys of both algorithms, and each signs in its own way")
    func bothAlgorithms() async throws {
        let fixture = try await Fixture()
        let ecdsa = try Fixture.signer(50)
        let schnorr = try Fixture.signer(51, .schnorrBIP340)
        let account = try await fixture.open(
            KeyPolicy(threshold: 2, keys: [ecdsa, schnorr].map { .init(key: $0.publicKey.encoded) })
        )
        let client = LedgerClient(ledger: fixture.ledger, account: account, signers: [schnorr, ecdsa])
        _ = try await client.submit([Operation(.cancelSequence)])
        let half = LedgerClient(ledger: fixture.ledger, account: account, signers: [schnorr])
        try await fixture.expectRefusal(.thresholdNotReached) {
            _ = try await half.submit([Operation(.cancelSequence)])
        }
    }
}
