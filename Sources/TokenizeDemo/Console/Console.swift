import Foundation

/// Tells what happens to whoever watches: chapters, sentences, tables, progress. Silent where a machine listens.
struct Console: Sendable {
    let isSilent: Bool

    func title(_ text: String) {
        guard !isSilent else { return }
        Terminal.write("")
        Terminal.write(Tint.heading.paint(text))
        Terminal.write(Tint.heading.paint(String(repeating: "═", count: min(text.count, Terminal.columnCount))))
    }

    func chapter(_ text: String) {
        guard !isSilent else { return }
        Terminal.write("")
        Terminal.write(Tint.heading.paint("▌ " + text))
    }

    func say(_ text: String, _ tint: Tint = .plain) {
        guard !isSilent else { return }
        for line in Paragraph.wrap(text, width: Terminal.columnCount - 2) { Terminal.write("  " + tint.paint(line)) }
    }

    func done(_ text: String) {
        guard !isSilent else { return }
        let lines = Paragraph.wrap(text, width: Terminal.columnCount - 4)
        for (index, line) in lines.enumerated() {
            Terminal.write((index == 0 ? "  " + Tint.good.paint("✓") + " " : "    ") + line)
        }
    }

    func show(_ table: Table) {
        guard !isSilent else { return }
        for line in table.lines { Terminal.write(line) }
    }

    func skipLine() {
        guard !isSilent else { return }
        Terminal.write("")
    }

    /// Writes one JSON object on standard output.
    func writeObject(_ object: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Terminal.write(String(decoding: try encoder.encode(object), as: UTF8.self))
    }
}
