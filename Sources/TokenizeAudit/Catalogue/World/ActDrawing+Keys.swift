import Tokenize

extension ActDrawing {
    func document(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let digests = (0..<8).map { Cast.digest(of: "document \($0)") }
        let records = digests.compactMap { digest -> (digest: Digest, record: DocumentRecord)? in
            guard case .document(let record)? = state.control(.document(digest)) else { return nil }
            return (digest, record)
        }
        let replaced = records.filter { $0.record.supersededBy != nil }
        var old = try choices.chance(perMille: 700) ? try element(records, &choices) : nil
        if try choices.chance(perMille: 400), let record = try element(replaced, &choices) { old = record }
        // Mostly by who filed it, as a document of its type and of a name that is free.
        var role = try choices.chance(perMille: 500) ? Role.court : .regulator
        var type = try choices.chance(perMille: 750) ? DocumentType.order : .notice
        if let old, try choices.chance(perMille: 850) { role = old.record.authority.role }
        if let old, try choices.chance(perMille: 700) { type = old.record.type }
        let free = digests.filter { digest in !records.contains { $0.digest == digest } }
        let isFree = try choices.chance(perMille: 600) && !free.isEmpty
        let authority = try authority(role, &choices)
        let filing = DocumentFiling(
            digest: try element(isFree ? free : digests, &choices) ?? digests[0],
            type: type,
            about: try subjects(&choices),
            superseding: try choices.chance(perMille: 80) ? Cast.digest(99) : old?.digest
        )
        return Deed(authority.actor, others: authority.others) { _ in
            .control(.fileDocument(filing), under: authority.reference)
        }
    }

    /// One to three things that a document is about.
    private func subjects(_ choices: inout ChoiceSource) throws(Discard) -> [DocumentSubject] {
        let orders = state.controlRecords.compactMap { key, _ in if case .order(let id) = key { id } else { nil } }
        var subjects: [DocumentSubject] = [.asset(try asset(&choices))]
        while subjects.count < 3, try choices.chance(perMille: 300) {
            let order = try element(orders, &choices) ?? OrderID(digest: .zero)
            let asset = try asset(&choices)
            let further: [DocumentSubject] = [
                .corporateAction(asset, reference: "notice"), .order(order), .asset(asset),
            ]
            subjects.insert(try element(further, &choices) ?? .asset(asset), at: 0)
        }
        return subjects
    }

    /// Recoveries of citizens' accounts, for policies of the keys that they have: or nobody could sign for them any more.
    func recovery(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let member = try element([Cast.carol, Cast.foreigner, Cast.carol, Cast.bob], &choices) ?? Cast.carol
        let pending = world.cast.members.indices.filter {
            state.control(.recovery(world.cast.members[$0].account)) != nil
        }
        let lost = try choices.chance(perMille: 900) ? try element(pending, &choices) ?? member : member
        let account = world.cast.members[lost].account
        let registrar = try authority(.registrar, &choices)
        switch try choices.choose(upTo: 10) {
        case 0..<3:
            let isByCourt = try choices.chance(perMille: 300)
            let other = AuthorityReference(isByCourt ? .court : .regulator)
            let second = try choices.chance(perMille: 100) ? registrar.reference : other
            let policy = try nextPolicy(of: member, &choices)
            let filing = RecoveryFiling(account: world.cast.members[member].account, policy: policy, with: second)
            let judges = isByCourt ? [Cast.firstJudge, Cast.secondJudge] : [Cast.firstJudge]
            let signing = try choices.chance(perMille: 900) ? judges : []
            return Deed(registrar.actor, others: registrar.others + signing) { _ in
                .control(.fileRecovery(filing), under: registrar.reference)
            }
        case 3, 4, 10: return Deed(lost) { _ in .control(.objectToRecovery, under: nil) }
        case 5:
            let court = try authority(.court, &choices)
            let decision = RecoveryDecision(
                account: account,
                isAllowed: try !choices.chance(perMille: 300),
                order: try order(&choices)
            )
            return Deed(court.actor, others: court.others) { _ in
                .control(.decideRecovery(decision), under: court.reference)
            }
        default:
            return Deed(registrar.actor, others: registrar.others) { _ in
                .control(.executeRecovery(account), under: registrar.reference)
            }
        }
    }

    func precommitment(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let member = try choices.chance(perMille: 500) ? Cast.alice : Cast.company
        let founder = world.cast.members[member]
        let rotations = founder.precommitments()
        // Mostly what was committed to, once something is.
        let committed = rotations.filter {
            state.control(.precommitment(founder.account)) == .precommitment($0.commitment)
        }
        let isKnown = try choices.chance(perMille: 800) && !committed.isEmpty
        guard let rotation = try element(isKnown ? committed : rotations, &choices) else { throw .assumptionFailed }
        if try choices.chance(perMille: isKnown ? 200 : 500) {
            return Deed(member) { _ in .control(.precommit(rotation.commitment), under: nil) }
        }
        let anybody = try self.member(&choices)
        return Deed(anybody) { _ in .control(.rotateToPrecommitted(rotation), under: nil) }
    }

    func allowance(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let (owner, held) = try holding(encumberedPerMille: 200, &choices)
        let given = state.controlRecords.compactMap { key, _ -> (AssetID, AccountID, AccountID)? in
            if case .allowance(let asset, let owner, let trustee) = key { (asset, owner, trustee) } else { nil }
        }
        let frozen = given.filter { !(state.account($0.1)?.encumbrances ?? []).isEmpty }
        let isFrozen = try choices.chance(perMille: 300) && !frozen.isEmpty
        if try choices.chance(perMille: 550),
            let (asset, owner, trustee) = try element(isFrozen ? frozen : given, &choices)
        {
            let partition = try partition(&choices)
            let view = state.holding(asset: asset, account: owner, partition: partition)
            let transfer = OperatorTransfer(
                asset: asset,
                owner: owner,
                recipient: try account(&choices),
                partition: partition,
                units: try units(view.available, &choices)
            )
            let anybody = try member(&choices)
            let isTrustee = try choices.chance(perMille: 850)
            let actor = isTrustee ? world.cast.index(of: trustee) ?? anybody : anybody
            return Deed(actor) { _ in .control(.transferFrom(transfer), under: nil) }
        }
        let allowance = Allowance(
            asset: held.asset,
            operator: try account(&choices),
            units: try units(held.available, &choices),
            until: try date(&choices)
        )
        return Deed(owner) { _ in .control(.setAllowance(allowance), under: nil) }
    }
}
