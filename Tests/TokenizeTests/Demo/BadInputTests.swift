import Foundation
import Testing
import TokenizeSQLite

/// Arguments that cannot work; `@LEDGER` stands for a sound ledger and `@` for its folder.
struct BadCall: CustomTestStringConvertible, Sendable {
    let arguments: [String]
    let sentence: String

    init(_ arguments: String..., sentence: String) {
        self.arguments = arguments
        self.sentence = sentence
    }

    var testDescription: String { arguments.joined(separator: " ") }

    private static let account = "acct1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"

    private static func overwriting(_ path: String) -> BadCall {
        BadCall(
            "prove",
            "@LEDGER",
            "--account",
            "@ACCOUNT",
            "--asset",
            "LAK",
            "--out",
            path,
            sentence: "exists and is not a proof"
        )
    }

    static let all = [
        BadCall("fly", sentence: "Unexpected argument 'fly'"),
        BadCall("verify", sentence: "Missing expected argument '<ledger>'"),
        BadCall("verify", "@LEDGER", "--fast", sentence: "Unknown option '--fast'"),
        BadCall("verify", "@/nothing", sentence: "there is no ledger at"),
        BadCall("verify", "@", sentence: "is a folder"),
        BadCall("verify", "@/garbage", sentence: "is not a ledger"),
        BadCall("verify", "@/empty", sentence: "is not a ledger"),
        BadCall("verify", "@/alone", sentence: "there is no disclosure secret"),
        BadCall("verify", "@/strange", sentence: "not a ledger"),
        BadCall("verify", "@LEDGER", "--checkpoint", "@/garbage", sentence: "is not a signed note"),
        BadCall("info", "@/nothing", sentence: "there is no ledger at"),
        BadCall("info", "@/garbage", sentence: "is not a ledger"),
        BadCall("prove", "@LEDGER", sentence: "Missing expected argument"),
        BadCall("prove", "@LEDGER", "--account", "bob", "--asset", "LAK", sentence: "'bob' is not an account"),
        BadCall(
            "prove",
            "@LEDGER",
            "--account",
            "LA0MOF31A017",
            "--asset",
            "LAK",
            sentence: "'LA0MOF31A017' is not an account"
        ),
        BadCall("prove", "@LEDGER", "--account", account, "--asset", "LAK", sentence: "is not an account"),
        BadCall("prove", "@/nothing", "--account", "@ACCOUNT", "--asset", "LAK", sentence: "there is no ledger"),
        BadCall("prove", "@LEDGER", "--account", "@ACCOUNT", "--asset", "EUR", sentence: "has no asset 'EUR'"),
        BadCall("prove", "@LEDGER", "--account", "@LEDGERID", "--asset", "LAK", sentence: "of the kind 'ledger'"),
        BadCall(
            "prove",
            "@LEDGER",
            "--account",
            "@ACCOUNT",
            "--asset",
            "LAK",
            "--out",
            "@/no/where",
            sentence: "cannot be written"
        ),
        overwriting("@LEDGER"),
        overwriting("@LEDGER.secret"),
        overwriting("@/garbage"),
        BadCall(
            "explain",
            "@LEDGER",
            "@LEDGER.attempt",
            "--as",
            "@ACCOUNT",
            "--key",
            "@LEDGER.logkey",
            "--receipt",
            "@LEDGER",
            sentence: "exists and is not a refusal"
        ),
        BadCall("explain", "@LEDGER", "@/garbage", sentence: "is not a signed transaction"),
        BadCall("explain", "@LEDGER", "@LEDGER.attempt", "--draft", sentence: "is not a draft"),
        BadCall("cashflows", "@/pipe", sentence: "is not a file"),
        BadCall("verify", "@/pipe", sentence: "is not a file"),
        BadCall("check", "@LEDGER.proof", "--key", String(repeating: "k", count: 100_000), sentence: "kkk...'"),
        BadCall("check", "@/nothing", "--key", "@LEDGER.vkey", sentence: "there is no proof at"),
        BadCall("check", "@", "--key", "@LEDGER.vkey", sentence: "is a folder, not a proof"),
        BadCall("check", "@/garbage", "--key", "@LEDGER.vkey", sentence: "is not an ownership proof"),
        BadCall("check", "@/empty", "--key", "@LEDGER.vkey", sentence: "is not an ownership proof"),
        BadCall("check", "@LEDGER", "--key", "@LEDGER.vkey", sentence: "is not an ownership proof"),
        BadCall("check", "@LEDGER.proof", "--key", "nonsense", sentence: "neither a verifier key"),
        BadCall("check", "@LEDGER.proof", "--key", "@/garbage", sentence: "does not hold a verifier key"),
        BadCall("check", "@LEDGER.proof", sentence: "Missing expected argument '--key <key>'"),
        BadCall("export-log", "@/nothing", "@/tiles", sentence: "there is no ledger at"),
        BadCall("export-log", "@LEDGER", "@/garbage/tiles", sentence: "cannot be made"),
        BadCall("tell", "--ledger", "@/told", "--scenario", "@/scenario.json", sentence: "exists already"),
        BadCall("tell", "--ledger", "@/garbage", "--scenario", "@/scenario.json", sentence: "cannot be made"),
        BadCall("tell", "--scenario", "@/nothing", sentence: "there is no scenario at"),
    ]
}

