import Tokenize

/// A value of the profile with one part of it changed: still canonical as such, and mostly no form of the ledger's.
struct Rearrangement {
    let value: CanonicalValue
    /// What was changed, for who reads a counterexample.
    let text: String

    /// Changes one part, wherever it stands: exchanged with its neighbour, doubled, left out, put in, or another number,
    /// truth value or string.
    static func draw(_ value: CanonicalValue, _ trial: inout Trial) throws -> Rearrangement {
        var left = try trial.number(0...partCount(value) - 1)
        var text = ""
        let changed = try change(value, &left, &text, &trial)
        return Rearrangement(value: changed, text: text)
    }

    private static func partCount(_ value: CanonicalValue) -> Int {
        guard case .array(let parts) = value else { return 1 }
        return parts.reduce(1) { $0 + partCount($1) }
    }

    private static func change(
        _ value: CanonicalValue,
        _ left: inout Int,
        _ text: inout String,
        _ trial: inout Trial
    ) throws -> CanonicalValue {
        if left == 0 {
            left = -1
            return try changed(value, &text, &trial)
        }
        left -= 1
        guard left >= 0, case .array(var parts) = value else { return value }
        for index in parts.indices where left >= 0 { parts[index] = try change(parts[index], &left, &text, &trial) }
        return .array(parts)
    }

    private static func changed(
        _ value: CanonicalValue,
        _ text: inout String,
        _ trial: inout Trial
    ) throws -> CanonicalValue {
        switch value {
        case .array(let parts): return .array(try changed(parts, &text, &trial))
        case .unsigned(let number):
            let other = try trial.draw(.element(of: [0, 1, number &+ 1, number &- 1, 2 * (number & .max >> 1), .max]))
            text = "\(number) is \(other)"
            return try trial.number(0...9) == 0 ? .negative(other) : .unsigned(other)
        case .negative(let number):
            text = "-1 - \(number) is another number"
            return try trial.draw(.bool) ? .negative(number &+ 1) : .unsigned(number)
        case .bool(let isTrue):
            text = "\(isTrue) is \(!isTrue)"
            return .bool(!isTrue)
        case .bytes(let bytes):
            text = "\(bytes.count) bytes are others"
            switch try trial.number(0...4) {
            case 0: return .bytes(bytes + [0])
            case 1: return .bytes(Array(bytes.dropLast()))
            case 2: return .bytes([UInt8](repeating: 0, count: bytes.count))
            case 3: return .bytes(bytes.count == 16 ? [UInt8](repeating: 1, count: 16) : [])
            default: return .bytes(Damage(kind: .flip, place: 0, byte: 0).applied(to: bytes))
            }
        case .text(let string):
            text = "\(string) is another text"
            switch try trial.number(0...3) {
            case 0: return .text(string + " ")
            case 1: return .text("")
            case 2: return .text(String(string.dropLast()))
            default: return .text("0" + string)
            }
        case .map: return value
        }
    }

    private static func changed(
        _ parts: [CanonicalValue],
        _ text: inout String,
        _ trial: inout Trial
    ) throws -> [CanonicalValue] {
        var parts = parts
        let index = try trial.number(0...max(parts.count - 1, 0))
        switch try trial.number(0...4) {
        case 0 where parts.count > 1:
            parts.swapAt(index, (index + 1) % parts.count)
            text = "parts \(index) and the next exchanged"
        case 1 where !parts.isEmpty:
            parts.insert(parts[index], at: index)
            text = "part \(index) twice"
        case 2 where !parts.isEmpty:
            parts.remove(at: index)
            text = "part \(index) left out"
        case 3 where !parts.isEmpty:
            parts = [.array(parts)]
            text = "within one more list"
        default:
            parts.append(.unsigned(0))
            text = "0 at the end"
        }
        return parts
    }
}
