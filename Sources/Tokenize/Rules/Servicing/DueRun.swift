/// A payment of one due while it goes through the holders: what is fixed for all of them, and the sums so far.
struct DueRun {
    let asset: AssetIndex
    let assetID: AssetID
    let due: BondDue
    let line: BondLine
    let cash: AssetIndex
    let cashPartition: Partition
    let payer: AccountIndex
    let claimsAccount: AccountIndex
    let today: CalendarDate

    /// By class code.
    private(set) var scales: ContiguousArray<TaxScale> = []
    /// Classes that may hold the cash, as a set of bits.
    private(set) var allowedClasses: UInt32 = .max
    /// Accounts that the transaction has touched already, or whose keys are being replaced, ascending.
    private(set) var touched: ContiguousArray<UInt32> = []
    /// By party: true if something weighs on a party of its person; empty if nothing weighs on any.
    private(set) var restrained: ContiguousArray<Bool> = []
    /// True if what weighs on a holding of the bond goes over to the cash that replaces it.
    private(set) var carries = false
    /// True if income goes to the pledgees of a holding.
    private(set) var paysPledgees = false
    /// True if the transaction has changed holdings of the bond.
    private(set) var isBondDrafted = false

    var tax: Quantity { Quantity(taxUnits) }
    var claimed: Quantity { Quantity(claimedUnits) }
    var taxUnits: UInt128 = 0
    var claimedUnits: UInt128 = 0
    /// What was paid, by class code.
    var paidByClass = [UInt128](repeating: 0, count: HolderClass.allCases.count + 1)

    /// Works out what holds for all holders.
    mutating func prepare(_ state: LedgerState, _ draft: Transition) throws(Rejection) {
        guard let amount = due.amount else { throw Rejection(.amountNotKnown) }
        do {
            // Place 0 is no class; it is never asked for.
            for holderClass in [HolderClass.state] + HolderClass.allCases {
                scales.append(try TaxScale(line.terms.tax, taxedPart: amount.taxedPart, holderClass))
            }
        } catch {
            throw Rejection.notCalculated(error, or: .quantityOverflow)
        }
        for case .allowedClasses(let classes) in state.asset(cash, draft).charter.rules {
            allowedClasses &= classes.rawValue
        }
        lookFurther(state, draft)
        carries = due.kind != .coupon
        paysPledgees = due.kind == .coupon && line.terms.pledgedIncome == .pledgee
        isBondDrafted = draft.holdings.contains { $0.address.asset == asset }
    }

    /// Says which accounts are not paid at once: what earlier operations of the transaction did counts, and what
    /// weighs on a person and not on one account.
    private mutating func lookFurther(_ state: LedgerState, _ draft: Transition) {
        for change in draft.holdings
        where change.address.asset == cash && change.address.partition == cashPartition {
            touched.append(change.address.account.value)
        }
        for change in draft.accounts { touched.append(change.index.value) }
        for change in draft.servicing.instructions { touched.append(change.account.value) }
        for account in state.control.recoveringAccounts { touched.append(account.value) }
        var parties = state.control.restrainedParties
        for change in draft.control {
            switch change.key {
            case .recovery(let id):
                if let account = state.accountIndex(id, draft) { touched.append(account.value) }
            case .partyEncumbrances(let id):
                if let party = state.partyIndex(id, draft) { parties.insert(party) }
            default: break
            }
        }
        touched.sort()
        guard !parties.isEmpty else { return }
        let persons = Set(parties.map { state.rules.person($0) })
        restrained.reserveCapacity(state.parties.count)
        for party in 0..<UInt32(state.parties.count) {
            restrained.append(persons.contains(state.rules.person(PartyIndex(party))))
        }
    }

    /// True if something weighs on the person behind an account of the state.
    @inline(__always)
    func isRestrained(_ account: UInt32, _ state: LedgerState) -> Bool {
        !restrained.isEmpty && restrained[Int(state.accountParties[Int(account)].value)]
    }
}

extension LedgerState {
    /// Pays one holder of whom something is special: pledgees, what goes over to the cash, or a claim.
    func payOne(
        _ run: inout DueRun,
        _ holder: RecordHolder,
        gross: UInt128,
        _ draft: inout Transition
    ) throws(Rejection) {
        let holderClass = Int(self.holderClass(holder.index, draft).rawValue)
        let tax = run.scales[holderClass].tax(on: gross)
        run.taxUnits += tax
        let net = gross - tax
        guard run.paysPledgees else {
            let carried = run.carries ? carriedOver(holder, run, to: net, draft) : []
            try give(&run, holder, to: holder.index, gross: gross, tax: tax, carried: carried, &draft)
            return
        }
        var (left, leftTax) = (gross, tax)
        for (pledgee, part) in pledgedParts(of: holder, run, draft) {
            // The whole part of what the pledged units bear; the rest is the pledgor's.
            let share = DueRun.part(part, of: net, over: holder.units)
            let taxShare = DueRun.part(part, of: tax, over: holder.units)
            try give(&run, holder, to: pledgee, gross: share + taxShare, tax: taxShare, carried: [], &draft)
            (left, leftTax) = (left - share - taxShare, leftTax - taxShare)
        }
        try give(&run, holder, to: holder.index, gross: left, tax: leftTax, carried: [], &draft)
    }

