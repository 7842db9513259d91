import Tokenize

/// Where a story is told: a running ledger, its institutions, and the audience.
struct Stage: Sendable {
    let ledger: TokenLedger
    let clock: StoryClock
    let files: LedgerFiles
    let verifierKey: NoteVerifierKey
    let console: Console
    let terms: CommonTerms
    let institutions: Institutions

    var ministry: Participant { institutions.ministry }
    var approvingMinistry: Participant { institutions.approvingMinistry }
    var centralBank: Participant { institutions.centralBank }
    var payingAgent: Participant { institutions.payingAgent }

    // MARK: Acting

    func client(_ participant: Participant) -> LedgerClient {
        LedgerClient(ledger: ledger, account: participant.account, signers: [participant.signer])
    }

    func authority(_ reference: AuthorityReference, _ members: Participant...) -> AuthorityClient {
        AuthorityClient(reference, members: members.map { client($0) })
    }

    /// The court with the signatures of two judges.
    var courtInSession: AuthorityClient {
        authority(AuthorityReference(.court), institutions.judges[0], institutions.judges[1])
    }

    var regulator: AuthorityClient { authority(AuthorityReference(.regulator), institutions.regulator) }

    // MARK: Reading

    func holding(_ asset: AssetID, of participant: Participant) async throws -> LedgerState.HoldingView {
        try await ledger.read { [account = participant.account] in $0.holding(asset: asset, account: account) }
    }

    func record(of asset: AssetID) async throws -> AssetRecord {
        guard let record = try await ledger.read({ $0.asset(asset) }) else {
            throw DemoFailure("the ledger does not know the asset \(asset)")
        }
        return record
    }

    func businessDate() async throws -> CalendarDate { try await ledger.read { $0.businessDate } }

    /// What the committed transaction of a receipt did, as the log keeps it.
    func effects(of receipt: Receipt) async throws -> [Effect] {
        for try await event in ledger.events(from: receipt.position) {
            if case .transaction(_, let effects) = event.kind { return effects }
            break
        }
        throw DemoFailure("the log holds no transaction at \(receipt.position)")
    }

    // MARK: Refusals

    /// Tries what must be refused, and says which rule did.
    func refusal(
        _ attempt: String,
        _ body: () async throws(SubmissionError) -> Receipt
    ) async throws -> Attempt {
        do throws(SubmissionError) {
            _ = try await body()
        } catch {
            guard case .rejected(let rejection) = error else { throw error }
            return Attempt(attempt, rejection)
        }
        throw DemoFailure("the ledger accepted what it must refuse: \(attempt)")
    }
}
