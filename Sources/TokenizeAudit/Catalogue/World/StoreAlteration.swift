import Tokenize

/// What somebody who holds a store's file, and no key, changes in it; what depends on it is changed along.
struct StoreAlteration: Sendable {
    enum Kind: CaseIterable, Sendable {
        case signatureFlipped, signatureReplaced, signatureMissing
        case effectsRoot, effectCount, effectsOfAnother, effectsBeside
        case headerHeight, headerPosition, headerRoot, headerDate, headerTime
        case groupRoot, groupBlock, groupTile, blockLookUp, tileLookUp, receiptLookUp
        case snapshotOfAnother, snapshotUnderSeal, snapshotSeal, snapshotUnsealed, snapshotDamaged, snapshotNumbers
        /// Sealed by somebody without the secret: with another one, or with none.
        case sealedWithAnother, sealedWithNone
        /// Other rows, by somebody who knows the secret: the seal is right, and the state root is not.
        case snapshotResealed
        case cut, cutBelowSnapshots

        /// True if a transaction's entry changes.
        var isOfTransaction: Bool {
            switch self {
            case .signatureFlipped, .signatureReplaced, .signatureMissing: true
            case .effectsRoot, .effectCount, .effectsOfAnother: true
            default: false
            }
        }

        /// True if a header's entry changes.
        var isOfHeader: Bool {
            switch self {
            case .headerHeight, .headerPosition, .headerRoot, .headerDate, .headerTime: true
            default: false
            }
        }

        /// True if an entry changes: no opening may believe it.
        var isOfEntry: Bool { isOfTransaction || isOfHeader }

        /// True if the newest snapshot changes: it must be passed over.
        var isOfSnapshot: Bool {
            switch self {
            case .snapshotOfAnother, .snapshotUnderSeal, .snapshotSeal: true
            case .snapshotUnsealed, .snapshotDamaged, .snapshotNumbers: true
            case .sealedWithAnother, .sealedWithNone, .snapshotResealed: true
            default: false
            }
        }

        /// True if what is left is an older state of the file, with nothing wrong in it.
        var isCut: Bool { self == .cut || self == .cutBelowSnapshots }
    }

    let kind: Kind
    /// What the store holds then.
    private(set) var contents: StoreContents
    /// The first entry that is another, or is gone.
    private(set) var position: Int?
    private var blocks: [UInt64: BlockRow] = [:]
    private var tiles: [LogTile] = []
    private var receipts: [TransactionID: UInt64] = [:]

    /// Alters something, or gives nil if there is nothing of the kind to alter.
    init?(_ kind: Kind, of contents: StoreContents, _ cast: Cast, _ trial: inout Trial) throws {
        self.kind = kind
        self.contents = contents
        let isDone =
            if kind.isOfTransaction || kind == .effectsBeside || kind == .receiptLookUp {
                try alterTransaction(cast, &trial)
            } else if kind.isOfHeader || kind == .groupBlock || kind == .blockLookUp {
                try alterHeader(&trial)
            } else if kind.isOfSnapshot {
                try alterSnapshot(&trial)
            } else if kind.isCut {
                try cut(&trial)
            } else {
                try alterGroup(&trial)
            }
        guard isDone else { return nil }
    }

    /// True if nothing tells but what the ledger has sealed or signed itself: the time of the last header is committed to
    /// by the state root of the next.
    var isOfLastTime: Bool { kind == .headerTime && position == contents.entries.count - 1 }

    /// The store that is found, over a copy of one that holds ``contents``.
    func store(_ built: MemoryStore, snapshotHeightMax: UInt64) async -> AlteredStore {
        AlteredStore(
            base: await MemoryStore(reopening: built),
            snapshotHeightMax: snapshotHeightMax,
            blocks: blocks,
            tiles: tiles,
            receipts: receipts
        )
    }

    // MARK: Entries

    /// Positions of entries of a kind.
    private func positions(_ isWanted: (LogEntry) -> Bool) throws -> [Int] {
        try contents.entries.enumerated().filter { isWanted(try LogEntry(canonicalBytes: $0.element)) }.map(\.offset)
    }

    private mutating func replace(_ position: Int, by entry: LogEntry) {
        let (group, index) = contents.place(of: position)
        contents.groups[group].entries[index] = entry.canonicalBytes
        self.position = position
    }

