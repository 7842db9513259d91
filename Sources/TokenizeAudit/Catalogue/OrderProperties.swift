import Tokenize

/// What chapter 15 promises: orders, proposals, recoveries.
extension ControlProperties {
    /// What takes units against the holder's will, and under which authority.
    private struct Coercion {
        let asset: AssetID
        let source: AccountID
        let partition: Partition
        let rank: UInt16
        let executing: EncumbranceID?
        let order: OrderID

        init?(_ act: Act) {
            let (taking, authority): (Taking, AuthorityReference)
            switch act {
            case .forceTransfer(let forced, let under):
                (asset, source, partition) = (forced.asset, forced.source, forced.partition)
                (rank, executing, order) = (forced.rank, forced.executing, forced.order.id(of: under))
                return
            case .control(.seize(let one), let under?), .control(.forceRedeem(let one), let under?):
                (taking, authority) = (one, under)
            default: return nil
            }
            (asset, source, partition) = (taking.asset, taking.source, taking.partition)
            (rank, executing, order) = (taking.rank, taking.executing, taking.order.id(of: authority))
        }
    }

    private static func acts(of step: History.Step) throws -> [Act]? {
        guard let sent = step.transaction, sent.answer.receipt != nil, sent.earlier == nil else { return nil }
        return try SignedTransaction(bytes: sent.bytes).body.operations.map { $0.act.done(in: step.before) }
    }

