import Testing
import Tokenize

@Suite("Altered bytes and signatures")
struct WireTests {
    private func transfer(_ scene: RuleScene) async throws -> TransactionBody {
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1))
        return try await scene.fixture.body([Operation(act)], [scene.alice])
    }

    @Test("ENC-001: what is not a signed transaction is malformed; the intact bytes pass")
    func malformed() async throws {
        let scene = try await RuleScene()
        let bytes = try scene.fixture.sign(try await transfer(scene), [10]).bytes
        let damaged: [[UInt8]] = [
            [], [0], Array(bytes.dropLast()), bytes + [0], [0x83] + bytes.dropFirst(),
            [UInt8](repeating: 0, count: TransactionLimits.transactionByteCountMax + 1),
        ]
        for bytes in damaged {
            try await scene.expectRefusal(.malformed) { _ = try await scene.ledger.submit(bytes) }
        }
        _ = try await scene.ledger.submit(bytes)
    }

    @Test("ENC-001: bodies that exceed a limit do not decode")
    func limits() async throws {
        let scene = try await RuleScene()
        let body = try await transfer(scene)
        func changed(
            principals: [Principal]? = nil,
            operations: [Operation]? = nil,
            memo: String = ""
        ) -> TransactionBody {
            TransactionBody(
                ledger: body.ledger,
                principals: principals ?? Array(body.principals),
                lastValidDate: body.lastValidDate,
                operations: operations ?? Array(body.operations),
                memo: memo
            )
        }
        let principal = body.principals[0]
        let operation = body.operations[0]
        let broken = [
            changed(principals: []),
            changed(principals: Array(repeating: principal, count: TransactionLimits.principalCountMax + 1)),
            changed(principals: [Principal(account: principal.account, lane: 256, sequence: 0)]),
            changed(operations: []),
            changed(operations: Array(repeating: operation, count: TransactionLimits.operationCountMax + 1)),
            changed(operations: [Operation(operation.act, principal: 1)]),
            changed(memo: String(repeating: "x", count: TransactionLimits.memoByteCountMax + 1)),
            changed(memo: "a\u{7F}"),
        ]
        for body in broken {
            try await scene.expectRefusal(.malformed) { try await scene.fixture.submit(body, [10]) }
        }
        let longest = changed(
            operations: Array(repeating: operation, count: TransactionLimits.operationCountMax),
            memo: String(repeating: "x", count: TransactionLimits.memoByteCountMax)
        )
        try await scene.fixture.submit(longest, [10])
        #expect(try await scene.units(scene.bob) == 64)
    }

    @Test("SIG-001: a key that no account knows")
    func unknownKey() async throws {
        let scene = try await RuleScene()
        let body = try await transfer(scene)
        try await scene.expectRefusal(.unknownKey) { try await scene.fixture.submit(body, [77]) }
        try await scene.expectRefusal(.unknownKey) { try await scene.fixture.submit(body, [10, 77]) }
        try await scene.fixture.submit(body, [10])
    }

    @Test("SIG-002: a signature over another body, or under another key")
    func badSignature() async throws {
        let scene = try await RuleScene()
        let body = try await transfer(scene)
        let signer = try Fixture.signer(10)
        let other = TransactionSignature(
            key: signer.publicKey.encoded,
            signature: try signer.sign(Fixture.digest(1))
        )
        let stolen = TransactionSignature(
            key: signer.publicKey.encoded,
            signature: try Fixture.signer(11).sign(body.id.digest)
        )
        for signature in [other, stolen] {
            try await scene.expectRefusal(.badSignature) {
                _ = try await scene.ledger.submit(SignedTransaction(body: body, signatures: [signature]).bytes)
            }
        }
        try await scene.fixture.submit(body, [10])
    }

    @Test("no altered byte of a signed transaction commits anything")
    func everyByte() async throws {
        let scene = try await RuleScene()
        let bytes = try scene.fixture.sign(try await transfer(scene), [10]).bytes
        var altered: [[UInt8]] = []
        for index in bytes.indices {
            for mask: UInt8 in [1, 0x20, 0x80] {
                var copy = bytes
                copy[index] ^= mask
                altered.append(copy)
            }
        }
        let before = try await scene.fixture.mark()
        for result in await scene.ledger.submit(altered) {
            guard case .failure(.rejected(let rejection)) = result else {
                Issue.record("\(result)")
                continue
            }
            #expect([.malformed, .unknownKey, .badSignature].contains(rejection.code))
        }
        let after = try await scene.fixture.mark()
        #expect(after == before)
        _ = try await scene.ledger.submit(bytes)
    }
}
