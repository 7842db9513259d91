extension LedgerState {
    /// What a movement costs under a rulebook, for who signs it: each is paid by a transfer earlier in the same
    /// transaction, which shows it.
    public struct ChargeDue: Hashable, Sendable {
        /// Whether it is stamp duty; else it is a fee.
        public let isStampDuty: Bool
        /// The cash in which it is paid.
        public let cash: AssetID
        /// The account to which it is paid.
        public let treasury: AccountID
        /// Exactly so much.
        public let amount: Quantity
    }

    /// The rulebook of an asset and its version, or nil.
    public func rulebook(of asset: AssetID) -> (version: UInt64, rulebook: Rulebook)? {
        guard let index = assets.index(of: asset), let book = rules.book(AssetIndex(index)) else { return nil }
        return (book.version, book.book)
    }

    /// Persons that hold units of an asset with a rulebook; parties that were joined count once.
    public func holderCount(of asset: AssetID, classes: HolderClassSet = .all) -> UInt64? {
        guard let index = assets.index(of: asset), rules.hasLine(AssetIndex(index)) else { return nil }
        return holderCount(classes, AssetIndex(index), Transition())
    }

    /// Units of an asset with a rulebook that the person behind an account holds, in whatever accounts.
    public func units(ofPersonBehind account: AccountID, asset: AssetID) -> Quantity? {
        guard let index = assets.index(of: asset), rules.hasLine(AssetIndex(index)),
            let account = accounts.index(of: account)
        else { return nil }
        let draft = Transition()
        return heldUnits(person(of: AccountIndex(account), draft), AssetIndex(index), draft)
    }

    /// The party under which a party counts: itself, unless it was joined to another.
    public func head(of party: PartyID) -> PartyID {
        if case .join(let head)? = rule(.join(party)) { head } else { party }
    }

    /// What a transfer of units costs today, exactly; nothing between accounts of one person.
    public func charges(
        on asset: AssetID,
        from source: AccountID,
        to destination: AccountID,
        units: Quantity
    ) -> [ChargeDue] {
        guard let index = assets.index(of: asset), let book = rules.book(AssetIndex(index)),
            let source = accounts.index(of: source), let destination = accounts.index(of: destination)
        else { return [] }
        let draft = Transition()
        guard person(of: AccountIndex(source), draft) != person(of: AccountIndex(destination), draft) else {
            return []
        }
        return book.charges.map { code, charge in
            ChargeDue(
                isStampDuty: code == .stampDutyNotPaid,
                cash: charge.cash,
                treasury: charge.treasury,
                amount: charge.amount(for: units) ?? .max
            )
        }
    }
}

extension LedgerState {
    /// All records of chapter 14, in the order of their keys.
    public var ruleRecords: [(key: RuleKey, record: RuleRecord)] {
        ruleKeys.map { ($0, $0.nameBytes) }
            .sorted { left, right in
                left.0.kind == right.0.kind
                    ? left.1.lexicographicallyPrecedes(right.1) : left.0.kind.rawValue < right.0.kind.rawValue
            }
            .compactMap { key, _ in rule(key).map { (key, $0) } }
    }
}
