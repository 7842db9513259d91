/// RBK-010 to RBK-018: who takes part in a movement.
extension LedgerState {
    // MARK: Countries and lists

    func countryFinding(
        _ countries: CountrySet,
        areAllowed: Bool,
        _ account: AccountIndex,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let party = party(of: account, draft)
        let country = self.party(party, draft).jurisdiction
        if countries.contains(country) == areAllowed { return nil }
        let owner = DecidingFact.Owner.party(partyID(party, draft))
        return RuleFinding(
            areAllowed ? .countryNotAllowed : .countryRestricted,
            movement,
            facts: [
                DecidingFact(.account, .account(accountID(account, draft))),
                DecidingFact(.country, .text(country.text), of: owner),
            ]
        )
    }

    func listFinding(
        _ list: Int,
        isWanted: Bool,
        _ code: RejectionCode,
        _ account: AccountIndex,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let party = party(of: account, draft)
        if isListed(list, party, account, draft) == isWanted { return nil }
        let id = partyID(party, draft)
        return RuleFinding(
            code,
            movement,
            facts: [DecidingFact(.party, .party(id), of: .party(id))],
            remedy: isWanted ? .listing(id) : nil
        )
    }

    func admissionFinding(
        _ list: Int,
        _ account: AccountIndex,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let id = accountID(account, draft)
        let name = RuleKey.listing(rules.listNames[list], .account(id))
        if let change = draft.rules.records.last(where: { $0.key == name }) {
            if change.record != nil { return nil }
        } else if rules.lists[list].accounts.contains(account) {
            return nil
        }
        let owner = DecidingFact.Owner.party(partyID(party(of: account, draft), draft))
        return RuleFinding(
            .accountNotAdmitted,
            movement,
            facts: [DecidingFact(.account, .account(id), of: owner)],
            remedy: .admission(id)
        )
    }

    /// Whether a person stands on a list with any of its parties, or with this account.
    private func isListed(_ list: Int, _ party: PartyIndex, _ account: AccountIndex, _ draft: Transition) -> Bool {
        if !draft.rules.records.isEmpty {
            let members =
                rules.parties(ofPerson: party).map { ListMember.party(partyID($0, draft)) }
                + [.account(accountID(account, draft))]
            return members.contains { rule(.listing(rules.listNames[list], $0), draft) != nil }
        }
        return rules.lists[list].persons[rules.person(party)] != nil || rules.lists[list].accounts.contains(account)
    }

    // MARK: Attestations

    func statementFinding(
        _ statement: CompiledStatement,
        _ code: RejectionCode,
        _ account: AccountIndex,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let party = party(of: account, draft)
        if isAttested(statement, party, movement, draft) { return nil }
        let id = partyID(party, draft)
        let topic = UInt64(statement.topic.number)
        return RuleFinding(
            code,
            movement,
            facts: [DecidingFact(.topic, .number(topic)), DecidingFact(.party, .party(id), of: .party(id))],
            remedy: .attestationMissing(topic: topic, id)
        )
    }

    /// RBK-018: one of the requirements is met, if there are any.
    func requirementFinding(_ movement: RuledMovement, _ draft: Transition) -> RuleFinding? {
        let requirements = movement.book.requirements
        if requirements.isEmpty { return nil }
        for requirement in requirements where isMet(requirement, movement, draft) { return nil }
        return RuleFinding(
            .requirementsNotMet,
            movement,
            facts: [DecidingFact(.count, .number(UInt64(requirements.count)))],
            remedy: requirements.first.flatMap { attestationThatMeets($0, movement, draft) }
        )
    }

    private func isMet(_ conditions: [CompiledCondition], _ movement: RuledMovement, _ draft: Transition) -> Bool {
        conditions.allSatisfy { condition in
            [RuleSides.sender, .receiver, .trustee].allSatisfy { side in
                guard condition.sides.contains(side), let account = movement.account(on: side) else { return true }
                return isMet(condition, party(of: account, draft), movement, draft)
            }
        }
    }

    private func isMet(
        _ condition: CompiledCondition,
        _ party: PartyIndex,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> Bool {
        switch condition.test {
        case .identity(let parties): parties.contains(partyID(party, draft))
        case .statements(let statements, areWanted: true):
            statements.contains { isAttested($0, party, movement, draft) }
        case .statements(let statements, areWanted: false):
            // What is said against one party of a person binds them all.
            !rules.parties(ofPerson: party).contains { party in
                statements.contains { isAttested($0, party, movement, draft) }
            }
        }
    }

    /// The first attestation that would help to meet a requirement.
    private func attestationThatMeets(
        _ conditions: [CompiledCondition],
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> Remedy? {
        for condition in conditions {
            guard case .statements(let statements, areWanted: true) = condition.test else { continue }
            for side in [RuleSides.sender, .receiver, .trustee] where condition.sides.contains(side) {
                guard let account = movement.account(on: side) else { continue }
                let party = party(of: account, draft)
                if !isMet(condition, party, movement, draft), let statement = statements.first {
                    return .attestationMissing(
                        topic: UInt64(statement.topic.number),
                        partyID(party, draft)
                    )
                }
            }
        }
        return nil
    }

    /// Whether an attestation that counts today says so of the party, or of the party under which it counts, by an
    /// issuer that the asset trusts now.
    func isAttested(
        _ statement: CompiledStatement,
        _ party: PartyIndex,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> Bool {
        if !draft.rules.records.isEmpty { return isAttestedInDraft(statement, party, movement, draft) }
        let head = rules.person(party)
        return isAttested(statement, party.value, movement)
            || head != party.value && isAttested(statement, head, movement)
    }

    @inline(__always)
    private func isAttested(
        _ statement: CompiledStatement,
        _ party: UInt32,
        _ movement: RuledMovement
    ) -> Bool {
        rules.attestations.contains(column: statement.column, party: party) { entry in
            rules.trusts(entry.issuer, of: movement.asset, column: statement.column)
                && (entry.scope == AttestationTable.everyAsset || entry.scope == movement.asset.value)
                && entry.record.counts(on: movement.today)
                && (statement.value == nil || statement.value == entry.record.value)
        }
    }

    /// The same where earlier operations have changed records: by name, issuer by issuer.
    private func isAttestedInDraft(
        _ statement: CompiledStatement,
        _ party: PartyIndex,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> Bool {
        let asset = assetID(movement.asset, draft)
        guard case .trust(let issuers)? = rule(.trust(asset, statement.topic), draft) else { return false }
        let parties = [party, PartyIndex(rules.person(party))].map { partyID($0, draft) }
        for party in Set(parties) {
            for issuer in issuers {
                for scope in [nil, asset] {
                    let key = RuleKey.attestation(party, statement.topic, issuer, scope: scope)
                    if case .attestation(let record)? = rule(key, draft), record.counts(on: movement.today),
                        statement.value == nil || statement.value == record.value
                    {
                        return true
                    }
                }
            }
        }
        return false
    }
}
