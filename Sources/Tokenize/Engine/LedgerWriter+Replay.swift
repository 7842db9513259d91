extension LedgerWriter {
    /// Appends a stored entry by deciding it again, and checks that everything comes out as stored.
    ///
    /// `verify` turns a decoded transaction into a verified one; replay from the ledger's own log trusts it, an
    /// audit checks every signature.
    mutating func replay(
        _ record: GroupRecords.Record,
        verify: (SignedTransaction, LedgerState) throws(Rejection) -> VerifiedTransaction
    ) throws(LedgerFailure) {
        let position = record.position
        guard position == size else {
            throw .corrupted(what: "log", position: position, reason: "expected position \(size)")
        }
        let entry: LogEntry
        do {
            entry = try LogEntry(canonicalBytes: record.entry)
        } catch {
            throw .corrupted(what: "entry", position: position, reason: "\(error)")
        }
        switch entry {
        case .genesis:
            throw .corrupted(what: "entry", position: position, reason: "a second genesis")
        case .transaction(let bytes, let effectsRoot, let effectCount):
            let receipt = try replayTransaction(bytes, position, verify)
            guard receipt.effectsRoot == effectsRoot, receipt.effectCount == effectCount else {
                throw .corrupted(what: "entry", position: position, reason: "effects differ from the entry's root")
            }
        case .header(let header):
            guard let sealed = seal(time: header.sealingTime), sealed == header else {
                throw .corrupted(what: "header", position: position, reason: "state root or header fields differ")
            }
        }
        dropGroup()
    }

    private mutating func replayTransaction(
        _ bytes: [UInt8],
        _ position: UInt64,
        _ verify: (SignedTransaction, LedgerState) throws(Rejection) -> VerifiedTransaction
    ) throws(LedgerFailure) -> Receipt {
        let signed: SignedTransaction
        do {
            signed = try SignedTransaction(bytes: bytes)
        } catch {
            throw .corrupted(what: "transaction", position: position, reason: "\(error)")
        }
        do {
            return try commit(try verify(signed, state))
        } catch {
            throw .corrupted(what: "transaction", position: position, reason: "refused on replay: \(error)")
        }
    }
}
