import Tokenize

/// What is agreed upon one after another.
extension FewOffices {
    mutating func propose(_ trial: inout Trial) async throws {
        let office = try office(beside: [Self.governor, Self.daily], &trial)
        guard let last = today.adding(days: try trial.number(0...9)) else { return }
        let isUnfit = try trial.number(0...4) == 0
        let act = try await isUnfit ? nil : boundAct(under: office, &trial)
        guard let bytes = try isUnfit ? unfit(&trial) : act.map({ Operation($0).canonicalBytes }) else { return }
        let proposal = Proposal(act: bytes, until: last)
        let proposer = try signing(for: office, &trial)[0]
        try await submit([.control(.propose(proposal), under: nil)], by: [proposer], &trial)
    }

    /// The bytes of what no approval is enough for: acts to which somebody beside the authority is a party, an act by
    /// another principal, one of a holder, and no act at all.
    private func unfit(_ trial: inout Trial) throws -> [UInt8] {
        let (asset, today) = (share, today)
        let party = ledger.world.cast.members[Cast.carol].opening.party
        let filing = RecoveryFiling(
            account: account(Cast.carol),
            policy: try ledger.world.cast.members[Cast.carol].policy(weighing: 2),
            with: Self.court
        )
        let freeze = EmergencyFreeze(target: .party(party), rank: 1, lastDate: today, order: try order(&trial))
        let known = ledger.model.proposals.keys.sorted().first ?? ProposalID(digest: .zero)
        let redemption = Redemption(asset: asset, holder: try trial.number(0...1), units: 1)
        let bond = ledger.world.assets[AuditWorld.bond]
        let sale = Subscription(asset: bond, buyer: 0, units: 1, at: .price(.hundred))
        let back = BuyBack(asset: bond, seller: 0, units: 1, at: .price(.hundred))
        let custody = Act.control(.nameCustody(account(Cast.carol)), under: Self.regulator)
        let acts: [Operation] = [
            Operation(.redeem(redemption, under: Self.issuer)),
            Operation(.redeem(redemption, under: Self.transferAgent)),
            Operation(.redeem(redemption, under: Self.agent)),
            Operation(.control(.fileRecovery(filing), under: Self.regulator)),
            Operation(.control(.emergencyFreeze(freeze), under: Self.regulator)),
            Operation(.control(.veto(known), under: Self.court)),
            Operation(.service(.subscribe(sale), under: Self.issuer)),
            Operation(.service(.buyBack(back), under: Self.issuer)),
            Operation(custody, principal: 1), Operation(.cancelSequence),
            Operation(.transfer(Transfer(asset: asset, recipient: account(Cast.bob), units: 1))),
        ]
        return try trial.number(0...11) == 0 ? [0x80] : trial.draw(.element(of: acts)).canonicalBytes
    }

    /// One more approval, an approval taken back, a veto, or an attempt to do it.
    mutating func decide(_ trial: inout Trial) async throws {
        guard let (id, proposal) = try proposal(&trial) else { return }
        let member = try signing(for: proposal.authority, &trial)[0]
        switch try trial.number(0...5) {
        case 0, 1: try await submit([.control(.approve(id), under: nil)], by: [member], &trial)
        case 2: try await submit([.control(.withdraw(id), under: nil)], by: [member], &trial)
        case 3: try await execute(id, proposal, by: member, &trial)
        default:
            let named = (ledger.model.mandates[proposal.authority]?.timelocks ?? []).compactMap(\.veto)
            let offices = [Self.court, Self.regulator] + named + named + named
            let office = try trial.draw(.element(of: offices))
            let signing = try signing(for: office, &trial)
            let isDone = try await submit([.control(.veto(id), under: office)], by: signing, &trial)
            trial.label("vetoed", when: isDone)
        }
    }

    /// A proposal, mostly one of the last.
    private func proposal(_ trial: inout Trial) throws -> (ProposalID, LedgerModel.OpenProposal)? {
        let ids = ledger.model.proposals.keys.sorted()
        guard !ids.isEmpty else { return nil }
        let id = try trial.draw(.element(of: ids))
        return ledger.model.proposals[id].map { (id, $0) }
    }

    /// Members approve, about as much time passes as must, and it is done if nothing refuses it.
    mutating func carryThrough(_ trial: inout Trial) async throws {
        guard let (id, proposal) = try proposal(&trial) else { return }
        for member in members(of: proposal.authority) {
            if try trial.number(0...4) > 0 {
                try await submit([.control(.approve(id), under: nil)], by: [member], &trial)
            }
        }
        for _ in 0..<(try trial.number(0...2)) { try await openDay(&trial) }
        try await ledger.pass(UInt64(15 * (try trial.number(0...4))))
        try await execute(id, proposal, by: try signing(for: proposal.authority, &trial)[0], &trial)
    }

    private mutating func execute(
        _ id: ProposalID,
        _ proposal: LedgerModel.OpenProposal,
        by member: Int,
        _ trial: inout Trial
    ) async throws {
        let isDone = try await submit([.control(.execute(id), under: nil)], by: [member], &trial)
        guard isDone, let act = (try? Operation(canonicalBytes: proposal.act))?.act else { return }
        trial.label("executed")
        trial.label("executed \(act.code)")
        trial.label("for another", when: proposal.proposer != account(member))
    }
}
