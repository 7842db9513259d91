import Tokenize

/// What one authority has put on, no other takes off.
enum ControlProperties {
    static let all = [
        AuditCatalogue.Entry(ownership, usualCaseCount: 40), AuditCatalogue.Entry(underOrder, usualCaseCount: 300),
        AuditCatalogue.Entry(ordered, usualCaseCount: 40), AuditCatalogue.Entry(agreed, usualCaseCount: 300),
        AuditCatalogue.Entry(recovering, usualCaseCount: 40),
    ]

    static let ownership = Property(
        "PRP-018",
        "While its owner does not act, an encumbrance that stands is not lifted, lowered or moved, but a lien with its units.",
        coverage: [.init("of somebody else", perMille: 150), .init("done release", perMille: 30)]
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 40) { step, _, trial in
            guard let sent = step.transaction, sent.answer.receipt != nil, sent.earlier == nil else { return }
            let body = try SignedTransaction(bytes: sent.bytes).body
            let acts = body.operations.map { $0.act.done(in: step.before) }
            let names = Set(acts.map { $0.name })
            // The redemption of a whole asset moves what lies on units to the cash that replaces them.
            guard !names.contains("redeemAll") else { return }
            let acting = Set(
                acts.compactMap { $0.authority }.map { EncumbranceOwner.authority($0) }
                    + body.principals.map { EncumbranceOwner.account($0.account) }
            )
            let (before, after) = (claims(step.before, step.after), claims(step.after, step.after))
            for (name, amount) in before where !acting.contains(name.owner) {
                trial.label("of somebody else")
                let left = after[name] ?? .zero
                // An order may leave less of what is junior to it, but never of an authority's freeze.
                let isMoved = names.contains("forceTransfer") || names.contains("seize")
                let mayBeLess = isMoved && (name.kind != .freeze || name.isAccounts)
                try trial.require(left == amount || mayBeLess, "\(name): \(amount) before, \(left) after")
            }
        }
    }

    /// What a claim is known by: a lien by its order over all holdings of the asset, anything else by its own name.
    private struct Name: Hashable {
        let place: EncumbranceTarget
        let owner: EncumbranceOwner
        let kind: EncumbranceKind
        let rank: UInt16
        let lastDate: CalendarDate
        let order: OrderReference
        let id: EncumbranceID?

        /// True if an account owns it, the one in whose favour a holder reserved.
        var isAccounts: Bool { if case .account = owner { true } else { false } }

        init(_ place: EncumbranceTarget, _ record: EncumbranceRecord) {
            var place = place
            let follows = record.kind.followsUnits
            if follows, case .holding(let asset, _, _) = place { place = .asset(asset) }
            self.place = place
            owner = record.owner
            kind = record.kind
            rank = record.rank
            lastDate = record.lastDate
            order = record.order
            id = follows ? nil : record.id
        }
    }

    /// Everything that stands on the date of `later`, with its amount; a wide freeze counts one.
    private static func claims(_ state: LedgerState, _ later: LedgerState) -> [Name: Quantity] {
        var claims: [Name: Quantity] = [:]
        func add(_ place: EncumbranceTarget, _ records: [EncumbranceRecord], isWide: Bool) {
            for record in records where record.lastDate >= later.businessDate {
                let name = Name(place, record)
                claims[name] = (claims[name] ?? .zero).adding(isWide ? 1 : record.amount) ?? .max
            }
        }
        for account in state.accountIDs {
            add(.account(account), state.account(account)?.encumbrances ?? [], isWide: true)
        }
        for case (.partyEncumbrances(let party), .partyEncumbrances(let list)) in state.controlRecords {
            add(.party(party), list, isWide: true)
        }
        for asset in state.assetIDs {
            add(.asset(asset), state.asset(asset)?.encumbrances ?? [], isWide: true)
            for view in state.holdings(of: asset) {
                let place = EncumbranceTarget.holding(asset: asset, account: view.account, partition: view.partition)
                add(place, view.encumbrances, isWide: false)
            }
        }
        return claims
    }
}
