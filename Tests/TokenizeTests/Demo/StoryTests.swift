import Foundation
import Testing
import Tokenize

@Suite("The demonstration tells its stories")
struct StoryTests {
    @Test("with no arguments it tells both, in 80 columns without colours, and nothing on standard error")
    func defaultRun() async throws {
        let folder = try TemporaryFolder()
        let run = try await DemoRun([], in: folder)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(!run.output.contains("\u{1B}"))
        // The temporary folder of this test has a long name, and paths are not broken.
        for line in run.output.split(separator: "\n") where !line.contains(folder.url.path) {
            #expect(line.count <= 80 && line.last != " ", "\(line)")
        }
        for fact in [
            "ISIN LA0MOF31A017", "Ministry of Planning and Investment approved", "300 citizens bought from dealers",
            "returns its first receipt", "every balance rose by its share", "not on what it holds today",
            "wait as a claim, and nobody else was held up", "Two of three judges sign", "no claim is left",
            "INQUIRY lapsed on 2027-02-14 by itself", "9 dues paid, each on its day", "units left 0",
            "cannot pose as the present", "the log holds no event of default", "received (►) and paid (◄)",
            "buys the 250 that fit", "foreign persons and entities together", "the account answers to the new key",
            "RENT 2028", "holdings add up to what is outstanding, for every asset",
        ] {
            #expect(run.words.contains(fact), "\(fact)")
        }
        for rule in [
            "SIG-001", "SIG-002", "SIG-003", "SEQ-001", "TXN-001", "TRF-005", "TRF-006", "AUT-004", "AUT-005",
            "ISS-001", "PRM-001", "SRV-003", "SRV-004", "SRV-008", "ORD-002", "RCV-003", "RCV-006", "HLD-002",
            "AST-003",
        ] {
            #expect(run.output.contains(rule), "\(rule)")
        }
    }

