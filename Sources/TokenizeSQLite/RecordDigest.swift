import Tokenize

import struct Crypto.SHA256

/// The digest that a stored row carries over its own content, checked whenever the row is read.
///
/// SQLite does not notice a changed byte in a row. The digest is SHA-256 with a tag of its own for each table
/// (BIP-340), over the row's integers, eight bytes each, most significant first, and then its bytes.
struct RecordDigest: Sendable {
    static let group = RecordDigest(tag: "tokenize/store/group")
    static let tile = RecordDigest(tag: "tokenize/store/tile")
    static let block = RecordDigest(tag: "tokenize/store/block")
    static let snapshot = RecordDigest(tag: "tokenize/store/snapshot")
    static let chunk = RecordDigest(tag: "tokenize/store/chunk")

    private let primed: SHA256

    private init(tag: String) {
        let tagDigest = Array(SHA256.hash(data: Array(tag.utf8)))
        var hasher = SHA256()
        hasher.update(data: tagDigest + tagDigest)
        primed = hasher
    }

    /// The digest over integers, a root and bytes.
    func callAsFunction(_ integers: [Int64], _ root: [UInt8] = [], _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var fixed: [UInt8] = []
        fixed.reserveCapacity(integers.count * 8 + root.count)
        for integer in integers { fixed.append(bigEndian: UInt64(bitPattern: integer)) }
        fixed += root
        var hasher = primed
        hasher.update(data: fixed)
        hasher.update(bufferPointer: bytes)
        return Array(hasher.finalize())
    }

    /// The digest over integers and a root alone.
    func callAsFunction(_ integers: [Int64], _ root: [UInt8]) -> [UInt8] {
        self(integers, root, UnsafeRawBufferPointer(start: nil, count: 0))
    }
}
