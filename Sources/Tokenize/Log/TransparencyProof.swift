/// A file that proves, without any server, that an entry is in a witnessed log (C2SP tlog-proof, version 1).
public struct TransparencyProof: Hashable, Sendable {
    /// Bytes in a proof file.
    public static let byteCountMax = SignedNote.byteCountMax + 65_536
    private static let header = Array("c2sp.org/tlog-proof@v1".utf8)
    private static let extraMark = Array("extra ".utf8)
    private static let indexMark = Array("index ".utf8)
    private static let lineFeed: UInt8 = 0x0A

    /// Bytes of the application's own, which nothing vouches for; nil if the file has none.
    public let extra: [UInt8]?
    /// The entry's place in the log, counted from 0.
    public let index: UInt64
    /// Hashes from the leaf's sibling up to a child of the root.
    public let path: [Digest]
    /// The checkpoint that the proof leads to, not yet verified.
    public let checkpoint: SignedCheckpoint

    /// - Throws: ``NoteFailure/limitExceeded(limit:maximum:)`` if `path` is longer than any tree needs.
    public init(
        extra: [UInt8]? = nil,
        index: UInt64,
        path: [Digest],
        checkpoint: SignedCheckpoint
    ) throws(NoteFailure) {
        guard path.count <= MerkleTree.inclusionHashCountMax else {
            throw .limitExceeded(
                limit: "MerkleTree.inclusionHashCountMax",
                maximum: UInt64(MerkleTree.inclusionHashCountMax)
            )
        }
        self.extra = extra
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
    }

    /// Checks that this entry is in the log, under a policy.
    ///
    /// - Throws: what ``SignedCheckpoint/verify(under:)`` throws; ``NoteFailure/notIncluded(_:)``.
    public func verify(entry: [UInt8], under policy: CheckpointPolicy) throws(NoteFailure) -> VerifiedCheckpoint {
        try verify(leafHash: MerkleTree.leafHash(entry), under: policy)
    }

    /// Checks that the entry with this leaf hash is in the log, under a policy.
    ///
    /// - Throws: what ``SignedCheckpoint/verify(under:)`` throws; ``NoteFailure/notIncluded(_:)``.
    public func verify(leafHash: Digest, under policy: CheckpointPolicy) throws(NoteFailure) -> VerifiedCheckpoint {
        let verified = try checkpoint.verify(under: policy)
        let proof = LogInclusionProof(index: index, size: verified.checkpoint.size, path: path)
        do {
            try proof.verify(leafHash: leafHash, root: verified.checkpoint.root)
        } catch {
            throw .notIncluded(error)
        }
        return verified
    }

    /// The file.
    public var bytes: [UInt8] {
        var lines = [Self.header]
        if let extra { lines.append(Self.extraMark + Base64.encode(extra)) }
        lines.append(Self.indexMark + Array(String(index).utf8))
        for hash in path { lines.append(Base64.encode(hash.bytes)) }
        return lines.flatMap { $0 + [Self.lineFeed] } + [Self.lineFeed] + checkpoint.bytes
    }

    /// Reads a proof file strictly: ``bytes`` of the result are the very bytes given.
    ///
    /// - Throws: ``NoteFailure/malformedProof``; what ``SignedCheckpoint/init(parsing:)`` throws.
    public init(parsing bytes: [UInt8]) throws(NoteFailure) {
        guard bytes.count <= Self.byteCountMax else {
            throw .limitExceeded(limit: "TransparencyProof.byteCountMax", maximum: UInt64(Self.byteCountMax))
        }
        // The first empty line ends the proof; the checkpoint follows.
        guard let end = bytes.indices.dropFirst().first(where: { Self.isEmptyLine(at: $0, of: bytes) }) else {
            throw .malformedProof
        }
        var lines = bytes[..<(end - 1)].split(separator: Self.lineFeed, omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map(Array.init) == Self.header else { throw .malformedProof }
        var extra: [UInt8]?
        if let line = lines.first, line.starts(with: Self.extraMark) {
            extra = Base64.decode(line.dropFirst(Self.extraMark.count))
            guard extra != nil else { throw .malformedProof }
            lines.removeFirst()
        }
        guard let indexLine = lines.popFirst(), indexLine.starts(with: Self.indexMark),
            let index = UInt64(canonicalDecimal: indexLine.dropFirst(Self.indexMark.count))
        else { throw .malformedProof }
        var path: [Digest] = []
        for line in lines {
            guard path.count < MerkleTree.inclusionHashCountMax, let hash = Base64.decode(line).flatMap({ Digest($0) })
            else { throw .malformedProof }
            path.append(hash)
        }
        let checkpoint = try SignedCheckpoint(parsing: Array(bytes[(end + 1)...]))
        try self.init(extra: extra, index: index, path: path, checkpoint: checkpoint)
    }

    private static func isEmptyLine(at index: Int, of bytes: [UInt8]) -> Bool {
        bytes[index] == lineFeed && bytes[index - 1] == lineFeed
    }
}
