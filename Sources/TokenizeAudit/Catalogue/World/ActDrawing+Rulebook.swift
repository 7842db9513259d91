import Tokenize

extension ActDrawing {
    /// Acts of chapter 14.
    func rulebook(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        switch try choices.choose(upTo: 9) {
        case 0: return try attestation(&choices)
        case 1: return try revocation(&choices)
        case 2, 3: return try rules(&choices)
        case 4: return try trust(&choices)
        case 5: return try join(&choices)
        case 6: return try listing(&choices)
        case 7:
            let optIn = OptIn(try asset(&choices), isWanted: try choices.chance(perMille: 700))
            return Deed(try member(&choices)) { _ in .rulebook(.optIn(optIn), under: nil) }
        default: return try request(&choices)
        }
    }

    private func deed(_ act: RulebookAct, _ role: Role, over asset: AssetID? = nil, _ choices: inout ChoiceSource)
        throws(Discard) -> Deed
    {
        let authority = try authority(role, over: asset, &choices)
        return Deed(authority.actor, others: authority.others) { _ in .rulebook(act, under: authority.reference) }
    }

    private func party(_ choices: inout ChoiceSource) throws(Discard) -> PartyID {
        if try choices.chance(perMille: 30) { return Cast.party(99) }
        return world.cast.members[try member(&choices)].opening.party
    }

    private func topic(_ choices: inout ChoiceSource) throws(Discard) -> Topic {
        Topic(UInt32(try choices.choose(upTo: 2)) + 1)
    }

    private func attestation(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let last = try date(&choices)
        let attestation = Attestation(
            of: try party(&choices),
            try topic(&choices),
            .number(try choices.choose(upTo: 2)),
            scope: try choices.chance(perMille: 200) ? try asset(&choices) : nil,
            from: try choices.chance(perMille: 60) ? last.adding(days: 1) ?? last : state.businessDate,
            until: last
        )
        return try deed(.attest(attestation), .identityIssuer, &choices)
    }

    private func revocation(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let said: [AttestationRevocation] = state.ruleRecords.compactMap { key, _ in
            guard case .attestation(let party, let topic, _, let scope) = key else { return nil }
            return AttestationRevocation(of: party, topic, scope: scope)
        }
        let unknown = AttestationRevocation(of: try party(&choices), try topic(&choices))
        let isKnown = try !choices.chance(perMille: 200)
        let revocation = isKnown ? try element(said, &choices) ?? unknown : unknown
        return try deed(.revokeAttestation(revocation), .identityIssuer, &choices)
    }

    /// A rulebook of few rules that ask little.
    private func rules(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let asset = try asset(&choices)
        let list = ListReference(AuthorityReference(.regulator))
        let approvers = [world.cast.members[Cast.secondJudge].account]
        let families: [Rule] = [
            .balanceMax(Quantity(UInt128(try choices.choose(upTo: 200) + 60))), .holderCountMax(6),
            .volume(days: Int(try choices.choose(upTo: 4)) + 1, 100), .blockList(list, .all),
            .accredited(Statement(Topic(1)), .receiver), .holdingPeriod(days: 2), .supplyMax(480), .memo,
            .approval(ApprovalRule(approvers, dayCountMax: 5)), .optIn, .transferMin(2), .remainderMin(3),
            .approval(ApprovalRule(approvers, dayCountMax: 4)),
        ]
        var drawn: [Rule] = []
        // What is asked for, answered and withdrawn needs a rule that asks for it.
        if try choices.chance(perMille: 250) { drawn.append(.approval(ApprovalRule(approvers, dayCountMax: 5))) }
        for _ in 0..<(try choices.choose(upTo: 2)) {
            if let rule = try element(families, &choices) { drawn.append(rule) }
        }
        var version = (state.rulebook(of: asset)?.version ?? 0) + 1
        if try choices.chance(perMille: 100) { version += 1 }
        var bytes = Rulebook(rules: drawn).canonicalBytes
        if try choices.chance(perMille: 100) { bytes.removeLast() }
        let setting = RulebookSetting(asset: asset, version: version, rulebook: bytes)
        return try deed(.setRulebook(setting), .issuer, over: asset, &choices)
    }

    private func trust(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let asset = try asset(&choices)
        let issuers = try choices.chance(perMille: 800) ? [AuthorityReference(.identityIssuer)] : []
        let setting = TrustSetting(asset: asset, try topic(&choices), issuers: issuers)
        let role: Role = try choices.chance(perMille: 800) ? .issuer : .regulator
        return try deed(.setTrustedIssuers(setting), role, over: asset, &choices)
    }

    private func join(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        try deed(.joinParties(PartyJoin(try party(&choices), to: try party(&choices))), .registrar, &choices)
    }

    private func listing(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let member: ListMember =
            try choices.chance(perMille: 600) ? .party(try party(&choices)) : .account(try account(&choices))
        let change = ListChange(isAdding: try choices.chance(perMille: 500), [member])
        return try deed(.changeList(change), .regulator, &choices)
    }

    /// What a holder asks for, or the answer to what stands.
    private func request(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let (member, held) = try holding(encumberedPerMille: 0, &choices)
        let standing: [MovementDecision] = state.ruleRecords.compactMap { key, record in
            guard case .request(let asset, let source, let destination) = key, case .request(let request) = record
            else { return nil }
            return MovementDecision(
                request.lastDate < state.businessDate ? .withdraw : .approve,
                asset: asset,
                from: source,
                to: destination,
                units: request.units,
                until: request.lastDate
            )
        }
        if try choices.chance(perMille: 500), let answer = try element(standing, &choices) {
            return Deed(Cast.secondJudge) { _ in .rulebook(.decideMovement(answer), under: nil) }
        }
        let ruled = world.assets.filter { asset in
            state.rulebook(of: asset)?.rulebook.rules.contains { if case .approval = $0 { true } else { false } }
                == true
        }
        let decision = MovementDecision(
            .request,
            asset: try element(ruled, &choices) ?? held.asset,
            from: held.account,
            to: try account(&choices),
            units: try units(held.units, &choices),
            until: state.businessDate.adding(days: Int(try choices.choose(upTo: 5))) ?? state.businessDate
        )
        return Deed(member) { _ in .rulebook(.decideMovement(decision), under: nil) }
    }
}
