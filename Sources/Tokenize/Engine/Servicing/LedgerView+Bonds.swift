extension LedgerState {
    /// Something that falls due on a bond, as the ledger stands.
    public struct DueView: Hashable, Sendable {
        /// What falls due, when, and how much on one unit.
        public let due: BondDue
        /// How far it is.
        public let standing: Standing
        /// How it was paid, if it was.
        public let payment: PaidDue?

        /// How far a due is.
        public enum Standing: Hashable, Sendable {
            /// Its record date has not passed.
            case ahead
            /// Its holders of record are fixed, and its payment day is still to come.
            case recorded
            /// It can be paid.
            case payable
            /// Its days of grace are over, and it is not paid.
            case inDefault
            /// It is paid, or was added to the principal.
            case done
        }
    }

    /// A claim of an account that could not be paid.
    public struct ClaimView: Hashable, Sendable {
        /// The bond.
        public let asset: AssetID
        /// What was paid when it arose.
        public let due: BondDue.ID
        /// Who has it.
        public let account: AccountID
        /// The partition of the units for which it arose.
        public let partition: Partition
        /// What is owed, in minor units of the cash asset.
        public let amount: Quantity
        /// The account in which the cash lies.
        public let claimsAccount: AccountID
    }

    /// What went to the treasury under one due.
    public struct RemittanceView: Hashable, Sendable {
        /// The due.
        public let due: BondDue.ID
        /// What was declared.
        public let declared: Quantity
        /// What was withheld and remitted.
        public let tax: Quantity
        /// The business date.
        public let date: CalendarDate
    }

    /// All that falls due on a bond, in order, with record, ex and payment days; none for another asset. Of a bond
    /// without end, as far as the ledger has worked it out.
    public func dues(of asset: AssetID) -> [DueView] {
        guard let line = bondLine(asset) else { return [] }
        return line.dues.map { due in
            DueView(due: due, standing: line.standing(of: due, on: clock.businessDate), payment: line.paid[due.id])
        }
    }

    /// The schedule of a bond with what was observed, called and put so far, or nil.
    public func schedule(of asset: AssetID) -> BondSchedule? { bondLine(asset)?.schedule }

    /// The day on which the whole principal of a bond became due, if it did.
    public func acceleration(of asset: AssetID) -> CalendarDate? { bondLine(asset)?.acceleration }

    /// The record dates of a bond whose points are open, ascending.
    public func recordDates(of asset: AssetID) -> [CalendarDate] { bondLine(asset)?.points ?? [] }

    /// What an account held at the end of an open record date; nil if no point is open.
    public func units(
        of asset: AssetID,
        heldBy account: AccountID,
        partition: Partition = 0,
        onRecord date: CalendarDate
    ) -> Quantity? {
        guard let assetIndex = assets.index(of: asset), recordPoint(AssetIndex(assetIndex), date) != nil else {
            return nil
        }
        guard let accountIndex = accounts.index(of: account) else { return .zero }
        let (bond, holder) = (AssetIndex(assetIndex), AccountIndex(accountIndex))
        if let kept = keptValue(bond, date, holder, partition) { return kept.record.units }
        return holding(HoldingAddress(asset: bond, account: holder, partition: partition)).units
    }

    /// Taxes that were withheld on a bond and remitted to its treasury, by due.
    public func remittances(of asset: AssetID) -> [RemittanceView] {
        guard let line = bondLine(asset) else { return [] }
        return line.paid.sorted { $0.key < $1.key }.filter { $0.value.tax > .zero }.map { id, paid in
            RemittanceView(due: id, declared: paid.declared, tax: paid.tax, date: paid.date)
        }
    }

    /// Claims that are open, of one account or of all.
    public func claims(of account: AccountID? = nil) -> [ClaimView] {
        let wanted = account.map { accounts.index(of: $0).map { AccountIndex($0) } }
        return servicing.claims.sorted { $0.key < $1.key }.compactMap { key, claim in
            if let wanted, wanted != key.account { return nil }
            return ClaimView(
                asset: assets.ids[key.asset.offset],
                due: key.due,
                account: accounts.ids[key.account.offset],
                partition: key.partition,
                amount: claim.amount,
                claimsAccount: accounts.ids[claim.holder.offset]
            )
        }
    }

    /// The account that gets the cash of an account: itself, or the one that its instruction names. Nil if unknown.
    public func cashAccount(of account: AccountID) -> AccountID? {
        guard let index = accounts.index(of: account).map({ AccountIndex($0) }) else { return nil }
        return accounts.ids[(servicing.instructions[index] ?? index).offset]
    }

    /// True if the ledger knows a calendar: terms may name it.
    public func knows(calendar digest: Digest) -> Bool { servicing.calendar(digest) != nil }

    private func bondLine(_ asset: AssetID) -> BondLine? {
        assets.index(of: asset).flatMap { servicing.lines[AssetIndex($0)] }
    }
}

extension BondLine {
    fileprivate func standing(of due: BondDue, on date: CalendarDate) -> LedgerState.DueView.Standing {
        if paid[due.id] != nil { return .done }
        if due.kind == .capitalisation { return due.id.date <= date ? .done : .ahead }
        if defaults[due.id] != nil { return .inDefault }
        guard date > due.recordDate else { return .ahead }
        return due.isPayable(on: date) ? .payable : .recorded
    }
}
