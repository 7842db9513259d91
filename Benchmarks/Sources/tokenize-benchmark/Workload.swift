import Dispatch
@_spi(Benchmarks) import Tokenize

/// A signed transfer, and what a bare verifier needs of it.
struct SignedTransfer: Sendable {
    let bytes: [UInt8]
    let key: [UInt8]
    let signature: [UInt8]
    let digest: [UInt8]
}

/// A ledger with accounts that hold units of one asset, and signed transfers among them.
struct Workload {
    let genesis: Genesis
    let secret = DisclosureSecret(.zero)
    let accountCount: Int
    let founder: SoftwareSigner
    /// Whether the asset has a rulebook, and every account a party of its own.
    let hasRules: Bool
    private static let party = PartyID(digest: .zero)
    private static let date = CalendarDate(year: 2026, month: 1, day: 5)

    /// Units that each account starts with.
    static let startUnits: Quantity = 1_000_000

    init(accountCount: Int, hasRules: Bool = false) throws {
        self.accountCount = accountCount
        self.hasRules = hasRules
        founder = try Workload.signer(0)
        guard let country = CountryCode("LA"), let logKeys = LogKeys(log: .zero), let date = Workload.date else {
            preconditionFailure("workload")
        }
        let opening = AccountOpening(policy: KeyPolicy(founder.publicKey), salt: .zero, party: Workload.party)
        let roles: [Role] = [.governor, .registrar, .issuer]
        genesis = Genesis(
            name: "benchmark",
            parameters: LedgerParameters(firstBusinessDate: date),
            logKeys: logKeys,
            disclosureCommitment: secret.commitment,
            parties: [PartyRegistration(party: Workload.party, jurisdiction: country, holderClass: .citizen)],
            accounts: [opening],
            authorities: roles.compactMap {
                AuthorityAppointment(AuthorityReference($0), quorum: 1, members: [opening.account])
            }
        )
    }

    /// A genesis of the same founder with months between business days.
    var couponGenesis: Genesis {
        Genesis(
            name: genesis.name,
            parameters: LedgerParameters(
                firstBusinessDate: genesis.parameters.firstBusinessDate,
                businessDayGapMax: 31
            ),
            logKeys: genesis.logKeys,
            disclosureCommitment: genesis.disclosureCommitment,
            parties: genesis.parties,
            accounts: genesis.accounts,
            authorities: genesis.authorities
        )
    }

    static func signer(_ number: Int) throws -> SoftwareSigner {
        var bytes = [UInt8](repeating: 0, count: 32)
        for index in 0..<8 { bytes[31 - index] = UInt8(truncatingIfNeeded: (number + 1) >> (8 * index)) }
        return try SoftwareSigner(SecretKey(bytes: bytes))
    }

    var founderAccount: AccountID { genesis.accounts[0].account }
    var asset: AssetID { AssetCreation.id(ledger: genesis.ledger, creator: founderAccount, nonce: 1) }

    /// Signers of the accounts. Above `keyCountMax` accounts share keys: their names differ by their salts.
    func makeSigners(keyCountMax: Int) throws -> [SoftwareSigner] {
        try (0..<min(accountCount, keyCountMax)).map { try Workload.signer($0 + 1) }
    }

    func opening(_ index: Int, _ signers: [SoftwareSigner]) -> AccountOpening {
        var salt = [UInt8](repeating: 0, count: 32)
        for byte in 0..<8 { salt[byte] = UInt8(truncatingIfNeeded: index >> (8 * byte)) }
        return AccountOpening(
            policy: KeyPolicy(signers[index % signers.count].publicKey),
            salt: Digest(salt) ?? .zero,
            party: party(index)
        )
    }

    private func party(_ index: Int) -> PartyID {
        guard hasRules else { return Workload.party }
        var bytes = [UInt8](repeating: 1, count: 32)
        for byte in 0..<8 { bytes[byte] = UInt8(truncatingIfNeeded: index >> (8 * byte)) }
        return PartyID(digest: Digest(bytes) ?? .zero)
    }

