import Tokenize

extension RuledWorld {
    /// What a rulebook, and what happens under it, is mostly about.
    enum Focus: Sendable {
        case anything
        /// Movements that must be approved: asked for, answered, done, and tried again.
        case approval
        /// Sums of one person with several accounts.
        case persons
        /// Two charges that are paid together.
        case charges
        /// How many hold: some give up all that they have, and come back.
        case holders
        /// Requests and answers, and keys that are replaced.
        case keys
        /// Persons who are frozen, with whatever accounts they have.
        case holds
    }

    /// A rulebook to be made once a ledger's assets and accounts are known.
    struct Drawing: Sendable {
        let focus: Focus
        let make: @Sendable (AuditWorld) throws -> Rulebook
    }

    /// What rulebooks of any kind are mostly about.
    static func focus(_ trial: inout Trial) throws -> Focus {
        try trial.draw(
            .element(of: [Focus.anything, .anything, .anything, .approval, .persons, .charges, .holders])
        )
    }

    /// Draws a rulebook of one to five rules of any kind, now and then with requirements.
    static func drawing(about focus: Focus, _ trial: inout Trial) throws -> Drawing {
        var kinds = try (0..<(try trial.number(1...(focus == .anything ? 5 : 2)))).map { _ in
            (kind: try trial.number(0...34), seed: try Parameters(&trial))
        }
        switch focus {
        case .anything: break
        case .approval: kinds[0].kind = 27
        // Now and then nothing is asked for any more, or not yet.
        case .keys: kinds[0].kind = try trial.number(0...4) == 0 ? 28 : 35
        case .charges:
            kinds[0].kind = 25
            kinds.append((kind: 26, seed: try Parameters(&trial)))
        case .holders: kinds[0].kind = try trial.draw(.element(of: [14, 15, 15]))
        case .persons, .holds: kinds[0].kind = try trial.draw(.element(of: [10, 14, 15, 17, 18, 20, 21]))
        }
        let laid = kinds
        let requirements = try (0..<(try trial.number(0...5) / 4 + (try trial.number(0...5)) / 5)).map { _ in
            (kind: try trial.number(0...4), sides: try sides(&trial), value: try statementValue(&trial))
        }
        return Drawing(focus: focus) { world in
            Rulebook(
                requirements: requirements.map { requirement($0.kind, $0.sides, $0.value, world) },
                rules: try laid.map { try rule($0.kind, $0.seed, world) }
            )
        }
    }

    /// What rules of all kinds are made of; each takes what it needs.
    private struct Parameters: Sendable {
        let sides: RuleSides
        let value: AttestationValue?
        let few: Int
        let units: Quantity
        let percent: UInt64
        let days: Int
        let isOther: Bool

        init(_ trial: inout Trial) throws {
            sides = try RuledWorld.sides(&trial)
            value = try RuledWorld.statementValue(&trial)
            few = try trial.number(1...5)
            units = Quantity(UInt128(try trial.number(2...90)))
            percent = UInt64(try trial.number(10...60))
            days = try trial.number(1...5)
            isOther = try trial.draw(.bool)
        }
    }

    private static func sides(_ trial: inout Trial) throws -> RuleSides {
        RuleSides(rawValue: UInt8(try trial.number(1...7)))
    }

    private static func statementValue(_ trial: inout Trial) throws -> AttestationValue? {
        try trial.draw(.element(of: [nil, .number(1), .number(2)]))
    }

    private static func list(_ number: UInt16) -> ListReference { ListReference(regulator, number: number) }

    private static func requirement(
        _ kind: Int,
        _ sides: RuleSides,
        _ value: AttestationValue?,
        _ world: AuditWorld
    ) -> Requirement {
        let statements = [Statement(topics[0], value: value), Statement(topics[1], value: .number(2))]
        let parties = [Cast.alice, Cast.carol, Cast.company].map { world.cast.members[$0].opening.party }
        // The operator is attested nothing: it is asked for what must not be said of it only.
        let plain = sides.subtracting(.trustee).isEmpty ? RuleSides.both : sides.subtracting(.trustee)
        let condition =
            switch kind {
            case 0: Condition(.present(topics[0]), on: plain)
            case 1: Condition(.absent(topics[1]), on: sides)
            case 2: Condition(.anyOf(statements), on: plain)
            case 3: Condition(.noneOf(statements), on: sides)
            default: Condition(.identity(parties.sorted()), on: plain)
            }
        return Requirement([condition])
    }

