import Foundation
import Testing
import Tokenize
import TokenizeSQLite

/// A ledger in a file of which the tests know the keys of an account: what the stories never keep.
@Suite("explain --as: an account asks, and is told its own")
struct AskingAccountTests {
    private let folder: TemporaryFolder
    private let scene: RulebookScene

    private var ledger: String { folder.path("asked.ledger") }
    private var attempt: String { folder.path("attempt") }
    private var key: String { folder.path("alice.key") }

    /// Alice has tried to send 500 units to Bob, who may hold 100.
    init() async throws {
        folder = try TemporaryFolder()
        let path = folder.path("asked.ledger")
        scene = try await RulebookScene([.balanceMax(100)], store: try await SQLiteStore.open(path: path))
        let signed = try await Self.transfer(500, scene)
        try Data(signed.bytes).write(to: URL(fileURLWithPath: folder.path("attempt")))
        let signer = try SoftwareCheckpointSigner(
            ledger: scene.ledger.id,
            name: scene.fixture.genesis.name,
            seed: Fixture.logSeed
        )
        for (name, text) in [
            ("asked.ledger.secret", Fixture.secret.reveal().hexadecimal),
            ("asked.ledger.logkey", Fixture.logSeed.hexadecimal),
            ("asked.ledger.vkey", signer.verifierKey.text),
            // The key of ``Fixture/signer(_:_:)`` for account 30.
            ("alice.key", [UInt8](repeating: 0, count: 31).hexadecimal + "1f"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(name)))
        }
        try await scene.ledger.close()
    }

    private static func transfer(_ units: Quantity, _ scene: RulebookScene) async throws -> SignedTransaction {
        let transfer = Transfer(asset: scene.asset, recipient: scene.bob.account, units: units)
        let operations = [Tokenize.Operation(.transfer(transfer))]
        return try scene.fixture.sign(try await scene.fixture.body(operations, [scene.alice]), [30])
    }

    private func explain(_ arguments: String...) async throws -> DemoRun {
        try await DemoRun(["explain", ledger, attempt] + arguments, in: folder)
    }

    private func finding(_ run: DemoRun) throws -> [String: Any] {
        let operations = try run.object()["operations"] as? [[String: Any]] ?? []
        return try #require((operations.first?["findings"] as? [[String: Any]])?.first)
    }

    @Test("the sender learns the rule, and not how much the receiver could take; whoever keeps the file learns it")
    func ownAffairs() async throws {
        let account = "\(scene.alice.account)"
        let asked = try await explain("--as", account, "--key", key, "--json")
        #expect(asked.status == 0, "\(asked.errors)")
        let told = try finding(asked)
        #expect(told["ruleID"] as? String == "RBK-020" && told["isWithheld"] as? Bool == true)
        let everything = try finding(try await explain("--everything", "--json"))
        #expect(everything["isWithheld"] as? Bool == false)
        #expect((everything["remedy"] as? String)?.hasPrefix("amountThatFits") == true)
    }

    @Test("the refusal is signed, checked with the log's key alone, and not with another's")
    func receipt() async throws {
        let account = "\(scene.alice.account)"
        let file = folder.path("some.refusal")
        let asked = try await explain("--as", account, "--key", key, "--receipt", file)
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(asked.words.contains("the refusal under the ledger's signature"))
        let checked = try await DemoRun(["check", file, "--key", "\(ledger).vkey", "--json"], in: folder)
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.output.contains("RBK-020"))
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        let height = try #require("\nheight ".utf8.withContiguousStorageIfAvailable { Array($0) })
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: height) })
        bytes[place + height.count] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let altered = try await DemoRun(["check", file, "--key", "\(ledger).vkey"], in: folder)
        #expect(altered.isOneClearError && altered.errors.contains("does not hold"), "\(altered.errors)")
    }
}