@Suite("What cannot work ends in one clear line", .serialized)
struct BadInputTests {
    @Test("bad calls")
    func badCalls() async throws {
        let told = try await ToldLedger.bond()
        let folder = try told.folder.get()
        try write(Array("not a ledger, nor a key\n".utf8), folder.path("garbage"))
        try write([], folder.path("empty"))
        try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
        try FileManager.default.copyItem(atPath: told.path, toPath: folder.path("alone"))
        let magic = Array("SQLite format 3\0".utf8)
        try write(magic + [UInt8](repeating: 0, count: 4_000), folder.path("strange"))
        try write(Array(String(repeating: "00", count: 32).utf8), folder.path("strange.secret"))
        try FileManager.default.copyItem(atPath: "\(told.path).mark", toPath: folder.path("strange.mark"))
        for call in BadCall.all {
            let arguments = try call.arguments.map { argument in
                try argument.replacingOccurrences(of: "@LEDGERID", with: told.summary("ledger"))
                    .replacingOccurrences(of: "@LEDGER", with: told.path)
                    .replacingOccurrences(of: "@ACCOUNT", with: told.summary("account"))
                    .replacingOccurrences(of: "@", with: folder.url.path)
            }
            let run = try await DemoRun(arguments, in: folder)
            #expect(run.isOneClearError, "\(call): \(run.status) \(run.output)\(run.errors)")
            #expect(run.errors.contains(call.sentence), "\(call): \(run.errors)")
            #expect(run.errors.utf8.count < 4_096, "what was typed is not told again at any length")
        }
        let after = try await told.run("verify", told.path)
        #expect(after.status == 0, "nothing harmed the ledger: \(after.errors)")
    }

    @Test("a ledger that somebody else has open")
    func locked() async throws {
        let told = try await ToldLedger.bond()
        let store = try await SQLiteStore.open(path: told.path)
        let run = try await told.run("verify", told.path)
        await store.close()
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.contains("cannot open"), "\(run.errors)")
    }

    @Test("secrets and keys that are missing, damaged or another ledger's")
    func wrongSecrets() async throws {
        let told = try await ToldLedger.bond()
        let other = try await ToldLedger.bond()
        let account = try told.summary("account")
        for (name, sentence) in [
            ("secret", "disclosure secret"), ("logkey", "log key"), ("vkey", "verifier key"),
        ] {
            let path = "\(told.path).\(name)"
            let right = try Data(contentsOf: URL(fileURLWithPath: path))
            let foreign = try Data(contentsOf: URL(fileURLWithPath: "\(other.path).\(name)"))
            for content in [nil, Data("nonsense".utf8), foreign] {
                try FileManager.default.removeItem(atPath: path)
                if let content { try content.write(to: URL(fileURLWithPath: path)) }
                let run = try await told.run("prove", told.path, "--account", account, "--asset", "LAK")
                #expect(run.isOneClearError, "\(name): \(run.output)\(run.errors)")
                #expect(run.errors.contains(sentence), "\(name): \(run.errors)")
                try right.write(to: URL(fileURLWithPath: path))
            }
        }
    }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}
