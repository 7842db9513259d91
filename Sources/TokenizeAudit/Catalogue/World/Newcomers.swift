import Tokenize

/// Parties and accounts that are made in a transaction and used in the same one, or later; and parties that turn out to
/// be one person.
struct Newcomers {
    private(set) var ledger: ModelledLedger
    /// Accounts that were opened here, each with its party.
    private var opened: [(account: AccountID, party: PartyID)] = []
    /// Parties that were registered here.
    private var registered: [PartyID] = []

    /// They sign every transaction, so that each may do its part of it.
    private static let principals = [Cast.ministry, Cast.firstJudge, Cast.alice, Cast.foreigner]
    private static let (ministry, judge, alice, foreigner) = (0, 1, 2, 3)
    private static let (registrar, issuer) = (AuthorityReference(.registrar), AuthorityReference(.issuer))
    private static let regulator = AuthorityReference(.regulator)

    /// An act, by the principal at this place.
    private typealias Deed = (act: Act, principal: Int)
    /// Somebody with an account, or who is to have one.
    private typealias Person = (account: AccountID, party: PartyID)

    init(ledger: ModelledLedger) { self.ledger = ledger }

    private var share: AssetID { ledger.world.assets[AuditWorld.share] }
    private var cash: AssetID { ledger.world.assets[AuditWorld.cash] }
    private var today: CalendarDate { ledger.model.today }

    private func member(_ place: Int) -> Cast.Member { ledger.world.cast.members[place] }

    mutating func step(_ trial: inout Trial) async throws {
        switch try trial.number(0...11) {
        case 0, 1:
            guard let next = today.adding(days: 1) else { return }
            let act = Act.openBusinessDay(next, under: AuthorityReference(.operator))
            try await ledger.submit([Operation(act)], by: [Cast.ministry], &trial)
        case 2: try await ledger.reopen(&trial)
        case 3...6: try await arrive(&trial)
        default: try await meet(&trial)
        }
    }

    // MARK: Who comes

    /// An account is opened, its party registered before or known already, and used at once.
    private mutating func arrive(_ trial: inout Trial) async throws {
        var deeds: [Deed] = []
        let founders = [Cast.alice, Cast.foreigner, Cast.carol, Cast.company]
        let founder = member(try trial.draw(.element(of: founders)))
        var party = founder.opening.party
        let isNew = try trial.number(0...2) > 0
        if isNew, let country = CountryCode("LA") {
            party = Cast.party(UInt8(try trial.number(40...200)))
            let classes: [HolderClass] = [.citizen, .foreignPerson, .foreignEntity, .state]
            let holderClass = try trial.draw(.element(of: classes))
            let registration = PartyRegistration(party: party, jurisdiction: country, holderClass: holderClass)
            deeds.append((.registerParty(registration, under: Self.registrar), Self.ministry))
        } else if let known = registered.last, try trial.draw(.bool) {
            party = known
        }
        let opening = AccountOpening(
            policy: founder.opening.policy,
            salt: Cast.digest(UInt8(try trial.number(1...200))),
            party: party
        )
        deeds.append((.openAccount(opening, under: Self.registrar), Self.ministry))
        let newcomer: Person = (opening.account, party)
        for _ in 0..<(try trial.number(1...3)) { deeds.append(try use(newcomer, &trial)) }
        guard try await submit(deeds, &trial) else { return }
        opened.append(newcomer)
        if isNew { registered.append(party) }
        trial.label("used at once")
        trial.label("second account", when: !isNew)
    }

    /// Accounts that were opened before, and the cast's, do something again.
    private mutating func meet(_ trial: inout Trial) async throws {
        var deeds: [Deed] = []
        for _ in 0..<(try trial.number(1...3)) {
            let founder = member(try trial.draw(.element(of: [Cast.alice, Cast.foreigner, Cast.carol])))
            let isCast = try opened.isEmpty || trial.number(0...3) == 0
            let person =
                try isCast
                ? (founder.account, founder.opening.party) : opened[trial.number(0...opened.count - 1)]
            deeds.append(try use(person, &trial))
        }
        try await submit(deeds, &trial)
    }

    @discardableResult
    private mutating func submit(_ deeds: [Deed], _ trial: inout Trial) async throws -> Bool {
        let joins = deeds.contains { $0.act.code == .joinParties }
        let operations = deeds.map { Operation($0.act, principal: $0.principal) }
        let isDone = try await ledger.submit(operations, by: Self.principals, &trial)
        trial.label("joined", when: isDone && joins)
        return isDone
    }

    // MARK: What is done with them

