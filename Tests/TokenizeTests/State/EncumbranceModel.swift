@testable import Tokenize

/// The algebra of encumbrances written down a second time, plainly: one asset, numbered holders, small amounts.
///
/// It says which rule refuses an act, and what every holding looks like afterwards.
struct EncumbranceModel {
    enum Owner: Hashable {
        case court
        case regulator
        case holder(Int)
    }

    struct Claim: Hashable {
        let id: EncumbranceID
        let kind: EncumbranceKind
        let owner: Owner
        var amount: Int
        let rank: Int
        let lastDay: Int
        let order: String
        /// 0 for what was put on the holding; one number for all that arrived together from one group elsewhere.
        let group: Int
    }

    struct Holding: Hashable {
        var units = 0
        var claims: [Claim] = []
    }

    enum Act: Hashable {
        case transfer(from: Int, to: Int, units: Int)
        case attach(Owner, on: Int, EncumbranceKind, amount: Int, rank: Int, lastDay: Int, order: String)
        case reserve(by: Int, for: Int, EncumbranceKind, amount: Int, rank: Int, lastDay: Int)
        case release(Owner, on: Int, EncumbranceID, amount: Int?)
        case force(Owner, from: Int, to: Int, units: Int, rank: Int, order: String, executing: EncumbranceID?)
        case pass(days: Int)
    }

    var holdings: [Holding]
    var today = 0
    private var groupCount = 0

    init(units: [Int]) { holdings = units.map { Holding(units: $0) } }

    /// Units covered by what stands and is counted.
    func cover(_ holder: Int, where counts: (Claim) -> Bool = { _ in true }) -> Int {
        let standing = holdings[holder].claims.filter { $0.lastDay >= today && counts($0) }
        var sum = 0
        for group in Set(standing.map { $0.group }) {
            let claims = standing.filter { $0.group == group }
            let reserved = claims.filter { $0.kind == .hold || $0.kind == .pledge }.reduce(0) { $0 + $1.amount }
            let attached = claims.filter { $0.kind == .freeze || $0.kind == .lien }.map { $0.amount }.max() ?? 0
            sum += max(reserved, attached)
        }
        return sum
    }

    func available(_ holder: Int) -> Int { max(0, holdings[holder].units - cover(holder)) }

    /// The rule that refuses the act, or nil.
    func refusal(of act: Act) -> RejectionCode? {
        switch act {
        case .pass: return nil
        case .transfer(let from, let to, let units):
            if from == to { return .selfTransfer }
            if units == 0 { return .zeroUnits }
            if units > holdings[from].units { return .insufficientUnits }
            return units > available(from) ? .unitsEncumbered : nil
        case .attach(_, let holder, let kind, let amount, let rank, let lastDay, _):
            if kind == .hold || kind == .pledge { return .kindNotAllowed }
            return refusal(holder, amount, rank, lastDay, most: kind == .lien ? holdings[holder].units : .max)
        case .reserve(let holder, let other, let kind, let amount, let rank, let lastDay):
            if holder == other { return .targetNotAllowed }
            if kind == .freeze || kind == .lien { return .kindNotAllowed }
            return refusal(holder, amount, rank, lastDay, most: available(holder))
        case .release(let owner, let holder, let id, let amount):
            guard let claim = holdings[holder].claims.first(where: { $0.id == id }) else { return .unknownEncumbrance }
            if claim.owner != owner { return .notOwner }
            return amount.map { $0 == 0 || $0 > claim.amount } ?? false ? .releaseExceedsAmount : nil
        case .force: return refusal(ofOrder: act)
        }
    }

    private func refusal(_ holder: Int, _ amount: Int, _ rank: Int, _ lastDay: Int, most: Int) -> RejectionCode? {
        if rank == 0 { return .rankZero }
        if lastDay < today { return .alreadyLapsed }
        if amount == 0 { return .zeroUnits }
        return amount > most ? .encumbranceExceedsUnits : nil
    }

