import Tokenize

/// Sections 5.4 to 5.7 and 3.7.2: units come, go and change hands.
extension LedgerModel {
    /// What is available of a holding (5.5).
    func available(_ holding: Holding) -> UInt128 {
        let covered = Self.cover(holding.claims.filter { $0.stands(on: today) })
        return covered > holding.units ? 0 : holding.units - covered
    }

    /// The cover of claims that stand.
    static func cover(_ claims: [Claim]) -> UInt128 {
        var sum: UInt128 = 0
        for layer in Set(claims.map { $0.layer }) {
            var (reserved, attached): (UInt128, UInt128) = (0, 0)
            for claim in claims where claim.layer == layer {
                if claim.isReserved {
                    reserved = ModelSum.atMost(reserved, claim.amount)
                } else {
                    attached = max(attached, claim.amount)
                }
            }
            sum = ModelSum.atMost(sum, max(reserved, attached))
        }
        return sum
    }

    mutating func take(_ units: UInt128, from place: Place) throws {
        guard units > 0 else { throw ModelRefusal(.zeroUnits) }
        let holding = holdings[place] ?? Holding()
        guard units <= holding.units else { throw ModelRefusal(.insufficientUnits) }
        guard units <= available(holding) else { throw ModelRefusal(.unitsEncumbered) }
        holdings[place, default: Holding()].units -= units
    }

    mutating func give(_ units: UInt128, to place: Place) throws {
        guard let sum = ModelSum.of(holdings[place]?.units ?? 0, units) else { throw ModelRefusal(.quantityOverflow) }
        holdings[place, default: Holding()].units = sum
    }

    // MARK: Holding rules

    /// HLD-001, HLD-002 for who receives, from another or newly issued units. Between accounts of one person nobody's
    /// part changes.
    func requireMayHold(_ account: AccountID, _ asset: AssetID, from giver: AccountID? = nil) throws {
        let holderClass = try known(account).holderClass
        for rule in try known(asset).charter.rules {
            switch rule {
            case .allowedClasses(let classes):
                guard Self.contains(classes, holderClass) else { throw ModelRefusal(.classNotAllowed) }
            case .classShareLimit(let classes, let numerator, let denominator):
                guard Self.contains(classes, holderClass), giver.map({ isOnePerson($0, account) }) != true else {
                    continue
                }
                try requireShare(classes, numerator, denominator, asset)
            }
        }
    }

    /// HLD-002 for the classes that give nothing up.
    func requireSharesKept(_ holder: AccountID, _ asset: AssetID) throws {
        let holderClass = try known(holder).holderClass
        for case .classShareLimit(let classes, let numerator, let denominator) in try known(asset).charter.rules {
            if Self.contains(classes, holderClass) { continue }
            try requireShare(classes, numerator, denominator, asset)
        }
    }

    private func requireShare(
        _ classes: HolderClassSet,
        _ numerator: UInt64,
        _ denominator: UInt64,
        _ asset: AssetID
    ) throws {
        let held = unitsHeld(of: asset) { Self.contains(classes, $0) }
        let outstanding = try known(asset).outstanding
        let isExceeded =
            ModelNumber(held) * ModelNumber(UInt128(denominator)) > ModelNumber(outstanding)
            * ModelNumber(UInt128(numerator))
        guard !isExceeded else { throw ModelRefusal(.classShareExceeded) }
    }

    /// Units of an asset in the hands of some classes, counted one holding after another.
    func unitsHeld(of asset: AssetID, by isMeant: (HolderClass) -> Bool) -> UInt128 {
        var sum: UInt128 = 0
        for (place, holding) in holdings where place.asset == asset {
            if let holder = accounts[place.account], isMeant(holder.holderClass) { sum += holding.units }
        }
        return sum
    }

    private static func contains(_ classes: HolderClassSet, _ holderClass: HolderClass) -> Bool {
        classes.rawValue >> UInt32(holderClass.rawValue) & 1 == 1
    }

    // MARK: Movements

