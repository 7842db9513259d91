import Tokenize

/// A ledger with the cast on it, four assets, and units of each in several hands.
struct AuditWorld: Sendable {
    let cast: Cast
    let ledger: TokenLedger
    /// The assets' places in ``assets``: kip, a bond that pays kip, shares of which foreigners hold at most 10 %, and
    /// units of a club that only citizens hold and whose two issuers sign together.
    static let (cash, bond, share, club) = (0, 1, 2, 3)
    let assets: [AssetID]
    /// Registrars beside the ministry's: the ministry and two citizens. What they register must be proposed.
    static let clerks = AuthorityReference(.registrar, number: 1)
    let sealing: LedgerConfiguration.Sealing
    let clock: AuditClock
    /// The transactions that made assets, issued units and laid down mandates, in order.
    let founding: [[UInt8]]

    /// Founds a ledger in an empty store.
    ///
    /// - Parameters:
    ///   - noticeSeconds: by how much the sealing time must advance for a notice of the mandates.
    ///   - hasBond: false for plain units in place of the bond.
    init(
        in store: any LedgerStore,
        sealing: LedgerConfiguration.Sealing = .every(3),
        cast: Cast? = nil,
        noticeSeconds: UInt32 = 0,
        hasBond: Bool = true
    ) async throws {
        let cast = try cast ?? Cast()
        self.cast = cast
        clock = AuditClock()
        self.sealing = sealing
        ledger = try await TokenLedger.create(
            genesis: cast.genesis,
            store: store,
            configuration: try cast.configuration(sealing: sealing, clock: clock)
        )
        var submitted: [[UInt8]] = []
        let issuer = AuthorityReference(.issuer)
        submitted.append(try await Self.submit([Self.creation(0, Self.cashTerms, [], [])], ledger, cast))
        guard let cash = try await ledger.read({ $0.assetIDs.first }) else {
            throw AuditFailure(reason: "an asset that was created is not there")
        }
        let issuers = CharterAuthority(
            .issuer,
            quorum: 2,
            members: [cast.members[Cast.alice].account, cast.members[Cast.bob].account]
        )
        submitted += [
            try await Self.submit(
                [
                    Self.creation(1, hasBond ? Self.bondTerms(cash: cash) : Self.plainTerms, [], []),
                    Self.creation(
                        2,
                        Self.plainTerms,
                        [],
                        [.classShareLimit(.foreign, numerator: 10, denominator: 100)]
                    ),
                    Self.creation(3, Self.plainTerms, [issuers], [.allowedClasses(.citizen)]),
                ],
                ledger,
                cast
            )
        ]
        let assets = try await ledger.read { $0.assetIDs }
        self.assets = assets
        let accounts = cast.members.map { $0.account }
        func issue(_ asset: Int, _ units: Quantity, to member: Int) -> Act {
            .issue(Issuance(asset: assets[asset], recipient: accounts[member], units: units), under: issuer)
        }
        submitted += [
            try await Self.submit(
                [
                    issue(Self.cash, 5_000, to: Cast.ministry), issue(Self.cash, 500, to: Cast.alice),
                    issue(Self.cash, 500, to: Cast.foreigner), issue(Self.bond, 60, to: Cast.bob),
                    issue(Self.share, 100, to: Cast.alice), issue(Self.share, 30, to: Cast.company),
                    issue(Self.share, 40, to: Cast.ministry),
                ],
                ledger,
                cast
            ),
            try await Self.submit(try Self.mandates(accounts, noticeSeconds), ledger, cast),
        ]
        founding = submitted
    }

    /// Notices of one business day, a veto, a separation of duty, and an emergency power.
    private static func mandates(_ accounts: [AccountID], _ noticeSeconds: UInt32) throws -> [Act] {
        let governor = AuthorityReference(.governor)
        let (registrar, regulator) = (AuthorityReference(.registrar), AuthorityReference(.regulator))
        let members = [accounts[Cast.ministry], accounts[Cast.alice], accounts[Cast.bob]]
        let day = Notice(openedDays: 1, seconds: noticeSeconds)
        guard let clerks = AuthorityAppointment(Self.clerks, quorum: 1, members: members),
            let ofClerks = Mandate(
                separations: [.init(.openAccount, from: AuthorityReference(.issuer))],
                timelocks: [.init(.registerParty, notice: day, veto: AuthorityReference(.court))]
            ),
            let ofRegistrar = Mandate(timelocks: [.init(.objectToRecovery, notice: day)]),
            let ofRegulator = Mandate(timelocks: [.init(.objectToRecovery, notice: day)], emergencyDaysMax: 2)
        else { throw AuditFailure(reason: "a mandate is malformed") }
        let settings = [(Self.clerks, ofClerks), (registrar, ofRegistrar), (regulator, ofRegulator)]
        return [.appointAuthority(clerks, under: governor)]
            + settings.map { .control(.setMandate(MandateSetting($0.0, $0.1)), under: governor) }
    }

    private init(_ world: AuditWorld, ledger: TokenLedger) {
        cast = world.cast
        self.ledger = ledger
        assets = world.assets
        sealing = world.sealing
        clock = world.clock
        founding = world.founding
    }

