import Tokenize

/// What a proof showed, for machines.
struct ProofReport: Encodable, Sendable {
    let file: String
    let byteCount: Int
    let units: String
    let available: String
    let height: UInt64
    let businessDate: String
    let tamperedUnits: String
    let tamperedRefusal: String
}

/// An ownership proof is made, written, checked offline, and refused once it is changed.
extension Stage {
    func prove(_ asset: AssetID, of holder: Participant, saying sentence: String) async throws -> ProofReport {
        console.chapter("A proof of ownership leaves the ledger")
        console.say(sentence)
        let proof = try await ledger.proveHolding(asset: asset, account: holder.account)
        try SmallFile.write(proof.canonicalBytes, to: files.proofPath)
        let read = try ProofFile.read(files.proofPath)
        let policy = try CheckpointPolicy(origin: verifierKey.name, logKeys: [verifierKey])
        let verdict = try read.verify(under: policy)
        console.show(VerdictTable.table(verdict, of: holder.name))
        console.done("Checked offline: \(Amounts.grouped(proof.canonicalBytes.count)) bytes, in \(files.proofPath)")
        guard let (tampered, units) = read.claimingMore() else {
            throw DemoFailure("the proof holds no units to change")
        }
        do throws(OwnershipFailure) {
            _ = try tampered.verify(under: policy)
        } catch {
            console.done("A copy that claims \(Amounts.grouped(units)) units is refused: \(Sentence.text(of: error))")
            return ProofReport(
                file: files.proofPath,
                byteCount: proof.canonicalBytes.count,
                units: "\(verdict.units)",
                available: "\(verdict.available)",
                height: verdict.height,
                businessDate: "\(verdict.businessDate)",
                tamperedUnits: "\(units)",
                tamperedRefusal: Sentence.text(of: error)
            )
        }
        throw DemoFailure("a proof that was tampered with was believed")
    }
}

extension OwnershipProof {
    /// The same proof with more units in it, as a cheat would write it; nil if it proves absence.
    fileprivate func claimingMore() -> (OwnershipProof, Quantity)? {
        // `[salt, [units, …]]`: two bytes and the salt, one byte, then the number (Specs/06).
        guard var value = state.value else { return nil }
        let head = 2 + DisclosureSecret.saltByteCount + 1
        guard value.count > head + 1 else { return nil }
        let byteCount: Int
        switch value[head] {
        case 0x18: byteCount = 1
        case 0x19: byteCount = 2
        case 0x1A: byteCount = 4
        case 0x1B: byteCount = 8
        case 0x00...0x16:
            value[head] += 1
            byteCount = 0
        default: return nil
        }
        if byteCount > 0 { value[head + 1] = value[head + 1] == 0xFF ? 0xFE : 0xFF }
        let number = byteCount == 0 ? value[head...head] : value[(head + 1)...(head + byteCount)]
        let units = Quantity(number.reduce(UInt128(0)) { $0 << 8 | UInt128($1) })
        let tampered = OwnershipProof(
            state: StateProof(key: state.key, claim: .present(value: value), siblings: state.siblings),
            header: header,
            inclusion: inclusion,
            checkpoint: checkpoint
        )
        return (tampered, units)
    }
}
