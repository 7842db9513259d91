/// Coupons of a bond that many hold, for measurement: deciding and applying, and a bare loop over the same container.
@_spi(Benchmarks)
public struct CouponLoop {
    private var state: LedgerState
    private var tree = StateTree()
    private var draft = Transition()
    private let bond = AssetIndex(1)
    private let cash = AssetIndex(0)
    private var nextDate: CalendarDate
    private let holderCount: Int

    private static let day = BusinessCalendar.calendarDay(year: 2026, month: 1, day: 5)
    private static let units: UInt128 = 1 << 100

    /// A ledger with so many holders of a bond, each with units and cash of its own.
    public init(genesis: Genesis, holderCount: Int) throws {
        self.holderCount = holderCount
        state = try LedgerState(genesis: genesis)
        nextDate = Self.day
        let context = OperationContext(
            transaction: TransactionID(digest: .zero),
            position: 0,
            actor: AccountIndex(0),
            principals: [AccountIndex(0)]
        )
        guard let currency = AssetIdentification(.currency, "LAK"), let name = AssetIdentification(.other, "bond")
        else {
            throw ArithmeticFailure.notDecimal
        }
        let creator = genesis.accounts[0].account
        let cashID = AssetCreation.id(ledger: genesis.ledger, creator: creator, nonce: 1)
        let terms = try Self.terms(cash: cashID, treasury: creator)
        let creations = [
            (currency, InstrumentTerms.cash(CashTerms(currency: "LAK", minorUnitDigits: 0))), (name, .bond(terms)),
        ]
        for (nonce, creation) in creations.enumerated() {
            var draft = Transition()
            try state.decide(
                AssetCreation(
                    nonce: UInt64(nonce + 1),
                    identification: creation.0,
                    terms: creation.1.canonicalBytes,
                    charter: Charter(authorities: []).canonicalBytes,
                    cap: .max
                ),
                AuthorityReference(.issuer),
                context,
                &draft
            )
            state.apply(draft)
        }
        fill(policy: genesis.accounts[0].policy)
        state.changes.removeAll()
    }

    private static func terms(cash: AssetID, treasury: AccountID) throws -> BondTerms {
        guard let rate = BondDecimal("0.0525"), let tax = BondDecimal("0.1") else { throw ArithmeticFailure.notDecimal }
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(faceUnit: 1_000, minimumSubscription: 1, increment: 1, lot: 1)
        sheet.issueDate = day
        sheet.maturityDate = day.adding(months: 60)
        sheet.interest = .fixed(rate)
        sheet.periods = Period(1, .month).map { month in
            BondPeriods(
                start: day,
                tenor: month,
                direction: .forward,
                endOfMonth: false,
                firstEnd: nil,
                lastStart: nil,
                stub: .short,
                accrual: .unadjusted,
                capitalisesThrough: nil
            )
        }
        sheet.dayCount = .actual365Fixed
        sheet.repayment = .bullet
        sheet.redemptionPrice = .hundred
        sheet.calendar = CalendarReference(.everyDay)
        sheet.businessDays = .following
        sheet.recordDate = .businessDays(2)
        sheet.exDate = BondExDate.none
        sheet.rounding = BondRounding(unit: .exact, total: .halfEven)
        sheet.tax = TaxRule(
            rates: HolderClass.allCases.map { TaxRule.Rate($0, tax) },
            income: .all,
            classDate: .recordDate,
            rounding: .halfUp,
            treasury: treasury
        )
        sheet.defaults = BondDefaultTerms(
            interestGrace: .businessDays(9),
            principalGrace: .businessDays(9),
            acceleration: .none,
            penaltyRate: .zero,
            penaltyDayCount: .actual365Fixed
        )
        sheet.pledgedIncome = .pledgor
        return try BondTerms(sheet)
    }