    private mutating func alterTransaction(_ cast: Cast, _ trial: inout Trial) throws -> Bool {
        let positions = try positions { if case .transaction = $0 { true } else { false } }
        let chosen = positions[try trial.number(0...positions.count - 1)]
        let (group, index) = contents.place(of: chosen)
        guard
            case .transaction(let bytes, let root, let count) = try LogEntry(
                canonicalBytes: contents.groups[group].entries[index]
            )
        else { return false }
        let signed = try SignedTransaction(bytes: bytes)
        trial.note("of the transaction at \(chosen)")
        /// The transaction with other signatures.
        func resigned(_ signatures: [TransactionSignature]) -> LogEntry {
            let bytes = SignedTransaction(body: signed.body, signatures: signatures).bytes
            return .transaction(bytes: bytes, effectsRoot: root, effectCount: count)
        }
        let kept = Array(signed.signatures.dropFirst())
        switch kind {
        case .signatureFlipped:
            guard let first = signed.signatures.first else { return false }
            var bytes = first.signature.bytes
            let bit = try trial.number(0...8 * bytes.count - 1)
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let flipped = try? Signature(algorithm: first.signature.algorithm, bytes: bytes) else { return false }
            replace(chosen, by: resigned(kept + [TransactionSignature(key: first.key, signature: flipped)]))
        case .signatureReplaced:
            let other = TransactionSignature(
                key: cast.outsider.publicKey.encoded,
                signature: try cast.outsider.sign(signed.id.digest)
            )
            replace(chosen, by: resigned(kept + [other]))
        case .signatureMissing: replace(chosen, by: resigned(kept))
        case .effectsRoot:
            let other = Cast.digest(of: "\(root)")
            replace(chosen, by: .transaction(bytes: bytes, effectsRoot: other, effectCount: count))
        case .effectCount:
            replace(chosen, by: .transaction(bytes: bytes, effectsRoot: root, effectCount: count + 1))
        case .receiptLookUp: receipts[signed.id] = UInt64(positions.first { $0 != chosen } ?? 0)
        case .effectsOfAnother, .effectsBeside: return try alterEffects(of: chosen, as: bytes, &trial)
        default: throw AuditFailure(reason: "\(kind) is of no transaction")
        }
        return true
    }

    /// The effects of another transaction, with the root over them in the entry, or beside an entry as it was.
    private mutating func alterEffects(of position: Int, as bytes: [UInt8], _ trial: inout Trial) throws -> Bool {
        let (group, index) = contents.place(of: position)
        let others = contents.groups.flatMap { $0.effects }.filter { $0 != contents.groups[group].effects[index] }
        guard !others.isEmpty else { return false }
        let other = others[try trial.number(0...others.count - 1)]
        contents.groups[group].effects[index] = other
        guard kind == .effectsOfAnother else { return true }
        let effects = try StoredLog.byteStrings(other)
        let root = ModelHash.digest(ModelHash.merkleRoot(effects))
        replace(position, by: .transaction(bytes: bytes, effectsRoot: root, effectCount: UInt64(effects.count)))
        return true
    }

    private mutating func alterHeader(_ trial: inout Trial) throws -> Bool {
        let positions = try positions { if case .header = $0 { true } else { false } }
        let chosen = positions[try trial.number(0...positions.count - 1)]
        guard case .header(let header) = try LogEntry(canonicalBytes: contents.entries[chosen]) else { return false }
        trial.note("of the header at \(chosen)")
        let altered = BlockHeader(
            height: header.height + (kind == .headerHeight ? 1 : 0),
            previousSize: header.previousSize + (kind == .headerPosition ? 1 : 0),
            stateRoot: kind == .headerRoot ? Cast.digest(of: "\(header.stateRoot)") : header.stateRoot,
            businessDate: (kind == .headerDate ? header.businessDate.adding(days: 1) : nil) ?? header.businessDate,
            sealingTime: header.sealingTime + (kind == .headerTime ? 1 : 0)
        )
        guard kind.isOfHeader else { return try alterBlock(of: header, at: chosen, &trial) }
        replace(chosen, by: .header(altered))
        // What is kept beside the log follows, as far as a store takes it: heights and positions are in order there.
        guard kind != .headerHeight, kind != .headerPosition else { return true }
        let (group, _) = contents.place(of: chosen)
        contents.groups[group].blocks = contents.groups[group].blocks.map {
            $0.height == altered.height ? altered.row : $0
        }
        contents.snapshots = contents.snapshots.map { snapshot in
            guard snapshot.descriptor.height == altered.height else { return snapshot }
            return StoreContents.Snapshot(
                descriptor: SnapshotDescriptor(
                    height: altered.height,
                    entryCount: snapshot.descriptor.entryCount,
                    stateRoot: altered.stateRoot
                ),
                chunks: snapshot.chunks
            )
        }
        return true
    }