    static let underOrder = Property(
        "PRP-060",
        "No unit leaves a holding below its encumbrances but under an order, which leaves what is senior to it covered.",
        coverage: [.init("by order", perMille: 5)]
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 40, focus: .authority) { step, _, trial in
            guard let acts = try acts(of: step), !acts.contains(where: { $0.name == "redeemAll" }) else { return }
            let date = step.after.businessDate
            let coercions = acts.compactMap { Coercion($0) }
            for asset in step.before.assetIDs {
                for old in step.before.holdings(of: asset) {
                    let new = step.after.holding(asset: asset, account: old.account, partition: old.partition)
                    guard new.units < old.units else { continue }
                    let names = Set(old.encumbrances.map { $0.id })
                    func covered(by rank: UInt16) -> Quantity {
                        HoldingProperties.cover(new.encumbrances, on: date) { names.contains($0.id) && $0.rank <= rank }
                    }
                    guard new.units < covered(by: .max) else { continue }
                    let orders = coercions.filter {
                        $0.asset == asset && $0.source == old.account && $0.partition == old.partition
                    }
                    try trial.require(!orders.isEmpty, "\(new.units) units are left without an order")
                    trial.label("by order")
                    for one in orders {
                        let senior = HoldingProperties.cover(new.encumbrances, on: date) { record in
                            guard names.contains(record.id), record.id != one.executing else { return false }
                            if case .account = record.owner { return record.rank < one.rank }
                            return record.rank <= one.rank
                        }
                        let isLast = orders.count == 1
                        try trial.require(!isLast || new.units >= senior, "\(new.units) left, \(senior) are senior")
                    }
                }
            }
        }
    }

    static let ordered = Property(
        "PRP-061",
        "No coercive act is done without an order: it is on record with its authority and a legal basis, and not quashed.",
        coverage: [.init("taken", perMille: 100)]
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 40, focus: .authority) { step, _, trial in
            guard let acts = try acts(of: step) else { return }
            let quashes = acts.contains { $0.name == "decideAppeal" }
            for coercion in acts.compactMap({ Coercion($0) }) {
                trial.label("taken")
                guard case .order(let record)? = step.after.control(.order(coercion.order)) else {
                    return try trial.require(false, "an order is not on record")
                }
                try trial.require(record.order.legalBasis != nil, "an order stands on nothing")
                let stands = record.appeal == .none || record.appeal == .upheld
                try trial.require(stands || quashes, "taken under an order that is \(record.appeal)")
            }
            var lists = step.after.accountIDs.compactMap { step.after.account($0)?.encumbrances }
            for asset in step.after.assetIDs {
                lists.append(step.after.asset(asset)?.encumbrances ?? [])
                lists += step.after.holdings(of: asset).map { $0.encumbrances }
            }
            for case .partyEncumbrances(let list) in step.after.controlRecords.map(\.record) { lists.append(list) }
            for record in lists.joined() {
                guard case .authority(let owner) = record.owner else { continue }
                let isOnRecord = step.after.control(.order(record.order.id(of: owner))) != nil
                try trial.require(record.order.legalBasis != nil && isOnRecord, "\(record.id) has no order")
            }
        }
    }

    static let agreed = Property(
        "PRP-062",
        "What is done by way of a proposal has a quorum of members who approve it, one of them not its proposer, and has waited.",
        coverage: [.init("done execute", perMille: 15), .init("refused timelockRunning", perMille: 5)]
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 60, focus: .authority) { step, _, trial in
            guard let sent = step.transaction, sent.answer.receipt != nil, sent.earlier == nil else { return }
            let operations = try SignedTransaction(bytes: sent.bytes).body.operations
            for case .control(.execute(let id), _) in operations.map({ $0.act }) {
                // One that was also proposed or approved in this very body is left to other histories.
                guard operations.count == 1, case .proposal(let record)? = step.before.control(.proposal(id)),
                    let authority = step.before.authority(record.authority)
                else { continue }
                let approving = Set(record.approvals).intersection(authority.members)
                try trial.require(approving.count >= authority.quorum, "\(approving.count) approve")
                guard let act = (try? Operation(canonicalBytes: record.act))?.act else { continue }
                var mandate = Mandate.usual
                if case .mandate(let laid)? = step.before.control(.mandate(record.authority)) { mandate = laid }
                let apart = mandate.separations.filter { $0.act == act.code }.flatMap {
                    step.before.authority($0.other)?.members ?? []
                }
                let others = approving.subtracting([record.proposer])
                let isOnlyOne = Set(authority.members).subtracting(apart).count == 1
                try trial.require(isOnlyOne || !others.isEmpty, "the proposer alone approves")
                guard let timelock = mandate.timelocks.first(where: { $0.act == act.code }) else { continue }
                let clock = step.before.clock
                let days = record.ready.map { clock.openedDayCount - $0.openedDayCount } ?? 0
                try trial.require(days >= UInt64(timelock.notice.openedDays), "waited \(days) days")
                let seconds = record.ready?.sealingTime.map { clock.sealingTime - $0 } ?? 0
                try trial.require(seconds >= UInt64(timelock.notice.seconds), "waited \(seconds) seconds")
            }
        }
    }

    static let recovering = Property(
        "PRP-063",
        "While an account is being recovered no unit leaves it but by order or by the redemption of the whole, and its keys stay.",
        coverage: [.init("in recovery", perMille: 100), .init("refused inRecovery", perMille: 20)]
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 40, focus: .recoveries) { step, _, trial in
            guard let acts = try acts(of: step) else { return }
            let moves = acts.contains { Coercion($0) != nil || $0.name == "redeemAll" }
            let ends = acts.contains {
                ["executeRecovery", "decideRecovery", "rotateToPrecommitted"].contains($0.name)
            }
            for case .recovery(let account) in step.before.controlRecords.map(\.key)
            where step.before.recovery(of: account) != nil {
                trial.label("in recovery")
                for asset in step.before.assetIDs where !moves && !ends {
                    for old in step.before.holdings(of: asset) where old.account == account {
                        let new = step.after.holding(asset: asset, account: account, partition: old.partition)
                        try trial.require(new.units >= old.units, "\(old.units) units before, \(new.units) after")
                    }
                }
                let isSame = step.before.account(account)?.policy == step.after.account(account)?.policy
                try trial.require(isSame || ends, "its keys were replaced")
            }
        }
    }
}
