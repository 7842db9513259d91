/// Reads the text of a schema, token by token.
struct SchemaReader {
    private enum Token: Hashable {
        case name(String)
        case number(Int128)
        case literal(String)
        case mark(String)
    }

    private var tokens: [Token] = []
    private var position = 0
    /// Names that rules speak of.
    private(set) var references: Set<String> = []

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let code = SchemaReader.withoutComment(line)
            tokens += code.matches(of: #/"([^"]*)"|-?[0-9]+|\.?[a-z][a-z0-9-]*|\.\.|//|[=\[\](),:?*\/]/#).map { match in
                let text = String(match.output.0)
                if let literal = match.output.1 { return .literal(String(literal)) }
                if let number = Int128(text) { return .number(number) }
                return text.first?.isLetter == true ? .name(text) : .mark(text)
            }
        }
    }

    private static func withoutComment(_ line: Substring) -> Substring {
        var isInText = false
        for index in line.indices {
            if line[index] == "\"" { isInText.toggle() }
            if line[index] == ";", !isInText { return line[..<index] }
        }
        return line
    }

    private var next: Token? { position < tokens.count ? tokens[position] : nil }
    private var afterNext: Token? { position + 1 < tokens.count ? tokens[position + 1] : nil }

    private mutating func skip(_ mark: String) -> Bool {
        guard next == .mark(mark) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ mark: String) throws {
        guard skip(mark) else { throw SchemaFault("'\(mark)' expected, found \(next.map { "\($0)" } ?? "end")") }
    }

    private mutating func number() throws -> Int128 {
        guard case .number(let number)? = next else { throw SchemaFault("number expected") }
        position += 1
        return number
    }

    /// The next rule, or nil at the end.
    mutating func rule() throws -> (String, SchemaLanguage.Rule)? {
        guard let token = next else { return nil }
        guard case .name(let name) = token else { throw SchemaFault("name expected, found \(token)") }
        position += 1
        try expect("=")
        guard skip("(") else { return (name, .form(try form())) }
        let group = try group(until: ")")
        return (name, .group(group))
    }

    private mutating func form() throws -> SchemaLanguage.Form {
        var forms = [try single()]
        while skip("/") { forms.append(try single()) }
        return forms.count == 1 ? forms[0] : .choice(forms)
    }

    private mutating func single() throws -> SchemaLanguage.Form {
        if skip("[") { return .array(try group(until: "]")) }
        if case .number(let low)? = next {
            position += 1
            return skip("..") ? .range(low, try number()) : .number(low)
        }
        guard case .name(let name)? = next else {
            throw SchemaFault("type expected, found \(String(describing: next))")
        }
        position += 1
        references.insert(name)
        if skip(".size") { return try size(of: .name(name)) }
        if skip(".cbor") { return .encoded(try single()) }
        if skip(".regexp") {
            guard case .literal(let pattern)? = next else { throw SchemaFault("pattern expected") }
            position += 1
            return .pattern(pattern)
        }
        return .name(name)
    }

    private mutating func size(of form: SchemaLanguage.Form) throws -> SchemaLanguage.Form {
        guard skip("(") else {
            let count = try number()
            return .size(form, count, count)
        }
        let low = try number()
        try expect("..")
        let high = try number()
        try expect(")")
        return .size(form, low, high)
    }

    private mutating func group(until end: String) throws -> SchemaLanguage.Group {
        var alternatives: [[SchemaLanguage.Entry]] = [[]]
        while !skip(end) {
            if skip("//") {
                alternatives.append([])
            } else {
                alternatives[alternatives.count - 1].append(try entry())
                _ = skip(",")
            }
        }
        return SchemaLanguage.Group(alternatives: alternatives)
    }

    private mutating func entry() throws -> SchemaLanguage.Entry {
        var (low, high) = (1, 1)
        if skip("?") {
            low = 0
        } else if case .number(let count)? = next, afterNext == .mark("*") {
            position += 2
            (low, high) = (Int(count), Int(try number()))
        }
        if case .name? = next, afterNext == .mark(":") { position += 2 }
        if skip("(") { return .init(min: low, max: high, content: .group(try group(until: ")"))) }
        return .init(min: low, max: high, content: .form(try form()))
    }
}
