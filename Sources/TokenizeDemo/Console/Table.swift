/// Columns of text, aligned, within the width of a terminal.
struct Table {
    private struct Column {
        let title: String
        let isNumber: Bool
    }

    struct Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        let text: String
        let tint: Tint

        init(_ text: String, _ tint: Tint = .plain) {
            self.text = text
            self.tint = tint
        }

        init(stringLiteral value: String) { self.init(value) }
    }

    private static let gap = 2
    private static let indent = "  "

    private let columns: [Column]
    private var rows: [[Cell]] = []
    /// Indices of rows that a rule is drawn above.
    private var ruled: Set<Int> = []

    /// Titles; one that begins with `>` is of numbers, which are aligned to the right and not wrapped.
    init(_ titles: String...) {
        columns = titles.map { title in
            Column(title: title.hasPrefix(">") ? String(title.dropFirst()) : title, isNumber: title.hasPrefix(">"))
        }
    }

    mutating func add(_ cells: Cell...) { rows.append(cells) }

    /// Adds a row below a rule: a sum.
    mutating func addSum(_ cells: Cell...) {
        ruled.insert(rows.count)
        rows.append(cells)
    }

    /// The lines; texts are wrapped where the table would be too wide.
    var lines: [String] {
        let widths = fittedWidths
        var lines: [String] = []
        if columns.contains(where: { !$0.title.isEmpty }) {
            lines += render(columns.map { Cell($0.title, .faint) }, widths)
        }
        let ruleWidth = widths.reduce(0, +) + Table.gap * (widths.count - 1)
        for (index, row) in rows.enumerated() {
            if ruled.contains(index) {
                lines.append(Table.indent + Tint.faint.paint(String(repeating: "─", count: ruleWidth)))
            }
            lines += render(row, widths)
        }
        return lines
    }

    /// Natural widths, the widest texts narrowed until the table fits or no word can be spared.
    private var fittedWidths: [Int] {
        let texts = columns.indices.map { index in
            [columns[index].title] + rows.compactMap { index < $0.count ? $0[index].text : nil }
        }
        var widths = texts.map { $0.map(\.columnCount).max() ?? 0 }
        let minima = texts.enumerated().map { index, texts in
            let words = texts.flatMap { $0.split(separator: " ") }.map(\.columnCount).max() ?? 0
            return columns[index].isNumber ? widths[index] : words
        }
        let available = Terminal.columnCount - Table.indent.count - Table.gap * (widths.count - 1)
        while widths.reduce(0, +) > available {
            let spare = widths.indices.filter { widths[$0] > minima[$0] }
            guard let widest = spare.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private func render(_ cells: [Cell], _ widths: [Int]) -> [String] {
        let wrapped = cells.enumerated().map { index, cell in Paragraph.wrap(cell.text, width: widths[index]) }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { line in
            var text = Table.indent
            // Padding before a text is written only with the text: lines have no blanks at their ends.
            var padding = ""
            for (index, cell) in cells.enumerated() {
                let part = line < wrapped[index].count ? wrapped[index][line] : ""
                let blank = String(repeating: " ", count: max(widths[index] - part.columnCount, 0))
                let gap = String(repeating: " ", count: Table.gap)
                if part.isEmpty {
                    padding += blank + gap
                } else if columns[index].isNumber {
                    text += padding + blank + cell.tint.paint(part)
                    padding = gap
                } else {
                    text += padding + cell.tint.paint(part)
                    padding = blank + gap
                }
            }
            return text
        }
    }
}
