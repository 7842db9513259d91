/// What BIP-32 adds to a key, private or public: its place in the tree and the chain code.
struct ExtendedKeyHeader: Hashable, Sendable {
    static let privateVersion: UInt32 = 0x0488_ADE4
    static let publicVersion: UInt32 = 0x0488_B21E
    /// Version, depth, parent's fingerprint, index, chain code, key.
    static let serialisedByteCount = 4 + 1 + 4 + 4 + 32 + 33

    /// Ancestors; 0 for a master key.
    let depth: UInt8
    /// The first four bytes of RIPEMD-160 of SHA-256 of the parent's public key; 0 for a master key.
    let parentFingerprint: UInt32
    let childIndex: ChildIndex
    /// Extra entropy for derivation, shared by a private key and its public key.
    let chainCode: Digest

    static func master(chainCode: Digest) -> ExtendedKeyHeader {
        ExtendedKeyHeader(depth: 0, parentFingerprint: 0, childIndex: ChildIndex(number: 0), chainCode: chainCode)
    }

    /// The header of a child of the key with this header and public key.
    func child(_ index: ChildIndex, of parent: PublicKey, chainCode: Digest) throws(DerivationFailure)
        -> ExtendedKeyHeader
    {
        guard depth < UInt8.max else { throw .depthExceeded }
        let fingerprint = RIPEMD160.hash(Hashing.sha256(parent.bytes).bytes).prefix(4)
        return ExtendedKeyHeader(
            depth: depth + 1,
            parentFingerprint: fingerprint.reduce(0) { $0 << 8 | UInt32($1) },
            childIndex: index,
            chainCode: chainCode
        )
    }

    /// Base58Check of the 78 bytes.
    func text(version: UInt32, key: [UInt8]) -> String {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: version)
        bytes.append(depth)
        bytes.append(bigEndian: parentFingerprint)
        bytes.append(bigEndian: childIndex.number)
        bytes += chainCode.bytes
        bytes += key
        return Base58.encodeChecked(bytes)
    }

    /// The header and the 33 bytes of the key in a text of the kind that `version` names.
    static func parse(
        _ text: String,
        version: UInt32
    ) throws(DerivationFailure) -> (header: ExtendedKeyHeader, key: [UInt8]) {
        guard let bytes = Base58.decodeChecked(text), bytes.count == serialisedByteCount,
            let chainCode = Digest(bytes[13..<45])
        else { throw .malformedText }
        let found = bytes.bigEndianWord(at: 0)
        guard found == version else { throw .unknownVersion(found) }
        let header = ExtendedKeyHeader(
            depth: bytes[4],
            parentFingerprint: bytes.bigEndianWord(at: 5),
            childIndex: ChildIndex(number: bytes.bigEndianWord(at: 9)),
            chainCode: chainCode
        )
        guard header.depth > 0 || (header.parentFingerprint == 0 && header.childIndex.number == 0) else {
            throw .masterKeyWithParent
        }
        return (header, Array(bytes[45...]))
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian word: UInt32) {
        Swift.withUnsafeBytes(of: word.bigEndian) { append(contentsOf: $0) }
    }

    fileprivate func bigEndianWord(at offset: Int) -> UInt32 {
        self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
