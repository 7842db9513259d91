import Foundation

/// Figures by name, in order.
struct Report {
    private(set) var figures: [(name: String, value: Double, text: String)] = []

    mutating func add(_ name: String, _ value: Double, _ text: String) {
        figures.append((name, value, text))
        FileHandle.standardError.write(Data("\(text): \(Report.format(value))\n".utf8))
    }

    func write(json: Bool) {
        if json {
            let fields = figures.map { "\"\($0.name)\": \(Report.format($0.value))" }
            print("{" + fields.joined(separator: ", ") + "}")
        } else {
            for figure in figures { print("\(figure.name)\t\(Report.format(figure.value))\t\(figure.text)") }
        }
    }

    private static func format(_ value: Double) -> String {
        value == value.rounded() || value > 100
            ? String(Int(value.rounded())) : String(format: "%.3f", value)
    }

    /// The process's peak resident memory, from the kernel.
    static var peakMemoryBytes: Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(separator: " ").compactMap { Double($0) }.first ?? 0
        return kilobytes * 1_024
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