    /// The founder's transactions that create the asset, open the accounts and give each its units.
    func setUp(_ signers: [SoftwareSigner]) throws -> [[UInt8]] {
        guard let identification = AssetIdentification(.other, "benchmark") else { preconditionFailure("workload") }
        let creation = AssetCreation(
            nonce: 1,
            identification: identification,
            terms: InstrumentTerms.generic(GenericTerms(name: "units", documentDigest: .zero)).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: .max
        )
        var acts: [[Act]] = [[.createAsset(creation, under: AuthorityReference(.issuer))]]
        let size = TransactionLimits.operationCountMax / 2
        for start in stride(from: 0, to: accountCount, by: size) {
            let openings = (start..<min(start + size, accountCount)).map { opening($0, signers) }
            acts.append(
                openings.map { .openAccount($0, under: AuthorityReference(.registrar)) }
                    + openings.map {
                        .issue(
                            Issuance(asset: asset, recipient: $0.account, units: Workload.startUnits),
                            under: AuthorityReference(.issuer)
                        )
                    }
            )
        }
        if hasRules { acts = try ruled(acts) }
        return try acts.enumerated().map { sequence, acts in
            try sign(acts, by: founder, account: founderAccount, sequence: UInt64(sequence)).bytes
        }
    }

    /// The same with parties before the accounts, two attestations of each, and the rulebook.
    private func ruled(_ acts: [[Act]]) throws -> [[Act]] {
        guard let country = CountryCode("LA"), let date = Workload.date,
            let appointment = AuthorityAppointment(Workload.issuer, quorum: 1, members: [founderAccount])
        else { preconditionFailure("workload") }
        let size = TransactionLimits.operationCountMax / 4
        var before: [[Act]] = [[.appointAuthority(appointment, under: AuthorityReference(.governor))]]
        for start in stride(from: 0, to: accountCount, by: size) {
            let parties = (start..<min(start + size, accountCount)).map { party($0) }
            let topics = [Topic.accreditation, .residence]
            before.append(
                parties.map { id in
                    .registerParty(
                        PartyRegistration(party: id, jurisdiction: country, holderClass: .citizen),
                        under: AuthorityReference(.registrar)
                    )
                }
                    + parties.flatMap { id in
                        topics.map { topic in
                            let said = Attestation(of: id, topic, .number(418), from: date, until: date)
                            return .rulebook(.attest(said), under: Workload.issuer)
                        }
                    }
            )
        }
        let setting = RulebookSetting(
            asset: asset,
            version: 1,
            rulebook: RuleLoop.rulebook(in: country).canonicalBytes
        )
        let issuer = AuthorityReference(.issuer)
        let rules = [Topic.accreditation, .residence].map { topic in
            Act.rulebook(
                .setTrustedIssuers(TrustSetting(asset: asset, topic, issuers: [Workload.issuer])),
                under: issuer
            )
        }
        return before + acts + [rules + [.rulebook(.setRulebook(setting), under: issuer)]]
    }

    private static let issuer = AuthorityReference(.identityIssuer)

    /// `count` transfers, each from the next account to one further on, with the accounts' sequences in order.
    func transfers(_ count: Int, signers: [SoftwareSigner]) throws -> [SignedTransfer] {
        let accounts = (0..<accountCount).map { opening($0, signers).account }
        let size = 1_024
        var results = [[SignedTransfer]](repeating: [], count: (count + size - 1) / size)
        let stored = results.withUnsafeMutableBufferPointer { buffer -> Bool in
            nonisolated(unsafe) let buffer = buffer
            DispatchQueue.concurrentPerform(iterations: buffer.count) { chunk in
                buffer[chunk] = ((chunk * size)..<min((chunk + 1) * size, count)).compactMap { index in
                    // A step that is coprime to the number of accounts scatters the work over memory.
                    let sender = Int((UInt64(index) &* 7_919) % UInt64(accountCount))
                    let recipient = (sender + 1 + index % 97) % accountCount
                    let transfer = Transfer(asset: asset, recipient: accounts[recipient], units: 1)
                    return try? sign(
                        [.transfer(transfer)],
                        by: signers[sender % signers.count],
                        account: accounts[sender],
                        sequence: UInt64(index / accountCount)
                    )
                }
            }
            return true
        }
        precondition(stored)
        return results.flatMap { $0 }
    }

    private func sign(
        _ acts: [Act],
        by signer: SoftwareSigner,
        account: AccountID,
        sequence: UInt64
    ) throws -> SignedTransfer {
        guard let date = Workload.date else { preconditionFailure("workload") }
        let body = TransactionBody(
            ledger: genesis.ledger,
            principals: [Principal(account: account, sequence: sequence)],
            lastValidDate: date,
            operations: acts.map { Operation($0) }
        )
        let signature = try signer.sign(body.id.digest)
        let entry = TransactionSignature(key: signer.publicKey.encoded, signature: signature)
        return SignedTransfer(
            bytes: SignedTransaction(body: body, signatures: [entry]).bytes,
            key: signer.publicKey.bytes,
            signature: signature.withUnsafeBytes { Array($0) },
            digest: body.id.digest.bytes
        )
    }
}
