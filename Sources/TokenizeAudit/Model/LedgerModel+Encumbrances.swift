import Tokenize

/// Sections 5.5.1 and 5.8: encumbrances are put on, arrive and are lifted.
extension LedgerModel {
    mutating func encumber(_ act: Encumbering, _ under: AuthorityReference?, _ actor: AccountID) throws {
        let owner: EncumbranceOwner
        if let under {
            guard act.beneficiary == nil else { throw ModelRefusal(.targetNotAllowed) }
            if case .holding = act.target {
                guard act.kind == .freeze || act.kind == .lien else { throw ModelRefusal(.kindNotAllowed) }
            } else {
                guard act.kind == .freeze, act.amount.units == 0 else { throw ModelRefusal(.kindNotAllowed) }
            }
            owner = .authority(under)
        } else {
            guard case .holding(_, actor, _) = act.target, let beneficiary = act.beneficiary,
                !isOnePerson(beneficiary, actor)
            else { throw ModelRefusal(.targetNotAllowed) }
            guard act.kind == .hold || act.kind == .pledge else { throw ModelRefusal(.kindNotAllowed) }
            _ = try known(beneficiary)
            try requireFree(actor)
            owner = .account(beneficiary)
        }
        guard act.rank > 0 else { throw ModelRefusal(.rankZero) }
        guard act.lastDate >= today else { throw ModelRefusal(.alreadyLapsed) }
        if let under { try note(act.order, of: under, takes: false) }
        if case .holding(let asset, let account, let partition) = act.target {
            _ = try known(asset)
            _ = try known(account)
            guard act.amount.units > 0 else { throw ModelRefusal(.zeroUnits) }
            let holding = holdings[Place(asset: asset, account: account, partition: partition)] ?? Holding()
            let most: UInt128 =
                switch act.kind {
                case .hold, .pledge: available(holding)
                case .lien: holding.units
                case .freeze: .max
                }
            guard act.amount.units <= most else { throw ModelRefusal(.encumbranceExceedsUnits) }
        }
        let claim = Claim(
            id: encumbranceID(ordinal: 0),
            kind: act.kind,
            owner: owner,
            amount: act.amount.units,
            rank: act.rank,
            lastDate: act.lastDate,
            order: act.order
        )
        let standing = try claims(on: act.target).filter { $0.stands(on: today) }
        let rivals = standing.filter { $0.layer == 0 && $0.isReserved == claim.isReserved }
        guard rivals.count < 64 else { throw ModelRefusal(.tooManyEncumbrances) }
        setClaims(Self.sorted(standing + [claim]), on: act.target)
        effects.append(.encumbered(act.target, claim.id, amount: act.amount))
    }

    mutating func lift(_ act: Release, _ under: AuthorityReference?, _ actor: AccountID) throws {
        if under == nil { try requireFree(actor) }
        var list = try claims(on: act.target)
        guard let index = list.firstIndex(where: { $0.id == act.encumbrance }) else {
            throw ModelRefusal(.unknownEncumbrance)
        }
        let caller: EncumbranceOwner = under.map { .authority($0) } ?? .account(actor)
        guard list[index].owner == caller else { throw ModelRefusal(.notOwner) }
        let amount = act.amount?.units ?? list[index].amount
        guard act.amount?.units != 0, amount <= list[index].amount else { throw ModelRefusal(.releaseExceedsAmount) }
        Self.lower(&list, at: index, by: amount)
        setClaims(list, on: act.target)
        effects.append(.released(act.target, act.encumbrance, amount: Quantity(amount)))
    }

    static func lower(_ list: inout [Claim], at index: Int, by amount: UInt128) {
        list[index].amount -= amount
        if list[index].amount == 0 { list.remove(at: index) }
    }

    static func sorted(_ list: [Claim]) -> [Claim] {
        list.sorted { ($0.rank, $0.id, $0.layer) < ($1.rank, $1.id, $1.layer) }
    }

    func claims(on target: EncumbranceTarget) throws -> [Claim] {
        switch target {
        case .account(let id): return try known(id).claims
        case .asset(let id): return try known(id).claims
        case .party(let id):
            guard parties[id] != nil else { throw ModelRefusal(.unknownParty) }
            return partyClaims[id] ?? []
        case .holding(let asset, let account, let partition):
            _ = try known(asset)
            _ = try known(account)
            return holdings[Place(asset: asset, account: account, partition: partition)]?.claims ?? []
        }
    }

    private mutating func setClaims(_ list: [Claim], on target: EncumbranceTarget) {
        switch target {
        case .account(let id): accounts[id]?.claims = list
        case .asset(let id): assets[id]?.claims = list
        case .party(let id): partyClaims[id] = list.isEmpty ? nil : list
        case .holding(let asset, let account, let partition):
            holdings[Place(asset: asset, account: account, partition: partition), default: Holding()].claims = list
        }
    }

    func encumbranceID(ordinal: UInt64) -> EncumbranceID {
        let name = ModelHash.array(
            ModelHash.bytes(transaction.digest),
            ModelHash.number(UInt64(position)),
            ModelHash.number(ordinal)
        )
        return EncumbranceID(digest: ModelHash.tagged("Tokenize/encumbrance", name))
    }

    // MARK: Arrival

    /// The list of a holding with what arrives there, or nil where ENB-006 refuses.
    func arrival(of arriving: [Claim], at place: Place) -> [Claim]? {
        var list = (holdings[place]?.claims ?? []).filter { $0.stands(on: today) }
        let most = list.isEmpty ? 384 : 128
        var places: [UInt16: UInt16] = [:]
        for claim in arriving {
            var moved = claim
            if let layer = places[claim.layer] {
                moved.layer = layer
            } else {
                let taken = Set(list.map { $0.layer }).union(places.values)
                while moved.layer == 0 || taken.contains(moved.layer) { moved.layer += 1 }
                places[claim.layer] = moved.layer
            }
            list.append(moved)
        }
        guard list.filter({ $0.layer != 0 }).count <= most else { return nil }
        return Self.sorted(list)
    }

    mutating func receive(_ arriving: [Claim], at place: Place) throws {
        if arriving.isEmpty { return }
        guard let list = arrival(of: arriving, at: place) else { throw ModelRefusal(.tooManyEncumbrances) }
        holdings[place, default: Holding()].claims = list
        let target = EncumbranceTarget.holding(
            asset: place.asset,
            account: place.account,
            partition: place.partition
        )
        for claim in arriving { effects.append(.encumbered(target, claim.id, amount: Quantity(claim.amount))) }
    }
}
