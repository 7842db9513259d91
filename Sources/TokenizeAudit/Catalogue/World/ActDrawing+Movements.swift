import Tokenize

extension ActDrawing {
    /// Units change hands, or parts.
    func movement(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        if try choices.chance(perMille: 80), let deed = try share(&choices) { return deed }
        let (member, held) = try holding(encumberedPerMille: 250, &choices)
        let isCareful = try !choices.chance(perMille: 250)
        let amount = try units(isCareful ? held.available : held.units, &choices)
        let (asset, partition) = (held.asset, held.partition)
        switch try choices.choose(upTo: 5) {
        case 0, 1:
            let transfer = Transfer(
                asset: asset,
                recipient: try account(&choices),
                partition: partition,
                units: amount
            )
            return Deed(member) { _ in .transfer(transfer) }
        case 2:
            var legs: [BatchTransfer.Leg] = []
            while legs.count < 3, try choices.chance(perMille: 700) {
                let units = try units(Quantity(held.available.units / 3), &choices)
                legs.append(BatchTransfer.Leg(recipient: try account(&choices), units: units))
            }
            if legs.count > 1, try choices.chance(perMille: 60) {
                legs = legs.map { BatchTransfer.Leg(recipient: $0.recipient, units: .max) }
            }
            let batch = BatchTransfer(asset: asset, partition: partition, legs: legs)
            return Deed(member) { _ in .batchTransfer(batch) }
        case 3:
            let buyer = try choices.chance(perMille: 40) ? member : try self.member(&choices)
            let paid = try choices.chance(perMille: 900) ? world.assets[AuditWorld.cash] : asset
            let price = try units(20, &choices)
            return Deed(member, others: [buyer]) { place in
                .settle(
                    Settlement(
                        buyer: place(buyer),
                        delivery: .init(asset: asset, partition: partition, units: amount),
                        payment: .init(asset: paid, units: price)
                    )
                )
            }
        case 4: return try redemption(member, held, &choices)
        default:
            let agent = try authority(.transferAgent, over: asset, &choices)
            let other = Partition(partition == 0 ? 1 : 0)
            let destination = try choices.chance(perMille: 80) ? partition : other
            let change = Reclassification(
                asset: asset,
                holder: held.account,
                from: partition,
                to: destination,
                units: amount
            )
            return Deed(agent.actor, others: agent.others) { _ in .reclassify(change, under: agent.reference) }
        }
    }

    /// Units that lead foreigners to the share that they may hold, or one above.
    private func share(_ choices: inout ChoiceSource) throws(Discard) -> Deed? {
        let asset = world.assets[AuditWorld.share]
        let foreign = Int(HolderClass.foreignPerson.rawValue)
        guard let record = state.asset(asset) else { return nil }
        let held = record.unitsByClass[foreign]
        let outstanding = record.outstanding.units
        let more = UInt128(try choices.choose(upTo: 1))
        let kind = try choices.choose(upTo: 2)
        let issuer = try authority(.issuer, over: asset, &choices)
        let holders = state.holdings(of: asset).filter { $0.available > .zero }
            .compactMap { view in world.cast.index(of: view.account).map { ($0, view) } }
            .filter { $0.0 != Cast.foreigner }
        guard held * 10 <= outstanding, let (member, view) = try element(holders, &choices) else { return nil }
        let recipient = world.cast.members[Cast.foreigner].account
        switch kind {
        case 0:
            let units = Quantity(outstanding / 10 - held + more)
            let transfer = Transfer(asset: asset, recipient: recipient, partition: view.partition, units: units)
            return Deed(member) { _ in .transfer(transfer) }
        case 1:
            let units = Quantity((outstanding - held * 10) / 9 + more)
            let issuance = Issuance(asset: asset, recipient: recipient, units: units)
            return Deed(issuer.actor, others: issuer.others) { _ in .issue(issuance, under: issuer.reference) }
        default:
            let units = Quantity(outstanding - held * 10 + more)
            return Deed(issuer.actor, others: issuer.others + [member]) { place in
                .redeem(
                    Redemption(asset: asset, holder: place(member), partition: view.partition, units: units),
                    under: issuer.reference
                )
            }
        }
    }

    private func redemption(
        _ member: Int,
        _ held: LedgerState.HoldingView,
        _ choices: inout ChoiceSource
    ) throws(Discard) -> Deed {
        let issuer = try authority(.issuer, over: held.asset, &choices)
        let amount = try units(Quantity(held.available.units / 2), &choices)
        let isForeign = try choices.chance(perMille: 80)
        return Deed(issuer.actor, others: issuer.others + [member]) { place in
            .redeem(
                Redemption(
                    asset: held.asset,
                    holder: isForeign ? TransactionLimits.principalCountMax - 1 : place(member),
                    partition: held.partition,
                    units: amount
                ),
                under: issuer.reference
            )
        }
    }

    /// Units come into being, go, and pay.
    func payment(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let asset = try asset(&choices)
        let cash = try choices.chance(perMille: 50) ? asset : world.assets[AuditWorld.cash]
        let notice = try reference("notice \(try choices.choose(upTo: 2))")
        switch try choices.choose(upTo: 19) {
        case 0..<9:
            let issuer = try authority(.issuer, over: asset, &choices)
            let issuance = Issuance(
                asset: asset,
                recipient: try account(&choices),
                partition: try partition(&choices),
                units: try units(40, &choices)
            )
            return Deed(issuer.actor, others: issuer.others) { _ in .issue(issuance, under: issuer.reference) }
        case 9, 10:
            let issuer = try authority(.issuer, over: asset, &choices)
            let cancellation = Cancellation(asset: asset, units: try units(20, &choices))
            return Deed(issuer.actor, others: issuer.others) { _ in .cancelUnits(cancellation, under: issuer.reference)
            }
        case 11..<17:
            let agent = try authority(.payingAgent, over: asset, &choices)
            let total = try units(100, &choices)
            let distribution = Distribution(asset: asset, cash: cash, total: total, order: notice)
            return Deed(agent.actor, others: agent.others) { _ in .distribute(distribution, under: agent.reference) }
        default:
            let isBond = try choices.chance(perMille: 400)
            let asset = isBond ? world.assets[AuditWorld.bond] : asset
            let agent = try authority(.payingAgent, over: asset, &choices)
            let isFace = try choices.chance(perMille: 600)
            let amount = isFace ? 10 : try choices.chance(perMille: 600) ? Quantity.max : try units(3, &choices)
            let redemption = FinalRedemption(
                asset: asset,
                cash: cash,
                amountPerUnit: amount,
                order: notice
            )
            return Deed(agent.actor, others: agent.others) { _ in .redeemAll(redemption, under: agent.reference) }
        }
    }
}
