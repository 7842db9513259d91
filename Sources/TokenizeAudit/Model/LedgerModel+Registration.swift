import Tokenize

/// Chapter 4 and section 5.2: parties, accounts, keys, days, assets.
extension LedgerModel {
    mutating func register(_ registration: PartyRegistration) throws {
        guard parties[registration.party] == nil else { throw ModelRefusal(.partyExists) }
        parties[registration.party] = registration
        partyOrder.append(registration.party)
        effects.append(.partyRegistered(registration.party))
    }

    mutating func open(_ opening: AccountOpening) throws {
        guard let party = parties[opening.party] else { throw ModelRefusal(.unknownParty) }
        let name = ModelHash.array(opening.policy.canonicalBytes, ModelHash.bytes(opening.salt))
        let account = AccountID(digest: ModelHash.tagged("Tokenize/account", name))
        guard accounts[account] == nil else { throw ModelRefusal(.accountExists) }
        try requirePoints(opening.policy)
        accounts[account] = Account(policy: opening.policy, party: opening.party, holderClass: party.holderClass)
        accountOrder.append(account)
        note(opening.policy)
        effects.append(.accountOpened(account, party: opening.party))
    }

    mutating func rotate(_ policy: KeyPolicy, _ actor: AccountID) throws {
        try requireFree(actor)
        try requirePoints(policy)
        accounts[actor]?.policy = policy
        note(policy)
        effects.append(.keysRotated(actor))
    }

    mutating func note(_ policy: KeyPolicy) { everKnownKeys.formUnion(policy.keys.map { $0.key }) }

    /// ACC-005.
    func requirePoints(_ policy: KeyPolicy) throws {
        for entry in policy.keys where (try? ParsedPublicKey(entry.key)) == nil { throw ModelRefusal(.invalidKey) }
    }

    mutating func openDay(_ date: CalendarDate) throws {
        guard date > today, !hasOpenedDay else { throw ModelRefusal(.businessDateNotLater) }
        guard Self.days(from: today, to: date) <= parameters.businessDayGapMax else {
            throw ModelRefusal(.businessDayGapTooLarge)
        }
        today = date
        hasOpenedDay = true
        openedDays += 1
        effects.append(.businessDayOpened(date))
        for asset in assets.values { if case .bond = asset.terms { mayHaveMoreEffects = true } }
    }

    mutating func create(_ creation: AssetCreation, _ under: AuthorityReference, _ actor: AccountID) throws {
        let name = ModelHash.array(
            ModelHash.bytes(ledger.digest),
            ModelHash.bytes(actor.digest),
            ModelHash.number(creation.nonce)
        )
        let asset = AssetID(digest: ModelHash.tagged("Tokenize/asset", name))
        guard assets[asset] == nil else { throw ModelRefusal(.assetExists) }
        for other in assets.values where other.identification == creation.identification {
            throw ModelRefusal(.identificationTaken)
        }
        guard creation.cap.units > 0 else { throw ModelRefusal(.zeroCap) }
        guard let terms = try? InstrumentTerms(canonicalBytes: creation.terms) else {
            throw ModelRefusal(.malformedTerms)
        }
        guard let charter = try? Charter(canonicalBytes: creation.charter) else {
            throw ModelRefusal(.malformedCharter)
        }
        var seen: Set<AuthorityReference> = []
        for one in charter.authorities {
            let isNew = seen.insert(AuthorityReference(one.role, number: one.number, asset: asset)).inserted
            guard Self.charteredRoles.contains(one.role), isNew else { throw ModelRefusal(.malformedCharter) }
        }
        try requireSense(terms, creation)
        for one in charter.authorities {
            for member in one.members { _ = try known(member) }
            authorities[AuthorityReference(one.role, number: one.number, asset: asset)] = Authority(
                quorum: one.quorum,
                members: Set(one.members)
            )
        }
        assets[asset] = Asset(
            identification: creation.identification,
            issuer: under,
            terms: terms,
            charter: charter,
            termsDigest: ModelHash.sha256(creation.terms),
            charterDigest: ModelHash.sha256(creation.charter),
            cap: creation.cap.units
        )
        assetOrder.append(asset)
        effects.append(.assetCreated(asset))
    }

    /// AST-006, but for a bond's calendar, treasury and dues.
    private func requireSense(_ terms: InstrumentTerms, _ creation: AssetCreation) throws {
        let identification = creation.identification
        switch terms {
        case .bond(let bond):
            guard case .cash? = assets[bond.cash]?.terms else { throw ModelRefusal(.termsContradict) }
            if let isin = bond.isin, identification.scheme == .isin {
                guard Array(isin.utf8) == Array(identification.value.utf8) else { throw ModelRefusal(.termsContradict) }
            }
        case .cash(let cash):
            guard identification.scheme == .currency, Array(identification.value.utf8) == Array(cash.currency.utf8)
            else { throw ModelRefusal(.termsContradict) }
        case .landShare(let share):
            guard identification.scheme == .parcel, Array(identification.value.utf8) == Array(share.parcel.utf8)
            else { throw ModelRefusal(.termsContradict) }
        case .generic: break
        }
    }
}
