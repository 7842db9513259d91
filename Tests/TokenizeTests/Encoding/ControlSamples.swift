import Testing

@testable import Tokenize

/// Samples of what chapter 15 adds.
enum ControlSamples {
    private static let court = AuthorityReference(.court)
    private static let proposal = ProposalID(digest: SampleParts.digest(0x51))
    private static let order = OrderID(digest: SampleParts.digest(0x52))

    static func acts() throws -> [Act] {
        try ofAuthorities().map { .control($0.0, under: AuthorityReference($0.1)) }
            + ofAccounts().map { .control($0, under: nil) }
    }

    private static func taking(executing: EncumbranceID?) throws -> Taking {
        Taking(
            asset: SampleParts.asset,
            from: SampleParts.account,
            units: SampleParts.wide,
            rank: 300,
            lastDate: try SampleParts.date(),
            order: try SampleParts.order(),
            executing: executing
        )
    }

    private static func mandate() throws -> Mandate {
        try #require(
            Mandate(
                quorums: [.init(.issue, quorum: 2), .init(.release, quorum: 1)],
                separations: [.init(.issue, from: AuthorityReference(.payingAgent, asset: SampleParts.asset))],
                timelocks: [
                    .init(.cancelUnits, notice: Notice(openedDays: 2, seconds: 172_800)),
                    .init(.seize, notice: Notice(openedDays: 5, seconds: 1), veto: court),
                ],
                emergencyDaysMax: 3
            )
        )
    }

    private static func filings() throws -> [DocumentFiling] {
        let subjects: [DocumentSubject] = [
            .asset(SampleParts.asset), .order(order), .corporateAction(SampleParts.asset, reference: "coupon 1"),
        ]
        return [nil, SampleParts.digest(3)].map {
            DocumentFiling(digest: SampleParts.digest(2), type: .notice, about: subjects, superseding: $0)
        }
    }

    private static func ofAuthorities() throws -> [(ControlAct, Role)] {
        let policy = try SampleParts.policy()
        let lawful = try SampleParts.order()
        let freeze = EmergencyFreeze(
            target: .party(SampleParts.party),
            rank: 1,
            lastDate: try SampleParts.date(),
            order: lawful
        )
        return try [
            (.seize(taking(executing: nil)), .court),
            (.forceRedeem(taking(executing: SampleParts.encumbrance)), .court),
            (.decideAppeal(AppealFinding(order: order, status: .upheld)), .court),
            (.nameCustody(SampleParts.other), .regulator),
            (.setMandate(MandateSetting(AuthorityReference(.issuer), mandate())), .governor),
            (.veto(proposal), .court), (.emergencyFreeze(freeze), .regulator),
            (.deactivateAsset(SampleParts.asset), .issuer),
            (
                .fileRecovery(RecoveryFiling(account: SampleParts.account, policy: policy, with: court)), .registrar
            ),
            (
                .decideRecovery(RecoveryDecision(account: SampleParts.account, isAllowed: true, order: lawful)), .court
            ),
            (.executeRecovery(SampleParts.account), .registrar),
        ] + filings().map { (.fileDocument($0), .registrar) }
    }

    private static func ofAccounts() throws -> [ControlAct] {
        let policy = try SampleParts.policy()
        let inner = Act.openBusinessDay(try SampleParts.date(), under: AuthorityReference(.operator))
        let rotations = [nil, SampleParts.digest(8)].map {
            PrecommittedRotation(account: SampleParts.account, policy: policy, salt: SampleParts.digest(7), next: $0)
        }
        let allowance = Allowance(
            asset: SampleParts.asset,
            operator: SampleParts.other,
            units: 7,
            until: try SampleParts.date()
        )
        let transfer = OperatorTransfer(
            asset: SampleParts.asset,
            owner: SampleParts.account,
            recipient: SampleParts.other,
            partition: 1,
            units: SampleParts.wide
        )
        return [
            .propose(Proposal(inner, until: try SampleParts.date())), .approve(proposal), .withdraw(proposal),
            .execute(proposal), .renounce(AuthorityReference(.court, number: 2)), .objectToRecovery,
            .precommit(SampleParts.digest(6)), .setAllowance(allowance), .transferFrom(transfer),
        ] + rotations.map { .rotateToPrecommitted($0) }
    }

    static func all() throws -> [SchemaSample] { try effects() + keys() + records() }

    private static func effects() throws -> [SchemaSample] {
        let (asset, account, other) = (SampleParts.asset, SampleParts.account, SampleParts.other)
        let effects: [ControlEffect] = [
            .orderAppealed(order, .quashed), .orderExecuted(order, asset, from: account, partition: 2, units: 24),
            .custodyNamed(court, account), .mandateSet(court), .proposed(proposal), .approved(proposal, by: account),
            .approvalWithdrawn(proposal, by: account), .proposalExecuted(proposal), .vetoed(proposal),
            .renounced(court, account), .assetDeactivated(asset), .documentFiled(SampleParts.digest(3)),
            .recoveryFiled(account), .recoveryObjected(account), .recoveryDecided(account, isAllowed: false),
            .recoveryExecuted(account), .precommitted(account),
            .allowanceSet(asset, owner: account, operator: other, units: SampleParts.wide),
            .allowanceUsed(asset, owner: account, operator: other, units: 1),
        ]
        return effects.map { SchemaSample("effect", Effect.control($0)) }
    }

    private static func keys() throws -> [SchemaSample] {
        try entries().map { key, _ in
            SchemaSample("state-key", key.stateKey.canonicalBytes) { try StateKey(canonicalBytes: $0).canonicalBytes }
        }
    }

    private static func records() throws -> [SchemaSample] {
        let names: [ControlKey.Kind: String] = [
            .order: "order-record", .mandate: "mandate", .proposal: "proposal-record", .document: "document-record",
            .recovery: "recovery-record", .allowance: "allowance-record",
        ]
        return try entries().compactMap { key, record in
            guard let name = names[key.kind] else { return nil }
            var encoder = CanonicalEncoder(reservingCapacity: 256)
            record.encode(into: &encoder)
            return SchemaSample(name, encoder.bytes) { bytes in
                let read = try CanonicalDecoder.decode(bytes) {
                    (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
                    try ControlRecord(key.kind, from: &decoder)
                }
                var again = CanonicalEncoder(reservingCapacity: 256)
                read.encode(into: &again)
                return again.bytes
            }
        }
    }

    /// A record of every kind, some twice.
    static func entries() throws -> [(ControlKey, ControlRecord)] {
        let (account, other) = (SampleParts.account, SampleParts.other)
        let moment = LedgerMoment(openedDayCount: 30, height: 900, sealingTime: 1_800_000_000)
        let filing = try #require(try filings().first)
        func proposed(_ ready: LedgerMoment?) throws -> ControlRecord {
            .proposal(
                ProposalRecord(
                    authority: court,
                    act: [1, 2, 3],
                    proposer: account,
                    lastDate: try SampleParts.date(),
                    approvals: [account, other].sorted(),
                    ready: ready
                )
            )
        }
        func filed(_ next: Digest?) throws -> ControlRecord {
            .document(
                DocumentRecord(
                    type: .order,
                    version: 2,
                    authority: court,
                    filed: try SampleParts.date(),
                    subjects: filing.subjects,
                    supersededBy: next
                )
            )
        }
        let recovery = RecoveryRecord(
            policy: try SampleParts.policy(),
            filers: [AuthorityReference(.registrar), court],
            since: moment,
            notice: Notice(openedDays: 30, seconds: 2_592_000),
            isObjected: true,
            isAllowed: false
        )
        let record = OrderRecord(authority: court, order: try SampleParts.order(), appeal: .pending)
        return [
            (
                .partyEncumbrances(SampleParts.party),
                .partyEncumbrances([try SampleParts.encumbranceRecord(.authority(court))])
            ),
            (.order(order), .order(record)), (.mandate(court), .mandate(try mandate())),
            (.proposal(proposal), try proposed(nil)), (.proposal(proposal), try proposed(moment)),
            (.document(SampleParts.digest(2)), try filed(nil)),
            (.document(SampleParts.digest(2)), try filed(SampleParts.digest(3))),
            (.recovery(account), .recovery(recovery)),
            (
                .allowance(asset: SampleParts.asset, owner: account, operator: other),
                .allowance(AllowanceRecord(units: 24, lastDate: try SampleParts.date()))
            ),
            (
                .allowance(asset: SampleParts.asset, owner: other, operator: account),
                .allowance(AllowanceRecord(units: 24, lastDate: try SampleParts.date(), isAtRest: true))
            ),
            (.precommitment(account), .precommitment(SampleParts.digest(9))),
            (.emergency(court, .asset(SampleParts.asset)), .emergency(try SampleParts.date())),
            (.custody(court), .custody(account)),
        ]
    }
}
