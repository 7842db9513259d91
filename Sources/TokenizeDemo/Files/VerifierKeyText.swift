import Foundation
import Tokenize

/// Public keys of logs, as text or in files.
enum VerifierKeyText {
    private static let byteCountMax = 4_096

    /// The key that `argument` spells, or that the file of this name holds.
    static func keyOrFile(_ argument: String) throws(DemoFailure) -> NoteVerifierKey {
        if let key = try? NoteVerifierKey(text: argument) { return key }
        guard FileManager.default.fileExists(atPath: argument) else {
            throw DemoFailure(
                "\(Sentence.quoted(argument)) is neither a verifier key (name+hash+base64) nor a file that holds one"
            )
        }
        return try read(argument)
    }

    static func read(_ path: String) throws(DemoFailure) -> NoteVerifierKey {
        let bytes = try SmallFile.read(path, what: "verifier key", byteCountMax: byteCountMax)
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        do {
            return try NoteVerifierKey(text: text)
        } catch {
            throw DemoFailure("\(path) does not hold a verifier key (name+hash+base64)")
        }
    }
}
