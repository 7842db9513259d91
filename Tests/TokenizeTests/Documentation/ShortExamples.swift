import Foundation
import Tokenize
import TokenizeAudit

/// Examples of a few lines, each with the names that it takes for granted as parameters.
enum ShortExamples {
    static func publishedProperty() async throws -> PropertyOutcome {
        let outcome = try await AuditCatalogue.run(property: "PRP-001", cases: 100, seed: 7)
        return outcome
    }

    static func ownProperty() async throws -> PropertyOutcome {
        let outcome = try await trading.check(PropertyRun(cases: 100, seed: 7))
        return outcome
    }

    static func restart() async throws -> SmallLedger {
        let store = MemoryStore()
        let small = try await SmallLedger(in: store)
        try await small.alice.transfer(10, of: small.asset, to: small.bob.account)
        try await small.ledger.close()
        let again = try await small.reopened(in: MemoryStore(reopening: store))
        return again
    }

    static func generator() -> Generator<UInt64> {
        let evenUnits = Generator<UInt64> { (choices: inout ChoiceSource) throws(Discard) in
            try choices.choose(upTo: 75) * 2
        }
        return evenUnits
    }

    static func transactions(of store: any LedgerStore) async throws -> [TransactionID] {
        var names: [TransactionID] = []
        for try await entry in LogEntries(of: store) {
            guard case .transaction(let bytes, _, _) = entry else { continue }
            names.append(try SignedTransaction(bytes: bytes).id)
        }
        return names
    }

    static func model(_ genesis: Genesis, _ bytes: [UInt8]) throws -> LedgerModel.Answer {
        var model = try LedgerModel(genesis: genesis, sealing: 3, time: 1_767_600_000)
        let answer = model.submit(bytes, time: 1_767_600_000)
        return answer
    }

    static func ledger(
        _ genesis: Genesis,
        _ configuration: LedgerConfiguration,
        _ transaction: SignedTransaction
    ) async throws -> Receipt {
        let ledger = try await TokenLedger.create(genesis: genesis, store: MemoryStore(), configuration: configuration)
        let receipt = try await ledger.submit(transaction.bytes)
        return receipt
    }

    static func holder(
        _ ledger: TokenLedger,
        _ signer: any Signer,
        _ bond: AssetID,
        _ aliceID: AccountID,
        _ bobID: AccountID
    ) async throws -> Receipt {
        let alice = LedgerClient(ledger: ledger, account: aliceID, signers: [signer])
        let receipt = try await alice.transfer(500, of: bond, to: bobID)
        return receipt
    }

    static func authority(_ client: LedgerClient, _ bond: AssetID, _ dealer: AccountID) async throws -> Receipt {
        let ministry = AuthorityClient(AuthorityReference(.issuer), members: [client])
        let receipt = try await ministry.issue(1_000, of: bond, to: dealer)
        return receipt
    }
}
