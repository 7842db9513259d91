import Tokenize

extension EncodedForms {
    /// Terms of every kind: those of bonds are vectors, which nothing of the engine has written.
    static func terms(_ world: AuditWorld) throws -> [EncodedForm] {
        guard let start = CalendarDate(year: 2026, month: 1, day: 1),
            let end = CalendarDate(year: 2056, month: 2, day: 29)
        else { throw AuditFailure(reason: "a date is malformed") }
        let land = LandShareTerms(parcel: "VT-1", right: .concession, start: start, end: end, contractDigest: .zero)
        let terms: [InstrumentTerms] = [
            .cash(CashTerms(currency: "LAK", minorUnitDigits: 2)), .landShare(land),
            .generic(GenericTerms(name: "ຮຸ້ນ", documentDigest: Cast.digest(1))),
        ]
        var forms = terms.map { EncodedForm.codable("terms", $0) }
        for vector in try TermVectors.read() {
            forms.append(.read("terms of \(vector.name)", vector.encoding, as: BondTerms.self))
            forms.append(.codable("terms", InstrumentTerms.bond(try BondTerms(canonicalBytes: vector.encoding))))
        }
        return forms + [.read("calendar", TermVectors.calendarBytes, as: BusinessCalendar.self)]
    }

    /// Acts that are seldom drawn, each in a body.
    static func acts(_ world: AuditWorld) throws -> [EncodedForm] {
        let asset = world.assets[AuditWorld.bond]
        let account = world.cast.members[Cast.alice].account
        guard let date = CalendarDate(year: 1969, month: 7, day: 20), let part = BondDecimal("0.25"),
            let rate = BondDecimal("-0.00125")
        else { throw AuditFailure(reason: "a date or a number is malformed") }
        let due = BondDue.ID(.coupon, date)
        let acts: [ServicingAct] = [
            .registerCalendar(.mondayToFriday), .instructPayment(PaymentInstruction(cashAccount: account)),
            .instructPayment(PaymentInstruction(cashAccount: nil)),
            .payDue(DuePayment(asset: asset, due: due, cashPartition: 2, claimsAccount: account)),
            .settleClaim(ClaimSettlement(asset: asset, due: due, account: account, partition: 1)),
            .subscribe(Subscription(asset: asset, buyer: 1, partition: 1, units: 5, at: .price(.hundred))),
            .subscribe(Subscription(asset: asset, buyer: 0, units: .max, at: .yield(rate), cashPartition: 9)),
            .buyBack(BuyBack(asset: asset, seller: 1, partition: 7, units: 5, at: .yield(part))),
            .buyBack(BuyBack(asset: asset, seller: 1, units: 5, at: .price(part), cashPartition: 3)),
            .observe(ObservationReport(asset: asset, name: "REF", date: date, value: rate)),
            .closeObservations(ObservationClosing(asset: asset, through: date)),
            .giveCallNotice(CallNotice(asset: asset, date: date, part: part)),
            .givePutNotice(PutNotice(asset: asset, date: date, partition: 4, units: 5)),
            .accelerate(Acceleration(asset: asset)),
        ]
        return acts.flatMap { act in
            // Who does it alone, and who does it under an authority; acceleration is either (13.10).
            let under: [AuthorityReference?] =
                switch act {
                case .instructPayment, .observe, .closeObservations, .givePutNotice: [nil]
                case .accelerate: [nil, AuthorityReference(.court)]
                default: [AuthorityReference(.payingAgent, number: 3)]
                }
            return under.map { under in
                let body = TransactionBody(
                    ledger: world.cast.genesis.ledger,
                    principals: [Principal(account: account, sequence: 1 << 40)],
                    lastValidDate: date,
                    operations: [Operation(.service(act, under: under))],
                    memo: "memo"
                )
                return EncodedForm.body("\(act)".prefix { $0 != "(" }.description, body)
            }
        }
    }

