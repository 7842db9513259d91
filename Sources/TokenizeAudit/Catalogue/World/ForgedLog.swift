import Tokenize

/// A log that somebody with a log's key makes up: two entries, a header last, and a checkpoint over both.
struct ForgedLog {
    /// What is wrong with it.
    enum Fault: CaseIterable, Sendable {
        case nothing, nothingToo, oldHeader, lateHeader, ownPosition, stateRoot, noHeader, noHolding, checkpointSize
        case strangersKey, otherOrigin, noWitness, oneWitnessTwice, witnessAlone
        case effectCount, effectSize, effectEntry
        /// The holding's record is not one that a ledger writes.
        case record
    }

    let fault: Fault
    let units: UInt128
    let claims: [LedgerModel.Claim]
    /// What is wrong with the record, if that is the fault.
    let record: ForgedRecord?

    static let origin = "forged.ledger"
    private static let date = CalendarDate(daysSinceEpoch: 20_000)

    private static func seed(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

    private static func name(_ text: String) throws -> NoteName {
        guard let name = NoteName(text) else { throw AuditFailure(reason: "a name is malformed") }
        return name
    }

    private static func logSigner(_ byte: UInt8) throws -> NoteSigner {
        try NoteSigner(name: name(origin), algorithm: .ed25519, seed: seed(byte))
    }

    private static func witness(_ text: String, _ byte: UInt8) throws -> NoteSigner {
        try NoteSigner(name: name(text), algorithm: .cosignatureV1, seed: seed(byte))
    }

    /// What a relying party asks for: the log's key, and as many of two witnesses, one of whom has two keys.
    func policy() throws -> CheckpointPolicy {
        let witnesses = [
            try Self.witness("witness.one", 11).verifierKey, try Self.witness("witness.one", 12).verifierKey,
            try Self.witness("witness.two", 13).verifierKey,
        ]
        return try CheckpointPolicy(
            origin: Self.name(Self.origin),
            logKeys: [try Self.logSigner(1).verifierKey],
            witnessKeys: witnesses,
            witnessQuorum: fault == .nothing ? 0 : 2
        )
    }

    private func signed(size: UInt64, root: [UInt8]) throws -> [UInt8] {
        let checkpoint = Checkpoint(
            origin: try Self.name(fault == .otherOrigin ? "other.ledger" : Self.origin),
            size: size,
            root: ModelHash.digest(root)
        )
        let signer = try Self.logSigner(fault == .strangersKey ? 2 : 1)
        let note = try signer.sign(text: String(decoding: checkpoint.text, as: UTF8.self))
        var signed = try SignedCheckpoint(note)
        if fault == .noWitness { return signed.bytes }
        signed = try Self.witness("witness.one", 11).cosign(signed, time: 5)
        let second =
            fault == .oneWitnessTwice ? try Self.witness("witness.one", 12) : try Self.witness("witness.two", 13)
        signed = try second.cosign(signed, time: 6)
        guard fault == .witnessAlone else { return signed.bytes }
        // The log's own line goes.
        let own = Array("\u{2014} \(Self.origin) ".utf8)
        let lines = signed.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return Array(lines.filter { !$0.starts(with: own) }.joined(separator: [0x0A]))
    }

    /// A proof of what account 2 has of asset 1.
    func ownership() throws -> OwnershipProof {
        guard let date = Self.date else { throw AuditFailure(reason: "a date is malformed") }
        let (asset, account) = (AssetID(digest: Cast.digest(1)), AccountID(digest: Cast.digest(2)))
        let key: StateKey =
            fault == .noHolding ? .account(account) : .holding(asset: asset, account: account, partition: 0)
        let state = StateProof(
            key: key.canonicalBytes,
            claim: .present(value: ForgedRecord.value(record, units, claims)),
            siblings: []
        )
        let root = fault == .stateRoot ? ModelHash.sha256([1]) : ModelProofs.state(state).hash
        let isOld = fault == .oldHeader || fault == .lateHeader
        let position: UInt64 = isOld ? 0 : 1
        let entry = LogEntry.header(
            BlockHeader(
                height: 4,
                previousSize: fault == .ownPosition ? 7 : fault == .lateHeader ? 1 : position,
                stateRoot: ModelHash.digest(root),
                businessDate: date,
                sealingTime: 9
            )
        ).canonicalBytes
        let plain = LogEntry.transaction(bytes: [1], effectsRoot: .zero, effectCount: 0).canonicalBytes
        let header = fault == .noHeader ? plain : entry
        let entries = isOld ? [header, plain] : [plain, header]
        let path = ModelLogTree(entries).path(of: Int(position))
        let inclusion = LogInclusionProof(index: position, size: 2, path: path.map { ModelHash.digest($0) })
        let size: UInt64 = fault == .checkpointSize ? 3 : 2
        return OwnershipProof(
            state: state,
            header: header,
            inclusion: inclusion,
            checkpoint: try signed(size: size, root: ModelHash.merkleRoot(entries))
        )
    }

    /// A proof of the second of two effects.
    func effect() throws -> EffectProof {
        let effects: [[UInt8]] = [[1], [2]]
        let root = ModelHash.digest(ModelHash.merkleRoot(effects))
        let count: UInt64 = fault == .effectCount ? 3 : 2
        let entry = LogEntry.transaction(bytes: [1], effectsRoot: root, effectCount: count).canonicalBytes
        let other = LogEntry.transaction(bytes: [2], effectsRoot: root, effectCount: 2).canonicalBytes
        let path = ModelLogTree(effects).path(of: 1).map { ModelHash.digest($0) }
        let size: UInt64 = fault == .effectSize ? 2 : 1
        return EffectProof(
            effect: effects[1],
            effectInclusion: LogInclusionProof(index: 1, size: 2, path: path),
            entry: fault == .effectEntry ? other : entry,
            inclusion: LogInclusionProof(index: 0, size: 1, path: []),
            checkpoint: try signed(size: size, root: ModelHash.sha256([0] + entry))
        )
    }
}
