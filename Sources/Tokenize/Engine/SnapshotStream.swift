/// A snapshot as a store keeps it: the state's rows, and at the end the seal of whoever knows the disclosure secret.
///
/// The seal is what an opening believes: without it, somebody who can write to the store, and to nothing else, could
/// put a state of his own there that no signature has made. It names the log's root as well: the entries before a
/// snapshot are not replayed, and they too must be those that the ledger has written.
struct SnapshotStream: Sendable {
    private var encoder: SnapshotEncoder
    private var content: SnapshotContent
    private let secret: DisclosureSecret
    private var isSealed = false

    /// The snapshot that `descriptor` names, of the state after its block, where the log has the root `logRoot`.
    init(
        _ encoder: SnapshotEncoder,
        of descriptor: SnapshotDescriptor,
        logRoot: Digest,
        secret: DisclosureSecret
    ) {
        self.encoder = encoder
        self.secret = secret
        content = SnapshotContent(descriptor, logRoot: logRoot)
    }

    /// The next rows, or nil when all are written; the last chunk has the seal and nothing else.
    mutating func nextChunk() -> [UInt8]? {
        if let chunk = encoder.nextChunk() {
            content.add(chunk)
            return chunk
        }
        guard !isSealed else { return nil }
        isSealed = true
        return SnapshotContent.sealingChunk(secret.seal(of: content.digest))
    }
}

/// What a snapshot's seal is over: its descriptor, the root of the log that it belongs to, and its rows as they stand.
struct SnapshotContent: Sendable {
    /// The kind of the row that holds the seal (Specs/08).
    private static let sealKind: UInt64 = 8

    private var hasher = RunningHash()

    init(_ descriptor: SnapshotDescriptor, logRoot: Digest) {
        var encoder = CanonicalEncoder(reservingCapacity: 96)
        encoder.encodeArray(count: 4)
        encoder.encode(descriptor.height)
        encoder.encode(descriptor.entryCount)
        encoder.encode(descriptor.stateRoot)
        encoder.encode(logRoot)
        hasher.update(encoder.bytes)
    }

    /// Takes in the next chunk of rows. Where chunks are cut makes no difference.
    mutating func add(_ chunk: [UInt8]) { hasher.update(chunk) }

    /// SHA-256 of everything that was taken in.
    var digest: Digest { hasher.digest }

    /// The chunk that ends a snapshot: one row, `[8, seal]`.
    static func sealingChunk(_ seal: Digest) -> [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 48)
        encoder.encodeArray(count: 2)
        encoder.encode(sealKind)
        encoder.encode(seal)
        var chunk: [UInt8] = []
        ByteStrings.append(encoder.bytes, to: &chunk)
        return chunk
    }
}
