import Tokenize

/// What authorities do: acts that show who is their actor, and who agreed to them.
extension FewOffices {
    /// An act of the authority's role, mostly one that can be done; nil if there is nothing that it could be about.
    func act(under office: AuthorityReference, _ trial: inout Trial) async throws -> Act? {
        if try office != Self.governor && trial.number(0...6) == 0 { return try document(under: office, &trial) }
        switch office.role {
        case .governor: return try governing(&trial)
        case .registrar: return try registration(under: office, &trial)
        case .issuer: return try await issuing(under: office, &trial)
        case .payingAgent: return try paying(under: office, &trial)
        case .transferAgent: return try reclassification(under: office, &trial)
        case .court, .regulator: return try await taking(under: office, &trial)
        case .operator, .auditor, .identityIssuer: return nil
        }
    }

    private func governing(_ trial: inout Trial) throws -> Act? {
        switch try trial.number(0...3) {
        case 0:
            // Of itself, often: who agreed must be among the new members.
            let office = try trial.draw(.bool) ? Self.governor : trial.draw(.element(of: offices))
            return .appointAuthority(try appointment(to: office, &trial), under: Self.governor)
        case 1:
            let office = try trial.draw(.element(of: offices))
            return try mandate(for: office, &trial).map {
                .control(.setMandate(MandateSetting(office, $0)), under: Self.governor)
            }
        case 2:
            let witness = Cast.digest(UInt8(try trial.number(1...9)))
            return LogKeys(log: ledger.model.logKeys.log, witnesses: [witness]).map {
                .rotateLogKeys($0, under: Self.governor)
            }
        default: return try document(under: Self.governor, &trial)
        }
    }

    private func registration(under office: AuthorityReference, _ trial: inout Trial) throws -> Act? {
        let party = Cast.party(UInt8(try trial.number(40...90)))
        if try trial.draw(.bool), let country = CountryCode("LA") {
            let registration = PartyRegistration(party: party, jurisdiction: country, holderClass: .citizen)
            return .registerParty(registration, under: office)
        }
        let member = ledger.world.cast.members[try trial.draw(.element(of: Self.people))]
        let opening = AccountOpening(
            policy: try member.policy(weighing: UInt64(try trial.number(1...3))),
            salt: Cast.digest(UInt8(try trial.number(1...9))),
            party: member.opening.party
        )
        return .openAccount(opening, under: office)
    }

    private func issuing(under office: AuthorityReference, _ trial: inout Trial) async throws -> Act? {
        let units = Quantity(UInt128(try trial.number(1...5)))
        switch try trial.number(0...9) {
        case 0, 1:
            let number = try trial.number(0...9)
            guard let name = AssetIdentification(.other, "of an office \(number)") else { return nil }
            let creation = AssetCreation(
                nonce: UInt64(try trial.number(0...3)),
                identification: name,
                terms: AuditWorld.plainTerms.canonicalBytes,
                charter: Charter(authorities: []).canonicalBytes,
                cap: 20
            )
            return .createAsset(creation, under: office)
        case 2, 3:
            let recipient = account(try trial.draw(.element(of: Self.people)))
            let asset = try await asset(&trial)
            return .issue(Issuance(asset: asset, recipient: recipient, units: units), under: office)
        case 4, 5: return .cancelUnits(Cancellation(asset: share, units: units), under: office)
        case 6: return .redeem(Redemption(asset: share, holder: try trial.number(0...2), units: units), under: office)
        case 7: return .control(.deactivateAsset(try await asset(&trial)), under: office)
        case 8:
            let cash = ledger.world.assets[AuditWorld.cash]
            let (asset, order) = (try await asset(&trial), try notice(&trial))
            return .redeemAll(
                FinalRedemption(asset: asset, cash: cash, amountPerUnit: 1, order: order),
                under: office
            )
        default: return try paying(under: office, &trial)
        }
    }

    private func paying(under office: AuthorityReference, _ trial: inout Trial) throws -> Act? {
        let cash = ledger.world.assets[AuditWorld.cash]
        let total = Quantity(UInt128(try trial.number(1...40)))
        return .distribute(
            Distribution(asset: share, cash: cash, total: total, order: try notice(&trial)),
            under: office
        )
    }

    private func reclassification(under office: AuthorityReference, _ trial: inout Trial) throws -> Act? {
        let isBack = try trial.number(0...2) == 0
        let change = Reclassification(
            asset: share,
            holder: account(try trial.draw(.element(of: [Cast.alice, Cast.ministry]))),
            from: isBack ? 1 : 0,
            to: isBack ? 0 : 1,
            units: Quantity(UInt128(try trial.number(1...9)))
        )
        return .reclassify(change, under: office)
    }

