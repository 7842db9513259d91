/// A JSON text (RFC 8259) with numbers as they are written.
///
/// The decoders that come with Swift make binary numbers of decimal text, and 0.1 is not one. This keeps the text.
indirect enum JSONDocument {
    case object([(name: String, value: JSONDocument)])
    case array([JSONDocument])
    case text(String)
    /// The digits as written.
    case number(String)
    case truth(Bool)
    case null

    /// Objects and arrays within one another.
    static let nestingDepthMax = 32

    /// What some editors write before a text; RFC 8259, 8.1 lets readers ignore it.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The document that the whole of `bytes` is.
    init(_ bytes: [UInt8]) throws(ContractCaseFailure) {
        let isMarked = bytes.starts(with: JSONDocument.byteOrderMark)
        var reader = JSONReader(isMarked ? Array(bytes.dropFirst(JSONDocument.byteOrderMark.count)) : bytes)
        self = try reader.document()
    }

    /// The member of an object with a name; nil if absent or null, or if this is no object.
    subscript(name: String) -> JSONDocument? {
        guard case .object(let members) = self, let value = members.first(where: { $0.name == name })?.value else {
            return nil
        }
        if case .null = value { return nil }
        return value
    }

    /// The text of a text, number or truth.
    var scalar: String? {
        switch self {
        case .text(let text), .number(let text): text
        case .truth(let truth): truth ? "true" : "false"
        case .object, .array, .null: nil
        }
    }
}

/// Goes through the bytes once.
private struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(ContractCaseFailure) -> JSONDocument {
        let value = try value(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw failure }
        return value
    }

    /// Names the line that the reader stopped at.
    private var failure: ContractCaseFailure {
        .notJSON(line: bytes.prefix(position).count { $0 == UInt8(ascii: "\n") } + 1)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    /// Takes a byte if it is the next one.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(ContractCaseFailure) -> JSONDocument {
        guard depth <= JSONDocument.nestingDepthMax else { throw failure }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .truth(true))
        case UInt8(ascii: "f"): return try word("false", .truth(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONDocument) throws(ContractCaseFailure) -> JSONDocument {
        guard bytes[position...].starts(with: word.utf8) else { throw failure }
        position += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(ContractCaseFailure) -> JSONDocument {
        position += 1
        var members: [(name: String, value: JSONDocument)] = []
        var names: Set<String> = []
        skipBlanks()
        if take("}") { return .object([]) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw failure }
            let name = try text()
            skipBlanks()
            // Of two members of one name nobody knows which is meant.
            guard names.insert(name).inserted, take(":") else { throw failure }
            members.append((name, try value(depth: depth + 1)))
            skipBlanks()
        } while take(",")
        guard take("}") else { throw failure }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(ContractCaseFailure) -> JSONDocument {
        position += 1
        var elements: [JSONDocument] = []
        skipBlanks()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(",")
        guard take("]") else { throw failure }
        return .array(elements)
    }

    private mutating func number() throws(ContractCaseFailure) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// One digit or more.
    private mutating func digits() throws(ContractCaseFailure) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw failure }
    }

    private mutating func text() throws(ContractCaseFailure) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw failure }
            position += 1
            if byte == UInt8(ascii: "\\") {
                content += try escaped().utf8
            } else {
                content.append(byte)
            }
        }
        guard take("\""), let text = String(validating: content, as: UTF8.self) else { throw failure }
        return text
    }

    private mutating func escaped() throws(ContractCaseFailure) -> String {
        guard let byte = next else { throw failure }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var units = [try codeUnit()]
            if UTF16.isLeadSurrogate(units[0]), take("\\"), take("u") { units.append(try codeUnit()) }
            guard let text = String(validating: units, as: UTF16.self) else { throw failure }
            return text
        default: throw failure
        }
    }

    private mutating func codeUnit() throws(ContractCaseFailure) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        let isHexadecimal = digits.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
        }
        guard digits.count == 4, isHexadecimal, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure }
        position += 4
        return unit
    }
}
