/// Builds a state from a snapshot's rows. The caller checks the state's root.
struct SnapshotDecoder {
    private(set) var state: LedgerState?
    /// Items of the longest row, an asset's.
    private static let rowItemCountMax = 12

    /// Takes in one chunk: whole rows.
    mutating func add(_ chunk: [UInt8]) throws(DecodingFailure) {
        var offset = 0
        while offset < chunk.count {
            guard let row = ByteStrings.next(in: chunk, &offset) else {
                throw DecodingFailure(.truncated, offset: offset)
            }
            try CanonicalDecoder.decode(row) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
                try read(&decoder)
            }
        }
    }

    private mutating func read(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        _ = try decoder.arrayCount(max: SnapshotDecoder.rowItemCountMax)
        let kind = try decoder.unsigned()
        if kind == 0 {
            guard state == nil else { throw decoder.failure(.outOfRange) }
            state = try SnapshotDecoder.ledger(&decoder)
        } else {
            guard state != nil else { throw decoder.failure(.outOfRange) }
            try state?.addSnapshotRow(kind, &decoder)
        }
        decoder.leave()
    }

    private static func ledger(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> LedgerState {
        guard try decoder.unsigned() == SnapshotEncoder.version else { throw decoder.failure(.outOfRange) }
        let ledger: LedgerID = try decoder.identifier()
        let name = try decoder.text(byteCountMax: Genesis.nameByteCountMax)
        let parameters = try LedgerParameters(from: &decoder)
        let commitment = try decoder.digest()
        let logKeys = try LogKeys(from: &decoder)
        let height = try decoder.unsigned()
        let date = try CalendarDate(from: &decoder)
        let opened = try decoder.unsigned()
        let clock = LedgerClock(
            height: height,
            businessDate: date,
            openedDayCount: opened,
            sealingTime: try decoder.unsigned()
        )
        return LedgerState(
            ledger: ledger,
            name: name,
            parameters: parameters,
            disclosureCommitment: commitment,
            logKeys: logKeys,
            clock: clock
        )
    }
}

extension LedgerState {
    fileprivate mutating func addSnapshotRow(
        _ kind: UInt64,
        _ decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) {
        switch kind {
        case 1:
            let id: PartyID = try decoder.identifier()
            guard parties.index(of: id) == nil else { throw decoder.failure(.keyOrder) }
            parties.append(id, try PartyRecord(from: &decoder))
        case 2: try addAccountRow(&decoder)
        case 3:
            let account = try accountIndex(&decoder)
            let lane = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
            guard lane > 0, otherLanes[LaneAddress(account: account, lane: lane)] == nil else {
                throw decoder.failure(.keyOrder)
            }
            otherLanes[LaneAddress(account: account, lane: lane)] = try LaneWindow(from: &decoder)
        case 4: try addAssetRow(&decoder)
        case 5:
            let asset = try assetIndex(&decoder)
            let account = try accountIndex(&decoder)
            let slot = holdings[asset.offset].slotForWriting(account, try Partition(from: &decoder))
            holdings[asset.offset].set(try HoldingRecord(from: &decoder), at: slot)
        case 6:
            let reference = try AuthorityReference(from: &decoder)
            let quorum = Int(try decoder.unsigned(max: UInt64(TransactionLimits.authorityMemberCountMax)))
            let count = try decoder.arrayCount(max: TransactionLimits.authorityMemberCountMax)
            var members: [AccountIndex] = []
            for _ in 0..<count { members.append(try accountIndex(&decoder)) }
            decoder.leave()
            authorities[reference] = AuthorityRecord(quorum: quorum, members: members)
        case 7:
            let asset = try assetIndex(&decoder)
            let reference = try decoder.text(byteCountMax: TransactionLimits.referenceByteCountMax)
            payments.insert(PaymentKey(asset: asset, reference: reference))
        case StateKey.rulebookKinds: try addRuleRow(kind, &decoder)
        case StateKey.controlKinds: try addControlRow(kind, &decoder)
        default: try addServicingRow(kind, &decoder)
        }
    }

