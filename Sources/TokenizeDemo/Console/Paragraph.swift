/// Text in lines of at most a width, broken at spaces; a longer word stays whole, since it may be a path to copy.
enum Paragraph {
    /// Stands for a space at which no line ends, between a number and its unit.
    static let glue = "\u{A0}"

    static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.columnCount + 1 + word.columnCount > width {
                lines.append(line)
                line = String(word)
            } else {
                line += (line.isEmpty ? "" : " ") + word
            }
        }
        return lines + [line]
    }

    /// The line as it is printed, with plain spaces.
    static func unglued(_ line: String) -> String {
        String(String.UnicodeScalarView(line.unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }))
    }
}
