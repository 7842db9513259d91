import Tokenize

/// 14.3.1, 15.3.1 and 15.3.2: who may lay down the next version of a rulebook, and how long that waits, worked out for one
/// issuer and one asset. Accounts are named by their places in the cast.
struct ChangeBook {
    /// What a rulebook says of its next version.
    struct Version {
        var number: UInt64
        var quorum: Int
        var notice: Notice
    }

    /// A version that was proposed.
    struct Proposed {
        let version: Version
        let proposer: Int
        var approvers: Set<Int>
        /// Days that were opened, and the time of the last block, when it came to be agreed.
        var agreed: (openedDays: Int, time: UInt64)?
    }

    var members: Set<Int>
    var quorum: Int
    /// What the mandate says of setRulebook: a quorum of its own, a notice, and members who do not count.
    var ownQuorum: Int?
    var lock: Notice?
    var apart: Set<Int> = []
    var present: Version?
    var openedDays = 0
    var time: UInt64

    /// Members who count.
    private var counting: Set<Int> { members.subtracting(apart) }

    private var needed: Int { max(ownQuorum ?? quorum, present?.quorum ?? 1) }

    /// How long it waits; nil if it need not be proposed.
    private var wait: Notice? {
        let own = present.map(\.notice).flatMap { $0.openedDays > 0 || $0.seconds > 0 ? $0 : nil }
        guard let lock else { return own }
        guard let own else { return lock }
        return Notice(openedDays: max(own.openedDays, lock.openedDays), seconds: max(own.seconds, lock.seconds))
    }

    /// AUT-004 and ROL-001.
    private func refusal(of actor: Int) -> RejectionCode? {
        if !members.contains(actor) { return .notAMember }
        return apart.contains(actor) ? .dutySeparated : nil
    }

    // MARK: At once

    /// The first of these lays a version down, and the others sign with it.
    ///
    /// - Parameter isFirst: true in the transaction that makes the asset, of which no unit is issued yet.
    mutating func layDown(_ version: Version, by signers: [Int], isFirst: Bool = false) -> RejectionCode? {
        if let refusal = refusal(of: signers[0]) { return refusal }
        if wait != nil, !isFirst { return .timelocked }
        if counting.intersection(signers).count < needed { return .quorumNotReached }
        return enter(version)
    }

    private mutating func enter(_ version: Version) -> RejectionCode? {
        if version.number != (present?.number ?? 0) + 1 { return .rulebookVersionWrong }
        if version.quorum > members.count { return .rulebookContradicts }
        present = version
        return nil
    }

    // MARK: By a proposal

    private func isAgreed(_ proposed: Proposed) -> Bool {
        proposed.approvers.intersection(counting).count >= needed && !isAlone(proposed)
    }

    /// PRO-007: nobody but the proposer approves, though somebody could.
    private func isAlone(_ proposed: Proposed) -> Bool {
        counting.count > 1 && proposed.approvers.intersection(counting).subtracting([proposed.proposer]).isEmpty
    }

    func propose(_ version: Version, by actor: Int) -> (refusal: RejectionCode?, proposed: Proposed) {
        var proposed = Proposed(version: version, proposer: actor, approvers: [actor])
        if isAgreed(proposed) { proposed.agreed = (openedDays, time) }
        return (refusal(of: actor), proposed)
    }

    func approve(_ proposed: inout Proposed, by actor: Int) -> RejectionCode? {
        if let refusal = refusal(of: actor) { return refusal }
        if proposed.approvers.contains(actor) { return .alreadyApproved }
        // What is agreed no more does not lend its time to what is agreed from now on.
        if !isAgreed(proposed) { proposed.agreed = nil }
        proposed.approvers = proposed.approvers.intersection(members).union([actor])
        if proposed.agreed == nil, isAgreed(proposed) { proposed.agreed = (openedDays, time) }
        return nil
    }

    mutating func execute(_ proposed: Proposed, by actor: Int) -> RejectionCode? {
        if let refusal = refusal(of: actor) ?? refusal(of: proposed.proposer) { return refusal }
        if proposed.approvers.intersection(counting).count < needed { return .quorumNotReached }
        if isAlone(proposed) { return .proposerAlone }
        if let wait {
            guard let agreed = proposed.agreed, openedDays - agreed.openedDays >= Int(wait.openedDays),
                time - agreed.time >= UInt64(wait.seconds)
            else { return .timelockRunning }
        }
        return enter(proposed.version)
    }

    // MARK: Who is left

    /// ROL-003 and ROL-002, when a member leaves.
    mutating func renounce(_ actor: Int) -> RejectionCode? {
        if !members.contains(actor) { return .notAMember }
        let left = members.subtracting([actor])
        if left.count < max(quorum, ownQuorum ?? 1) { return .lastHolder }
        if endsChange(left) { return .lastHolder }
        if !fits(left, quorum) { return .mandateDoesNotFit }
        members = left
        return nil
    }

    /// ROL-002 and ROL-003, when the governor appoints others.
    mutating func appoint(_ others: Set<Int>, quorum another: Int) -> RejectionCode? {
        if !fits(others, another) { return .mandateDoesNotFit }
        if endsChange(others) { return .lastHolder }
        (members, quorum) = (others, another)
        return nil
    }

    /// Whether those who are left could not lay down the next version, and those who were there can.
    private func endsChange(_ left: Set<Int>) -> Bool {
        guard let present else { return false }
        return counting.count >= present.quorum && left.subtracting(apart).count < present.quorum
    }

    /// The mandate speaks of setRulebook alone: of its quorum, from whom it is kept apart, or how long it waits.
    private func fits(_ left: Set<Int>, _ usual: Int) -> Bool {
        (ownQuorum == nil && apart.isEmpty && lock == nil) || left.subtracting(apart).count >= ownQuorum ?? usual
    }
}