    private mutating func addRuleRow(
        _ kind: UInt64,
        _ decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) {
        guard let kind = RuleKey.Kind(rawValue: kind) else { throw decoder.failure(.outOfRange) }
        let key = try RuleKey(kind, nameBytes: try decoder.bytes(countMax: StateKey.nestedByteCountMax))
        guard rule(key) == nil else { throw decoder.failure(.keyOrder) }
        applyRule(try RuleRecord(of: key, from: &decoder), under: key)
        // What it names may not be there: a party, an asset, the rulebook under which units were moved.
        guard rule(key) != nil else { throw decoder.failure(.outOfRange) }
    }

    private mutating func addControlRow(
        _ kind: UInt64,
        _ decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) {
        guard let kind = ControlKey.Kind(rawValue: kind) else { throw decoder.failure(.outOfRange) }
        let key = try ControlKey(kind, nameBytes: try decoder.bytes(countMax: StateKey.nestedByteCountMax))
        guard control.records[key] == nil else { throw decoder.failure(.keyOrder) }
        applyControl(try ControlRecord(kind, from: &decoder), under: key)
    }

    private func accountIndex(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> AccountIndex {
        let value = try decoder.unsigned()
        guard value < UInt64(accounts.count) else { throw decoder.failure(.outOfRange) }
        return AccountIndex(UInt32(value))
    }

    private func assetIndex(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> AssetIndex {
        let value = try decoder.unsigned()
        guard value < UInt64(assets.count) else { throw decoder.failure(.outOfRange) }
        return AssetIndex(UInt32(value))
    }

    private mutating func addAccountRow(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let id: AccountID = try decoder.identifier()
        guard accounts.index(of: id) == nil else { throw decoder.failure(.keyOrder) }
        let policy = try KeyPolicy(from: &decoder)
        let party = try decoder.unsigned()
        guard party < UInt64(parties.count) else { throw decoder.failure(.outOfRange) }
        let encumbrances = try decoder.array(
            of: EncumbranceRecord.self,
            max: TransactionLimits.encumbranceCountMax,
            limit: "encumbranceCountMax"
        )
        let record = AccountRecord(
            policy: policy,
            party: PartyIndex(UInt32(party)),
            holderClass: parties.records[Int(party)].holderClass,
            encumbrances: encumbrances
        )
        appendAccount(id, record, lane: try LaneWindow(from: &decoder))
    }

    private mutating func addAssetRow(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let id: AssetID = try decoder.identifier()
        guard assets.index(of: id) == nil else { throw decoder.failure(.keyOrder) }
        let identification = try AssetIdentification(from: &decoder)
        let issuer = try AuthorityReference(from: &decoder)
        let terms = try decoder.bytes(countMax: TransactionLimits.termsByteCountMax)
        let charter = try decoder.bytes(countMax: TransactionLimits.charterByteCountMax)
        let cap = try decoder.quantity()
        let issued = try decoder.quantity()
        let redeemed = try decoder.quantity()
        guard let status = AssetRecord.Status(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        let encumbrances = try decoder.array(
            of: EncumbranceRecord.self,
            max: TransactionLimits.encumbranceCountMax,
            limit: "encumbranceCountMax"
        )
        guard redeemed <= issued else { throw decoder.failure(.outOfRange) }
        try decoder.array(count: HolderClass.allCases.count + 1)
        var unitsByClass: [UInt128] = []
        for _ in 0...HolderClass.allCases.count { unitsByClass.append(try decoder.quantity().units) }
        decoder.leave()
        let record = AssetRecord(
            identification: identification,
            issuer: issuer,
            terms: try InstrumentTerms(canonicalBytes: terms),
            termsDigest: Hashing.sha256(terms),
            charter: try Charter(canonicalBytes: charter),
            charterDigest: Hashing.sha256(charter),
            cap: cap,
            issued: issued,
            redeemed: redeemed,
            status: status,
            encumbrances: encumbrances,
            unitsByClass: unitsByClass
        )
        identifications[identification] = AssetIndex(UInt32(assets.count))
        assets.append(id, record)
        holdings.append(HoldingTable())
    }
}
