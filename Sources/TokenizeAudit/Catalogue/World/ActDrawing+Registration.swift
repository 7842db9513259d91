import Tokenize

extension ActDrawing {
    /// The next business day, and days that are not.
    func calendar(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let officer = try authority(.operator, &choices)
        let days = try choices.chance(perMille: 150) ? [0, -1, 11][Int(try choices.choose(upTo: 2))] : 1
        let day = state.businessDate.adding(days: days + Int(try choices.choose(upTo: 1))) ?? state.businessDate
        return Deed(officer.actor, others: officer.others) { _ in .openBusinessDay(day, under: officer.reference) }
    }

    /// Parties, accounts, keys, authorities, assets.
    func registration(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        switch try choices.choose(upTo: 9) {
        case 0: return try party(&choices)
        case 1: return try opening(&choices)
        case 2, 3, 4: return try creation(&choices)
        case 5, 6: return try appointment(&choices)
        case 7:
            let officer = try authority(.governor, &choices)
            let witness = Cast.digest(UInt8(try choices.choose(upTo: 3)))
            guard let keys = LogKeys(log: state.logKeys.log, witnesses: [witness]) else { throw .assumptionFailed }
            return Deed(officer.actor, others: officer.others) { _ in .rotateLogKeys(keys, under: officer.reference) }
        case 8:
            let member = try member(&choices)
            return Deed(member) { _ in .cancelSequence }
        default:
            let member = try choices.chance(perMille: 300) ? Cast.company : try member(&choices)
            let usual = member == Cast.company ? try weighted(&choices) : try nextPolicy(of: member, &choices)
            let policy = try choices.chance(perMille: 200) ? Cast.offCurve() : usual
            guard let policy else { throw .assumptionFailed }
            return Deed(member) { _ in .rotateKeys(policy) }
        }
    }

    /// What is to replace a member's keys: the same keys, of any weight, so that the cast signs as ever; or none that is
    /// a point.
    func nextPolicy(of member: Int, _ choices: inout ChoiceSource) throws(Discard) -> KeyPolicy {
        let weight = try choices.choose(upTo: 2) + 1
        let isOffCurve = try choices.chance(perMille: 100)
        guard let policy = isOffCurve ? Cast.offCurve() : try? world.cast.members[member].policy(weighing: weight)
        else {
            throw .assumptionFailed
        }
        return policy
    }

    /// The company's keys, of which one may weigh more than the other, or be enough.
    private func weighted(_ choices: inout ChoiceSource) throws(Discard) -> KeyPolicy? {
        let keys = world.cast.members[Cast.company].signers.map { $0.publicKey.encoded }
        let heavy = Int(try choices.choose(upTo: UInt64(keys.count - 1)))
        let weights = keys.indices.map { $0 == heavy ? UInt64(2) : 1 }
        let threshold = try choices.choose(upTo: 2) + 1
        let weightedKeys = zip(keys, weights).map { KeyPolicy.WeightedKey(key: $0, weight: $1) }
        return try? KeyPolicy(threshold: threshold, keys: weightedKeys)
    }

    private func party(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let officer = try authority(.registrar, &choices)
        // Those of the cast are there already.
        let party = Cast.party(UInt8(try choices.choose(upTo: 30)))
        guard let country = CountryCode("LA") else { throw .assumptionFailed }
        let holderClass = HolderClass.allCases[Int(try choices.choose(upTo: UInt64(HolderClass.allCases.count - 1)))]
        let registration = PartyRegistration(party: party, jurisdiction: country, holderClass: holderClass)
        return Deed(officer.actor, others: officer.others) { _ in
            .registerParty(registration, under: officer.reference)
        }
    }

    private func opening(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let officer = try authority(.registrar, &choices)
        let founder = world.cast.members[try member(&choices)].opening
        let isOffCurve = try choices.chance(perMille: 100)
        let opening = AccountOpening(
            policy: isOffCurve ? Cast.offCurve() ?? founder.policy : founder.policy,
            salt: Cast.digest(UInt8(try choices.choose(upTo: 3))),
            party: try choices.chance(perMille: 150) ? Cast.party(99) : founder.party
        )
        return Deed(officer.actor, others: officer.others) { _ in .openAccount(opening, under: officer.reference) }
    }

    private func appointment(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let officer = try authority(.governor, &choices)
        let judges = [Cast.firstJudge, Cast.secondJudge].map { world.cast.members[$0].account }
        let references = [
            AuthorityReference(.court, number: 1), AuthorityReference(.court, number: 2),
            AuthorityReference(.regulator), AuthorityReference(.governor, number: 1), AuthorityReference(.governor),
            AuthorityReference(.governor, number: 1), AuthorityReference(.governor, number: 1),
            AuthorityReference(.issuer, asset: AssetID(digest: Cast.digest(77))),
        ]
        let reference = try element(references, &choices) ?? references[0]
        var members = reference == AuthorityReference(.governor) ? [world.cast.members[0].account] : judges
        if try choices.chance(perMille: 150) { members = [AccountID(digest: Cast.digest(77))] }
        guard let appointment = AuthorityAppointment(reference, quorum: 1, members: members) else {
            throw .assumptionFailed
        }
        return Deed(officer.actor, others: officer.others) { _ in
            .appointAuthority(appointment, under: officer.reference)
        }
    }

    func creation(_ choices: inout ChoiceSource) throws(Discard) -> Deed {
        let officer = try authority(.issuer, &choices)
        let number = try choices.choose(upTo: 9)
        let name = try choices.choose(upTo: 7)
        guard let identification = AssetIdentification(.other, name > 5 ? "share" : "asset \(name)") else {
            throw .assumptionFailed
        }
        var terms = InstrumentTerms.generic(GenericTerms(name: "drawn", documentDigest: .zero)).canonicalBytes
        var charter = Charter(authorities: []).canonicalBytes
        var cap: Quantity = 50
        switch try choices.choose(upTo: 7) {
        case 4:
            // Roles that a charter does not take over are not its to give.
            let roles = Role.allCases
            let own = CharterAuthority(
                roles[Int(try choices.choose(upTo: UInt64(roles.count - 1)))],
                quorum: 1,
                members: [world.cast.members[try member(&choices)].account]
            )
            charter = Charter(authorities: [own]).canonicalBytes
        case 0: terms = [0xF6]
        case 1: charter = [0x80]
        case 2: cap = .zero
        case 3: terms = InstrumentTerms.cash(CashTerms(currency: "USD", minorUnitDigits: 2)).canonicalBytes
        default: break
        }
        let creation = AssetCreation(
            nonce: number,
            identification: identification,
            terms: terms,
            charter: charter,
            cap: cap
        )
        return Deed(officer.actor, others: officer.others) { _ in .createAsset(creation, under: officer.reference) }
    }
}
