/// Takes Swift text apart far enough to tell code from comments and text: no more grammar than that.
struct SwiftLexer {
    private let bytes: [UInt8]
    private let newline = UInt8(ascii: "\n")
    private var index = 0
    private var line = 1
    private var found: [SwiftSource.Token] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func tokens() -> [SwiftSource.Token] {
        readCode(untilClosingParenthesis: false)
        return found
    }

    private func at(_ text: String) -> Bool {
        bytes[index...].starts(with: text.utf8)
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        default: false
        }
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            if bytes[index] == newline { line += 1 }
            index += 1
        }
    }

    private mutating func readCode(untilClosingParenthesis: Bool) {
        var open = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "/") where at("//"):
                while index < bytes.count, bytes[index] != newline { advance() }
                continue
            case UInt8(ascii: "/") where at("/*"):
                skipBlockComment()
                continue
            case UInt8(ascii: "\""):
                readText()
                continue
            case UInt8(ascii: "#") where startsRawText():
                readText()
                continue
            case let byte where isWordByte(byte):
                readWord()
                continue
            case UInt8(ascii: "("):
                open += 1
            case UInt8(ascii: ")"):
                open -= 1
                if untilClosingParenthesis, open < 0 { return }
            default:
                break
            }
            if bytes[index] > UInt8(ascii: " ") { append(bytes[index...index]) }
            advance()
        }
    }

    private mutating func append(_ word: ArraySlice<UInt8>) {
        found.append(SwiftSource.Token(text: String(decoding: word, as: UTF8.self), line: line))
    }

    private mutating func readWord() {
        let start = index
        while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
        append(bytes[start..<index])
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if at("/*") {
                depth += 1
                advance(2)
            } else if at("*/") {
                depth -= 1
                advance(2)
            } else {
                advance()
            }
        } while depth > 0 && index < bytes.count
    }

    private func startsRawText() -> Bool {
        bytes[index...].drop { $0 == UInt8(ascii: "#") }.first == UInt8(ascii: "\"")
    }

    /// Text of any form; what is interpolated in it is code.
    private mutating func readText() {
        let hashes = String(repeating: "#", count: bytes[index...].prefix { $0 == UInt8(ascii: "#") }.count)
        advance(hashes.count)
        let quotes = at("\"\"\"") ? "\"\"\"" : "\""
        advance(quotes.count)
        while index < bytes.count, !at(quotes + hashes) {
            if at("\\" + hashes + "(") {
                advance(hashes.count + 2)
                readCode(untilClosingParenthesis: true)
                advance()
            } else if at("\\" + hashes) {
                advance(hashes.count + 2)
            } else {
                advance()
            }
        }
        advance(quotes.count + hashes.count)
    }
}
