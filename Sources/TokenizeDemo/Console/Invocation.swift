import Foundation

/// How the reader starts this program, for commands to copy.
enum Invocation {
    static let program: String = {
        let path = CommandLine.arguments.first ?? "TokenizeDemo"
        return path.contains(".build/") ? "swift run TokenizeDemo" : path
    }()

    /// A command line; words with other characters than those of names are quoted for the shell.
    static func line(_ arguments: String...) -> String {
        ([program] + arguments.map(quoted)).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-_./:=+,@".utf8.contains(byte)
            }
        }
        return plain && !word.isEmpty ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