    private func taking(under office: AuthorityReference, _ trial: inout Trial) async throws -> Act? {
        let holder = account(try trial.draw(.element(of: [Cast.alice, Cast.ministry, Cast.carol])))
        let units = Quantity(UInt128(try trial.number(1...4)))
        let (order, lastDate) = (try order(&trial), today.adding(days: try trial.number(0...2)) ?? today)
        let target = EncumbranceTarget.holding(asset: share, account: holder, partition: 0)
        let taking = Taking(
            asset: share,
            from: holder,
            partition: 0,
            units: units,
            rank: 1,
            lastDate: lastDate,
            order: order
        )
        switch try trial.number(0...9) {
        case 0...2: return .control(.nameCustody(account(try trial.draw(.element(of: Self.people)))), under: office)
        case 3: return .control(.seize(taking), under: office)
        case 4: return .control(.forceRedeem(taking), under: office)
        case 5:
            let forced = ForcedTransfer(
                asset: share,
                from: holder,
                to: account(try trial.draw(.element(of: Self.people))),
                units: units,
                rank: 1,
                lastDate: lastDate,
                order: order
            )
            return .forceTransfer(forced, under: office)
        case 6:
            let finding = AppealFinding(order: try await knownOrder(&trial), status: .pending)
            return .control(.decideAppeal(finding), under: office)
        case 7: return try await release(under: office, &trial)
        default:
            let lien = Encumbering(
                target: target,
                kind: .lien,
                amount: units,
                rank: 2,
                lastDate: lastDate,
                order: order
            )
            return .encumber(lien, under: office)
        }
    }

    private func release(under office: AuthorityReference, _ trial: inout Trial) async throws -> Act? {
        let state = try await ledger.world.ledger.read { $0 }
        let standing = state.holdings(of: share).flatMap { view in
            let place = EncumbranceTarget.holding(asset: share, account: view.account, partition: view.partition)
            return view.encumbrances.map { Release(target: place, encumbrance: $0.id) }
        }
        return try standing.isEmpty ? nil : .release(trial.draw(.element(of: standing)), under: office)
    }

    /// About one to three things of any kind, one of them perhaps not there, or none of the authority's.
    private func document(under office: AuthorityReference, _ trial: inout Trial) throws -> Act {
        let assets = [share, ledger.world.assets[AuditWorld.bond], ledger.world.assets[AuditWorld.club]]
        var subjects: [DocumentSubject] = []
        for number in 0..<(try trial.number(1...3)) {
            let isUnknown = try trial.number(0...9) == 0
            // Mostly the shares first.
            let isFirst = try number == 0 && trial.number(0...3) > 0
            let known = try isFirst ? share : trial.draw(.element(of: assets))
            let asset = isUnknown ? AssetID(digest: Cast.digest(77)) : known
            let orders = ledger.model.orders.keys.sorted()
            let order = try isUnknown || orders.isEmpty ? OrderID(digest: .zero) : trial.draw(.element(of: orders))
            let one: [DocumentSubject] = [
                .asset(asset), .corporateAction(asset, reference: "notice \(number)"), .order(order),
            ]
            subjects.append(try trial.draw(.element(of: one)))
        }
        let filed = ledger.model.documents.keys.sorted()
        let isNew = try filed.isEmpty || trial.number(0...2) > 0
        let filing = DocumentFiling(
            digest: Cast.digest(UInt8(try trial.number(1...60))),
            type: try trial.draw(.element(of: [.notice, .order])),
            about: subjects,
            superseding: try isNew ? nil : trial.draw(.element(of: filed))
        )
        trial.label("about several", when: subjects.count > 1)
        return .control(.fileDocument(filing), under: office)
    }

    // MARK: What acts are about

    /// The shares, or what was created since.
    private func asset(_ trial: inout Trial) async throws -> AssetID {
        let known = ledger.world.assets
        let created = ledger.model.assetOrder.filter { !known.contains($0) }
        return try created.isEmpty || trial.number(0...1) == 0 ? share : trial.draw(.element(of: created))
    }

    private func notice(_ trial: inout Trial) throws -> OrderReference {
        let reference = "notice \(try trial.number(0...40))"
        guard let notice = OrderReference(reference: reference, documentDigest: .zero) else {
            throw AuditFailure(reason: "a notice is malformed")
        }
        return notice
    }

    private func knownOrder(_ trial: inout Trial) async throws -> OrderID {
        let orders = ledger.model.orders.keys.sorted()
        return try orders.isEmpty ? OrderID(digest: .zero) : trial.draw(.element(of: orders))
    }
}
