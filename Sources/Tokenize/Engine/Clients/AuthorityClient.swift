/// Acts under an authority: its members' clients sign together.
///
/// ```swift
/// let ministry = AuthorityClient(AuthorityReference(.issuer), members: [client])
/// let receipt = try await ministry.issue(1_000, of: bond, to: dealer)
/// ```
public struct AuthorityClient: Sendable {
    /// The authority under which it acts.
    public let reference: AuthorityReference
    /// Members that sign, as many as the quorum asks for; the first one acts.
    public let members: [LedgerClient]

    /// - Precondition: there is at least one member.
    public init(_ reference: AuthorityReference, members: [LedgerClient]) {
        precondition(!members.isEmpty, "an authority acts through its members")
        self.reference = reference
        self.members = members
    }

    /// The account that acts: the first member's.
    public var account: AccountID { members[0].account }

    /// This authority's members under another reference, a charter's for example.
    public func acting(as reference: AuthorityReference) -> AuthorityClient {
        AuthorityClient(reference, members: members)
    }

    /// Submits acts of this authority as one transaction.
    @discardableResult
    public func submit(_ acts: [Act], memo: String = "") async throws(SubmissionError) -> Receipt {
        try await members[0].submit(acts.map { Operation($0) }, with: Array(members.dropFirst()), memo: memo)
    }

    // MARK: Parties, accounts, ledger

    /// Registers parties.
    @discardableResult
    public func register(_ parties: [PartyRegistration]) async throws(SubmissionError) -> Receipt {
        try await submit(parties.map { .registerParty($0, under: reference) })
    }

    /// Opens accounts.
    @discardableResult
    public func open(_ openings: [AccountOpening]) async throws(SubmissionError) -> Receipt {
        try await submit(openings.map { .openAccount($0, under: reference) })
    }

    /// Appoints an authority, or changes its members and quorum.
    @discardableResult
    public func appoint(_ appointment: AuthorityAppointment) async throws(SubmissionError) -> Receipt {
        try await submit([.appointAuthority(appointment, under: reference)])
    }

    /// Opens a business day.
    @discardableResult
    public func openBusinessDay(_ date: CalendarDate) async throws(SubmissionError) -> Receipt {
        try await submit([.openBusinessDay(date, under: reference)])
    }

    // MARK: Assets

    /// Creates an asset and returns its name.
    ///
    /// A `rulebook` is the first version of its rulebook, in force from the next transaction on; without one it has none.
    public func createAsset(
        nonce: UInt64,
        identification: AssetIdentification,
        terms: InstrumentTerms,
        charter: Charter,
        cap: Quantity,
        rulebook: Rulebook? = nil
    ) async throws(SubmissionError) -> AssetID {
        let creation = AssetCreation(
            nonce: nonce,
            identification: identification,
            terms: terms.canonicalBytes,
            charter: charter.canonicalBytes,
            cap: cap
        )
        let asset = AssetCreation.id(ledger: members[0].ledger.id, creator: account, nonce: nonce)
        var acts = [Act.createAsset(creation, under: reference)]
        if let rulebook {
            let setting = RulebookSetting(asset: asset, version: 1, rulebook: rulebook.canonicalBytes)
            acts.append(.rulebook(.setRulebook(setting), under: reference))
        }
        try await submit(acts)
        return asset
    }

    /// Issues units to an account.
    @discardableResult
    public func issue(
        _ units: Quantity,
        of asset: AssetID,
        to recipient: AccountID,
        partition: Partition = 0
    ) async throws(SubmissionError) -> Receipt {
        let issuance = Issuance(asset: asset, recipient: recipient, partition: partition, units: units)
        return try await submit([.issue(issuance, under: reference)])
    }

    /// Cancels units that the acting member holds.
    @discardableResult
    public func cancel(
        _ units: Quantity,
        of asset: AssetID,
        partition: Partition = 0
    ) async throws(SubmissionError) -> Receipt {
        try await submit([
            .cancelUnits(Cancellation(asset: asset, partition: partition, units: units), under: reference)
        ])
    }

    /// Redeems a holder's units, who signs too, and pays for them in the same transaction if `payment` is given.
    @discardableResult
    public func redeem(
        _ units: Quantity,
        of asset: AssetID,
        from holder: LedgerClient,
        partition: Partition = 0,
        paying payment: Settlement.Side? = nil
    ) async throws(SubmissionError) -> Receipt {
        let others = Array(members.dropFirst())
        let redemption = Redemption(asset: asset, holder: members.count, partition: partition, units: units)
        var operations = [Operation(.redeem(redemption, under: reference))]
        if let payment {
            let transfer = Transfer(
                asset: payment.asset,
                recipient: holder.account,
                partition: payment.partition,
                units: payment.units
            )
            operations.append(Operation(.transfer(transfer)))
        }
        return try await members[0].submit(operations, with: others + [holder])
    }

    /// Pays a declared sum to all holders of an asset in proportion.
    @discardableResult
    public func distribute(_ distribution: Distribution) async throws(SubmissionError) -> Receipt {
        try await submit([.distribute(distribution, under: reference)])
    }

    /// Redeems every unit of an asset against cash and closes it.
    @discardableResult
    public func redeemAll(_ redemption: FinalRedemption) async throws(SubmissionError) -> Receipt {
        try await submit([.redeemAll(redemption, under: reference)])
    }

    // MARK: Lawful control

    /// Puts an encumbrance on a holding, an account or an asset.
    @discardableResult
    public func encumber(_ encumbering: Encumbering) async throws(SubmissionError) -> Receipt {
        try await submit([.encumber(encumbering, under: reference)])
    }

    /// Lifts an encumbrance of this authority.
    @discardableResult
    public func release(
        _ encumbrance: EncumbranceID,
        on target: EncumbranceTarget,
        amount: Quantity? = nil
    ) async throws(SubmissionError) -> Receipt {
        try await submit([
            .release(Release(target: target, encumbrance: encumbrance, amount: amount), under: reference)
        ])
    }

    /// Moves units under an order.
    @discardableResult
    public func forceTransfer(_ forced: ForcedTransfer) async throws(SubmissionError) -> Receipt {
        try await submit([.forceTransfer(forced, under: reference)])
    }
}
