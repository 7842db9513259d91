/// A file of a tiled log, by its path (C2SP tlog-tiles).
public enum LogResource: Hashable, Sendable {
    /// The newest signed checkpoint.
    case checkpoint
    /// Hashes at a tile level: 256 of them, or the first `width` of a partial tile.
    case tile(level: Int, index: UInt64, width: Int)
    /// Entries in a bundle: 256 of them, or the first `width` of a partial bundle.
    case entries(index: UInt64, width: Int)

    /// Levels that a path can name.
    static let levelCountMax = 64

    /// The path below the log's prefix, such as `tile/0/x001/234` or `tile/entries/000.p/7`.
    public var path: String {
        switch self {
        case .checkpoint: "checkpoint"
        case .tile(let level, let index, let width): "tile/\(level)/" + Self.indexPath(index, width: width)
        case .entries(let index, let width): "tile/entries/" + Self.indexPath(index, width: width)
        }
    }

    /// What `path` names; nil if it is not the very path that ``path`` writes.
    public init?(path: String) {
        var elements = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
        guard elements != [Array("checkpoint".utf8)] else {
            self = .checkpoint
            return
        }
        guard elements.count >= 3, elements.removeFirst() == Array("tile".utf8) else { return nil }
        let kind = elements.removeFirst()
        guard let (index, width) = Self.indexAndWidth(elements) else { return nil }
        if kind == Array("entries".utf8) {
            self = .entries(index: index, width: width)
        } else {
            guard let level = UInt64(canonicalDecimal: kind), level < UInt64(Self.levelCountMax) else { return nil }
            self = .tile(level: Int(level), index: index, width: width)
        }
    }

    /// The index in groups of three digits, all but the last with an `x` before them.
    private static func indexPath(_ index: UInt64, width: Int) -> String {
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1_000)
            let padded = String(repeating: "0", count: 3 - digits.count) + digits
            groups.insert(groups.isEmpty ? padded : "x" + padded, at: 0)
            rest /= 1_000
        } while rest > 0
        let isPartial = width < LogTiling.tileWidth
        return groups.joined(separator: "/") + (isPartial ? ".p/\(width)" : "")
    }

    private static func indexAndWidth(_ elements: [[UInt8]]) -> (index: UInt64, width: Int)? {
        var groups = elements
        var width = LogTiling.tileWidth
        let partialMark = Array(".p".utf8)
        if groups.count >= 2, groups[groups.count - 2].suffix(2) == partialMark[...] {
            guard let last = groups.popLast(), let count = UInt64(canonicalDecimal: last),
                (1..<UInt64(LogTiling.tileWidth)).contains(count)
            else { return nil }
            width = Int(count)
            groups[groups.count - 1].removeLast(partialMark.count)
        }
        guard let index = Self.index(of: groups) else { return nil }
        return (index, width)
    }

    private static func index(of groups: [[UInt8]]) -> UInt64? {
        var digits: [UInt8] = []
        for (position, group) in groups.enumerated() {
            let isLast = position == groups.count - 1
            guard isLast || group.first == UInt8(ascii: "x") else { return nil }
            let three = isLast ? group[...] : group.dropFirst()
            guard three.count == 3 else { return nil }
            digits += three
        }
        // Of a first group of zeroes nothing would be written, unless it is the only one.
        if groups.count > 1, digits.starts(with: Array("000".utf8)) { return nil }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        return UInt64(canonicalDecimal: significant.isEmpty ? digits.suffix(1) : significant)
    }
}