    /// The ledger as it opens again from a store.
    ///
    /// - Parameters:
    ///   - warnings: takes what the ledger complains about.
    ///   - expecting: a checkpoint that was kept.
    ///   - secret: what the ledger is opened with.
    func reopened(
        in store: any LedgerStore,
        warnings: WarningList? = nil,
        expecting: Checkpoint? = nil,
        secret: DisclosureSecret = Cast.secret
    ) async throws -> AuditWorld {
        let ledger = try await TokenLedger.open(
            store: store,
            configuration: try cast.configuration(sealing: sealing, clock: clock, warnings: warnings, secret: secret),
            expecting: expecting
        )
        return AuditWorld(self, ledger: ledger)
    }

    /// The ledger as it opens again from a store that is in order: nothing is complained about.
    func reopened(
        inOrder store: any LedgerStore,
        expecting: Checkpoint? = nil,
        _ trial: Trial
    ) async throws -> AuditWorld {
        let warnings = WarningList()
        let world = try await reopened(in: store, warnings: warnings, expecting: expecting)
        // A snapshot that is passed over is a snapshot that was written wrong.
        try trial.require(warnings.messages.isEmpty, "opened with warnings: \(warnings.messages)")
        return world
    }

    private static let cashTerms = InstrumentTerms.cash(CashTerms(currency: "LAK", minorUnitDigits: 0))
    static let plainTerms = InstrumentTerms.generic(GenericTerms(name: "audit", documentDigest: .zero))

    private static func bondTerms(cash: AssetID) throws -> InstrumentTerms {
        guard let issue = Cast.firstDate, let maturity = issue.adding(days: 3) else {
            throw AuditFailure(reason: "the bond's dates are malformed")
        }
        return .bond(try BondTerms(bill(cash: cash, issue: issue, maturity: maturity)))
    }

    /// A bill with a face of 10 that is sold to anybody and taxed from nobody.
    private static func bill(cash: AssetID, issue: CalendarDate, maturity: CalendarDate) -> BondTermSheet {
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(faceUnit: 10, minimumSubscription: 1, increment: 1, lot: 1)
        sheet.issueDate = issue
        sheet.maturityDate = maturity
        sheet.interest = BondInterest.none
        sheet.dayCount = .actual365Fixed
        sheet.repayment = .bullet
        sheet.redemptionPrice = .hundred
        sheet.calendar = CalendarReference(.mondayToFriday)
        sheet.businessDays = .following
        sheet.recordDate = .businessDays(0)
        sheet.exDate = BondExDate.none
        sheet.rounding = BondRounding(unit: .exact, total: .floor)
        sheet.tax = .untaxed
        sheet.defaults = BondDefaultTerms(
            interestGrace: .businessDays(0),
            principalGrace: .businessDays(0),
            acceleration: .none,
            penaltyRate: .zero,
            penaltyDayCount: .actual365Fixed
        )
        sheet.pledgedIncome = .pledgor
        return sheet
    }

    private static func creation(
        _ number: Int,
        _ terms: InstrumentTerms,
        _ authorities: [CharterAuthority],
        _ rules: [HoldingRule]
    ) throws -> Act {
        let names = ["LAK", "bond", "share", "club"]
        guard let identification = AssetIdentification(number == cash ? .currency : .other, names[number]) else {
            throw AuditFailure(reason: "the asset's identification is malformed")
        }
        let creation = AssetCreation(
            nonce: UInt64(number),
            identification: identification,
            terms: terms.canonicalBytes,
            charter: Charter(authorities: authorities, rules: rules).canonicalBytes,
            cap: number == cash || number == share ? .max : 500
        )
        return .createAsset(creation, under: AuthorityReference(.issuer))
    }

    private static func submit(_ acts: [Act], _ ledger: TokenLedger, _ cast: Cast) async throws -> [UInt8] {
        let plan = TransactionPlan(principals: [Cast.ministry], operations: acts.map { Operation($0) })
        let state = try await ledger.read { $0 }
        let bytes = try plan.bytes(for: state, cast)
        _ = try await ledger.submit(bytes)
        return bytes
    }

    /// Submits bytes and gives the answer: a receipt or a refusal. A failure of the ledger is thrown.
    func answer(to bytes: [UInt8]) async throws -> Answer {
        do throws(SubmissionError) {
            return .committed(try await ledger.submit(bytes))
        } catch {
            guard case .rejected(let rejection) = error else { throw error }
            return .refused(rejection)
        }
    }

    /// What a ledger says to a transaction.
    enum Answer: Hashable, Sendable {
        case committed(Receipt)
        case refused(Rejection)

        /// The receipt, if there is one.
        var receipt: Receipt? { if case .committed(let receipt) = self { receipt } else { nil } }

        /// The rule that refused, if one did.
        var code: RejectionCode? { if case .refused(let rejection) = self { rejection.code } else { nil } }
    }

    /// The log's origin (7.5): the ledger's name, and its identifier.
    var origin: String { "\(cast.genesis.name)/\(cast.genesis.ledger.text)" }

    /// The text with names in place of identifiers, for who reads a counterexample.
    func named(_ text: String) -> String {
        var text = text
        for member in cast.members { text = text.replacing(member.account.text, with: member.name) }
        for (asset, name) in zip(assets, ["kip", "bond", "share", "club"]) {
            text = text.replacing(asset.text, with: name)
        }
        return text.replacing("Tokenize.", with: "")
    }
}