    @Test("what is declared is what is paid, net and tax and claims together, and nothing is left")
    func bondReport() async throws {
        let told = try await ToldLedger.bond()
        let payments = try #require(told.report["payments"] as? [[String: Any]])
        #expect(
            payments.map { $0["due"] as? String } == [
                "coupon 2026-10-15", "coupon 2027-01-15", "redemption 2027-01-15",
            ]
        )
        // 50,000,000 units of 1,000 at 6.9 % a year for 92 days of 365, half to even; then the principal.
        #expect(payments.map { $0["declared"] as? String } == ["869589041", "869589041", "50000000000"])
        for payment in payments {
            let (gross, tax) = (try told.amount("gross", payment), try told.amount("tax", payment))
            #expect(try told.amount("declared", payment) == gross)
            #expect(try told.amount("net", payment) + told.amount("claimed", payment) + tax == gross)
        }
        let trading = try #require(told.report["trading"] as? [String: Any])
        #expect(trading["tradeCount"] as? Int == 40 && trading["exTradeCount"] as? Int == 20)
        // Half of the bond is with classes that pay 10 %, or more; the state pays none, citizens 5 %.
        let taxes = try payments.map { try told.amount("tax", $0) }
        #expect(taxes[0] > 70_000_000 && taxes[0] < 86_958_904 && taxes[2] == 0)
        let redemption = try #require(told.report["redemption"] as? [String: Any])
        #expect(redemption["outstanding"] as? String == "0")
        #expect(redemption["paid"] as? String == "50000000000")
        #expect(try told.amount("stillFrozen", redemption) > 0)
        #expect(try told.summary("businessDate") == "2027-01-15")
        #expect((told.report["ledger"] as? [String: Any])?["isBalanced"] as? Bool == true)
    }

    @Test("a claim arises from the frozen account alone, and is paid on the day after the order")
    func claim() async throws {
        let told = try await ToldLedger.bond()
        let payments = try #require(told.report["payments"] as? [[String: Any]])
        let claim = try #require(told.report["claim"] as? [String: Any])
        #expect(try told.amount("amount", claim) == told.amount("claimed", payments[0]))
        #expect(try told.amount("amount", claim) > 0)
        #expect(try payments.dropFirst().allSatisfy { try told.amount("claimed", $0) == 0 })
        #expect(claim["lastDate"] as? String == "2026-11-29")
        #expect(claim["settledOn"] as? String == "2026-11-30")
    }

    @Test("what the story tries and must not get is refused by the rules that are meant")
    func refusals() async throws {
        let told = try await ToldLedger.bond()
        let expected: [([String: Any], [String])] = [
            (
                told.report,
                [
                    "AUT-005", "AUT-005", "PRM-001", "SIG-002", "SIG-001", "SIG-003", "TXN-001", "SEQ-001", "TRF-005",
                    "AUT-004",
                    "ISS-001", "SRV-004",
                ]
            ),
            (try #require(told.report["court"] as? [String: Any]), ["AUT-005", "TRF-006", "ORD-002"]),
            (try #require(told.report["claim"] as? [String: Any]), ["SRV-008", "TRF-006"]),
        ]
        for (part, rules) in expected {
            let attempts = try #require(part["attempts"] as? [[String: Any]])
            #expect(attempts.map { $0["ruleID"] as? String } == rules)
        }
    }

    @Test("every holder's statement, the remittances and the treasury's account agree, and nothing was late")
    func statements() async throws {
        let told = try await ToldLedger.bond()
        let report = try #require(told.report["statement"] as? [String: Any])
        #expect(report["eventOfDefaultCount"] as? Int == 0)
        #expect(try told.amount("net", report) + told.amount("tax", report) == told.amount("gross", report))
        // Again, without the program: from the ledger that it left.
        let asset = try AssetID(text: told.summary("asset"))
        try await told.withLedger { ledger in
            let (holders, remittances, dues, claims) = try await ledger.read { state in
                (state.accountIDs, state.remittances(of: asset), state.dues(of: asset), state.claims())
            }
            var taxes: [BondDue.ID: UInt128] = [:]
            for holder in holders {
                for line in try await ledger.statement(of: holder, asset: asset).lines {
                    taxes[line.due, default: 0] += line.tax.units
                }
            }
            #expect(remittances.count == 2)
            for remittance in remittances { #expect(taxes[remittance.due] == remittance.tax.units) }
            let sum = remittances.reduce(UInt128(0)) { $0 + $1.tax.units }
            #expect(taxes.values.reduce(0, +) == sum)
            for name in ["withheld", "remitted", "treasury"] {
                #expect(try told.amount(name, report) == sum, "\(name)")
            }
            #expect(dues.map(\.standing) == [.done, .done, .done])
            #expect(claims.isEmpty)
        }
        #expect(try await told.run("verify", told.path).status == 0)
    }

    @Test("the clock of a story goes with its days: none was opened faster than real time")
    func pace() async throws {
        let told = try await ToldLedger.bond()
        let report = try await told.run("verify", told.path, "--json").object()
        #expect(report["daysOpenedFast"] as? [String] == [])
    }

    @Test("a key that is lost is replaced after ten days, and not before")
    func lostKey() async throws {
        let told = try await ToldLedger(SampleScenario.shortLand(), "land")
        let recovery = try #require(told.report["recovery"] as? [String: Any])
        #expect(recovery["filedOn"] as? String == "2026-01-05")
        #expect(recovery["recoveredOn"] as? String == "2026-01-19")
        let attempts = try #require(recovery["attempts"] as? [[String: Any]])
        #expect(attempts.map { $0["ruleID"] as? String } == ["AUT-005", "RCV-003", "RCV-006", "SIG-003"])
        #expect(try await told.run("verify", told.path).status == 0)
    }

    @Test("a sale above the cap is refused with the number that is allowed, and the rent adds up")
    func landReport() async throws {
        let told = try await ToldLedger(SampleScenario.shortLand(), "land")
        let sales = try #require(told.report["sales"] as? [[String: Any]])
        let refused = sales.filter { $0["refusal"] != nil }
        #expect(refused.count == 1)
        #expect(refused.first?["requested"] as? String == "400")
        #expect(refused.first?["allowed"] as? String == "250")
        #expect(refused.first?["bought"] as? String == "250")
        let explanation = refused.first?["explanation"] as? String
        #expect(explanation?.hasPrefix("J. Fournier buys the 250 that fit.") == true)
        let refusal = try #require(refused.first?["refusal"] as? [String: Any])
        #expect(refusal["ruleID"] as? String == "HLD-002")
        // What foreigners hold goes to neither side by the refusal; the buyer has asked for an explanation.
        #expect(refusal["facts"] as? [String: String] == [:])
        #expect(told.report["foreignShares"] as? String == "4900")
        let rents = try #require(told.report["rents"] as? [[String: Any]])
        #expect(rents.map { $0["declared"] as? String } == ["1000000007"])
        #expect(rents.map { $0["sharesSum"] as? String } == ["1000000007"])
    }

    @Test("the same seed gives the same market, with other keys")
    func repeatability() async throws {
        let first = try await ToldLedger.bond()
        let second = try await ToldLedger.bond()
        #expect(first.report["trading"] as? NSDictionary == second.report["trading"] as? NSDictionary)
        #expect(try first.summary("account") != second.summary("account"))
    }

    @Test("secrets are for their owner alone")
    func secretsArePrivate() async throws {
        let told = try await ToldLedger.bond()
        for name in ["secret", "logkey"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(told.path).\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }
}