    private func refusal(ofOrder act: Act) -> RejectionCode? {
        guard case .force(let owner, let from, let to, let units, let rank, let order, let executing) = act else {
            return nil
        }
        if from == to { return .selfTransfer }
        if units == 0 { return .zeroUnits }
        if rank == 0 { return .rankZero }
        if units > holdings[from].units { return .insufficientUnits }
        var after = self
        if let executing {
            guard let index = holdings[from].claims.firstIndex(where: { $0.id == executing }) else {
                return .unknownEncumbrance
            }
            let claim = holdings[from].claims[index]
            if claim.owner != owner { return .notOwner }
            if claim.lastDay < today || claim.order != order || claim.rank != rank || claim.amount < units {
                return .orderDoesNotCover
            }
            after.holdings[from].claims[index].amount -= units
        }
        let kept = after.cover(from) { claim in
            if case .holder = claim.owner { return claim.rank < rank }
            return claim.rank <= rank
        }
        return holdings[from].units - units < kept ? .seniorEncumbrance : nil
    }

    /// Does an act that nothing refuses, in the transaction of that name.
    mutating func apply(_ act: Act, in transaction: TransactionID) {
        switch act {
        case .pass(let days): today += days
        case .transfer(let from, let to, let units):
            holdings[from].units -= units
            holdings[to].units += units
        case .attach(let owner, let holder, let kind, let amount, let rank, let lastDay, let order):
            put([(kind, owner, amount, rank, lastDay, order)], on: holder, transaction)
        case .reserve(let holder, let other, let kind, let amount, let rank, let lastDay):
            put([(kind, .holder(other), amount, rank, lastDay, "contract")], on: holder, transaction)
        case .release(_, let holder, let id, let amount):
            reduce(holder, id, by: amount)
        case .force(_, let from, let to, let units, let rank, _, let executing):
            if let executing { reduce(from, executing, by: units) }
            holdings[from].units -= units
            holdings[to].units += units
            moveLiens(from: from, to: to, rank: rank, transaction)
        }
    }

    private mutating func put(
        _ claims: [(EncumbranceKind, Owner, Int, Int, Int, String)],
        on holder: Int,
        _ transaction: TransactionID
    ) {
        keepStanding(holder)
        for (kind, owner, amount, rank, lastDay, order) in claims {
            holdings[holder].claims.append(
                Claim(
                    id: .named(transaction),
                    kind: kind,
                    owner: owner,
                    amount: amount,
                    rank: rank,
                    lastDay: lastDay,
                    order: order,
                    group: 0
                )
            )
        }
        sort(holder)
    }

    private mutating func reduce(_ holder: Int, _ id: EncumbranceID, by amount: Int?) {
        guard let index = holdings[holder].claims.firstIndex(where: { $0.id == id }) else { return }
        holdings[holder].claims[index].amount -= amount ?? holdings[holder].claims[index].amount
        holdings[holder].claims.removeAll { $0.amount == 0 }
    }

    /// One unit after the other is given to the liens' groups that may keep one; what is left over leaves.
    private mutating func moveLiens(from: Int, to: Int, rank: Int, _ transaction: TransactionID) {
        var kept: [Int: Int] = [:]
        var room = holdings[from].units
        let claims = holdings[from].claims
        for isSenior in [true, false] {
            for lien in claims where lien.kind == .lien && lien.lastDay >= today && (lien.rank <= rank) == isSenior {
                while kept[lien.group, default: 0] < lien.amount, room > 0 {
                    kept[lien.group, default: 0] += 1
                    room -= 1
                }
            }
        }
        var groups: [Int: Int] = [:]
        var arriving: [Claim] = []
        for (index, lien) in claims.enumerated() where lien.kind == .lien && lien.lastDay >= today {
            let stays = min(lien.amount, kept[lien.group, default: 0])
            guard stays < lien.amount else { continue }
            if groups[lien.group] == nil {
                groupCount += 1
                groups[lien.group] = groupCount
            }
            arriving.append(
                Claim(
                    id: .named(transaction, ordinal: index + 1),
                    kind: .lien,
                    owner: lien.owner,
                    amount: lien.amount - stays,
                    rank: lien.rank,
                    lastDay: lien.lastDay,
                    order: lien.order,
                    group: groups[lien.group] ?? 0
                )
            )
            holdings[from].claims[index].amount = stays
        }
        holdings[from].claims.removeAll { $0.amount == 0 }
        guard !arriving.isEmpty else { return }
        keepStanding(to)
        holdings[to].claims += arriving
        sort(to)
    }

    private mutating func keepStanding(_ holder: Int) { holdings[holder].claims.removeAll { $0.lastDay < today } }

    private mutating func sort(_ holder: Int) {
        holdings[holder].claims.sort { ($0.rank, $0.id) < ($1.rank, $1.id) }
    }
}
