import Tokenize

/// Draws acts that make sense now, and acts that do not, from what a state holds.
struct ActDrawing {
    let world: AuditWorld
    let state: LedgerState
    /// How often each family of acts is drawn.
    var focus = Focus.everything

    /// Families of acts, by their weights.
    enum Focus: Sendable {
        case everything
        /// Orders and offices more than anything else.
        case authority
        /// Everything that the reference model knows.
        case modelled
        /// Registrations, appointments, mandates, proposals, recoveries.
        case offices
        /// Movements, issues and payments.
        case units
        /// What weighs on holdings, and what moves them against it.
        case encumbrances
        /// Accounts whose keys are said to be lost, and what is tried with what they hold.
        case recoveries
        /// What binds authorities, and what they do under it.
        case mandates

        /// Of movements, control, payments, registrations, calendar, offices and rulebooks.
        fileprivate var weights: [UInt64] {
            switch self {
            case .everything: [36, 30, 16, 12, 6, 44, 14]
            case .authority: [14, 34, 4, 4, 14, 80, 2]
            case .modelled: [36, 30, 16, 12, 6, 40, 0]
            case .offices: [6, 20, 4, 40, 14, 80, 0]
            case .units: [60, 14, 40, 4, 8, 14, 0]
            case .encumbrances: [20, 80, 8, 2, 10, 20, 0]
            case .recoveries: [60, 20, 10, 4, 10, 60, 0]
            case .mandates: [10, 50, 4, 20, 10, 80, 0]
            }
        }
    }

    /// An act, who acts, and who must be a principal besides. It is made once principals have their places.
    struct Deed {
        let actor: Int
        var others: [Int] = []
        let make: (_ place: (Int) -> Int) -> Act

        init(_ actor: Int, others: [Int] = [], _ make: @escaping (_ place: (Int) -> Int) -> Act) {
            self.actor = actor
            self.others = others
            self.make = make
        }
    }

    /// A transaction of one to three acts, now and then with something wrong with it.
    func plan(_ choices: inout ChoiceSource) throws(Discard) -> TransactionPlan {
        var deeds: [Deed] = [try deed(&choices)]
        // Two assets, perhaps of one name.
        if try choices.chance(perMille: 15) { deeds = [try creation(&choices), try creation(&choices)] }
        while deeds.count < 3, try choices.chance(perMille: 150) { deeds.append(try deed(&choices)) }
        var principals: [Int] = []
        for member in deeds.flatMap({ [$0.actor] + $0.others }) where !principals.contains(member) {
            principals.append(member)
        }
        if principals.count > 1, try choices.chance(perMille: 40) { principals.removeLast() }
        if try choices.chance(perMille: 15) { principals.append(principals[0]) }
        func place(_ member: Int) -> Int { principals.firstIndex(of: member) ?? 0 }
        var plan = TransactionPlan(
            principals: principals,
            operations: deeds.map { Operation($0.make(place), principal: place($0.actor)) }
        )
        if try choices.chance(perMille: 100) { plan.lane = UInt16(try choices.choose(upTo: 2)) }
        // Also the last sequence that a window takes.
        if try choices.chance(perMille: 100) {
            let ahead = try choices.choose(upTo: 6)
            plan.ahead = ahead == 6 ? UInt64(TransactionLimits.laneWindowWidth) - 1 : ahead
        }
        if try choices.chance(perMille: 40) {
            plan.validDays = [-1, 0, 31, 32][Int(try choices.choose(upTo: 3))]
        }
        if try choices.chance(perMille: 40) {
            plan.validHeights = [-1, 0, 1_000_000, 1_000_001][Int(try choices.choose(upTo: 3))]
        }
        if try choices.chance(perMille: 120) {
            plan.fault =
                TransactionPlan.Fault.allCases[
                    Int(try choices.choose(upTo: UInt64(TransactionPlan.Fault.allCases.count - 1)))
                ]
        }
        // One key of two is not enough, or only the heavier one is.
        if principals == [Cast.company], try choices.chance(perMille: 250) {
            plan.fault = try choices.chance(perMille: 500) ? .missingSignature : .missingFirstSignature
        }
        return plan
    }

    private func deed(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let families: [(inout ChoiceSource) throws(Discard) -> Deed] = [
            movement, control, payment, registration, calendar, office, rulebook,
        ]
        var left = try choices.choose(upTo: focus.weights.reduce(0, +) - 1)
        for (weight, draw) in zip(focus.weights, families) {
            if left < weight { return try draw(&choices) }
            left -= weight
        }
        return try movement(&choices)
    }

    // MARK: What acts are about

    func element<Value>(_ values: [Value], _ choices: inout ChoiceSource) throws(Discard) -> Value? {
        guard !values.isEmpty else { return nil }
        return values[Int(try choices.choose(upTo: UInt64(values.count - 1)))]
    }

