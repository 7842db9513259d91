import ArgumentParser
import Tokenize

/// Says why a transaction is refused, to whoever asks.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say which rules refuse a transaction now, why, and what would help. Nothing is committed.",
        discussion: """
            Without --as this says what a stranger is told: the rules alone. With an account and its key it says what \
            that account may know: its own affairs, or those of assets that it has authority over. Whoever keeps the \
            ledger's file sees everything anyway: --everything.
            """
    )

    @Argument(help: "The ledger's file.")
    var ledger: String

    @Argument(help: "The file of a signed transaction.")
    var transaction: String

    @Option(name: .customLong("as"), help: "The account that asks (acct1…).")
    var requester: String?

    @Option(help: "A file with the secret key of the account that asks: 64 hexadecimal digits.")
    var key: String?

    @Option(help: "Where to write the refusal under the ledger's signature.")
    var receipt: String?

    @Flag(help: "Keep nothing back.")
    var everything = false

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    func run() async throws {
        let bytes = try SmallFile.read(
            transaction,
            what: "transaction",
            byteCountMax: TransactionLimits.transactionByteCountMax
        )
        let asker = try asker()
        guard asker == nil || !everything else {
            throw DemoFailure("--everything is not for an account: leave out --as")
        }
        guard receipt == nil || asker != nil else {
            throw DemoFailure("a refusal is signed for accounts only: name one with --as and --key")
        }
        let open = try await OpenLedger.open(ledger, signing: receipt != nil)
        let answer: ExplanationAnswer
        do {
            answer = try await ask(bytes, asker, on: open.ledger)
            try await open.ledger.close()
        } catch {
            try? await open.ledger.close()
            throw error
        }
        var refusalFile: String?
        if let receipt, let refusal = answer.refusal {
            try SmallFile.write(refusal.bytes, to: receipt)
            refusalFile = receipt
        }
        let console = Console(isSilent: json)
        if json { return try console.writeObject(ExplanationReport(answer, refusalFile: refusalFile)) }
        ExplanationPage(console: console).show(answer)
        if let refusalFile { console.done("\(refusalFile): the refusal under the ledger's signature") }
    }

    private func ask(
        _ bytes: [UInt8],
        _ asker: (account: AccountID, signer: SoftwareSigner)?,
        on ledger: TokenLedger
    ) async throws -> ExplanationAnswer {
        guard let asker else {
            let answer = try await ledger.explanation(of: bytes)
            guard everything, let signed = try? SignedTransaction(bytes: bytes) else { return answer }
            return answer.disclosing(try await ledger.read { $0.explanation(of: signed) })
        }
        let client = LedgerClient(ledger: ledger, account: asker.account, signers: [asker.signer])
        return try await client.explanation(ofBytes: bytes, isSigning: receipt != nil)
    }

    private func asker() throws(DemoFailure) -> (account: AccountID, signer: SoftwareSigner)? {
        guard let requester, let key else {
            guard requester == nil, key == nil else { throw DemoFailure("--as and --key go together") }
            return nil
        }
        do {
            return (try AccountID(text: requester), try SecretKeyFile.signer(key))
        } catch let failure as DemoFailure {
            throw failure
        } catch {
            throw DemoFailure("'\(requester)' is not an account: \(Sentence.text(of: error))")
        }
    }
}
