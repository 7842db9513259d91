import Tokenize

/// What an explanation says of a rule that refuses: the facts that decided, whose they are, and what would help.
extension RuleBookkeeper {
    /// A fact, and whose it is.
    struct KnownFact: Hashable {
        let name: Rejection.Fact.Name
        let value: Rejection.Fact.Value
        var owner = DecidingFact.Owner.public
    }

    /// What would help where that is not a number of units or a day.
    enum Help: Hashable {
        case remedy(Remedy?)
        /// A number of units or a day, to be tried; or none.
        case tried
    }

    /// Facts and help of a rule that refuses a movement, on the state after it; nil where nothing is worked out.
    func explanation(of rule: Rule, _ movement: Movement) -> (facts: [KnownFact], help: Help)? {
        ofWho(rule, movement) ?? ofHowMuch(rule, movement).map { ($0, .tried) }
            ?? ofWhen(rule, movement).map { ($0, .tried) } ?? ofForm(rule, movement)
    }

    private func ownFact(_ name: Rejection.Fact.Name, _ units: UInt128, of account: Int) -> KnownFact {
        KnownFact(name: name, value: .quantity(Quantity(units)), owner: .party(people[account].party))
    }

    private func limit(_ units: UInt128) -> KnownFact {
        KnownFact(name: .limit, value: .quantity(Quantity(units)))
    }

    // MARK: Who

    /// The first of those on these sides of whom something does not hold.
    private func first(_ sides: RuleSides, _ movement: Movement, _ isRefused: (Int) -> Bool) -> Person? {
        self.sides(sides, movement).first(where: isRefused).map { people[$0] }
    }

    private func ofWho(_ rule: Rule, _ movement: Movement) -> (facts: [KnownFact], help: Help)? {
        func ofParty(_ person: Person?, _ remedy: (Person) -> Remedy?) -> (facts: [KnownFact], help: Help)? {
            guard let person else { return nil }
            let fact = KnownFact(name: .party, value: .party(person.party), owner: .party(person.party))
            return ([fact], .remedy(remedy(person)))
        }
        func ofCountry(_ sides: RuleSides, _ isRefused: (Person) -> Bool) -> (facts: [KnownFact], help: Help)? {
            guard let person = first(sides, movement, { isRefused(people[$0]) }) else { return nil }
            let country = KnownFact(name: .country, value: .text(person.country.text), owner: .party(person.party))
            return ([KnownFact(name: .account, value: .account(person.account)), country], .remedy(nil))
        }
        func ofStatement(_ statement: Statement, _ sides: RuleSides) -> (facts: [KnownFact], help: Help)? {
            let topic = UInt64(statement.topic.number)
            let person = first(sides, movement) { !isAttested($0, statement) }
            guard let plain = ofParty(person, { .attestationMissing(topic: topic, $0.party) }) else { return nil }
            return ([KnownFact(name: .topic, value: .number(topic))] + plain.facts, plain.help)
        }
        switch rule {
        case .countriesAllowed(let countries, let sides): return ofCountry(sides) { !countries.contains($0.country) }
        case .countriesRestricted(let countries, let sides): return ofCountry(sides) { countries.contains($0.country) }
        case .allowList(let list, let sides):
            return ofParty(first(sides, movement) { !isListed($0, list) }) { .listing($0.party) }
        case .blockList(let list, let sides), .sanctions(let list, let sides):
            return ofParty(first(sides, movement) { isListed($0, list) }) { _ in nil }
        case .accredited(let statement, let sides), .resident(let statement, let sides):
            return ofStatement(statement, sides)
        case .admission(let list):
            let admitted = lists[list.number, default: []]
            guard let person = first(.all, movement, { !admitted.contains(.account(people[$0].account)) }) else {
                return nil
            }
            let fact = KnownFact(name: .account, value: .account(person.account), owner: .party(person.party))
            return ([fact], .remedy(.admission(person.account)))
        case .optIn: return ofParty(movement.to.map { people[$0] }) { .optIn($0.party) }
        default: return nil
        }
    }

    // MARK: How much

