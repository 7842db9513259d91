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
        let fault = try trial.draw(.element(of: ForgedLog.Fault.allCases))
        trial.label("\(fault)")
        let isOfEffect = [.effectCount, .effectSize, .effectEntry].contains(fault)
        let log = ForgedLog(
            fault: fault,
            units: UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...100))),
            claims: try claims(&trial)
        )
        let isRight = fault == .nothing || fault == .nothingToo
        if !isOfEffect {
            let verdict = try? log.ownership().verify(under: log.policy())
            // A holding of nothing is no record: its absence is what can be proved.
            let isSomething = log.units > 0 || !log.claims.isEmpty
            let verifies = verdict != nil
            try trial.require(verifies == (isRight && isSomething), "an ownership proof with \(fault): \(verifies)")
            if let verdict {
                let standing = log.claims.filter { $0.stands(on: verdict.businessDate) }
                let covered = LedgerModel.cover(standing)
                let free = covered > log.units ? 0 : log.units - covered
                try trial.require(verdict.units.units == log.units, "\(verdict.units) are proved")
                try trial.require(verdict.available.units == free, "\(verdict.available) available, not \(free)")
            }
        }
        // What is wrong with a header concerns no effect.
        let ofHeaders: [ForgedLog.Fault] = [
            .oldHeader, .lateHeader, .ownPosition, .stateRoot, .noHeader, .noHolding, .checkpointSize,
        ]
        guard !ofHeaders.contains(fault) else { return }
        let verdict = try? log.effect().verify(under: log.policy())
        try trial.require((verdict != nil) == isRight, "an effect proof with \(fault): \(verdict != nil)")
        if let verdict { try trial.require(verdict.effectIndex == 1 && verdict.effectCount == 2, "\(verdict)") }
    }

    private static func claims(_ trial: inout Trial) throws -> [LedgerModel.Claim] {
        var claims: [LedgerModel.Claim] = []
        for number in 0..<(try trial.draw(Generator<Int>.integer(in: 0...4))) {
            guard let order = OrderReference(reference: "order", documentDigest: .zero),
                let date = CalendarDate(daysSinceEpoch: 19_998 + (try trial.draw(Generator<Int32>.integer(in: 0...4))))
            else { throw AuditFailure(reason: "an encumbrance is malformed") }
            claims.append(
                LedgerModel.Claim(
                    id: EncumbranceID(digest: Cast.digest(UInt8(number))),
                    kind: try trial.draw(.element(of: EncumbranceKind.allCases)),
                    owner: .authority(AuthorityReference(.court)),
                    amount: UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...60))),
                    rank: 1,
                    lastDate: date,
                    order: order,
                    layer: UInt16(try trial.draw(Generator<UInt64>.integer(in: 0...2)))
                )
            )
        }
        return claims
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
