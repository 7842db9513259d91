import Foundation
import Testing

@Suite("A ledger is verified")
struct VerifyTests {
    @Test("a ledger as the story left it passes, and a checkpoint of it can be demanded")
    func intact() async throws {
        let told = try await ToldLedger.bond()
        let run = try await told.run("verify", told.path, "--json")
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.object()
        #expect(report["ledger"] as? String == (try told.summary("ledger")))
        #expect(report["logRoot"] as? String == (try told.summary("logRoot")))
        let table = try await told.run("verify", told.path)
        #expect(table.words.contains("is what it says it is"))

        let tiles = try told.file("tiles")
        _ = try await told.run("export-log", told.path, tiles)
        let expecting = try await told.run("verify", told.path, "--checkpoint", "\(tiles)/checkpoint")
        #expect(expecting.status == 0, "\(expecting.errors)")
        let other = try await ToldLedger.bond()
        let foreign = try await told.run("verify", other.path, "--checkpoint", "\(tiles)/checkpoint")
        #expect(foreign.isOneClearError, "\(foreign.errors)")
    }

    @Test("one changed letter is found")
    func changed() async throws {
        let told = try await ToldLedger.bond()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: told.path))
        let place = try #require(bytes.firstRange(of: Data("bonds.demo.la".utf8)))
        bytes[place.lowerBound] = UInt8(ascii: "B")
        try bytes.write(to: URL(fileURLWithPath: told.path))
        let run = try await told.run("verify", told.path)
        #expect(run.isOneClearError, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("damaged"), "\(run.errors)")
    }

    @Test("a ledger that lost its end is found")
    func truncated() async throws {
        let told = try await ToldLedger.bond()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: told.path))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: told.path))
        let run = try await told.run("verify", told.path)
        #expect(run.isOneClearError, "\(run.output)\(run.errors)")
    }

    @Test("info says what is there")
    func info() async throws {
        let told = try await ToldLedger.bond()
        let report = try await told.run("info", told.path, "--json").object()
        let assets = try #require(report["assets"] as? [[String: Any]])
        #expect(assets.map { $0["identification"] as? String } == ["LAK", "LA0MOF31A017"])
        #expect(assets.last?["outstanding"] as? String == "0")
        #expect(assets.last?["status"] as? String == "redeemed")
        let table = try await told.run("info", told.path)
        #expect(table.status == 0 && table.output.contains("LA0MOF31A017"))
    }
}
