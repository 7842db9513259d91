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

    @Argument(help: "The file of a signed transaction, or of a body with --draft.")
    var transaction: String

    @Flag(help: "The file holds a body that nobody need have signed yet, not a signed transaction.")
    var draft = false

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
        let question = try question(bytes)
        let asker = try asker()
        guard asker == nil || !everything else {
            throw DemoFailure("--everything is not for an account: leave out --as")
        }
        guard receipt == nil || asker != nil else {
            throw DemoFailure("a refusal is signed for accounts only: name one with --as and --key")
        }
        if let receipt { try RefusalFile.requireReplaceable(receipt) }
        let open = try await OpenLedger.open(ledger, signing: receipt != nil)
        let answer: ExplanationAnswer
        do {
            answer = try await ask(question, asker, on: open.ledger)
            try await open.ledger.close()
        } catch {
            try? await open.ledger.close()
            throw error
        }
        var refusalFile: String?
        if let receipt, let refusal = answer.refusal {
            try RefusalFile.write(refusal, to: receipt)
            refusalFile = receipt
        }
        let console = Console(isSilent: json)
        if json { return try console.writeObject(ExplanationReport(answer, refusalFile: refusalFile)) }
        ExplanationPage(console: console).show(answer)
        if let refusalFile { console.done("\(refusalFile): the refusal under the ledger's signature") }
    }

    /// What is asked about.
    private enum Question {
        case transaction(SignedTransaction)
        case draft(TransactionBody)
    }

    /// What the file holds; what is no transaction is no question, and no answer either.
    private func question(_ bytes: [UInt8]) throws(DemoFailure) -> Question {
        do {
            return draft
                ? .draft(try TransactionBody(canonicalBytes: bytes)) : .transaction(try SignedTransaction(bytes: bytes))
        } catch {
            throw DemoFailure("\(transaction) is not a \(draft ? "draft" : "signed transaction"): \(error)")
        }
    }

    private func ask(
        _ question: Question,
        _ asker: (account: AccountID, signer: SoftwareSigner)?,
        on ledger: TokenLedger
    ) async throws -> ExplanationAnswer {
        guard let asker else { return try await askAsStranger(question, on: ledger) }
        let client = LedgerClient(ledger: ledger, account: asker.account, signers: [asker.signer])
        return switch question {
        case .transaction(let signed): try await client.explanation(of: signed, isSigning: receipt != nil)
        case .draft(let body): try await client.explanation(ofDraft: body, isSigning: receipt != nil)
        }
    }

    private func askAsStranger(_ question: Question, on ledger: TokenLedger) async throws -> ExplanationAnswer {
        switch question {
        case .transaction(let signed):
            let answer = try await ledger.explanation(of: signed.bytes)
            guard everything else { return answer }
            return answer.disclosing(try await ledger.read { $0.explanation(of: signed) })
        case .draft(let body):
            let answer = try await ledger.explanation(ofDraft: body.canonicalBytes)
            guard everything else { return answer }
            return answer.disclosing(try await ledger.read { $0.explanation(ofDraft: body) })
        }
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
            throw DemoFailure("\(Sentence.quoted(requester)) is not an account: \(Sentence.text(of: error))")
        }
    }
}