    /// Pledges that stood on a holding on the record day, senior first, as far as there are units.
    private func pledgedParts(
        of holder: RecordHolder,
        _ run: DueRun,
        _ draft: Transition
    ) -> [(AccountIndex, UInt128)] {
        let table = holdings[run.asset.offset]
        let record =
            recordPoint(run.asset, run.due.recordDate)?.kept(Int(holder.slot))
            ?? table.slots[Int(holder.slot)].record
        var left = holder.units
        var parts: [(AccountIndex, UInt128)] = []
        for pledge in record.encumbrances where pledge.kind == .pledge && pledge.stands(on: run.due.recordDate) {
            guard case .account(let owner) = pledge.owner, let pledgee = accountIndex(owner, draft), left > 0 else {
                continue
            }
            let part = min(left, pledge.amount.units)
            left -= part
            parts.append((pledgee, part))
        }
        return parts
    }

    /// What weighs on a holding goes over to the cash that replaces its units, in proportion, rounded up. Of a put it is
    /// what the units that stay have no room for: the holder put units that were free.
    private func carriedOver(
        _ holder: RecordHolder,
        _ run: DueRun,
        to net: UInt128,
        _ draft: Transition
    ) -> [EncumbranceRecord] {
        let address = HoldingAddress(asset: run.asset, account: holder.index, partition: Partition(holder.partition))
        let (record, today) = (holding(address, draft), businessDate(draft))
        let staying = run.due.kind == .put ? record.units.units - min(holder.units, record.units.units) : 0
        return record.encumbrances.compactMap { encumbrance in
            guard encumbrance.stands(on: today), !encumbrance.isPutBlock else { return nil }
            let covered = min(encumbrance.amount.units, staying + holder.units)
            guard covered > staying else { return nil }
            var carried = encumbrance
            let (quotient, remainder) = holder.units.dividingFullWidth((covered - staying).multipliedFullWidth(by: net))
            carried.amount = Quantity(quotient + (remainder > 0 ? 1 : 0))
            // Where tax takes the whole gross amount there is nothing that it could weigh on.
            return carried.amount > .zero ? carried : nil
        }
    }

    /// Gives cash to a recipient, or makes it a claim where the recipient cannot be paid.
    private func give(
        _ run: inout DueRun,
        _ holder: RecordHolder,
        to recipient: AccountIndex,
        gross: UInt128,
        tax: UInt128,
        carried: [EncumbranceRecord],
        _ draft: inout Transition
    ) throws(Rejection) {
        guard gross > 0 else { return }
        let (assetID, due, partition) = (run.assetID, run.due.id, Partition(holder.partition))
        let (holderID, net) = (accountID(holder.index, draft), Quantity(gross - tax))
        guard let account = payableAccount(of: recipient, in: run.cash, draft) else {
            let key = ClaimKey(asset: run.asset, due: due, account: recipient, partition: partition)
            addClaim(net, carried, under: key, run, &draft)
            run.claimedUnits += net.units
            draft.effects.append(
                .service(
                    .claimMade(
                        assetID,
                        due: due,
                        holder: holderID,
                        partition: partition,
                        to: accountID(recipient, draft),
                        gross: Quantity(gross),
                        tax: Quantity(tax)
                    )
                )
            )
            return
        }
        try put(net, carried, to: account, run.cash, run.cashPartition, &draft)
        run.paidByClass[Int(holderClass(account, draft).rawValue)] += net.units
        draft.effects.append(
            .service(
                .duePaid(
                    assetID,
                    due: due,
                    holder: holderID,
                    partition: partition,
                    to: accountID(account, draft),
                    gross: Quantity(gross),
                    tax: Quantity(tax)
                )
            )
        )
    }
}

extension DueRun {
    /// `floor(part * amount / whole)`; the part is at most the whole.
    static func part(_ part: UInt128, of amount: UInt128, over whole: UInt128) -> UInt128 {
        whole.dividingFullWidth(part.multipliedFullWidth(by: amount)).quotient
    }
}
