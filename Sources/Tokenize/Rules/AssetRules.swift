/// AST-001 to AST-007: an asset comes into being.
extension LedgerState {
    func decide(
        _ creation: AssetCreation,
        _ under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let asset = AssetCreation.id(ledger: ledger, creator: accountID(context.actor, draft), nonce: creation.nonce)
        guard assetIndex(asset, draft) == nil else { throw Rejection(.assetExists, (.asset, .asset(asset))) }
        let isTaken =
            identifications[creation.identification] != nil
            || draft.newAssets.contains { $0.record.identification == creation.identification }
        if isTaken {
            try draft.object(Rejection(.identificationTaken, (.found, .text("\(creation.identification)"))))
        }
        if creation.cap == .zero { try draft.object(Rejection(.zeroCap)) }
        let terms = try decode(InstrumentTerms.self, creation.terms, or: .malformedTerms)
        let charter = try decode(Charter.self, creation.charter, or: .malformedCharter)
        let appointments = try appointments(charter, over: asset)
        try requireSense(terms, creation, draft)
        if case .bond(let bond) = terms {
            let index = AssetIndex(UInt32(assets.count + draft.newAssets.count))
            setBondLine(try newBondLine(bond, draft), of: index, &draft)
        }
        for appointment in appointments {
            var members: [AccountIndex] = []
            for member in appointment.members { members.append(try requireAccount(member, draft)) }
            let record = AuthorityRecord(quorum: appointment.quorum, members: members.sorted())
            draft.authorities.append((appointment.reference, record))
        }
        let record = AssetRecord(
            identification: creation.identification,
            issuer: under,
            terms: terms,
            termsDigest: Hashing.sha256(creation.terms),
            charter: charter,
            charterDigest: Hashing.sha256(creation.charter),
            cap: creation.cap,
            issued: .zero,
            redeemed: .zero,
            status: .active,
            encumbrances: [],
            unitsByClass: [UInt128](repeating: 0, count: HolderClass.allCases.count + 1)
        )
        draft.newAssets.append((asset, record))
        draft.effects.append(.assetCreated(asset))
    }

    /// AST-005: authorities of chartered roles, each once. Courts and regulators are the governor's to appoint: no issuer
    /// gives itself their power.
    private func appointments(
        _ charter: Charter,
        over asset: AssetID
    ) throws(Rejection) -> [AuthorityAppointment] {
        var appointments: [AuthorityAppointment] = []
        for authority in charter.authorities {
            guard authority.role.isTakenOverByCharter, let appointment = authority.appointment(over: asset) else {
                throw Rejection(.malformedCharter, (.role, .text("\(authority.role)")))
            }
            guard !appointments.contains(where: { $0.reference == appointment.reference }) else {
                throw Rejection(.malformedCharter, (.authority, .authority(appointment.reference)))
            }
            appointments.append(appointment)
        }
        return appointments
    }

    private func decode<Value: CanonicalCodable>(
        _ type: Value.Type,
        _ bytes: [UInt8],
        or code: RejectionCode
    ) throws(Rejection) -> Value {
        do {
            return try Value(canonicalBytes: bytes)
        } catch {
            throw Rejection(code, (.reason, .text("\(error)")))
        }
    }

    /// AST-006: terms speak of things that exist, and agree with the identification.
    private func requireSense(
        _ terms: InstrumentTerms,
        _ creation: AssetCreation,
        _ draft: Transition
    ) throws(Rejection) {
        switch terms {
        case .bond(let bond):
            guard let cash = assetIndex(bond.cash, draft), case .cash = asset(cash, draft).terms else {
                throw Rejection(.termsContradict, (.reason, .text("bond pays in an asset that is not cash")))
            }
            let identification = creation.identification
            if let isin = bond.isin, identification.scheme == .isin, !identification.value.isSameBytes(as: isin) {
                throw Rejection(.termsContradict, (.reason, .text("ISIN and identification differ")))
            }
        case .cash(let cash):
            guard creation.identification == AssetIdentification(.currency, cash.currency) else {
                throw Rejection(.termsContradict, (.reason, .text("currency and identification differ")))
            }
        case .landShare(let share):
            guard creation.identification == AssetIdentification(.parcel, share.parcel) else {
                throw Rejection(.termsContradict, (.reason, .text("parcel and identification differ")))
            }
        case .generic: break
        }
    }
}

extension AssetCreation {
    /// The asset's name, which its creator can work out beforehand.
    public static func id(ledger: LedgerID, creator: AccountID, nonce: UInt64) -> AssetID {
        var encoder = CanonicalEncoder(reservingCapacity: 80)
        encoder.encodeArray(count: 3)
        encoder.encode(ledger)
        encoder.encode(creator)
        encoder.encode(nonce)
        return AssetID(digest: Tags.asset.hash(encoder.bytes))
    }
}
