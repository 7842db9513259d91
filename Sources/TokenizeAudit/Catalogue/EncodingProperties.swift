import Tokenize

/// A value has one encoding, and a decoder takes no other.
enum EncodingProperties {
    static let all = [
        AuditCatalogue.Entry(bijection, usualCaseCount: 300), AuditCatalogue.Entry(deviations, usualCaseCount: 1_000),
        AuditCatalogue.Entry(sets, usualCaseCount: 60),
    ]

    /// A ledger that nothing happens on, to draw transactions for.
    private static let scene = Task { try await AuditWorld(in: MemoryStore()) }

    /// Decoders, each followed by the encoder of what it gave.
    private static let forms: [(name: String, rewrite: @Sendable ([UInt8]) throws -> [UInt8])] = [
        ("value", { try CanonicalValue(decoding: $0).encoded() }),
        ("body", { try TransactionBody(canonicalBytes: $0).canonicalBytes }),
        (
            "transaction",
            {
                let signed = try SignedTransaction(bytes: $0)
                return SignedTransaction(body: signed.body, signatures: signed.signatures).bytes
            }
        ),
        ("genesis", { try Genesis(canonicalBytes: $0).canonicalBytes }),
        ("entry", { try LogEntry(canonicalBytes: $0).canonicalBytes }),
        ("key", { try StateKey(canonicalBytes: $0).canonicalBytes }),
        ("terms", { try InstrumentTerms(canonicalBytes: $0).canonicalBytes }),
        ("charter", { try Charter(canonicalBytes: $0).canonicalBytes }),
        ("effect proof", { try EffectProof(canonicalBytes: $0).canonicalBytes }),
        ("ownership proof", { try OwnershipProof(canonicalBytes: $0).canonicalBytes }),
    ]

    static let bijection = Property(
        "PRP-010",
        "What is decoded encodes to the bytes that were read, of every form, whole or damaged.",
        coverage: [.init("damaged and accepted", perMille: 5), .init("damaged and refused", perMille: 150)]
    ) { trial in
        let world = try await scene.value
        let state = try await world.ledger.read { $0 }
        let plan = try trial.choices.span { (choices: inout ChoiceSource) throws(Discard) in
            try ActDrawing(world: world, state: state).plan(&choices)
        }
        trial.note(plan.text(world))
        let body = plan.body(for: state, world.cast)
        try trial.require(try TransactionBody(canonicalBytes: body.canonicalBytes) == body, "the body differs")
        let signed = try Cast.sign(body, world.cast.members[0].signers)
        let member = world.cast.members[try trial.draw(.integer(in: 0...world.cast.members.count - 1))]
        let key = StateKey.holding(asset: world.assets[0], account: member.account, partition: 3)
        let proof = try await world.ledger.proveHolding(asset: world.assets[2], account: member.account)
        let effect = try await world.ledger.proveEffect(position: 2, index: 0)
        let charter = Charter(authorities: [], rules: [.classShareLimit(.foreign, numerator: 1, denominator: 3)])
        let samples: [[UInt8]] = [
            body.canonicalBytes, body.canonicalBytes, signed.bytes, world.cast.genesis.canonicalBytes,
            LogEntry.transaction(bytes: signed.bytes, effectsRoot: .zero, effectCount: 1).canonicalBytes,
            key.canonicalBytes, state.asset(world.assets[1])?.terms.canonicalBytes ?? [], charter.canonicalBytes,
            effect.canonicalBytes, proof.canonicalBytes,
        ]
        for (form, sample) in zip(forms, samples) {
            try trial.require(try form.rewrite(sample) == sample, "\(form.name) differs")
        }
        let index = try trial.draw(.integer(in: 0...forms.count - 1))
        let damage = try Damage.draw(samples[index].count, &trial)
        let damaged = damage.applied(to: samples[index])
        guard damaged != samples[index] else { return }
        trial.note("\(forms[index].name): \(damage)")
        guard let again = try? forms[index].rewrite(damaged) else { return trial.label("damaged and refused") }
        trial.label("damaged and accepted")
        try trial.require(again == damaged, "\(forms[index].name) accepts \(damaged.hexadecimal)")
    }

    static let deviations = Property(
        "PRP-011",
        "Every form that the canonical profile excludes is refused, wherever in a value it stands.",
        coverage: LooseEncoder.Deviation.allCases.map { Property.Coverage("\($0)", perMille: 2) }
    ) { trial in
        let value = try trial.draw(LooseEncoder.value(depth: 3))
        let plain = LooseEncoder.encode(value, nil).bytes
        try trial.require(try value.encoded() == plain, "two encoders differ: \(plain.hexadecimal)")
        let read = try CanonicalValue(decoding: plain)
        try trial.require(read == value, "\(read) is not \(value)")
        let deviation = try trial.draw(.element(of: LooseEncoder.Deviation.allCases))
        let place = try trial.draw(.integer(in: 0...5))
        let loose = LooseEncoder.encode(value, (deviation, place))
        // A deviation needs a value of its kind: a map for the order of keys, say.
        guard loose.isApplied else { return }
        trial.label("\(deviation)")
        trial.note("\(deviation): \(loose.bytes.hexadecimal)")
        let accepted = try? CanonicalValue(decoding: loose.bytes)
        try trial.require(accepted == nil, "accepted as \(accepted.map { "\($0)" } ?? "")")
    }
}
