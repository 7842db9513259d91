import Tokenize

/// Nobody acts without the keys and members that the ledger asks for.
enum AuthorityProperties {
    static let all = [
        AuditCatalogue.Entry(quorum, usualCaseCount: 40), AuditCatalogue.Entry(weights, usualCaseCount: 40),
    ]

    static let quorum = Property(
        "PRP-003",
        "What is committed carries enough valid signatures of each principal, and the members that each authority needs.",
        coverage: [
            .init("done encumber", perMille: 100), .init("refused quorumNotReached", perMille: 20),
            .init("more than usual", perMille: 50),
        ]
    ) { trial in
        let focus: ActDrawing.Focus = try trial.draw(.bool) ? .everything : .mandates
        _ = try await History.run(&trial, stepCountMax: 40, focus: focus) { step, _, trial in
            guard let sent = step.transaction, sent.answer.receipt != nil, sent.earlier == nil else { return }
            let signed = try SignedTransaction(bytes: sent.bytes)
            try trial.require(signed.body.ledger == step.before.ledger, "another ledger's transaction")
            try requireKeys(signed, step.before, trial)
            try requireMembers(signed.body, step, &trial)
        }
    }

    static let weights = Property(
        "PRP-034",
        "Of weighted keys, any signatures that weigh the threshold are enough, and none that weigh less.",
        coverage: [
            .init("enough", perMille: 500), .init("too little", perMille: 500), .init("alone", perMille: 300),
            .init("rotation", perMille: 200), .init("precommitment", perMille: 200), .init("recovery", perMille: 200),
        ]
    ) { trial in
        let world = try await AuditWorld(in: MemoryStore())
        var signers = world.cast.members[Cast.alice].signers
        var policy = world.cast.members[Cast.alice].opening.policy
        for round in 1...2 {
            let before = signers
            signers = try (0..<(try trial.draw(Generator<Int>.integer(in: 1...5)))).map {
                try Cast.signer(100 + 10 * round + $0)
            }
            let keys = try signers.map { signer in
                KeyPolicy.WeightedKey(
                    key: signer.publicKey.encoded,
                    weight: try trial.draw(Generator<UInt64>.integer(in: 1...4))
                )
            }
            let most = keys.reduce(0) { $0 + $1.weight }
            let threshold = try trial.draw(Generator<UInt64>.integer(in: 1...most))
            policy = try KeyPolicy(threshold: threshold, keys: keys)
            trial.note("keys of weights \(keys.map { $0.weight }), of which \(threshold) must sign")
            let way = try trial.draw(.element(of: KeyReplacement.Way.allCases))
            let replaced = try await KeyReplacement(of: Cast.alice, by: policy, signers: before).carryOut(way, world)
            try trial.require(replaced, "the keys are not replaced by \(way)")
            trial.label("\(way)")
            let late = try await answer(to: .cancelSequence, signedBy: before, world)
            try trial.require(late.receipt == nil, "keys that were replaced still sign")
            for _ in 0..<10 {
                let drawn = try trial.draw(Generator<Int>.integer(in: 1...(1 << signers.count) - 1))
                let signing = signers.indices.filter { drawn >> $0 & 1 == 1 }
                let weight = signing.reduce(0) { $0 + keys[$1].weight }
                let answer = try await answer(to: .cancelSequence, signedBy: signing.map { signers[$0] }, world)
                if case .refused(let rejection) = answer {
                    try trial.require(rejection.code == .thresholdNotReached, "\(rejection)")
                }
                let isEnough = weight >= threshold
                try trial.require((answer.receipt != nil) == isEnough, "\(weight) of \(threshold): \(answer)")
                trial.label(isEnough ? "enough" : "too little")
                trial.label("alone", when: isEnough && signing.count == 1 && signers.count > 1)
            }
        }
        try await world.ledger.close()
    }