    /// Opens accounts, and gives each units and cash, in two orders that are not each other's.
    private mutating func fill(policy: KeyPolicy) {
        let record = AccountRecord(policy: policy, party: PartyIndex(0), holderClass: .citizen, encumbrances: [])
        for number in 0..<holderCount {
            var words = UInt64(number) &+ 1
            let id = withUnsafeBytes(of: &words) { Hashing.sha256($0) }
            state.appendAccount(AccountID(digest: id), record)
        }
        var sum: UInt128 = 0
        for number in 0..<holderCount {
            let units = UInt128(1 + number * 7_919 % 1_009)
            sum += units
            put(units, bond, AccountIndex(UInt32(number + 1)))
            put(1_000, cash, AccountIndex(UInt32(number + 1)))
        }
        put(Self.units, cash, AccountIndex(0))
        let code = Int(HolderClass.citizen.rawValue)
        state.assets.records[bond.offset].issued = Quantity(sum)
        state.assets.records[bond.offset].unitsByClass[code] = sum
        let issued = Self.units + UInt128(holderCount) * 1_000
        state.assets.records[cash.offset].issued = Quantity(issued)
        state.assets.records[cash.offset].unitsByClass[code] = issued
    }

    private mutating func put(_ units: UInt128, _ asset: AssetIndex, _ account: AccountIndex) {
        let slot = state.holdings[asset.offset].slotForWriting(account, 0)
        state.holdings[asset.offset].set(HoldingRecord(units: Quantity(units), encumbrances: []), at: slot)
    }

    /// Opens the business day on which the next coupon is paid.
    public mutating func openPaymentDay() throws {
        guard let date = nextDate.adding(months: 1) else { throw ArithmeticFailure.doesNotFit }
        nextDate = date
        var draft = Transition()
        try state.decideOpening(date, &draft)
        state.apply(draft)
    }

    /// Decides the payment of the coupon, checks conservation, and applies it.
    public mutating func pay() throws {
        let context = OperationContext(
            transaction: TransactionID(digest: .zero),
            position: 0,
            actor: AccountIndex(0),
            principals: [AccountIndex(0)]
        )
        draft = Transition()
        try state.decide(
            DuePayment(
                asset: state.assets.ids[bond.offset],
                due: BondDue.ID(.coupon, nextDate),
                claimsAccount: state.accounts.ids[0]
            ),
            context,
            &draft
        )
        try state.checkConservation(draft)
        state.apply(draft)
    }

    /// Encodes the effects of the payment and hashes them to their root. Returns the number of bytes.
    public mutating func hashEffects() -> Int {
        var encoding = RecordEncoding()
        _ = encoding.encode(draft, of: state)
        return encoding.effects.bytes.count
    }

    /// Hashes what the payment changed into the state tree.
    public mutating func hashState() {
        var updates = StateLeaves(secret: DisclosureSecret(.zero)).updates(for: state.changes, in: state)
        tree.apply(&updates)
        state.changes.removeAll()
    }

    /// The bare loop: adds to every entry of the table of cash its part of a total, rounded down.
    public mutating func addToEveryEntry() {
        let sum = UInt64(truncatingIfNeeded: state.assets.records[bond.offset].outstanding.units)
        let total = sum &* 4 &+ 1
        state.holdings[cash.offset].addParts(of: total, over: sum, by: state.holdings[bond.offset])
    }
}

extension HoldingTable {
    /// Adds to each slot, up to the slots of `weights`, `floor(total * weight / sum)`.
    fileprivate mutating func addParts(of total: UInt64, over sum: UInt64, by weights: HoldingTable) {
        let (whole, rest) = total.quotientAndRemainder(dividingBy: sum)
        weights.slots.withUnsafeBufferPointer { weights in
            withSlots { slots in
                for slot in weights.indices {
                    let units = UInt64(truncatingIfNeeded: weights[slot].record.units.units)
                    let part = sum.dividingFullWidth(units.multipliedFullWidth(by: rest)).quotient
                    let held = slots[slot].record.units.units
                    slots[slot].record.units = Quantity(held &+ UInt128(units &* whole &+ part))
                }
            }
        }
    }
}
