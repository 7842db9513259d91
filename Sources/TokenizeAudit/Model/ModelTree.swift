import Tokenize

/// The state tree of Specs/06, built anew from all records: 6.2, word for word.
enum ModelTree {
    private static let empty = [UInt8](repeating: 0, count: 32)

    /// The root over records by key; `secret` salts the values.
    static func root(of records: [(key: [UInt8], record: [UInt8])], secret: [UInt8]) -> [UInt8] {
        let leaves = records.map { key, record -> (path: [UInt8], leaf: [UInt8]) in
            let path = ModelHash.sha256(key)
            let salt = ModelHash.tagged("Tokenize/disclosure-salt", secret + path).bytes.prefix(16)
            let value = [0x82, 0x50] + salt + record
            return (path, ModelHash.sha256([0] + path + ModelHash.sha256(value)))
        }
        return hash(leaves, depth: 0)
    }

    private static func hash(_ leaves: [(path: [UInt8], leaf: [UInt8])], depth: Int) -> [UInt8] {
        if leaves.isEmpty { return empty }
        if leaves.count == 1 { return leaves[0].leaf }
        func bit(_ path: [UInt8]) -> UInt8 { path[depth / 8] >> (7 - UInt8(depth % 8)) & 1 }
        let left = leaves.filter { bit($0.path) == 0 }
        let right = leaves.filter { bit($0.path) == 1 }
        return ModelHash.sha256([1] + hash(left, depth: depth + 1) + hash(right, depth: depth + 1))
    }
}
