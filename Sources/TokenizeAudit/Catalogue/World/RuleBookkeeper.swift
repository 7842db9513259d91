import Tokenize

/// What chapter 14 says of movements of one asset, worked out from lists: who moved what when, and nothing added up in
/// advance. Accounts are named by their places in the cast.
struct RuleBookkeeper {
    /// Who stands behind an account.
    struct Person: Sendable {
        let account: AccountID
        let party: PartyID
        let country: CountryCode
        let holderClass: HolderClass
    }

    /// Units of one account in one part.
    struct Place: Hashable {
        let account: Int
        let part: Partition
    }

    /// Units that go from one account to another: without a source an issue, without a destination a redemption.
    struct Movement {
        var from: Int?
        var to: Int?
        var trustee: Int?
        var part: Partition = 0
        var units: UInt128
    }

    /// What an authority says of a party, and for how long.
    struct Word {
        let value: AttestationValue
        let from: CalendarDate
        let until: CalendarDate
    }

    /// Of whom an authority says something, and about what.
    struct Subject: Hashable {
        let account: Int
        let topic: Topic
    }

    /// A movement that was asked for.
    struct Request {
        let units: UInt128
        let lastDate: CalendarDate
        let openedDays: Int
        var approvals: Set<AccountID> = []
        var refusals: Set<AccountID> = []
    }

    /// From whom to whom.
    struct Pair: Hashable {
        let from: Int
        let to: Int
    }

    var book: Rulebook
    let people: [Person]
    let cap: UInt128
    var today: CalendarDate
    var openedDays = 0
    var issued: UInt128
    var units: [Place: UInt128] = [:]
    /// Accounts whose party was joined to another, by the account of that one.
    var heads: [Int: Int] = [:]
    /// Movements from person to person and issues, since there is a rulebook.
    var past: [(date: CalendarDate, movement: Movement)] = []
    var words: [Subject: Word] = [:]
    var trusted: Set<Topic> = []
    var lists: [UInt16: Set<ListMember>] = [:]
    var wanting: Set<Int> = []
    var requests: [Pair: Request] = [:]
    /// Of the transaction that is decided: whether it has a memo, and what each person has paid to the treasury.
    var hasMemo = false
    var paid: [Int: UInt128] = [:]

    var outstanding: UInt128 { units.values.reduce(0, +) }

    func person(_ account: Int) -> Int { heads[account] ?? account }

    func accounts(of person: Int) -> [Int] { people.indices.filter { self.person($0) == person } }

    func held(by person: Int) -> UInt128 {
        units.reduce(0) { $0 + (self.person($1.key.account) == person ? $1.value : 0) }
    }

    func held(by classes: HolderClassSet) -> UInt128 {
        units.reduce(0) { $0 + (classes.contains(HolderClassSet(people[$1.key.account].holderClass)) ? $1.value : 0) }
    }

    /// Persons of these classes with units; the class of a person is that of its head.
    func holderCount(_ classes: HolderClassSet) -> Int {
        people.indices.filter { account in
            heads[account] == nil && held(by: account) > 0
                && classes.contains(HolderClassSet(people[account].holderClass))
        }.count
    }

    // MARK: What happens

    /// A new transaction begins.
    mutating func begin(hasMemo: Bool) {
        self.hasMemo = hasMemo
        paid = [:]
    }

    /// A holder or the issuer moves units: nil if it is done, or why it is refused. Then nothing here is of use any more.
    mutating func move(_ movement: Movement) -> RejectionCode? {
        if let from = movement.from, from == movement.to { return .selfTransfer }
        if movement.units == 0 { return .zeroUnits }
        if let from = movement.from {
            let place = Place(account: from, part: movement.part)
            guard let held = units[place], held >= movement.units else { return .insufficientUnits }
            units[place] = held - movement.units
        } else {
            guard issued + movement.units <= cap else { return .capExceeded }
            issued += movement.units
        }
        if let to = movement.to { units[Place(account: to, part: movement.part), default: 0] += movement.units }
        if let refusal = movement.to == nil ? refusal(ofRedeeming: movement) : refusal(of: movement) { return refusal }
        if movement.to != nil, !isWithinPerson(movement) { note(movement) }
        return nil
    }