    private func use(_ person: Person, _ trial: inout Trial) throws -> Deed {
        switch try trial.number(0...19) {
        case 0...2:
            let assets = [share, cash, ledger.world.assets[AuditWorld.club]]
            let issuance = Issuance(
                asset: try trial.draw(.element(of: assets)),
                recipient: person.account,
                units: try units(&trial)
            )
            return (.issue(issuance, under: Self.issuer), Self.ministry)
        case 3...8: return try movement(to: person, &trial)
        case 9, 10:
            // Past what their class may hold, too.
            let forced = ForcedTransfer(
                asset: share,
                from: member(Cast.alice).account,
                to: try trial.draw(.bool) ? person.account : member(Cast.foreigner).account,
                units: try units(&trial),
                rank: 1,
                lastDate: today,
                order: try order(&trial)
            )
            return (.forceTransfer(forced, under: Self.regulator), Self.judge)
        case 11, 12: return try reservation(for: person, &trial)
        case 13, 14: return try freeze(of: person, &trial)
        case 15:
            let distribution = Distribution(asset: share, cash: cash, total: 90, order: try notice(&trial))
            return (.distribute(distribution, under: AuthorityReference(.payingAgent)), Self.ministry)
        case 16: return (.control(.nameCustody(person.account), under: Self.regulator), Self.judge)
        case 17:
            let office = AuthorityReference(.court, number: 5)
            guard let appointment = AuthorityAppointment(office, quorum: 1, members: [person.account]) else {
                throw AuditFailure(reason: "an appointment is malformed")
            }
            return (.appointAuthority(appointment, under: AuthorityReference(.governor)), Self.ministry)
        default: return (.rulebook(.joinParties(try join(person, &trial)), under: Self.registrar), Self.ministry)
        }
    }

    /// Shares or cash, of Alice or of the foreigner: to one, or to one among several.
    private func movement(to person: Person, _ trial: inout Trial) throws -> Deed {
        let isForeign = try trial.draw(.bool)
        let (asset, units) = (try trial.number(0...3) == 0 ? cash : share, try units(&trial))
        let actor = isForeign ? Self.foreigner : Self.alice
        if try trial.number(0...2) == 0 {
            let legs = [person.account, member(Cast.bob).account].map {
                BatchTransfer.Leg(recipient: $0, units: units)
            }
            return (.batchTransfer(BatchTransfer(asset: asset, partition: 0, legs: legs)), actor)
        }
        return (.transfer(Transfer(asset: asset, recipient: person.account, units: units)), actor)
    }

    /// Units of Alice or of the foreigner, set apart for somebody who may be the same person.
    private func reservation(for person: Person, _ trial: inout Trial) throws -> Deed {
        let isForeign = try trial.draw(.bool)
        let holder = member(isForeign ? Cast.foreigner : Cast.alice).account
        let hold = Encumbering(
            target: .holding(asset: cash, account: holder, partition: 0),
            kind: .hold,
            amount: 1,
            rank: 1,
            lastDate: today,
            order: try notice(&trial),
            beneficiary: person.account
        )
        return (.encumber(hold, under: nil), isForeign ? Self.foreigner : Self.alice)
    }

    /// For a day: of the account, of its party, or at once by one member.
    private func freeze(of person: Person, _ trial: inout Trial) throws -> Deed {
        let targets: [EncumbranceTarget] = [
            .party(person.party), .account(person.account),
            .holding(asset: share, account: person.account, partition: 0),
        ]
        let target = try trial.draw(.element(of: targets))
        if try trial.draw(.bool) {
            let freeze = EmergencyFreeze(target: target, rank: 1, lastDate: today, order: try order(&trial))
            return (.control(.emergencyFreeze(freeze), under: Self.regulator), Self.judge)
        }
        let isWide = if case .holding = target { false } else { true }
        let encumbering = Encumbering(
            target: target,
            kind: .freeze,
            amount: isWide ? .zero : 2,
            rank: 1,
            lastDate: today,
            order: try order(&trial)
        )
        return (.encumber(encumbering, under: Self.regulator), Self.judge)
    }

    /// A newcomer turns out to be somebody who is there already.
    private func join(_ person: Person, _ trial: inout Trial) throws -> PartyJoin {
        let heads = [Cast.foreigner, Cast.alice].map { member($0).opening.party } + registered
        return PartyJoin(person.party, to: try trial.draw(.element(of: heads)))
    }

    private func units(_ trial: inout Trial) throws -> Quantity { Quantity(UInt128(try trial.number(1...12))) }

    private func order(_ trial: inout Trial) throws -> OrderReference {
        try reference("order \(try trial.number(0...2))", .judgment)
    }

    private func notice(_ trial: inout Trial) throws -> OrderReference {
        try reference("notice \(try trial.number(0...40))", nil)
    }

    private func reference(_ text: String, _ basis: LegalBasis?) throws -> OrderReference {
        guard let made = OrderReference(reference: text, documentDigest: .zero, legalBasis: basis) else {
            throw AuditFailure(reason: "a reference is malformed")
        }
        return made
    }
}
