/// The text of one contract term, or the texts of one that is a list. Numbers are decimal text.
public enum ContractField: Hashable, Sendable {
    /// One text.
    case text(String)
    /// Several, in order.
    case list([String])

    /// The texts without blanks at their ends, empty ones left out: a single text is a list of one.
    var texts: [String] {
        let all =
            switch self {
            case .text(let text): [text]
            case .list(let texts): texts
            }
        return all.map(\.trimmingBlanks).filter { !$0.isEmpty }
    }
}

extension String {
    /// The text without ASCII blanks at its ends.
    var trimmingBlanks: String {
        let blanks: Set<Character> = [" ", "\t", "\n", "\r", "\r\n"]
        return String(drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
    }
}
