/// Writes a state to a store, a chunk at a time.
enum LedgerSnapshot {
    /// Writes the state after the last block of a writer that has sealed everything; nothing if there is no block.
    ///
    /// The writer is a copy: whoever owns it goes on meanwhile.
    static func write(_ writer: LedgerWriter, to store: any LedgerStore) async throws(LedgerFailure) {
        guard let header = writer.lastHeader, let clock = writer.sealedClock, writer.unsealedEntryCount == 0 else {
            return
        }
        let descriptor = SnapshotDescriptor(
            height: header.height,
            entryCount: header.previousSize + 1,
            stateRoot: header.stateRoot
        )
        let encoder = SnapshotEncoder(writer.state, clock: clock, chunkByteCount: EngineLimits.snapshotChunkByteCount)
        let chunks = SnapshotChunks(
            SnapshotStream(encoder, of: descriptor, logRoot: writer.log.root, secret: writer.leaves.secret)
        )
        try await store.writeSnapshot(descriptor) { () async throws(LedgerFailure) in await chunks.next() }
    }
}

/// Hands out a snapshot's chunks, one at a time.
private actor SnapshotChunks {
    private var stream: SnapshotStream

    init(_ stream: SnapshotStream) { self.stream = stream }

    func next() -> [UInt8]? { stream.nextChunk() }
}
