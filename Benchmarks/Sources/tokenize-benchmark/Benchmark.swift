import Foundation

/// Measures the engine against the speed limit of signature verification, in one process on the same cores.
///
///     tokenize-benchmark [--json] [--transfers N] [--accounts N] [--growth]
struct Options {
    var json = false
    var transferCount = 100_000
    var accountCount = 10_000
    var growth = false
    var rounds = 3

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": json = true
            case "--growth": growth = true
            case "--transfers": transferCount = rest.popFirst().flatMap { Int($0) } ?? transferCount
            case "--accounts": accountCount = rest.popFirst().flatMap { Int($0) } ?? accountCount
            case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
            default:
                FileHandle.standardError.write(Data("tokenize-benchmark: unknown argument \(argument)\n".utf8))
                exit(2)
            }
        }
    }
}

@main
enum Benchmark {
    static func main() async {
        let options = Options(Array(CommandLine.arguments.dropFirst()))
        var report = Report()
        do {
            try await Suite(options: options).run(into: &report)
        } catch {
            FileHandle.standardError.write(Data("tokenize-benchmark: \(error)\n".utf8))
            exit(1)
        }
        report.write(json: options.json)
    }
}
