/// Columns of text, aligned, within the width of a terminal.
struct Table {
    enum Alignment { case left, right }

    struct Column {
        let title: String
        let alignment: Alignment
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
    private static let indent = 2
    /// What the last column keeps even where the others are wide.
    private static let lastWidthMin = 16

    private let columns: [Column]
    private var rows: [[Cell]] = []
    /// Indices of rows that a rule is drawn above.
    private var ruled: Set<Int> = []

    /// Titles; one that begins with `>` is aligned to the right.
    init(_ titles: String...) {
        columns = titles.map { title in
            title.hasPrefix(">")
                ? Column(title: String(title.dropFirst()), alignment: .right)
                : Column(title: title, alignment: .left)
        }
    }

    mutating func add(_ cells: Cell...) { rows.append(cells) }

    /// Adds a row below a rule: a sum.
    mutating func addSum(_ cells: Cell...) {
        ruled.insert(rows.count)
        rows.append(cells)
    }

    /// The lines; the last column is wrapped where it would be too wide.
    var lines: [String] {
        var widths = columns.indices.map { index in
            ([columns[index].title.count] + rows.map { index < $0.count ? $0[index].text.count : 0 }).max() ?? 0
        }
        if let last = widths.indices.last {
            let others = widths.dropLast().reduce(0) { $0 + $1 + Table.gap } + Table.indent
            widths[last] = min(widths[last], max(Terminal.columnCount - others, Table.lastWidthMin))
        }
        var lines: [String] = []
        if columns.contains(where: { !$0.title.isEmpty }) {
            lines += render(columns.map { Cell($0.title, .faint) }, widths)
        }
        for (index, row) in rows.enumerated() {
            if ruled.contains(index) {
                lines.append(indentation + Tint.faint.paint(String(repeating: "─", count: ruleWidth(widths))))
            }
            lines += render(row, widths)
        }
        return lines
    }

    private var indentation: String { String(repeating: " ", count: Table.indent) }

    private func ruleWidth(_ widths: [Int]) -> Int { widths.reduce(0, +) + Table.gap * (widths.count - 1) }

    private func render(_ cells: [Cell], _ widths: [Int]) -> [String] {
        let wrapped = cells.enumerated().map { index, cell in Paragraph.wrap(cell.text, width: widths[index]) }
        let height = wrapped.map { $0.count }.max() ?? 0
        return (0..<height).map { line in
            var text = indentation
            for (index, cell) in cells.enumerated() {
                let part = line < wrapped[index].count ? wrapped[index][line] : ""
                let padding = String(repeating: " ", count: max(widths[index] - part.count, 0))
                let isLast = index == cells.count - 1
                switch columns[index].alignment {
                case .right: text += padding + cell.tint.paint(part)
                case .left: text += cell.tint.paint(part) + (isLast ? "" : padding)
                }
                if !isLast { text += String(repeating: " ", count: Table.gap) }
            }
            return text
        }
    }
}
