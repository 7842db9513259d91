import Tokenize

/// What somebody with the right keys makes up is refused all the same, and signatures have one form.
enum ForgeryProperties {
    static let all = [
        AuditCatalogue.Entry(forgeries, usualCaseCount: 120), AuditCatalogue.Entry(signatures, usualCaseCount: 60),
    ]

    static let forgeries = Property(
        "PRP-027",
        "A proof of a made-up log verifies if and only if header, position, state, checkpoint and witnesses are in order.",
        coverage: ForgedLog.Fault.allCases.map { .init("\($0)", perMille: 15) }
    ) { trial in
        let fault = try trial.draw(.element(of: ForgedLog.Fault.allCases + [.record, .record]))
        trial.label("\(fault)")
        let isOfEffect = [.effectCount, .effectSize, .effectEntry].contains(fault)
        let units = UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...100)))
        let claims = try claims(atLeast: fault == .record ? 2 : 0, &trial)
        // Every record that no ledger writes, one after the other.
        for record in fault == .record ? ForgedRecord.allCases : [] {
            let log = ForgedLog(fault: fault, units: units, claims: claims, record: record)
            let verdict = try? log.ownership().verify(under: log.policy())
            try trial.require(verdict == nil, "an ownership proof with \(record) verifies")
        }
        if fault == .record { return }
        let log = ForgedLog(fault: fault, units: units, claims: claims, record: nil)
        let isRight = fault == .nothing || fault == .nothingToo
        if !isOfEffect {
            let verdict = try? log.ownership().verify(under: log.policy())
            // A holding of nothing is no record: its absence is what can be proved.
            let isSomething = log.units > 0 || !log.claims.isEmpty
            let verifies = verdict != nil
            try trial.require(verifies == (isRight && isSomething), "an ownership proof with \(fault): \(verifies)")
            if let verdict { try require(verdict, shows: log, trial) }
        }
        // What is wrong with a header or a record concerns no effect.
        let ofHeaders: [ForgedLog.Fault] = [
            .oldHeader, .lateHeader, .ownPosition, .stateRoot, .noHeader, .noHolding, .checkpointSize,
        ]
        guard !ofHeaders.contains(fault) else { return }
        let verdict = try? log.effect().verify(under: log.policy())
        try trial.require((verdict != nil) == isRight, "an effect proof with \(fault): \(verdict != nil)")
        guard let verdict else { return }
        let isOfEffectTwo = verdict.effectIndex == 1 && verdict.effectCount == 2 && verdict.effect == [2]
        let isOfEntry = verdict.position == 0 && verdict.size == 1 && verdict.transaction == [1]
        let isOfLog = verdict.origin == ForgedLog.origin && verdict.witnessCount == 2
        try trial.require(isOfEffectTwo && isOfEntry && isOfLog, "\(verdict)")
    }

    /// Every field of a verdict.
    private static func require(_ verdict: OwnershipProof.Verdict, shows log: ForgedLog, _ trial: Trial) throws {
        let standing = log.claims.filter { $0.stands(on: verdict.businessDate) }
        let covered = LedgerModel.cover(standing)
        let free = covered > log.units ? 0 : log.units - covered
        try trial.require(verdict.units.units == log.units, "\(verdict.units) are proved")
        try trial.require(verdict.available.units == free, "\(verdict.available) available, not \(free)")
        try PresenceProperties.requireClaims(verdict.encumbrances, are: log.claims, trial)
        let isOfHolding =
            verdict.asset.digest == Cast.digest(1) && verdict.account.digest == Cast.digest(2) && verdict.partition == 0
        try trial.require(isOfHolding, "of another holding: \(verdict)")
        let isOfBlock =
            verdict.height == 4 && verdict.sealingTime == 9 && verdict.size == 2
            && verdict.businessDate.daysSinceEpoch == 20_000
        let isOfLog = verdict.origin == ForgedLog.origin && verdict.witnessCount == 2
        try trial.require(isOfBlock && isOfLog, "of another block or log: \(verdict)")
    }

    /// Encumbrances in the order of 5.8, each with a name of its own or on a layer of its own.
    private static func claims(atLeast least: Int, _ trial: inout Trial) throws -> [LedgerModel.Claim] {
        var claims: [LedgerModel.Claim] = []
        for _ in 0..<(try trial.number(least...max(least, 4))) {
            let basis = try trial.draw(.element(of: [nil, LegalBasis.allCases.first, LegalBasis.allCases.last]))
            guard
                let order = OrderReference(
                    reference: "order \(try trial.number(0...9))",
                    documentDigest: Cast.digest(UInt8(try trial.number(0...3))),
                    legalBasis: basis ?? nil
                ),
                let date = CalendarDate(daysSinceEpoch: 19_998 + (try trial.draw(Generator<Int32>.integer(in: 0...4))))
            else { throw AuditFailure(reason: "an encumbrance is malformed") }
            let owners: [EncumbranceOwner] = [
                .authority(AuthorityReference(.court)), .account(AccountID(digest: Cast.digest(9))),
                .authority(AuthorityReference(.issuer, number: 1)),
            ]
            let claim = LedgerModel.Claim(
                id: EncumbranceID(digest: Cast.digest(UInt8(try trial.number(0...5)))),
                kind: try trial.draw(.element(of: EncumbranceKind.allCases)),
                owner: try trial.draw(.element(of: owners)),
                amount: UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...60))),
                rank: UInt16(try trial.draw(.element(of: [1, 2, 65_535]))),
                lastDate: date,
                order: order,
                layer: UInt16(try trial.draw(.element(of: [0, 1, 2, 512])))
            )
            guard !claims.contains(where: { place($0) == place(claim) }) else { continue }
            claims.append(claim)
        }
        // Of two that were to be there the second may have stood where the first stands.
        while claims.count < least, var next = claims.last {
            next.layer = next.layer == 0 ? 3 : 0
            claims.append(next)
        }
        return claims.sorted { place($0).lexicographicallyPrecedes(place($1)) }
    }

    /// Rank, name and layer, the highest byte first.
    private static func place(_ claim: LedgerModel.Claim) -> [UInt8] {
        func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
        return number(claim.rank) + claim.id.digest.bytes + number(claim.layer)
    }

    /// The order of secp256k1's group (SEC 2, 2.4.1).
    private static let order: [UInt8] =
        [UInt8](repeating: 0xFF, count: 15)
        + [
            0xFE, 0xBA, 0xAE, 0xDC, 0xE6, 0xAF, 0x48, 0xA0, 0x3B, 0xBF, 0xD2, 0x5E, 0x8C, 0xD0, 0x36, 0x41, 0x41,
        ]

    static let signatures = Property(
        "PRP-028",
        "A signature verifies for its digest and key alone, in one form, under the algorithm that made it.",
        coverage: [.init("ecdsaSecp256k1", perMille: 200), .init("schnorrBIP340", perMille: 200)]
    ) { trial in
        var secret = [UInt8](repeating: 0, count: 32)
        secret[31] = try trial.draw(.integer(in: 1...255))
        let isECDSA = try trial.draw(.bool)
        let algorithm: SignatureAlgorithm = isECDSA ? .ecdsaSecp256k1 : .schnorrBIP340
        trial.label(isECDSA ? "ecdsaSecp256k1" : "schnorrBIP340")
        let signer = try SoftwareSigner(SecretKey(bytes: secret), algorithm: algorithm)
        let other = try SoftwareSigner(
            SecretKey(bytes: secret.dropLast() + [secret[31] ^ 0x80 | 1]),
            algorithm: algorithm
        )
        let key = try ParsedPublicKey(signer.publicKey)
        let digest = ModelHash.digest(ModelHash.sha256([try trial.draw(Generator<UInt8>.integer(in: 0...255))]))
        let signature = try signer.sign(digest)
        func holds(_ bytes: [UInt8], _ digest: Digest, _ key: ParsedPublicKey, _ algorithm: SignatureAlgorithm) -> Bool
        {
            guard let one = try? Signature(algorithm: algorithm, bytes: bytes) else { return false }
            return SignatureVerifier.verify(one, digest: digest, key: key)
        }
        let bytes = signature.bytes
        try trial.require(holds(bytes, digest, key, algorithm), "a signature does not verify")
        let bit = try trial.draw(.integer(in: 0...511))
        var flipped = bytes
        flipped[bit / 8] ^= 1 << UInt8(bit % 8)
        try trial.require(!holds(flipped, digest, key, algorithm), "a signature with bit \(bit) flipped verifies")
        var message = digest.bytes
        message[bit / 16] ^= 1 << UInt8(bit % 8)
        try trial.require(!holds(bytes, ModelHash.digest(message), key, algorithm), "another digest verifies")
        if other.publicKey != signer.publicKey {
            let otherKey = try ParsedPublicKey(other.publicKey)
            try trial.require(!holds(bytes, digest, otherKey, algorithm), "another key verifies")
        }
        let wrong: SignatureAlgorithm = isECDSA ? .schnorrBIP340 : .ecdsaSecp256k1
        try trial.require(!holds(bytes, digest, key, wrong), "another algorithm verifies")
        guard isECDSA else { return }
        // The other root of the same equation: n - s.
        var (mirrored, borrow) = (bytes, 0)
        for index in (0..<32).reversed() {
            let difference = Int(order[index]) - Int(bytes[32 + index]) - borrow
            borrow = difference < 0 ? 1 : 0
            mirrored[32 + index] = UInt8(truncatingIfNeeded: difference)
        }
        try trial.require(!holds(mirrored, digest, key, algorithm), "the other form of a signature verifies")
    }
}
