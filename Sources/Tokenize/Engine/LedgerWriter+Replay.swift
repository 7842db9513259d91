extension LedgerWriter {
    /// A ledger at its beginning, as its stored genesis says.
    ///
    /// - Throws: ``LedgerFailure/foreignStore(reason:)`` if the record is no genesis, ``LedgerFailure/corrupted(what:position:reason:)``
    ///   if it contradicts itself, ``LedgerFailure/misconfigured(reason:)`` if it commits to another secret.
    init(founding record: GroupRecords.Record, secret: DisclosureSecret) throws(LedgerFailure) {
        guard case .genesis(let bytes)? = try? LogEntry(canonicalBytes: record.entry),
            let genesis = try? Genesis(canonicalBytes: bytes)
        else { throw .foreignStore(reason: "the first entry is not a genesis") }
        try secret.require(commitment: genesis.disclosureCommitment)
        do {
            self = try LedgerWriter(genesis: genesis, secret: secret)
        } catch {
            throw .corrupted(what: "genesis", position: 0, reason: "\(error)")
        }
    }

    /// Appends a stored entry by deciding it again, and checks that everything comes out as stored.
    ///
    /// What the type of the entry's transaction cannot tell: a read of the past trusts the signatures of a log that is
    /// open (``VerifiedTransaction/replayed(_:)``), an opening and an audit check every one.
    mutating func replay(_ entry: StoredEntry<VerifiedTransaction>) throws(LedgerFailure) {
        let position = entry.position
        guard position == size else {
            throw .corrupted(what: "log", position: position, reason: "expected position \(size)")
        }
        switch entry.content {
        case .genesis:
            throw .corrupted(what: "entry", position: position, reason: "a second genesis")
        case .transaction(let verified, let effectsRoot, let effectCount):
            let receipt: Receipt
            do {
                receipt = try commit(verified)
            } catch {
                throw .corrupted(what: "transaction", position: position, reason: "refused on replay: \(error)")
            }
            guard receipt.effectsRoot == effectsRoot, receipt.effectCount == effectCount else {
                throw .corrupted(what: "entry", position: position, reason: "effects differ from the entry's root")
            }
        case .header(let header):
            guard let sealed = seal(time: header.sealingTime), sealed == header else {
                throw .corrupted(what: "header", position: position, reason: "state root or header fields differ")
            }
        }
    }
}

extension DisclosureSecret {
    /// Checks that this is the secret that a genesis commits to.
    func require(commitment: Digest) throws(LedgerFailure) {
        guard commitment == self.commitment else {
            throw .misconfigured(reason: "the disclosure secret is not the one that genesis commits to")
        }
    }
}