    func member(_ choices: inout ChoiceSource) throws(Discard) -> Int {
        Int(try choices.choose(upTo: UInt64(world.cast.members.count - 1)))
    }

    func account(_ choices: inout ChoiceSource) throws(Discard) -> AccountID {
        if try choices.chance(perMille: 25) { return AccountID(digest: Cast.digest(77)) }
        return world.cast.members[try member(&choices)].account
    }

    func asset(_ choices: inout ChoiceSource) throws(Discard) -> AssetID {
        if try choices.chance(perMille: 25) { return AssetID(digest: Cast.digest(77)) }
        // The shares first: most that can go wrong goes wrong with them.
        return world.assets[[2, 1, 0, 3][Int(try choices.choose(upTo: 3))]]
    }

    func partition(_ choices: inout ChoiceSource) throws(Discard) -> Partition {
        Partition(try choices.chance(perMille: 200) ? 1 : 0)
    }

    /// A number of units up to a little more than there are.
    func units(_ most: Quantity, _ choices: inout ChoiceSource) throws(Discard) -> Quantity {
        let units = try choices.chooseWide(upTo: min(most.units, 1_000_000) + 2)
        if try choices.chance(perMille: 12) { return Quantity(UInt128.max / 2 - units) }
        return try choices.chance(perMille: 20) ? .max : Quantity(units)
    }

    /// A holding of one of the cast, mostly one with units.
    ///
    /// - Parameter share: how often, in a thousand, it is one that is encumbered.
    func holding(
        encumberedPerMille share: UInt64,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> (member: Int, view: LedgerState.HoldingView) {
        var held = world.assets.flatMap { state.holdings(of: $0) }.filter { $0.units > .zero }
            .compactMap { view in world.cast.index(of: view.account).map { ($0, view) } }
        if try choices.chance(perMille: share) {
            let encumbered = held.filter { !$0.1.encumbrances.isEmpty }
            if !encumbered.isEmpty { held = encumbered }
        }
        if focus == .recoveries, try choices.chance(perMille: 500) {
            let lost = held.filter { state.recovery(of: $0.1.account) != nil }
            if !lost.isEmpty { held = lost }
        }
        if try !choices.chance(perMille: 60), let found = try element(held, &choices) { return found }
        let asset = try asset(&choices)
        let member = try member(&choices)
        let account = world.cast.members[member].account
        return (member, state.holding(asset: asset, account: account, partition: try partition(&choices)))
    }

    func order(_ choices: inout ChoiceSource) throws(Discard) -> OrderReference {
        try reference("order \(try choices.choose(upTo: 3))", .judgment)
    }

    func reference(_ text: String, _ basis: LegalBasis? = nil) throws(Discard) -> OrderReference {
        guard let order = OrderReference(reference: text, documentDigest: Cast.digest(8), legalBasis: basis) else {
            throw .assumptionFailed
        }
        return order
    }

    func rank(_ choices: inout ChoiceSource) throws(Discard) -> UInt16 {
        try choices.chance(perMille: 30) ? 0 : UInt16(try choices.choose(upTo: 3)) + 1
    }

    /// A date from yesterday to a month from now.
    func date(_ choices: inout ChoiceSource) throws(Discard) -> CalendarDate {
        let days = try choices.chance(perMille: 60) ? -1 : Int(try choices.choose(upTo: 30))
        return state.businessDate.adding(days: days) ?? state.businessDate
    }

    /// The authority that usually may, or any; and its members who act.
    func authority(
        _ role: Role,
        over asset: AssetID? = nil,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> (reference: AuthorityReference, actor: Int, others: [Int]) {
        var reference = AuthorityReference(role)
        if let asset, let own = state.asset(asset)?.charter.authorities.first(where: { $0.role == role }),
            try !choices.chance(perMille: 150)
        {
            reference = AuthorityReference(role, number: own.number, asset: asset)
        }
        if try choices.chance(perMille: 60) {
            let roles = Role.allCases
            reference = AuthorityReference(
                roles[Int(try choices.choose(upTo: UInt64(roles.count - 1)))],
                number: UInt16(try choices.choose(upTo: 2)),
                asset: try choices.chance(perMille: 300) ? world.assets[AuditWorld.share] : nil
            )
        }
        let members = state.authority(reference)?.members.compactMap { world.cast.index(of: $0) }.sorted() ?? []
        let isStranger = try choices.chance(perMille: 40)
        guard let actor = try element(members, &choices), !isStranger else {
            return (reference, try member(&choices), [])
        }
        // One member acts; now and then alone where two must, more often where a mandate says for what.
        let hasMandate = state.control(.mandate(reference)) != nil
        let others = try choices.chance(perMille: hasMandate ? 300 : 80) ? [] : members.filter { $0 != actor }
        return (reference, actor, others)
    }
}