    /// Another row for a block, in its group or where it is looked up.
    private mutating func alterBlock(
        of header: BlockHeader,
        at position: Int,
        _ trial: inout Trial
    ) throws -> Bool {
        let part = try trial.number(0...2)
        let row = BlockRow(
            height: header.height,
            headerPosition: header.previousSize,
            stateRoot: part == 0 ? Cast.digest(of: "\(header.stateRoot)") : header.stateRoot,
            businessDate: header.businessDate.daysSinceEpoch + (part == 1 ? 1 : 0),
            sealingTime: header.sealingTime + (part == 2 ? 1 : 0)
        )
        guard kind == .groupBlock else {
            blocks[row.height] = row
            return true
        }
        let (group, _) = contents.place(of: position)
        contents.groups[group].blocks = contents.groups[group].blocks.map { $0.height == row.height ? row : $0 }
        blocks[row.height] = header.row
        return true
    }

    // MARK: Groups

    private mutating func alterGroup(_ trial: inout Trial) throws -> Bool {
        // The last group's root is the mark as well.
        let group = try trial.number(0...max(contents.groups.count - 2, 0))
        let tile = LogTile(level: 0, index: 0, hashes: contents.entries.flatMap { MerkleTree.leafHash($0).bytes })
        trial.note("of group \(group)")
        switch kind {
        case .groupRoot: contents.groups[group].wrongRoot = Cast.digest(of: "root")
        case .groupTile: contents.groups[group].tiles.append(tile)
        case .tileLookUp: tiles = [tile]
        default: throw AuditFailure(reason: "\(kind) is of no group")
        }
        return true
    }

    private mutating func cut(_ trial: inout Trial) throws -> Bool {
        let cuts = contents.cuts
        guard !cuts.isEmpty else { return false }
        let size = cuts[try trial.number(0...cuts.count - 1)]
        contents.groups.removeSubrange(contents.place(of: size).group...)
        if kind == .cut {
            contents.snapshots.removeAll { $0.descriptor.entryCount > UInt64(size) }
        } else if contents.snapshots.allSatisfy({ $0.descriptor.entryCount <= UInt64(size) }) {
            return false
        }
        position = size
        trial.note("at \(size)")
        return true
    }

    // MARK: Snapshots

    private mutating func alterSnapshot(_ trial: inout Trial) throws -> Bool {
        guard contents.snapshots.count > 1, let seal = contents.snapshots[0].chunks.last,
            let otherSeal = contents.snapshots[1].chunks.last
        else { return false }
        let (newest, other) = (contents.snapshots[0], contents.snapshots[1])
        let rows = newest.chunks.dropLast()
        switch kind {
        case .snapshotOfAnother: contents.snapshots[0].chunks = other.chunks
        case .snapshotUnderSeal: contents.snapshots[0].chunks = other.chunks.dropLast() + [seal]
        case .snapshotSeal: contents.snapshots[0].chunks = rows + [otherSeal]
        case .snapshotUnsealed: contents.snapshots[0].chunks = Array(rows)
        case .snapshotNumbers:
            // The state of another height under the newest's name, sealed as it was.
            let part = try trial.number(0...2)
            contents.snapshots[0] = StoreContents.Snapshot(
                descriptor: SnapshotDescriptor(
                    height: newest.descriptor.height,
                    entryCount: part == 0 ? other.descriptor.entryCount : newest.descriptor.entryCount,
                    stateRoot: part == 1 ? other.descriptor.stateRoot : newest.descriptor.stateRoot
                ),
                chunks: part == 2 ? other.chunks : newest.chunks
            )
        case .sealedWithAnother, .sealedWithNone:
            let secret = kind == .sealedWithNone ? [] : Cast.digest(8).bytes
            contents.snapshots[0].chunks = rows + [made(newest.descriptor, Array(rows), secret)]
        case .snapshotResealed:
            let others = Array(other.chunks.dropLast())
            contents.snapshots[0].chunks = others + [made(newest.descriptor, others, Cast.secret.reveal())]
        case .snapshotDamaged:
            let chunk = try trial.number(0...newest.chunks.count - 1)
            let damaged = try Damage.draw(newest.chunks[chunk].count, &trial).applied(to: newest.chunks[chunk])
            guard damaged != newest.chunks[chunk] else { return false }
            contents.snapshots[0].chunks[chunk] = damaged
        default: throw AuditFailure(reason: "\(kind) is of no snapshot")
        }
        let changed = contents.snapshots[0]
        return changed.chunks != newest.chunks || changed.descriptor != newest.descriptor
    }

    /// The seal that somebody with a secret makes.
    private func made(_ descriptor: SnapshotDescriptor, _ rows: [[UInt8]], _ secret: [UInt8]) -> [UInt8] {
        let entries = Array(contents.entries.prefix(Int(descriptor.entryCount)))
        let root = ModelHash.merkleRoot(entries)
        return SnapshotSeal.chunk(descriptor, rows: rows, logRoot: root, secret: secret)
    }
}