    /// 5.6.1.
    mutating func transferUnits(
        _ asset: AssetID,
        from giver: AccountID,
        to receiver: AccountID,
        _ partition: Partition,
        _ units: UInt128
    ) throws {
        try requireMovable(asset)
        try requireFree(giver)
        _ = try known(receiver)
        try move(asset, from: giver, to: receiver, partition, units)
    }

    /// 5.6.1 from TRF-002 on.
    mutating func move(
        _ asset: AssetID,
        from giver: AccountID,
        to receiver: AccountID,
        _ partition: Partition,
        _ units: UInt128
    ) throws {
        guard giver != receiver else { throw ModelRefusal(.selfTransfer) }
        try take(units, from: Place(asset: asset, account: giver, partition: partition))
        try give(units, to: Place(asset: asset, account: receiver, partition: partition))
        try requireMayHold(receiver, asset, from: giver)
        effects.append(
            .transferred(asset, from: giver, to: receiver, partition: partition, units: Quantity(units))
        )
    }

    mutating func transferBatch(_ batch: BatchTransfer, _ actor: AccountID) throws {
        try requireMovable(batch.asset)
        try requireFree(actor)
        guard batch.legs.count > 0 else { throw ModelRefusal(.noRecipients) }
        for leg in batch.legs {
            _ = try known(leg.recipient)
            try move(batch.asset, from: actor, to: leg.recipient, batch.partition, leg.units.units)
        }
    }

    mutating func settle(_ settlement: Settlement, _ seller: AccountID) throws {
        guard settlement.buyer >= 0, settlement.buyer < principals.count, principals[settlement.buyer] != seller else {
            throw ModelRefusal(.buyerIsSeller)
        }
        let buyer = principals[settlement.buyer]
        let (delivery, payment) = (settlement.delivery, settlement.payment)
        guard delivery.asset != payment.asset else { throw ModelRefusal(.sameAsset) }
        try transferUnits(delivery.asset, from: seller, to: buyer, delivery.partition, delivery.units.units)
        try transferUnits(payment.asset, from: buyer, to: seller, payment.partition, payment.units.units)
    }

    mutating func reclassify(_ change: Reclassification) throws {
        try requireMovable(change.asset)
        _ = try known(change.holder)
        try requireFree(change.holder)
        guard change.source != change.destination else { throw ModelRefusal(.samePartition) }
        let units = change.units.units
        try take(units, from: Place(asset: change.asset, account: change.holder, partition: change.source))
        try give(units, to: Place(asset: change.asset, account: change.holder, partition: change.destination))
        effects.append(
            .reclassified(
                change.asset,
                change.holder,
                from: change.source,
                to: change.destination,
                units: change.units
            )
        )
    }

    // MARK: Issue and redemption

    mutating func issue(_ issuance: Issuance) throws {
        let (asset, recipient, units) = (issuance.asset, issuance.recipient, issuance.units.units)
        try requireMovable(asset)
        _ = try known(recipient)
        guard units > 0 else { throw ModelRefusal(.zeroUnits) }
        let record = try known(asset)
        guard let issued = ModelSum.of(record.issued, units), issued <= record.cap else {
            throw ModelRefusal(.capExceeded)
        }
        assets[asset]?.issued = issued
        try give(units, to: Place(asset: asset, account: recipient, partition: issuance.partition))
        try requireMayHold(recipient, asset)
        effects.append(.issued(asset, to: recipient, partition: issuance.partition, units: issuance.units))
    }

    mutating func redeem(_ redemption: Redemption) throws {
        guard redemption.holder >= 0, redemption.holder < principals.count else {
            throw ModelRefusal(.holderIsNotPrincipal)
        }
        let holder = principals[redemption.holder]
        try extinguish(redemption.units.units, redemption.asset, holder, redemption.partition)
    }

    mutating func extinguish(_ units: UInt128, _ asset: AssetID, _ holder: AccountID, _ partition: Partition) throws {
        try requireMovable(asset)
        try requireFree(holder)
        try take(units, from: Place(asset: asset, account: holder, partition: partition))
        assets[asset]?.redeemed += units
        try requireSharesKept(holder, asset)
        effects.append(.redeemed(asset, from: holder, partition: partition, units: Quantity(units)))
    }
}