    private static func answer(to act: Act, signedBy signers: [SoftwareSigner], _ world: AuditWorld) async throws
        -> AuditWorld.Answer
    {
        let plan = TransactionPlan(principals: [Cast.alice], operations: [Operation(act)])
        let body = plan.body(for: try await world.ledger.read { $0 }, world.cast)
        return try await world.answer(to: try Cast.sign(body, signers).bytes)
    }

    private static func requireKeys(_ signed: SignedTransaction, _ state: LedgerState, _ trial: Trial) throws {
        let digest = signed.body.id.digest
        var valid: Set<EncodedPublicKey> = []
        for signature in signed.signatures {
            let key = try ParsedPublicKey(signature.key)
            let holds = SignatureVerifier.verify(signature.signature, digest: digest, key: key)
            try trial.require(holds, "a signature is false")
            valid.insert(signature.key)
        }
        for principal in signed.body.principals {
            guard let policy = state.account(principal.account)?.policy else {
                return try trial.require(false, "a principal has no account")
            }
            let weight = policy.keys.reduce(0) { $0 + (valid.contains($1.key) ? $1.weight : 0) }
            try trial.require(weight >= policy.threshold, "\(weight) of \(policy.threshold)")
        }
    }

    /// Members that an act needs: what the mandate says, and one for an emergency. Who may name the custody account
    /// decides where what is seized goes: as many as may seize (15.3.1).
    private static func quorum(of act: Act, _ mandate: Mandate?, _ usual: Int) -> Int {
        if case .control(.emergencyFreeze, _) = act { return 1 }
        let asked = act.code == .nameCustody ? [ActCode.nameCustody, .seize] : [act.code]
        return asked.map { one in mandate?.quorums.first { $0.act == one }?.quorum ?? usual }.max() ?? usual
    }

    /// Members who count for an act: not those whom the mandate keeps out, since they are members of another authority.
    private static func counting(
        _ members: [AccountID],
        for act: Act,
        _ mandate: Mandate?,
        membersOf: (AuthorityReference) -> [AccountID]
    ) -> [AccountID] {
        let asked = act.code == .nameCustody ? [ActCode.nameCustody, .seize] : [act.code]
        let others = (mandate?.separations ?? []).filter { asked.contains($0.act) }.map(\.other)
        return members.filter { member in !others.contains { membersOf($0).contains(member) } }
    }

    private static func requireMembers(_ body: TransactionBody, _ step: History.Step, _ trial: inout Trial) throws {
        let accounts = Set(body.principals.map { $0.account })
        /// Appointments, charters and mandates of the same body count from there on.
        var appointed: [AuthorityReference: (quorum: Int, members: [AccountID])] = [:]
        var laid: [AuthorityReference: Mandate] = [:]
        for operation in body.operations {
            if let reference = operation.act.authority {
                guard
                    let authority = appointed[reference] ?? step.before.authority(reference)
                        ?? step.after.authority(reference)
                else { return try trial.require(false, "\(reference) is nobody") }
                let actor = body.principals[operation.principal].account
                try trial.require(authority.members.contains(actor), "the actor is no member of \(reference)")
                var mandate = laid[reference]
                if mandate == nil, case .mandate(let found)? = step.before.control(.mandate(reference)) {
                    mandate = found
                }
                let counting = counting(authority.members, for: operation.act, mandate) { other in
                    appointed[other]?.members ?? step.before.authority(other)?.members ?? []
                }
                let present = accounts.intersection(counting).count
                let quorum = quorum(of: operation.act, mandate, authority.quorum)
                try trial.require(present >= quorum, "\(present) members of \(reference)")
                trial.label("more than usual", when: quorum > authority.quorum)
                try trial.require(reference.role != .auditor, "an auditor changed something")
            }
            if case .appointAuthority(let appointment, _) = operation.act {
                appointed[appointment.reference] = (appointment.quorum, appointment.members)
            }
            if case .control(.setMandate(let setting), _) = operation.act { laid[setting.authority] = setting.mandate }
        }
    }
}