    /// The transfer agent moves units of a holder from one part to another.
    mutating func reclassify(_ account: Int, from part: Partition, to other: Partition, _ moved: UInt128)
        -> RejectionCode?
    {
        for case .lockUp(let parts, let last) in book.rules
        where today <= last && (parts.isEmpty || parts.contains(part) || parts.contains(other)) {
            return .lockedUp
        }
        if part == other { return .samePartition }
        if moved == 0 { return .zeroUnits }
        let place = Place(account: account, part: part)
        guard let held = units[place], held >= moved else { return .insufficientUnits }
        units[place] = held - moved
        units[Place(account: account, part: other), default: 0] += moved
        return nil
    }

    /// Units move by order (14.3.2): nothing is asked, and nothing of it is past that a rule looks at.
    mutating func take(_ taken: UInt128, from source: Int, to destination: Int, in part: Partition) {
        units[Place(account: source, part: part), default: 0] -= taken
        units[Place(account: destination, part: part), default: 0] += taken
    }

    /// One party turns out to be another.
    mutating func join(_ account: Int, to head: Int) -> RejectionCode? {
        if account == head || heads[account] != nil || heads[head] != nil || heads.values.contains(account) {
            return .alreadyJoined
        }
        heads[account] = head
        return nil
    }

    /// A holder asks for a movement.
    mutating func ask(_ pair: Pair, _ units: UInt128, until lastDate: CalendarDate, by actor: Int) -> RejectionCode? {
        let rules = approvalRules
        if rules.isEmpty { return .noApprovalAsked }
        if actor != pair.from { return .notAnApprover }
        if units == 0 { return .zeroUnits }
        if lastDate < today { return .alreadyLapsed }
        for rule in rules where lastDate.days(since: today) >= rule.dayCountMax { return .requestTooLong }
        requests[pair] = Request(units: units, lastDate: lastDate, openedDays: openedDays)
        return nil
    }

    /// Somebody answers.
    mutating func answer(
        _ pair: Pair,
        _ units: UInt128,
        until lastDate: CalendarDate,
        isFor: Bool,
        by actor: Int
    ) -> RejectionCode? {
        let account = people[actor].account
        if approvalRules.isEmpty { return .noApprovalAsked }
        guard approvalRules.contains(where: { $0.approvers.contains(account) }) else { return .notAnApprover }
        guard var request = requests[pair], request.units == units, request.lastDate == lastDate, lastDate >= today
        else { return .unknownRequest }
        request.approvals.remove(account)
        request.refusals.remove(account)
        if isFor { request.approvals.insert(account) } else { request.refusals.insert(account) }
        requests[pair] = request
        return nil
    }

    private var approvalRules: [ApprovalRule] {
        book.rules.compactMap { if case .approval(let rule) = $0 { rule } else { nil } }
    }

    func isWithinPerson(_ movement: Movement) -> Bool {
        guard let from = movement.from, let to = movement.to else { return false }
        return person(from) == person(to)
    }

    private mutating func note(_ movement: Movement) {
        past.append((today, movement))
        guard let from = movement.from, let to = movement.to else { return }
        if !approvalRules.isEmpty { requests[Pair(from: from, to: to)] = nil }
        for charge in charges(upTo: book.rules.count) {
            var left = Self.amount(charge, movement.units)
            for payer in [from, to, movement.trustee].compactMap({ $0 }).map({ person($0) }) {
                let used = min(left, paid[payer, default: 0])
                paid[payer, default: 0] -= used
                left -= used
            }
        }
    }

    func charges(upTo end: Int) -> [Charge] {
        book.rules.prefix(end).compactMap {
            switch $0 {
            case .fee(let charge), .stampDuty(let charge): charge
            default: nil
            }
        }
    }

    /// What so many units cost: a fixed sum, and for each unit a part, rounded up once. Small numbers only.
    static func amount(_ charge: Charge, _ units: UInt128) -> UInt128 {
        charge.fixed.units
            + (units * UInt128(charge.numerator) + UInt128(charge.denominator) - 1) / UInt128(charge.denominator)
    }
}
