import Foundation
import Tokenize

/// Cash flows as JSON, in the form of the `results` of the public test cases. Numbers are written from exact ones,
/// without passing through binary numbers.
enum FlowsJSON {
    /// Decimals that numbers are written with; the last is rounded half to even.
    static let decimalCount = 15

    /// A list with an object for each event.
    static func list(_ flows: [CashFlow]) throws -> String {
        guard !flows.isEmpty else { return "[]" }
        return "[\n" + (try flows.map { try "  " + object($0) }).joined(separator: ",\n") + "\n]"
    }

    /// An object with the list of each case by its identifier.
    static func object(_ outcomes: [CaseOutcome]) throws -> String {
        let members = try outcomes.map { outcome in
            "\(try text(outcome.identifier)): \(try list(outcome.flows))"
        }
        return "{" + members.joined(separator: ",\n") + "}"
    }

    private static func object(_ flow: CashFlow) throws -> String {
        let members = [
            ("eventDate", try text("\(flow.eventDate)")),
            ("eventType", try text(flow.eventType.rawValue)),
            ("payoff", try number(flow.payoff)),
            ("currency", try text(flow.currency)),
            ("notionalPrincipal", try number(flow.notionalPrincipal)),
            ("nominalInterestRate", try number(flow.nominalInterestRate)),
            ("accruedInterest", try number(flow.accruedInterest)),
        ]
        return "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    }

    /// Decimal text without zeros at the end.
    private static func number(_ ratio: Ratio) throws -> String {
        let text = try ratio.decimalText(decimals: decimalCount, .halfEven)
        let cut = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(cut.reversed())
    }

    private static func text(_ text: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(text), as: UTF8.self)
    }
}
