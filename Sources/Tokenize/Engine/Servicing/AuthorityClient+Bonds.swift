extension AuthorityClient {
    /// Makes a calendar known to the ledger; by the operator.
    @discardableResult
    public func register(calendar: BusinessCalendar) async throws(SubmissionError) -> Receipt {
        try await submit([.service(.registerCalendar(calendar), under: reference)])
    }

    /// Pays a due of a bond to everybody who is owed it, from the acting member's cash; by a paying agent or issuer.
    ///
    /// - Parameters:
    ///   - due: one of ``LedgerState/dues(of:)`` that is payable.
    ///   - asset: the bond.
    ///   - claimsAccount: where the cash of those lies who cannot be paid; nil for the acting member's own account, in
    ///     which it is covered as in any other.
    ///   - cashPartition: the partition of the cash.
    @discardableResult
    public func payDue(
        _ due: BondDue.ID,
        of asset: AssetID,
        claimsAccount: AccountID? = nil,
        cashPartition: Partition = 0
    ) async throws(SubmissionError) -> Receipt {
        let payment = DuePayment(
            asset: asset,
            due: due,
            cashPartition: cashPartition,
            claimsAccount: claimsAccount ?? account
        )
        return try await submit([.service(.payDue(payment), under: reference)])
    }

    /// Pays a claim from the cash that was set aside for it.
    @discardableResult
    public func settleClaim(_ claim: LedgerState.ClaimView) async throws(SubmissionError) -> Receipt {
        let settlement = ClaimSettlement(
            asset: claim.asset,
            due: claim.due,
            account: claim.account,
            partition: claim.partition
        )
        return try await submit([.service(.settleClaim(settlement), under: reference)])
    }

    /// Sells new units to a buyer, who signs too, at a clean price or a yield; by the issuer.
    @discardableResult
    public func subscribe(
        _ units: Quantity,
        of asset: AssetID,
        to buyer: LedgerClient,
        at quote: BondQuote,
        partition: Partition = 0
    ) async throws(SubmissionError) -> Receipt {
        let subscription = Subscription(
            asset: asset,
            buyer: members.count,
            partition: partition,
            units: units,
            at: quote
        )
        let operation = Operation(.service(.subscribe(subscription), under: reference))
        return try await members[0].submit([operation], with: Array(members.dropFirst()) + [buyer])
    }

    /// Buys units back from a seller, who signs too, and cancels them; by the issuer.
    @discardableResult
    public func buyBack(
        _ units: Quantity,
        of asset: AssetID,
        from seller: LedgerClient,
        at quote: BondQuote,
        partition: Partition = 0
    ) async throws(SubmissionError) -> Receipt {
        let purchase = BuyBack(asset: asset, seller: members.count, partition: partition, units: units, at: quote)
        let operation = Operation(.service(.buyBack(purchase), under: reference))
        return try await members[0].submit([operation], with: Array(members.dropFirst()) + [seller])
    }

    /// Gives notice that a bond is called on an option day, as a whole or in part; by the issuer.
    @discardableResult
    public func call(
        _ asset: AssetID,
        on date: CalendarDate,
        part: BondDecimal = .one
    ) async throws(SubmissionError) -> Receipt {
        try await submit([
            .service(.giveCallNotice(CallNotice(asset: asset, date: date, part: part)), under: reference)
        ])
    }

    /// Declares the whole principal due, where the terms leave that to the holders' representative.
    @discardableResult
    public func accelerate(_ asset: AssetID) async throws(SubmissionError) -> Receipt {
        try await submit([.service(.accelerate(Acceleration(asset: asset)), under: reference)])
    }
}

extension LedgerClient {
    /// Names the account that gets this account's cash from now on; nil for itself.
    @discardableResult
    public nonisolated func instruct(cashAccount: AccountID?) async throws(SubmissionError) -> Receipt {
        let instruction = PaymentInstruction(cashAccount: cashAccount)
        return try await submit([Operation(.service(.instructPayment(instruction), under: nil))])
    }

    /// Reports a fixing or the value of an index for a bond.
    @discardableResult
    public nonisolated func observe(
        _ name: String,
        on date: CalendarDate,
        _ value: BondDecimal,
        for asset: AssetID
    ) async throws(SubmissionError) -> Receipt {
        let report = ObservationReport(asset: asset, name: name, date: date, value: value)
        return try await submit([Operation(.service(.observe(report), under: nil))])
    }

    /// Says that this observer reports nothing more for a bond through a day.
    @discardableResult
    public nonisolated func closeObservations(
        through date: CalendarDate,
        for asset: AssetID
    ) async throws(SubmissionError) -> Receipt {
        let closing = ObservationClosing(asset: asset, through: date)
        return try await submit([Operation(.service(.closeObservations(closing), under: nil))])
    }

    /// Puts units of a bond on an option day; they are blocked until they are paid.
    @discardableResult
    public nonisolated func put(
        _ units: Quantity,
        of asset: AssetID,
        on date: CalendarDate,
        partition: Partition = 0
    ) async throws(SubmissionError) -> Receipt {
        let notice = PutNotice(asset: asset, date: date, partition: partition, units: units)
        return try await submit([Operation(.service(.givePutNotice(notice), under: nil))])
    }

    /// Declares the whole principal of a bond due, together with other holders who sign too.
    @discardableResult
    public nonisolated func accelerate(
        _ asset: AssetID,
        with others: [LedgerClient] = []
    ) async throws(SubmissionError) -> Receipt {
        let act = Act.service(.accelerate(Acceleration(asset: asset)), under: nil)
        return try await submit([Operation(act)], with: others)
    }
}
