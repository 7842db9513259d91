import Tokenize

/// The log's tree by the definition of RFC 6962, 2.1, which splits and does not fold; hashes of ranges are computed once.
struct ModelLogTree {
    private let leaves: [[UInt8]]
    private var known: [Range<Int>: [UInt8]] = [:]

    init(_ entries: [[UInt8]]) { leaves = entries.map { ModelHash.sha256([0] + $0) } }

    var size: Int { leaves.count }

    /// The root over a range of entries.
    mutating func root(_ range: Range<Int>) -> [UInt8] {
        if range.isEmpty { return ModelHash.sha256([]) }
        if range.count == 1 { return leaves[range.lowerBound] }
        if let hash = known[range] { return hash }
        let half = range.lowerBound + Self.split(range.count)
        let hash = ModelHash.sha256([1] + root(range.lowerBound..<half) + root(half..<range.upperBound))
        known[range] = hash
        return hash
    }

    /// The path of an entry in the tree over a range, from its sibling up (2.1.1).
    mutating func path(of index: Int, in range: Range<Int>) -> [[UInt8]] {
        guard range.count > 1 else { return [] }
        let half = range.lowerBound + Self.split(range.count)
        let (left, right) = (range.lowerBound..<half, half..<range.upperBound)
        return index < half ? path(of: index, in: left) + [root(right)] : path(of: index, in: right) + [root(left)]
    }

    /// The proof that the tree over a range begins as it was at `end` (2.1.2).
    mutating func consistencyPath(to end: Int, in range: Range<Int>, isWhole: Bool = true) -> [[UInt8]] {
        if end == range.upperBound { return isWhole ? [] : [root(range)] }
        let half = range.lowerBound + Self.split(range.count)
        let (left, right) = (range.lowerBound..<half, half..<range.upperBound)
        return end <= half
            ? consistencyPath(to: end, in: left, isWhole: isWhole) + [root(right)]
            : consistencyPath(to: end, in: right, isWhole: false) + [root(left)]
    }

    /// The path of an entry in the whole tree.
    func path(of index: Int) -> [[UInt8]] {
        var tree = self
        return tree.path(of: index, in: 0..<size)
    }

    /// The proof that the whole tree begins as it was at a size.
    func consistencyPath(from count: Int) -> [[UInt8]] {
        var tree = self
        return tree.consistencyPath(to: count, in: 0..<size)
    }

    /// The hashes of a tile, or as many of them as there are at a size (Specs/07, 7.3).
    mutating func tile(level: Int, index: Int, size: Int) -> [UInt8] {
        var (width, bytes) = (1, [UInt8]())
        for _ in 0..<level { width *= Self.tileWidth }
        for number in Self.tileWidth * index..<Self.tileWidth * (index + 1) where (number + 1) * width <= size {
            bytes += root(number * width..<(number + 1) * width)
        }
        return bytes
    }

    /// Hashes in a complete tile.
    static let tileWidth = 256

    private static func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }
}
