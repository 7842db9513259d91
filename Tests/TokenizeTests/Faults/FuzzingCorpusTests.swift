import Foundation
import Testing

@testable import Tokenize

/// Inputs that the fuzzing targets take, made anew from a ledger: what a fuzzer begins with.
@Suite("FuzzingCorpus")
struct FuzzingCorpusTests {
    /// Small inputs by target.
    private struct Corpus {
        var inputs: [String: [[UInt8]]] = [:]

        mutating func add(_ target: String, _ inputs: [[UInt8]]) { self.inputs[target, default: []] += inputs }

        func write(to folder: URL) throws {
            for (target, inputs) in inputs {
                let place = folder.appendingPathComponent(target)
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                for (number, bytes) in inputs.enumerated() {
                    try Data(bytes).write(to: place.appendingPathComponent("seed-\(number)"))
                }
            }
        }
    }

    /// Inputs that each target gets here; a store is made for each of its own. `TOKENIZE_FUZZ_INPUTS` multiplies them.
    static let inputCounts = [
        "decoder": 20_000, "note": 10_000, "proof": 5_000, "scenario": 500, "store": 150, "term-sheet": 2_000,
    ]

    private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("CrashWriter").path

    @Test("every seed is read by what it is for; `TOKENIZE_CORPUS` names a folder for them")
    func seeds() async throws {
        let corpus = try await Self.corpus()
        #expect(corpus.inputs.keys.sorted() == Self.inputCounts.keys.sorted())
        for (target, inputs) in corpus.inputs { #expect(inputs.count > 1, "\(target)") }
        if let folder = ProcessInfo.processInfo.environment["TOKENIZE_CORPUS"] {
            try corpus.write(to: URL(fileURLWithPath: folder))
        }
    }

    /// Without libFuzzer, whose build takes longer than the suite may: `Scripts/fuzz` has it.
    @Test("no target crashes on changed seeds", arguments: inputCounts.keys.sorted())
    func mutated(_ target: String) async throws {
        let seed = Campaign.seed("fuzzing \(target)")
        let folder = try TemporaryFolder()
        try await Self.corpus().write(to: folder.url)
        let count = (Self.inputCounts[target] ?? 0) * Campaign.count("TOKENIZE_FUZZ_INPUTS", suite: 1)
        let place = folder.url.appendingPathComponent(target)
        let inputCount = try FileManager.default.contentsOfDirectory(atPath: place.path).count + count
        let status = try await ChildProcess.run(Self.executable, ["mutate", target, place.path, "\(seed)", "\(count)"])
        #expect(status.code == 0 && status.output == "ran \(inputCount)\n", "seed \(seed): \(status)")
    }

    private static func corpus() async throws -> Corpus {
        let market = try await Market(store: MemoryStore()) { $0.sealing = .every(4) }
        let receipts = try await market.run(12)
        let ledger = market.ledger
        var corpus = Corpus()
        try await addEncodings(market, &corpus)
        let held = try await ledger.proveHolding(asset: market.asset, account: market.people[0].account)
        let absent = try await ledger.proveHolding(asset: market.asset, account: market.people[0].account, partition: 3)
        let inclusion = try await ledger.proveInclusion(of: receipts[3].position)
        let effect = try await ledger.proveEffect(position: receipts[3].position, index: 0)
        let note = try await ledger.checkpoint()
        let consistency = try await ledger.proveConsistency(from: 3, to: receipts[5].position)
        corpus.add("proof", [held.canonicalBytes, absent.canonicalBytes, inclusion.bytes, effect.canonicalBytes])
        corpus.add("proof", [held.state.canonicalBytes, held.inclusion.canonicalBytes, consistency.canonicalBytes])
        corpus.add("note", [note.bytes, inclusion.bytes, Array("tile/0/x001/234".utf8)])
        try await addNotes(market, note, &corpus)
        try addDocuments(&corpus)
        // A bit, a cut, a copied page and a few bytes, in each file.
        corpus.add("store", (0..<3).flatMap { file in [0, 0x40, 0x60].map { [$0 | file, 0, 1, 0, 9] } })
        corpus.add("store", [[0x82, 0, 0, 0, 40, 3, 1, 2, 3], [0x81, 0, 0, 0, 24, 2, 0, 0, 0x02, 0, 0, 0, 7]])
        // Nothing at all.
        corpus.add("store", [[0x80, 0, 0, 0, 0, 0]])

        #expect(try OwnershipProof(canonicalBytes: held.canonicalBytes) == held)
        #expect(try TransparencyProof(parsing: inclusion.bytes) == inclusion)
        #expect(try SignedCheckpoint(parsing: note.bytes) == note)
        try await ledger.close()
        return corpus
    }

    /// Forms that the decoder's target reads, and those that the proofs' does, by their rules in the schema.
    private static let decodedRules: Set<String> = [
        "genesis", "transaction-body", "signed-transaction", "log-entry", "instrument-terms", "charter", "rulebook",
        "effect", "state-key", "signed-question",
    ]
    private static let proofRules: Set<String> = [
        "state-proof", "log-inclusion-proof", "log-consistency-proof", "ownership-proof", "effect-proof",
    ]

    private static func addEncodings(_ market: Market, _ corpus: inout Corpus) async throws {
        let samples = try SchemaSample.all()
        for (target, rules) in [("decoder", decodedRules), ("proof", proofRules)] {
            let chosen = samples.filter { rules.contains($0.rule) }
            #expect(Set(chosen.map(\.rule)) == rules)
            for sample in chosen { #expect(try sample.recode(sample.bytes) == sample.bytes, "\(sample.rule)") }
            corpus.add(target, chosen.map(\.bytes))
        }
        let genesis = market.fixture.genesis.canonicalBytes
        let policy = KeyPolicy(try Fixture.signer(3).publicKey).canonicalBytes
        let transfer = try await market.transfer(from: 1, sequence: 3)
        corpus.add("decoder", [genesis, LogEntry.genesis(genesis).canonicalBytes, policy])
        corpus.add("decoder", [transfer.bytes, transfer.body.canonicalBytes, Charter(authorities: []).canonicalBytes])
        corpus.add("decoder", [[0x83, 0x01, 0x41, 0xFF, 0xA1, 0x00, 0x61, 0x61], Array("\(market.asset)".utf8)])
    }

    /// Cosignatures, a refusal, keys and an entry bundle.
    private static func addNotes(_ market: Market, _ note: SignedCheckpoint, _ corpus: inout Corpus) async throws {
        let checkpoint = try SignedNote(parsing: note.bytes).text
        let witness = try SignedNoteRuleTests.signer("witness.example/1", .cosignatureV1, 2)
        let cosigned = try witness.cosign(note, time: 100)
        let tooMuch = try await market.transfer(from: 0, sequence: 3, units: 5_000)
        let answer = try await market.people[0].explanation(of: tooMuch, isSigning: true)
        let refusal = try #require(answer.refusal).bytes
        let refusalText = try SignedNote(parsing: refusal).text
        corpus.add("note", [checkpoint, cosigned.bytes, refusal, refusalText])
        let signer = try #require(NoteName("test.ledger"))
        let key = try NoteSigner(name: signer, algorithm: .ed25519, seed: Fixture.logSeed).verifierKey
        corpus.add("note", [Array(key.text.utf8), Array(witness.verifierKey.text.utf8)])
        corpus.add("note", [[1] + (try EntryBundle(entries: [[1], [2, 3]]).bytes)])

        #expect(try Checkpoint(parsing: checkpoint).text == checkpoint)
        #expect(try SignedCheckpoint(parsing: cosigned.bytes) == cosigned)
        #expect(try RefusalNote(parsing: refusalText).text == refusalText)
    }

    private static func addDocuments(_ corpus: inout Corpus) throws {
        let scenarios = PackageRoot.url.appending(path: "Sources/TokenizeDemo/Scenarios")
        for name in ["bond", "land"] {
            corpus.add("scenario", [Array(try Data(contentsOf: scenarios.appending(path: "\(name).json")))])
        }
        let sheets = try JSONSerialization.jsonObject(
            with: Data(contentsOf: PackageRoot.url.appending(path: "Specs/vectors/bonds.json"))
        )
        for sheet in termSheets(in: sheets).prefix(8) {
            corpus.add("term-sheet", [Array(try JSONSerialization.data(withJSONObject: sheet, options: .sortedKeys))])
        }
    }

    /// The objects that have the fields of a term sheet, wherever they stand.
    private static func termSheets(in value: Any) -> [[String: Any]] {
        if let list = value as? [Any] { return list.flatMap { termSheets(in: $0) } }
        guard let object = value as? [String: Any] else { return [] }
        if object["issueDate"] != nil, object["denomination"] != nil { return [object] }
        return object.sorted { $0.key < $1.key }.flatMap { termSheets(in: $0.value) }
    }
}
