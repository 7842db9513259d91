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

    /// Of whom who says something, about what, and for which asset; for all of them without one.
    struct Subject: Hashable {
        let account: Int
        let topic: Topic
        var issuer = AuthorityReference(.identityIssuer)
        var scope: AssetID?
    }

    /// A freeze of an account, or of the party behind it and with it of its person.
    struct Freeze {
        let account: Int
        let isOfParty: Bool
        let lastDate: CalendarDate
    }

    /// A sum of units by business date that some rule looks at: what a person gave, got or was issued, or gave to an
    /// account.
    enum Channel: Hashable {
        case given(Int)
        case got(Int)
        case issued(Int)
        case towards(Int, AccountID)
    }

    /// A movement that was asked for.
    struct Request {
        let units: UInt128
        let lastDate: CalendarDate
        let openedDays: Int
        let version: UInt64
        var approvals: Set<AccountID> = []
        var refusals: Set<AccountID> = []
    }

    /// From whom to whom.
    struct Pair: Hashable {
        let from: Int
        let to: Int
    }

    let asset: AssetID
    let people: [Person]
    let cap: UInt128
    var book: Rulebook
    var version: UInt64 = 1
    var today: CalendarDate
    var openedDays = 0
    var issued: UInt128
    var units: [Place: UInt128] = [:]
    /// Accounts whose party was joined to another, by the account of that one.
    var heads: [Int: Int] = [:]
    /// Units of movements from person to person and of issues, as far back as some rule looked when they were noted.
    var sums: [Channel: [CalendarDate: UInt128]] = [:]
    var words: [Subject: Word] = [:]
    var trusted: [Topic: Set<AuthorityReference>] = [:]
    var lists: [UInt16: Set<ListMember>] = [:]
    var wanting: Set<Int> = []
    var requests: [Pair: Request] = [:]
    var freezes: [Freeze] = []
    /// Until when the emergency power rests, by the account whose person it was used on.
    var emergencies: [(account: Int, until: CalendarDate)] = []
    /// Accounts that are being recovered, by the number of days that were opened when that was filed.
    var recovering: [Int: Int] = [:]
    /// Owners whose keys were replaced, and who have not set their allowances anew.
    var resting: Set<Int> = []

    // Of the transaction that is decided:
    /// Whether it has a memo, and what each person has paid to the treasury.
    var hasMemo = false
    var paid: [Int: UInt128] = [:]
    /// The rulebook that it lays down.
    var laidDown: Rulebook?
    /// What it does, in order; nil if that is not worked out.
    var effects: [Effect]? = []

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

    /// A new transaction begins; what the one before has laid down is in force.
    mutating func begin(hasMemo: Bool = false) {
        self.hasMemo = hasMemo
        (paid, effects) = ([:], [])
        guard let next = laidDown else { return }
        (book, laidDown) = (next, nil)
        version += 1
    }

    /// A holder or the issuer moves units: nil if it is done, or why it is refused. Then nothing here is of use any more.
    mutating func move(_ movement: Movement) -> RejectionCode? {
        if let refusal = moveUnits(movement) { return refusal }
        if laidDown != nil { return .rulebookNotYetInForce }
        if let refusal = failures(of: movement).first { return refusal }
        if movement.to != nil, !isWithinPerson(movement) { note(movement) }
        tell(movement)
        return nil
    }

    /// The units go from the one to the other, whatever the rulebook says.
    mutating func moveUnits(_ movement: Movement) -> RejectionCode? {
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
        return nil
    }

    /// The transfer agent moves units of a holder from one part to another.
    mutating func reclassify(_ account: Int, from part: Partition, to other: Partition, _ moved: UInt128)
        -> RejectionCode?
    {
        if let refusal = hindrance(of: account) { return refusal }
        if laidDown != nil { return .rulebookNotYetInForce }
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
        effects?.append(
            .reclassified(asset, people[account].account, from: part, to: other, units: Quantity(moved))
        )
        return nil
    }

    /// Units move by order (14.3.2): nothing is asked, and nothing of it is past that a rule looks at.
    mutating func take(_ taken: UInt128, from source: Int, to destination: Int, in part: Partition) {
        units[Place(account: source, part: part), default: 0] -= taken
        units[Place(account: destination, part: part), default: 0] += taken
        let (from, to) = (people[source].account, people[destination].account)
        effects?.append(.forciblyTransferred(asset, from: from, to: to, partition: part, units: Quantity(taken)))
    }

    func isWithinPerson(_ movement: Movement) -> Bool {
        guard let from = movement.from, let to = movement.to else { return false }
        return person(from) == person(to)
    }

    private mutating func note(_ movement: Movement) {
        guard let to = movement.to else { return }
        add(movement.units, to: .got(person(to)))
        guard let from = movement.from else { return add(movement.units, to: .issued(person(to))) }
        add(movement.units, to: .given(person(from)))
        add(movement.units, to: .towards(person(from), people[to].account))
        if !approvalRules.isEmpty {
            requests[Pair(from: from, to: to)] = nil
            effects?.append(
                .rulebook(.requestUsed(asset, from: people[from].account, to: people[to].account))
            )
        }
        for charge in charges(upTo: book.rules.count) {
            var left = Self.amount(charge, movement.units)
            for payer in payers(of: movement) {
                let used = min(left, paid[payer, default: 0])
                paid[payer, default: 0] -= used
                left -= used
            }
        }
    }

    private mutating func tell(_ movement: Movement) {
        let (part, units) = (movement.part, Quantity(movement.units))
        switch (movement.from.map { people[$0].account }, movement.to.map { people[$0].account }) {
        case (let from?, let to?):
            effects?.append(.transferred(asset, from: from, to: to, partition: part, units: units))
            guard let trustee = movement.trustee.map({ people[$0].account }) else { return }
            effects?.append(.control(.allowanceUsed(asset, owner: from, operator: trustee, units: units)))
        case (nil, let to?): effects?.append(.issued(asset, to: to, partition: part, units: units))
        case (let from?, nil): effects?.append(.redeemed(asset, from: from, partition: part, units: units))
        case (nil, nil): return
        }
    }

    /// Cash goes from one to another; as a charge it is remembered who paid it.
    mutating func pay(_ amount: UInt128, in cash: AssetID, from payer: Int, to payee: Int, isCharge: Bool)
        -> RejectionCode?
    {
        if let refusal = hindrance(of: payer) { return refusal }
        if payer == payee { return .selfTransfer }
        if isCharge { paid[person(payer), default: 0] += amount }
        let (from, to) = (people[payer].account, people[payee].account)
        effects?.append(.transferred(cash, from: from, to: to, partition: 0, units: Quantity(amount)))
        return nil
    }

    /// Persons who may meet the charges of a movement: who gives, then who gets, then who moves.
    func payers(of movement: Movement) -> [Int] {
        var persons: [Int] = []
        for account in [movement.from, movement.to, movement.trustee].compactMap({ $0 })
        where !persons.contains(person(account)) {
            persons.append(person(account))
        }
        return persons
    }

    var approvalRules: [ApprovalRule] {
        book.rules.compactMap { if case .approval(let rule) = $0 { rule } else { nil } }
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
