/// A line that grows while long work goes on, where the terminal can show one, and says at the end what was done.
struct Progress {
    private static let barWidth = 30

    private let console: Console
    private let label: String
    private let total: Int
    private let started = ContinuousClock.now
    private var shownPercent = -1

    init(_ console: Console, _ label: String, total: Int) {
        self.console = console
        self.label = label
        self.total = total
        advance(to: 0)
    }

    /// Shows how far the work has come.
    mutating func advance(to count: Int) {
        guard Terminal.hasLiveErrors, total > 0 else { return }
        let percent = min(count, total) * 100 / total
        guard percent != shownPercent else { return }
        shownPercent = percent
        let filled = Progress.barWidth * percent / 100
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: Progress.barWidth - filled)
        Terminal.overwriteErrorLine("  \(bar) \(percent)%  \(label)")
    }

    /// Ends the line with what was done and how long it took.
    func finish(_ text: String) {
        if Terminal.hasLiveErrors { Terminal.overwriteErrorLine("") }
        console.done("\(text) (\(Amounts.seconds(ContinuousClock.now - started)))")
    }
}
