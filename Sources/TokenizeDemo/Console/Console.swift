import Foundation
import Synchronization

/// Tells what happens to whoever watches: chapters, sentences, tables, progress. Silent where a machine listens.
final class Console: Sendable {
    let isSilent: Bool

    /// Where the page stands.
    private struct Page {
        var chapter = 0
        var endsBlank = true
    }

    private let page = Mutex(Page())

    init(isSilent: Bool) { self.isSilent = isSilent }

    func title(_ text: String) {
        page.withLock { $0.chapter = 0 }
        skipLine()
        write([Tint.heading.paint(text), Tint.heading.paint(String(repeating: "═", count: width(of: text)))])
    }

    func chapter(_ text: String) {
        let number = page.withLock { page in
            page.chapter += 1
            return page.chapter
        }
        skipLine()
        write([Tint.heading.paint("\(number)  \(text)")])
        skipLine()
    }

    func say(_ text: String, _ tint: Tint = .plain) {
        write(Paragraph.wrap(text, width: Terminal.columnCount - 2).map { "  " + tint.paint($0) })
    }

    /// A line that is not wrapped: somebody will copy it.
    func quote(_ line: String) { write(["  " + Tint.faint.paint(line)]) }

    func done(_ text: String) {
        let lines = Paragraph.wrap(text, width: Terminal.columnCount - 4)
        write(
            lines.enumerated().map { index, line in
                (index == 0 ? "  " + Tint.good.paint("✓") + " " : "    ") + line
            }
        )
    }

    /// A table, with an empty line on either side.
    func show(_ table: Table) {
        skipLine()
        write(table.lines)
        skipLine()
    }

    /// An empty line, unless there is one already.
    func skipLine() {
        if !page.withLock({ $0.endsBlank }) { write([""]) }
    }

    /// Writes one JSON object on standard output.
    func writeObject(_ object: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Terminal.write(String(decoding: try encoder.encode(object), as: UTF8.self))
    }

    private func write(_ lines: [String]) {
        guard !isSilent, let last = lines.last else { return }
        for line in lines { Terminal.write(Paragraph.unglued(line)) }
        page.withLock { $0.endsBlank = last.isEmpty }
    }

    private func width(of text: String) -> Int { min(text.columnCount, Terminal.columnCount) }
}
