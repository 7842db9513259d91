import ArgumentParser
import Tokenize

/// Checks an ownership proof with nothing but the log's public key.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check an ownership proof offline: no ledger is needed, only the log's public key."
    )

    @Argument(help: "The proof's file.")
    var proof: String

    @Option(help: "The log's verifier key (name+hash+base64), or a file that holds it.")
    var key: String

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    func run() async throws {
        let key = try VerifierKeyText.keyOrFile(key)
        let proof = try ProofFile.read(proof)
        let verdict: OwnershipProof.Verdict
        do {
            verdict = try proof.verify(under: CheckpointPolicy(origin: key.name, logKeys: [key]))
        } catch {
            throw DemoFailure("the proof is refused: \(Sentence.text(of: error))")
        }
        let console = Console(isSilent: json)
        if json { return try console.writeObject(VerdictReport(verdict)) }
        console.done("The proof holds: the ledger committed to this")
        console.show(VerdictTable.table(verdict))
    }
}
