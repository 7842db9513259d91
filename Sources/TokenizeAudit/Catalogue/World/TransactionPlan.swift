import Tokenize

/// A transaction before it has a sequence and signatures: what is done, who signs, and what is wrong with it.
struct TransactionPlan: Sendable {
    /// Places in the cast, in the order of the body's principals.
    var principals: [Int]
    /// What is done; principals by their place in ``principals``.
    var operations: [Operation]
    var lane: UInt16 = 0
    /// Sequences that are left out before the one that is used.
    var ahead: UInt64 = 0
    /// Days from the business date to the last valid date.
    var validDays = 7
    /// Heights from the present one to the last valid one.
    var validHeights: Int64?
    var memo = ""
    var fault: Fault?

    /// What is wrong with a transaction beside its acts.
    enum Fault: CaseIterable, Sendable {
        case cutShort, unknownKey, corruptedSignature, foreignSignature, missingSignature
        case otherLedger, unknownPrincipal, usedSequence, sequenceBeyondWindow
        case corruptedAndUnknown, missingFirstSignature
    }

    init(principals: [Int], operations: [Operation]) {
        self.principals = principals
        self.operations = operations
    }

    /// The body as it is for a state.
    func body(for state: LedgerState, _ cast: Cast) -> TransactionBody {
        var named = principals.map { member in
            let account = cast.members[member].account
            let next = state.nextSequence(of: account, lane: lane) ?? 0
            return Principal(account: account, lane: lane, sequence: sequence(after: next))
        }
        if fault == .unknownPrincipal {
            named[0] = Principal(account: AccountID(digest: Cast.digest(77)), sequence: 0)
        }
        let height = validHeights.map { UInt64(clamping: Int64(clamping: state.clock.height) + $0) }
        return TransactionBody(
            ledger: fault == .otherLedger ? LedgerID(digest: Cast.digest(78)) : state.ledger,
            principals: named,
            lastValidDate: state.businessDate.adding(days: validDays) ?? state.businessDate,
            lastValidHeight: height,
            operations: operations,
            memo: memo
        )
    }

    private func sequence(after next: UInt64) -> UInt64 {
        switch fault {
        case .usedSequence: next > 0 ? next - 1 : next
        case .sequenceBeyondWindow: next + UInt64(TransactionLimits.laneWindowWidth)
        default: next + ahead
        }
    }

    /// The signed transaction's bytes for a state.
    func bytes(for state: LedgerState, _ cast: Cast) throws -> [UInt8] {
        let body = body(for: state, cast)
        var signers = Set(principals).sorted().flatMap { cast.members[$0].signers }
        switch fault {
        case .unknownKey, .corruptedAndUnknown: signers.append(cast.outsider)
        case .missingSignature: signers.removeLast()
        case .missingFirstSignature: signers.removeFirst()
        case .foreignSignature:
            let strangers = cast.members.indices.filter { !principals.contains($0) }
            signers += strangers.first.map { cast.members[$0].signers } ?? []
        default: break
        }
        var signed = try Cast.sign(body, signers)
        let isCorrupted = fault == .corruptedSignature || fault == .corruptedAndUnknown
        let known = signed.signatures.last { $0.key != cast.outsider.publicKey.encoded }
        if isCorrupted, let last = known {
            var bytes = last.signature.bytes
            bytes[40] ^= 1
            let signature = try Signature(algorithm: last.signature.algorithm, bytes: bytes)
            let forged = TransactionSignature(key: last.key, signature: signature)
            let others = signed.signatures.filter { $0.key != last.key }
            signed = SignedTransaction(body: body, signatures: others + [forged])
        }
        return fault == .cutShort ? signed.bytes.dropLast() : signed.bytes
    }

    /// For a reader: who signs what.
    func text(_ world: AuditWorld) -> String {
        let who = principals.map { world.cast.members[$0].name }.joined(separator: ", ")
        let acts = operations.map { operation in
            let actor =
                principals.indices.contains(operation.principal)
                ? world.cast.members[principals[operation.principal]].name : "principal \(operation.principal)"
            return "\(actor): \(operation.act)"
        }
        var text = "[\(who)] \(acts.joined(separator: "; "))"
        if lane > 0 || ahead > 0 { text += ", lane \(lane), \(ahead) ahead" }
        if validDays != 7 { text += ", valid for \(validDays) days" }
        if let validHeights { text += ", valid for \(validHeights) heights" }
        if let fault { text += ", \(fault)" }
        return world.named(text)
    }
}