    /// Effects that no drawn history has.
    static func effects(_ world: AuditWorld) throws -> [EncodedForm] {
        let (asset, cash) = (world.assets[AuditWorld.bond], world.assets[AuditWorld.cash])
        let accounts = world.cast.members.map(\.account)
        let (one, two) = (accounts[0], accounts[1])
        guard let date = Cast.firstDate, let part = BondDecimal("0.25") else {
            throw AuditFailure(reason: "a date or a number is malformed")
        }
        let due = BondDue.ID(.redemption, date)
        let service: [ServicingEffect] = [
            .calendarRegistered(.zero), .paymentInstructed(one, cashAccount: two),
            .recordPointTaken(asset, on: date),
            .claimSettled(asset, due: due, account: one, partition: 1, to: two, amount: 5),
            .duePaid(asset, due: due, holder: one, partition: 1, to: two, gross: .max, tax: 9),
            .claimMade(asset, due: due, holder: one, partition: 1, to: one, gross: 9, tax: 9),
            .taxRemitted(asset, due: due, treasury: one, amount: 4),
            .dueDischarged(asset, due: due, declared: 9, penalty: 1, tax: 2, claimed: 3),
            .subscribed(asset, buyer: one, units: 1, cost: 2), .boughtBack(asset, seller: one, units: 1, cost: 2),
            .observed(asset, name: "REF", on: date, value: part), .called(asset, on: date, part: part),
            .observationsClosed(asset, by: one, through: date), .accelerated(asset, on: date),
            .put(asset, holder: one, partition: 2, on: date, units: 3), .defaulted(asset, due: due),
            .exDayCame(asset, due: due, on: date),
        ]
        let list = ListReference(AuthorityReference(.regulator), number: 2)
        let rulebook: [RulebookEffect] = [
            .attested(Cast.party(1), Topic(3), by: AuthorityReference(.registrar)),
            .attestationRevoked(Cast.party(1), Topic(3), by: AuthorityReference(.registrar)),
            .rulebookSet(asset, version: 7), .trustedIssuersSet(asset, Topic(1)),
            .partiesJoined(Cast.party(2), to: Cast.party(3)), .listed(list, .party(Cast.party(1)), isListed: true),
            .listed(list, .account(one), isListed: false), .optedIn(asset, Cast.party(1), isWanted: true),
            .movementRequested(asset, from: one, to: two, units: 4, told: nil),
            .movementRequested(asset, from: one, to: two, units: 4, told: AuthorityReference(.court)),
            .movementApproved(asset, from: one, to: two, by: one), .requestUsed(asset, from: one, to: two),
            .movementRefused(asset, from: one, to: two, by: one),
            .requestWithdrawn(asset, from: one, to: two, by: one),
        ]
        let plain: [Effect] = [
            .paid(asset, holder: one, cash: cash, amount: .max), .assetClosed(asset), .logKeysRotated,
            .forciblyTransferred(asset, from: one, to: two, partition: 3, units: 1),
        ]
        let all = plain + service.map { .service($0) } + rulebook.map { .rulebook($0) }
        return all.map { .codable("effect \($0)".prefix { $0 != "(" }.description, $0) }
    }

    /// Parts that are sent, stored or signed by themselves.
    static func parts(_ world: AuditWorld) throws -> [EncodedForm] {
        let cast = world.cast
        let company = cast.members[Cast.company]
        let day = Notice(openedDays: 1, seconds: 60)
        guard
            let mandate = Mandate(
                quorums: [.init(.fileDocument, quorum: 2)],
                separations: [.init(.seize, from: AuthorityReference(.issuer))],
                timelocks: [.init(.registerParty, notice: day, veto: AuthorityReference(.court))],
                emergencyDaysMax: 9
            )
        else { throw AuditFailure(reason: "a mandate is malformed") }
        let accounts = cast.members.map(\.account).sorted()
        let rules: [Rule] = [
            .balanceMax(5), .partyShareMax(numerator: 1, denominator: 3), .volume(days: 3, 9), .memo, .optIn,
            .classShareMin([.citizen], numerator: 1, denominator: 2), .lockUp([1, 2], through: try day2000()),
            .approval(ApprovalRule(Array(accounts.prefix(2)), dayCountMax: 3)), .tradingCalendar(Cast.digest(8)),
            .volumeTowards(Array(accounts.prefix(3)), days: 9, 1), .holding(.allowedClasses([.citizen])),
            .fee(Charge(in: world.assets[0], to: accounts[0], fixed: 1, numerator: 2, denominator: 3)),
        ]
        let condition = Condition(.anyOf([Statement(Topic(1), value: .number(2))]), on: .both)
        let rulebook = Rulebook(requirements: [Requirement([condition])], rules: rules)
        let question = ExplanationRequest(
            ledger: cast.genesis.ledger,
            requester: company.account,
            lastValidHeight: 300,
            nonce: .max,
            question: .draft([1, 2, 3])
        )
        let signatures = try company.signers.map {
            TransactionSignature(key: $0.publicKey.encoded, signature: try $0.sign(question.digest))
        }
        let charter = Charter(
            authorities: [CharterAuthority(.issuer, quorum: 1, members: accounts)],
            rules: [.classShareLimit(.foreign, numerator: 1, denominator: 3), .allowedClasses(.citizen)]
        )
        return [
            .codable("genesis", cast.genesis), .codable("policy", company.opening.policy),
            .codable("mandate", mandate), .codable("notice", day), .codable("rulebook", rulebook),
            .codable("charter", charter), .codable("question", question),
            .question(SignedExplanationRequest(request: question, signatures: signatures)),
            .codable("opening", company.opening), .codable("log keys", cast.genesis.logKeys),
        ]
    }

    private static func day2000() throws -> CalendarDate {
        guard let date = CalendarDate(year: 2000, month: 2, day: 29) else { throw AuditFailure(reason: "no date") }
        return date
    }
}
