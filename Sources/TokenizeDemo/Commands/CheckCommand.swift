import ArgumentParser
import Tokenize

/// Checks what a ledger has signed, an ownership proof or a refusal, with nothing but the log's public key.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check an ownership proof or a signed refusal offline: no ledger, only the log's public key."
    )

    @Argument(help: "The file of the proof, or of the refusal that explain --receipt wrote.")
    var proof: String

    @Option(help: "The log's verifier key (name+hash+base64), or a file that holds it.")
    var key: String

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    func run() async throws {
        let key = try VerifierKeyText.keyOrFile(key)
        let bytes = try ProofFile.bytes(proof)
        let console = Console(isSilent: json)
        if RefusalFile.holdsRefusal(bytes) { return try check(refusal: bytes, under: key, console) }
        let verdict: OwnershipProof.Verdict
        do {
            verdict = try ProofFile.proof(bytes, proof).verify(
                under: CheckpointPolicy(origin: key.name, logKeys: [key])
            )
        } catch let failure as DemoFailure {
            throw failure
        } catch {
            throw DemoFailure("the proof is refused: \(Sentence.text(of: error))")
        }
        if json { return try console.writeObject(VerdictReport(verdict)) }
        console.done("The proof holds: the ledger committed to this")
        console.show(VerdictTable.table(verdict))
    }

    private func check(refusal bytes: [UInt8], under key: NoteVerifierKey, _ console: Console) throws {
        let refusal: RefusalNote
        do {
            refusal = try RefusalNote.verify(bytes, under: [key], origin: key.name)
        } catch {
            throw DemoFailure("the signed refusal does not hold: \(Sentence.text(of: error))")
        }
        if json { return try console.writeObject(RefusalReport(refusal)) }
        console.done("The refusal is the ledger's own: on \(refusal.businessDate) these rules refused the transaction")
        console.show(RefusalTable.table(refusal))
    }
}
