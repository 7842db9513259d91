import Tokenize

/// A value has one encoding, and a decoder takes no other.
enum EncodingProperties {
    static let all = [
        AuditCatalogue.Entry(bijection, usualCaseCount: 400), AuditCatalogue.Entry(deviations, usualCaseCount: 1_000),
        AuditCatalogue.Entry(sets, usualCaseCount: 60),
    ]

    static let bijection = Property(
        "PRP-010",
        "What is decoded encodes to the bytes that were read, of every form, whole, damaged or with its parts rearranged.",
        coverage: [
            .init("damaged and accepted", perMille: 20), .init("damaged and refused", perMille: 150),
            .init("rearranged and accepted", perMille: 150), .init("rearranged and refused", perMille: 150),
        ]
    ) { trial in
        let scene = try await EncodedForms.scene.value
        let plan = try trial.choices.span { (choices: inout ChoiceSource) throws(Discard) in
            try ActDrawing(world: scene.world, state: scene.state).plan(&choices)
        }
        trial.note(plan.text(scene.world))
        let body = plan.body(for: scene.state, scene.world.cast)
        try trial.require(try TransactionBody(canonicalBytes: body.canonicalBytes) == body, "the body differs")
        let drawn = LooseEncoder.value(depth: 2)
        let value = LooseEncoder.encode(try trial.draw(drawn))
        let own = [
            EncodedForm.body("a drawn plan", body),
            .transaction(try Cast.sign(body, scene.world.cast.members[0].signers)),
            EncodedForm(name: "value", bytes: value) { try CanonicalValue(decoding: $0).encoded() },
        ]
        for form in own { try requireRewritten(form, &trial) }
        for _ in 0..<6 { try requireRewritten(scene.forms[try trial.number(0...scene.forms.count - 1)], &trial) }
    }

    /// The bytes come back, and of what is accepted in their place every byte.
    private static func requireRewritten(_ form: EncodedForm, _ trial: inout Trial) throws {
        let again = try? form.rewrite(form.bytes)
        try trial.require(
            again == form.bytes,
            "\(form.name) is written as \(again.map { $0.hexadecimal } ?? "nothing")"
        )
        let damage = try Damage.draw(form.bytes.count, &trial)
        try requireExact(form, damage.applied(to: form.bytes), "damaged", "\(damage)", &trial)
        guard form.isCanonical, let value = try? CanonicalValue(decoding: form.bytes) else { return }
        for _ in 0..<2 {
            let rearranged = try Rearrangement.draw(value, &trial)
            guard let bytes = try? rearranged.value.encoded() else { continue }
            try requireExact(form, bytes, "rearranged", rearranged.text, &trial)
        }
    }

    private static func requireExact(
        _ form: EncodedForm,
        _ bytes: [UInt8],
        _ kind: String,
        _ change: String,
        _ trial: inout Trial
    ) throws {
        guard bytes != form.bytes else { return }
        guard let again = try? form.rewrite(bytes) else { return trial.label("\(kind) and refused") }
        trial.label("\(kind) and accepted")
        try trial.require(
            again == bytes,
            "\(form.name), \(change), is accepted as \(bytes.hexadecimal) and written as \(again.hexadecimal)"
        )
    }

    static let deviations = Property(
        "PRP-011",
        "Every form that the canonical profile excludes is refused, wherever in a value it stands, by the decoders of all forms.",
        coverage: LooseEncoder.Deviation.allCases.map { Property.Coverage("\($0)", perMille: 2) }
            + LooseEncoder.Deviation.allCases.filter { !$0.isOfMaps }.map { .init("\($0) in a form", perMille: 2) }
    ) { trial in
        let value = try trial.draw(LooseEncoder.value(depth: 3))
        let plain = LooseEncoder.encode(value)
        try trial.require(try value.encoded() == plain, "two encoders differ: \(plain.hexadecimal)")
        let read = try CanonicalValue(decoding: plain)
        try trial.require(read == value, "\(read) is not \(value)")
        let deviation = try trial.draw(.element(of: LooseEncoder.Deviation.allCases))
        let loose = try LooseEncoder.encode(value, deviation, &trial)
        // A deviation needs a value of its kind: a map for the order of keys, say.
        if loose.isApplied {
            trial.label("\(deviation)")
            trial.note("\(deviation): \(loose.bytes.hexadecimal)")
            let accepted = try? CanonicalValue(decoding: loose.bytes)
            try trial.require(accepted == nil, "accepted as \(accepted.map { "\($0)" } ?? "")")
        }
        for bytes in LooseEncoder.brokenTexts {
            try trial.require((try? CanonicalValue(decoding: bytes)) == nil, "\(bytes.hexadecimal) is a text")
        }
        let scene = try await EncodedForms.scene.value
        for _ in 0..<4 {
            let form = scene.forms[try trial.number(0...scene.forms.count - 1)]
            let kind = try trial.draw(.element(of: LooseEncoder.Deviation.allCases))
            guard form.isCanonical, !kind.isOfMaps else { continue }
            let loose = try LooseEncoder.encode(try CanonicalValue(decoding: form.bytes), kind, &trial)
            guard loose.isApplied else { continue }
            trial.label("\(kind) in a form")
            let again = try? form.rewrite(loose.bytes)
            try trial.require(again == nil, "\(form.name) is accepted with \(kind): \(loose.bytes.hexadecimal)")
        }
    }
}
