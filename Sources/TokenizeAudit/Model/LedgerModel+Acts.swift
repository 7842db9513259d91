import Tokenize

/// An act that the model does not know.
struct NotModelled: Error {}

extension LedgerModel {
    /// One operation: what its authority may, and then the act.
    mutating func perform(_ act: Act, actor: AccountID) throws {
        if let reference = act.authority {
            let bench = try bench(reference, for: act.code, on: try scope(of: act))
            try bench.requireMember(actor, self)
            guard bench.notice == nil else { throw ModelRefusal(.timelocked) }
            let quorum = act.code == .emergencyFreeze ? 1 : bench.quorum
            guard bench.count(of: principals, self) >= quorum else { throw ModelRefusal(.quorumNotReached) }
        }
        try carryOut(act, actor: actor)
    }

    /// What an act does, whoever agreed to it.
    mutating func carryOut(_ act: Act, actor: AccountID) throws {
        switch act {
        case .registerParty(let registration, _): try register(registration)
        case .openAccount(let opening, _): try open(opening)
        case .rotateKeys(let policy): try rotate(policy, actor)
        case .cancelSequence: effects.append(.sequenceCancelled(actor))
        case .appointAuthority(let appointment, let under): try appoint(appointment, under)
        case .openBusinessDay(let date, _): try openDay(date)
        case .rotateLogKeys(let keys, _):
            logKeys = keys
            effects.append(.logKeysRotated)
        case .createAsset(let creation, let under): try create(creation, under, actor)
        case .issue(let issuance, _): try issue(issuance)
        case .transfer(let transfer):
            try transferUnits(
                transfer.asset,
                from: actor,
                to: transfer.recipient,
                transfer.partition,
                transfer.units.units
            )
        case .batchTransfer(let batch): try transferBatch(batch, actor)
        case .redeem(let redemption, _): try redeem(redemption)
        case .cancelUnits(let cancellation, _):
            try extinguish(cancellation.units.units, cancellation.asset, actor, cancellation.partition)
        case .reclassify(let change, _): try reclassify(change)
        case .settle(let settlement): try settle(settlement, actor)
        case .distribute(let distribution, _): try distribute(distribution, actor)
        case .redeemAll(let redemption, _): try redeemAll(redemption, actor)
        case .encumber(let encumbering, let under): try encumber(encumbering, under, actor)
        case .release(let release, let under): try lift(release, under, actor)
        case .forceTransfer(let forced, let under): try force(ModelTaking(forced), to: forced.destination, under)
        case .rulebook(.joinParties(let join), _): try joinParties(join)
        case .service, .rulebook: throw NotModelled()
        case .control(let control, let under): try carryOut(control, under, actor)
        }
    }

    private mutating func carryOut(_ act: ControlAct, _ under: AuthorityReference?, _ actor: AccountID) throws {
        switch act {
        case .propose(let proposal): try propose(proposal, actor)
        case .approve(let id): try approve(id, actor)
        case .withdraw(let id): try withdraw(id, actor)
        case .execute(let id): try execute(id, actor)
        case .renounce(let reference): try renounce(reference, actor)
        case .objectToRecovery: try object(actor)
        case .precommit(let digest): try precommit(digest, actor)
        case .rotateToPrecommitted(let rotation): try rotateToPrecommitted(rotation)
        case .setAllowance(let allowance): try setAllowance(allowance, actor)
        case .transferFrom(let transfer): try transferFrom(transfer, actor)
        default:
            guard let under else { throw NotModelled() }
            try carryOut(act, authority: under, actor)
        }
    }

    private mutating func carryOut(_ act: ControlAct, authority: AuthorityReference, _ actor: AccountID) throws {
        switch act {
        case .seize(let taking): try seize(ModelTaking(taking), authority)
        case .forceRedeem(let taking): try forceRedeem(ModelTaking(taking), authority)
        case .decideAppeal(let finding): try decideAppeal(finding, authority)
        case .nameCustody(let account): try nameCustody(account, authority)
        case .setMandate(let setting): try setMandate(setting, authority)
        case .veto(let id): try veto(id, authority)
        case .emergencyFreeze(let freeze): try freezeAtOnce(freeze, authority, actor)
        case .deactivateAsset(let asset): try deactivate(asset)
        case .fileDocument(let filing): try file(filing, authority)
        case .fileRecovery(let filing): try fileRecovery(filing, authority)
        case .decideRecovery(let decision): try decideRecovery(decision, authority)
        case .executeRecovery(let account): try executeRecovery(account)
        default: throw NotModelled()
        }
    }

    /// The asset that an act under an authority concerns (4.3, 15.1); AST-002 if it is not there.
    func scope(of act: Act) throws -> AssetID? {
        let concerned: AssetID? =
            switch act {
            case .issue(let act, _): act.asset
            case .redeem(let act, _): act.asset
            case .cancelUnits(let act, _): act.asset
            case .reclassify(let act, _): act.asset
            case .distribute(let act, _): act.asset
            case .redeemAll(let act, _): act.asset
            case .forceTransfer(let act, _): act.asset
            case .encumber(let act, _): Self.asset(of: act.target)
            case .release(let act, _): Self.asset(of: act.target)
            case .control(.seize(let taking), _), .control(.forceRedeem(let taking), _): taking.asset
            case .control(.setMandate(let setting), _): setting.authority.asset
            case .control(.deactivateAsset(let asset), _): asset
            case .control(.fileDocument(let filing), _): filing.subjects.compactMap { Self.asset(of: $0) }.first
            case .control(.emergencyFreeze(let freeze), _): Self.asset(of: freeze.target)
            case .rulebook(.joinParties, _): nil
            case .service, .rulebook: throw NotModelled()
            default: nil
            }
        if let concerned, assets[concerned] == nil { throw ModelRefusal(.unknownAsset) }
        return concerned
    }

    static func asset(of target: EncumbranceTarget) -> AssetID? {
        switch target {
        case .holding(let asset, _, _), .asset(let asset): asset
        case .account, .party: nil
        }
    }

    static func asset(of subject: DocumentSubject) -> AssetID? {
        switch subject {
        case .asset(let asset), .corporateAction(let asset, _): asset
        case .order: nil
        }
    }

    // MARK: What many acts ask

    func known(_ account: AccountID) throws -> Account {
        guard let record = accounts[account] else { throw ModelRefusal(.unknownAccount) }
        return record
    }

    func known(_ asset: AssetID) throws -> Asset {
        guard let record = assets[asset] else { throw ModelRefusal(.unknownAsset) }
        return record
    }

    /// AST-008, TRF-004.
    func requireMovable(_ asset: AssetID) throws {
        let record = try known(asset)
        guard record.status == .active else { throw ModelRefusal(.assetClosed) }
        guard !record.claims.contains(where: { $0.stands(on: today) }) else { throw ModelRefusal(.assetPaused) }
    }

    /// RCV-003, TRF-003.
    func requireFree(_ account: AccountID) throws {
        try requireNotInRecovery(account)
        let record = try known(account)
        let claims = record.claims + claims(onPersonOf: record.party)
        guard !claims.contains(where: { $0.stands(on: today) }) else { throw ModelRefusal(.accountFrozen) }
    }

    func requireNotInRecovery(_ account: AccountID) throws {
        guard pendingRecovery(account) == nil else { throw ModelRefusal(.inRecovery) }
    }
}
