import Foundation

/// A name that stands twice in one object of a JSON text: decoders keep one of the two, and nobody knows which is meant.
struct RepeatedMember {
    /// Such as `sales[2].shares`.
    let field: String
    let line: Int

    /// The first one in a text that is JSON, or nil if every name stands once.
    static func first(in bytes: [UInt8]) -> RepeatedMember? {
        var search = RepeatedMemberSearch(bytes)
        return search.run()
    }

    var failureReason: String { "stands twice in one object, the second time in line \(line)" }
}

/// Goes through the tokens once, with a stack of what is open. What is no JSON gives some answer, and does no harm.
private struct RepeatedMemberSearch {
    private struct Level {
        let isObject: Bool
        var names: Set<String> = []
        /// The member that is being read, in an object.
        var name = ""
        /// The element that is being read, in a list.
        var index = 0
        var expectsName: Bool

        init(isObject: Bool) {
            self.isObject = isObject
            expectsName = isObject
        }
    }

    private let bytes: [UInt8]
    private var position = 0
    private var levels: [Level] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() -> RepeatedMember? {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "{"): levels.append(Level(isObject: true))
            case UInt8(ascii: "["): levels.append(Level(isObject: false))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
            case UInt8(ascii: ","): nextElement()
            case UInt8(ascii: "\""):
                let text = text()
                if let repeated = note(text) { return repeated }
            default: break
            }
        }
        return nil
    }

    private mutating func nextElement() {
        guard var level = levels.popLast() else { return }
        level.index += 1
        level.expectsName = level.isObject
        levels.append(level)
    }

    /// Notes the name of a member; a text that is a value is none.
    private mutating func note(_ text: String) -> RepeatedMember? {
        guard var level = levels.popLast() else { return nil }
        defer { levels.append(level) }
        guard level.expectsName else { return nil }
        level.expectsName = false
        level.name = text
        guard !level.names.insert(text).inserted else { return nil }
        let path = (levels + [level]).reduce(into: "") { path, level in
            path += level.isObject ? (path.isEmpty ? "" : ".") + level.name : "[\(level.index)]"
        }
        return RepeatedMember(field: path, line: 1 + bytes.prefix(position).count { $0 == 0x0A })
    }

    /// The text whose opening mark was read.
    private mutating func text() -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(position, bytes.count)
        position = end + 1
        let raw = bytes[start..<end]
        // Two spellings of one name are one name.
        let quoted = Data([UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")])
        return raw.contains(UInt8(ascii: "\\"))
            ? (try? JSONDecoder().decode(String.self, from: quoted)) ?? String(decoding: raw, as: UTF8.self)
            : String(decoding: raw, as: UTF8.self)
    }
}
