import Foundation
import GRDB
import Synchronization
import Testing
import Tokenize
import TokenizeAudit
import TokenizeSQLite

/// What SQLite shows readers after random histories is what the state holds.
@Suite("Audit catalogue: readers' tables")
struct ReadersTablesTests {
    /// A store whose tables are read back, by SQL, before it is removed.
    private struct ReadPlace: AuditStorePlace {
        let folder: TemporaryFolder
        let findings: Findings

        func open() async throws -> any LedgerStore { try await SQLiteStore.open(path: StoreCrash.path(in: folder)) }

        func remove() async {
            do {
                let shown = try ReadersTablesTests.shown(StoreCrash.path(in: folder) + ".projection")
                let ledger = try await TokenLedger.open(
                    store: try await open(),
                    configuration: LedgerConfiguration(disclosureSecret: DisclosureSecret(Fixture.digest(7)))
                )
                let expected = ReadersTablesTests.rows(of: try await ledger.read { $0 })
                try await ledger.close()
                findings.note(shown == expected ? nil : "\(shown), not \(expected)")
            } catch {
                findings.note("\(error)")
            }
        }
    }

    private final class Findings: Sendable {
        private let list = Mutex<(count: Int, differences: [String])>((0, []))

        var all: (count: Int, differences: [String]) { list.withLock { $0 } }

        func note(_ difference: String?) {
            list.withLock { list in
                list.count += 1
                if let difference { list.differences.append(difference) }
            }
        }
    }

    /// Accounts, assets and holdings as other programs read them.
    private static func shown(_ path: String) throws -> [[String]] {
        try DatabaseQueue(path: path).read { database in
            try [
                "SELECT account_index || ' ' || account_text || ' ' || party_text || ' ' || is_frozen FROM accounts ORDER BY account_index",
                "SELECT asset_index || ' ' || asset_text || ' ' || identification || ' ' || issued || ' ' || redeemed "
                    + "|| ' ' || is_paused FROM assets ORDER BY asset_index",
                "SELECT account_text || ' ' || asset_text || ' ' || partition || ' ' || units || ' ' || available "
                    + "FROM holdings JOIN accounts USING (account) JOIN assets USING (asset)",
            ].map { try String.fetchAll(database, sql: $0).sorted() }
        }
    }

    private static func rows(of state: LedgerState) -> [[String]] {
        let today = state.businessDate
        func flag(_ encumbrances: [EncumbranceRecord]) -> String {
            encumbrances.contains { $0.lastDate >= today } ? "1" : "0"
        }
        let accounts = state.accountIDs.enumerated().compactMap { index, id in
            state.account(id).map {
                "\(index) \(id.text) \(state.party(of: id)?.text ?? "none") \(flag($0.encumbrances))"
            }
        }
        let assets = state.assetIDs.enumerated().compactMap { index, id in
            state.asset(id).map {
                "\(index) \(id.text) \($0.identification) \($0.issued) \($0.redeemed) \(flag($0.encumbrances))"
            }
        }
        let holdings = state.assetIDs.flatMap { state.holdings(of: $0) }
            .filter { $0.units > .zero || !$0.encumbrances.isEmpty }
            .map { "\($0.account.text) \($0.asset.text) \($0.partition.number) \($0.units) \($0.available)" }
        return [accounts.sorted(), assets.sorted(), holdings.sorted()]
    }

    @Test("accounts, assets and holdings that SQLite shows are those of the state")
    func tables() async throws {
        let findings = Findings()
        let catalogue = AuditCatalogue(
            storePlaces: [{ ReadPlace(folder: try TemporaryFolder(), findings: findings) }]
        )
        let outcome = try await catalogue.run(property: "PRP-017", cases: 10, seed: 5)
        #expect(outcome.isPassed, "\(outcome)")
        #expect(findings.all.count == 10)
        #expect(findings.all.differences == [])
    }
}