    private func ofHowMuch(_ rule: Rule, _ movement: Movement) -> [KnownFact]? {
        func before(_ getter: Int) -> KnownFact {
            ownFact(.units, held(by: person(getter)) - movement.units, of: person(getter))
        }
        switch rule {
        case .balanceMax(let most): return movement.to.map { [limit(most.units), before($0)] }
        case .partyShareMax(let numerator, let denominator):
            return movement.to.map { [limit(outstanding * UInt128(numerator) / UInt128(denominator)), before($0)] }
        case .remainderMin(let least):
            guard let giver = movement.from.map({ person($0) }) else { return nil }
            return [limit(least.units), ownFact(.units, held(by: giver), of: giver)]
        case .classShareMin(let classes, _, _):
            let ofClasses = Rejection.Fact.Value.quantity(Quantity(held(by: classes)))
            return [
                KnownFact(name: .units, value: ofClasses, owner: .authority),
                KnownFact(name: .cap, value: .quantity(Quantity(outstanding))),
            ]
        case .holderCountMax(let most): return ofCount(holderCount(.all), most)
        case .classHolderCountMax(let classes, let most): return ofCount(holderCount(classes), most)
        case .supplyMax(let most):
            let before = Rejection.Fact.Value.quantity(Quantity(outstanding - movement.units))
            return [limit(most.units), KnownFact(name: .units, value: before)]
        default: return nil
        }
    }

    /// So many hold, and one too many would.
    private func ofCount(_ count: Int, _ most: UInt64) -> [KnownFact] {
        [
            KnownFact(name: .limit, value: .number(most)),
            KnownFact(name: .count, value: .number(UInt64(count - 1))),
        ]
    }

    // MARK: When, and in what form

    private func ofWhen(_ rule: Rule, _ movement: Movement) -> [KnownFact]? {
        guard let giver = movement.from.map({ person($0) }) else { return nil }
        let date = KnownFact(name: .date, value: .date(today))
        func window(_ days: Int) -> KnownFact { KnownFact(name: .window, value: .number(UInt64(days))) }
        switch rule {
        case .volume(let days, let most):
            return [limit(most.units), window(days), ownFact(.units, sum(.given(giver), days: days), of: giver)]
        case .volumeTowards(let accounts, let days, let most):
            let given = sum(towards: accounts, by: giver, days: days)
            return [limit(most.units), window(days), ownFact(.units, given, of: giver)]
        case .lockUp(_, let last): return [KnownFact(name: .limit, value: .date(last)), date]
        case .issueLockUp(let days):
            return [window(days), ownFact(.units, sum(.issued(giver), days: days), of: giver)]
        case .holdingPeriod(let days):
            return [window(days), ownFact(.units, sum(.got(giver), days: days), of: giver)]
        case .tradingCalendar: return [date]
        default: return nil
        }
    }

    private func ofForm(_ rule: Rule, _ movement: Movement) -> (facts: [KnownFact], help: Help)? {
        switch rule {
        case .memo: return ([], .remedy(.memo))
        case .nonTransferable: return ([], .remedy(nil))
        case .transferMin(let least), .lot(let least): return ([limit(least.units)], .tried)
        case .fee(let charge), .stampDuty(let charge):
            let amount = Quantity(Self.amount(charge, movement.units))
            let found = Quantity(paid(for: movement))
            return (
                [
                    KnownFact(name: .requested, value: .quantity(amount)),
                    KnownFact(name: .found, value: .quantity(found)),
                ], .remedy(.payment(amount, of: charge.cash, to: charge.treasury))
            )
        case .approval(let rule): return ofApproval(rule, movement)
        default: return nil
        }
    }

    private func ofApproval(_ rule: ApprovalRule, _ movement: Movement) -> (facts: [KnownFact], help: Help)? {
        guard let from = movement.from, let to = movement.to else { return nil }
        let approvals = standing(movement, Pair(from: from, to: to))?.approvals ?? []
        let count = approvals.intersection(rule.approvers).count
        let asked = rule.approvers.filter { !approvals.contains($0) }
        let giver = DecidingFact.Owner.party(people[person(from)].party)
        return (
            [
                KnownFact(name: .quorum, value: .number(UInt64(rule.needed))),
                KnownFact(name: .count, value: .number(UInt64(count)), owner: giver),
            ], .remedy(.approvalMissing(asked, needed: rule.needed - count))
        )
    }
}
