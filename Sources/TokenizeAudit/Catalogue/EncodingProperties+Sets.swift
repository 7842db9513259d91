import Tokenize

extension EncodingProperties {
    static let sets = Property(
        "PRP-037",
        "Lists that ascend, each element once, are refused in any other order and with an element twice; and a number of units in its wider form.",
        coverage: [.init("order", perMille: 200), .init("twice", perMille: 200), .init("width", perMille: 200)]
    ) { trial in
        let samples = try samples()
        let sample = try trial.draw(.element(of: samples))
        let (first, second) = (sample.pair.0, sample.pair.1)
        try trial.require(sample.accepts(sample.bytes), "\(sample.name) is refused as it is")
        guard let place = sample.bytes.firstRange(of: first + second) else {
            throw AuditFailure(reason: "\(sample.name) does not hold its pair")
        }
        var bytes = sample.bytes
        let isTwice = try trial.draw(.bool)
        bytes.replaceSubrange(place, with: isTwice ? first + first : second + first)
        try trial.require(!sample.accepts(bytes), "\(sample.name) is accepted as \(bytes.hexadecimal)")
        trial.label(isTwice ? "twice" : "order")
        try width(&trial)
    }

    /// Units of 64 bits are a number, above that sixteen bytes.
    private static func width(_ trial: inout Trial) throws {
        let units = try trial.draw(Generator<UInt128>.integer())
        var wide = [UInt8](repeating: 0, count: 16)
        for index in 0..<16 { wide[index] = UInt8(truncatingIfNeeded: units >> UInt128(8 * (15 - index))) }
        let read = try? CanonicalDecoder.decode([0x50] + wide) {
            (decoder: inout CanonicalDecoder) throws(DecodingFailure) in try decoder.quantity()
        }
        let isWide = units > UInt128(UInt64.max)
        try trial.require(read == (isWide ? Quantity(units) : nil), "\(units) in sixteen bytes is read as \(read ?? 0)")
        trial.label("width", when: !isWide)
    }

    private struct Sample: Sendable {
        let name: String
        let bytes: [UInt8]
        /// Two elements that stand one behind the other.
        let pair: ([UInt8], [UInt8])
        let accepts: @Sendable ([UInt8]) -> Bool
    }

    private static func samples() throws -> [Sample] {
        let cast = try Cast()
        let accounts = [cast.members[Cast.alice].account, cast.members[Cast.bob].account].sorted()
        let names = (encoded(accounts[0]), encoded(accounts[1]))
        let digests = (Cast.digest(3), Cast.digest(4))
        let issuer = CharterAuthority(.issuer, quorum: 1, members: accounts)
        let company = cast.members[Cast.company]
        let keys = company.opening.policy.keys.map { key in
            var encoder = CanonicalEncoder()
            encoder.encodeArray(count: 2)
            key.key.encode(into: &encoder)
            encoder.encode(key.weight)
            return encoder.bytes
        }
        guard let court = AuthorityAppointment(AuthorityReference(.court), quorum: 1, members: accounts),
            let logKeys = LogKeys(log: Cast.digest(2), witnesses: [digests.0, digests.1]),
            let date = Cast.firstDate
        else { throw AuditFailure(reason: "a set is malformed") }
        func body(_ act: Act) -> [UInt8] {
            let principals = [Principal(account: company.account, sequence: 0)]
            return TransactionBody(
                ledger: cast.genesis.ledger,
                principals: principals,
                lastValidDate: date,
                operations: [Operation(act)]
            ).canonicalBytes
        }
        let isBody: @Sendable ([UInt8]) -> Bool = { (try? TransactionBody(canonicalBytes: $0)) != nil }
        let isRulebook: @Sendable ([UInt8]) -> Bool = { (try? Rulebook(canonicalBytes: $0)) != nil }
        let governor = AuthorityReference(.governor)
        let trusted = [AuthorityReference(.registrar), AuthorityReference(.identityIssuer)].sorted()
        let trust = TrustSetting(asset: AssetID(digest: digests.0), Topic(1), issuers: trusted)
        let approval = Rule.approval(ApprovalRule(accounts, dayCountMax: 3))
        return [
            Sample(
                name: "a charter",
                bytes: Charter(authorities: [issuer]).canonicalBytes,
                pair: names,
                accepts: { (try? Charter(canonicalBytes: $0)) != nil }
            ),
            try signed(body(.cancelSequence), company),
            Sample(
                name: "an appointment",
                bytes: body(.appointAuthority(court, under: governor)),
                pair: names,
                accepts: isBody
            ),
            Sample(
                name: "a policy",
                bytes: body(.rotateKeys(company.opening.policy)),
                pair: (keys[0], keys[1]),
                accepts: isBody
            ),
            Sample(
                name: "witnesses",
                bytes: body(.rotateLogKeys(logKeys, under: governor)),
                pair: (encoded(digests.0), encoded(digests.1)),
                accepts: isBody
            ),
            Sample(
                name: "trusted issuers",
                bytes: body(.rulebook(.setTrustedIssuers(trust), under: AuthorityReference(.issuer))),
                pair: (encoded(trusted[0]), encoded(trusted[1])),
                accepts: isBody
            ),
            Sample(
                name: "approvers",
                bytes: Rulebook(rules: [approval]).canonicalBytes,
                pair: names,
                accepts: isRulebook
            ),
            Sample(
                name: "accounts of a rule",
                bytes: Rulebook(rules: [.volumeTowards(accounts, days: 2, 9)]).canonicalBytes,
                pair: names,
                accepts: isRulebook
            ),
        ]
    }

    private static func signed(_ body: [UInt8], _ member: Cast.Member) throws -> Sample {
        let signed = try Cast.sign(try TransactionBody(canonicalBytes: body), member.signers)
        let parts = signed.signatures.map { signature in
            var encoder = CanonicalEncoder()
            encoder.encodeArray(count: 3)
            encoder.encode(UInt64(signature.key.algorithm.rawValue))
            encoder.encode(bytes: signature.key.bytes)
            encoder.encode(bytes: signature.signature.bytes)
            return encoder.bytes
        }
        return Sample(
            name: "signatures",
            bytes: signed.bytes,
            pair: (parts[0], parts[1]),
            accepts: { (try? SignedTransaction(bytes: $0)) != nil }
        )
    }

    private static func encoded(_ reference: AuthorityReference) -> [UInt8] { reference.canonicalBytes }

    private static func encoded(_ account: AccountID) -> [UInt8] { encoded(account.digest) }

    private static func encoded(_ digest: Digest) -> [UInt8] { [0x58, 0x20] + digest.bytes }
}
