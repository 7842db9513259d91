/// Text in lines of at most a width, broken at spaces, and within a word only if it is longer than a line.
enum Paragraph {
    /// Stands for a space at which no line ends, between a number and its unit.
    static let glue = "\u{A0}"

    static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false).flatMap({ parts($0, width) }) {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(word)
            } else {
                line += (line.isEmpty ? "" : " ") + word
            }
        }
        return lines + [line]
    }

    private static func parts(_ word: Substring, _ width: Int) -> [Substring] {
        var parts: [Substring] = []
        var rest = word
        while rest.count > width, width > 0 {
            parts.append(rest.prefix(width))
            rest = rest.dropFirst(width)
        }
        return parts + [rest]
    }

    /// The line as it is printed, with plain spaces.
    static func unglued(_ line: String) -> String {
        String(String.UnicodeScalarView(line.unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }))
    }
}
