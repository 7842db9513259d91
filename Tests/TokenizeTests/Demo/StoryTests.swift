import Foundation
import Testing

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
            "ISIN LA0MOF28A013", "2,000 citizens bought from dealers", "returns its first receipt",
            "every balance rose by its share", "Two of three judges sign", "units left 0",
            "cannot pose as the present", "250 would be allowed", "foreign persons and entities together",
            "RENT 2028", "holdings add up to what is outstanding, for every asset",
        ] {
            #expect(run.words.contains(fact), "\(fact)")
        }
        for rule in [
            "SIG-001", "SIG-002", "SIG-003", "SEQ-001", "TXN-001", "TRF-005", "TRF-006", "AUT-004", "AUT-005",
            "ISS-001", "PAY-001", "PAY-003", "HLD-002", "AST-003",
        ] {
            #expect(run.output.contains(rule), "\(rule)")
        }
    }

    @Test("the bond's report adds up: coupon, redemption and supply")
    func bondReport() async throws {
        let told = try await ToldLedger.bond()
        let coupons = try #require(told.report["coupons"] as? [[String: Any]])
        #expect(coupons.count == 1)
        for coupon in coupons {
            // 50,000,000 units of 1,000 at 6.75 % a year, a quarter of it.
            #expect(coupon["declared"] as? String == "843750000")
            #expect(coupon["sharesSum"] as? String == "843750000")
            #expect(coupon["holderCount"] as? Int == 28)
        }
        let redemption = try #require(told.report["redemption"] as? [String: Any])
        #expect(redemption["outstanding"] as? String == "0")
        #expect(redemption["paid"] as? String == "50000000000")
        #expect(try told.summary("businessDate") == "2026-10-01")
        #expect((told.report["ledger"] as? [String: Any])?["isBalanced"] as? Bool == true)
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
        let refusal = try #require(refused.first?["refusal"] as? [String: Any])
        #expect(refusal["ruleID"] as? String == "HLD-002")
        #expect(refusal["facts"] as? [String: String] == ["units": "5050", "limit": "4900"])
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