    private static func rule(_ kind: Int, _ one: Parameters, _ world: AuditWorld) throws -> Rule {
        let accounts = world.cast.members.map { $0.account }
        let charge = Charge(
            in: world.assets[AuditWorld.cash],
            to: accounts[Cast.ministry],
            fixed: one.isOther ? 2 : .zero,
            numerator: UInt64(one.few),
            denominator: 4
        )
        guard let lao = CountryCode("LA"), let thai = CountryCode("TH"), let first = Cast.firstDate,
            let lockedUntil = first.adding(days: 3 * one.few)
        else { throw AuditFailure(reason: "a country or a date is malformed") }
        let classes: HolderClassSet = one.isOther ? .citizen : .foreign
        let judges = [accounts[Cast.firstJudge], accounts[Cast.secondJudge]]
        let approvers = one.few.isMultiple(of: 2) ? judges : judges + [accounts[Cast.carol]]
        let twoDays = Notice(openedDays: 2, seconds: 0)
        let silence = ApprovalRule.Silence(after: twoDays, telling: AuthorityReference(one.few > 2 ? .court : .auditor))
        return switch kind {
        case 0: .countriesAllowed([lao], one.sides)
        case 1: .countriesRestricted([thai], one.sides)
        case 2: .allowList(list(1), one.sides.subtracting(.trustee).union(.receiver))
        case 3: .blockList(list(2), one.sides)
        case 4: .sanctions(list(3), one.sides)
        case 5: .accredited(Statement(topics[0], value: one.value), one.sides.subtracting(.trustee).union(.receiver))
        case 6: .resident(Statement(topics[1], value: one.value), one.sides.subtracting(.trustee).union(.sender))
        case 7: .admission(list(4))
        case 8: .holding(.classShareLimit(.foreign, numerator: one.percent, denominator: 100))
        case 9: .holding(.allowedClasses(one.isOther ? [.citizen, .domesticEntity] : [.citizen, .foreign]))
        case 10: .balanceMax(Quantity(one.units.units + 50))
        case 11: .remainderMin(one.units)
        case 12: .partyShareMax(numerator: one.percent, denominator: 100)
        case 13: .classShareMin(.citizen, numerator: one.percent + 15, denominator: 100)
        case 14: .holderCountMax(UInt64(one.few))
        case 15: .classHolderCountMax(classes, UInt64(one.few))
        case 16: .supplyMax(Quantity(one.units.units + 280))
        case 17: .volume(days: one.days, one.units)
        case 18: .volumeTowards([accounts[Cast.bob], accounts[Cast.carol]].sorted(), days: one.days, one.units)
        case 19: .lockUp(one.isOther ? [] : [1], through: lockedUntil)
        case 20, 33, 34: .issueLockUp(days: 3 * one.days)
        case 21: .holdingPeriod(days: one.days)
        case 22: .tradingCalendar(BusinessCalendar.mondayToFriday.digest)
        case 23: .transferMin(Quantity(UInt128(one.few)))
        case 24: .lot(Quantity(UInt128(one.few)))
        case 25: .fee(charge)
        case 26: .stampDuty(charge)
        case 27, 31, 32:
            .approval(
                ApprovalRule(
                    approvers,
                    needed: one.few > 3 ? 2 : 1,
                    dayCountMax: one.days,
                    silence: one.isOther ? silence : nil
                )
            )
        case 35:
            .approval(
                ApprovalRule(
                    approvers,
                    needed: one.isOther ? 2 : 1,
                    dayCountMax: 5 + one.days,
                    silence: one.few > 1
                        ? .init(after: Notice(openedDays: 1, seconds: 0), telling: AuthorityReference(.court)) : nil
                )
            )
        case 28: .memo
        case 29: .nonTransferable
        default: .optIn
        }
    }
}
