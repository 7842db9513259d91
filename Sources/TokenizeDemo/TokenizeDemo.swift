import ArgumentParser
import Foundation

/// The presentation: two stories on a ledger, and the tools that check what they leave behind.
struct TokenizeDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "TokenizeDemo",
        abstract: "Tells the life of a government bond and of a land concession on a ledger, and checks the result.",
        subcommands: [
            TellCommand.self, InfoCommand.self, VerifyCommand.self, ProveCommand.self, CheckCommand.self,
            ExportLogCommand.self, CashFlowsCommand.self, ConformCommand.self, AuditCommand.self, ExplainCommand.self,
        ],
        defaultSubcommand: TellCommand.self
    )
}

@main
enum Main {
    /// Runs the command that the arguments name; whatever goes wrong is one line and a non-zero exit.
    static func main() async {
        do {
            var command = try TokenizeDemo.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            let code = TokenizeDemo.exitCode(for: error)
            // Help and version are no errors, and their text is many lines.
            if code.isSuccess { TokenizeDemo.exit(withError: error) }
            let isUsage = code == .validationFailure
            let sentence = isUsage ? TokenizeDemo.message(for: error) : Sentence.text(of: error)
            // A line of progress may still stand there.
            if Terminal.hasLiveErrors { Terminal.overwriteErrorLine("") }
            Terminal.writeError("error: " + Sentence.oneLine(sentence))
            Foundation.exit(code.rawValue)
        }
    }
}
