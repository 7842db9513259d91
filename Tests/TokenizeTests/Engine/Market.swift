import Tokenize

/// A ledger with one asset and people who hold a thousand units each, and transfers that are signed beforehand.
struct Market {
    static let unitsEach: Quantity = 1_000
    static let firstKey = 10

    let fixture: Fixture
    let asset: AssetID
    let people: [LedgerClient]

    var ledger: TokenLedger { fixture.ledger }

    init(
        store: any LedgerStore = MemoryStore(),
        peopleCount: Int = 4,
        configure: (inout LedgerConfiguration) -> Void = { _ in }
    ) async throws {
        fixture = try await Fixture(store: store, configure: configure)
        asset = try await fixture.makeAsset()
        people = try await fixture.open(Market.firstKey..<Market.firstKey + peopleCount)
        let issuer = fixture.authority(.issuer)
        for start in stride(from: 0, to: peopleCount, by: TransactionLimits.operationCountMax) {
            let part = people[start..<min(start + TransactionLimits.operationCountMax, peopleCount)]
            try await issuer.submit(
                part.map { person in
                    .issue(
                        Issuance(asset: asset, recipient: person.account, units: Market.unitsEach),
                        under: issuer.reference
                    )
                }
            )
        }
    }

    /// A transfer of one unit from a person to the next, signed.
    func transfer(
        from giver: Int,
        sequence: UInt64,
        units: Quantity = 1,
        lane: UInt16 = 0,
        signedBy signer: Int? = nil
    ) async throws -> SignedTransaction {
        let receiver = people[(giver + 1) % people.count].account
        let body = TransactionBody(
            ledger: ledger.id,
            principals: [Principal(account: people[giver].account, lane: lane, sequence: sequence)],
            lastValidDate: Fixture.date(2026, 1, 12),
            operations: [Operation(.transfer(Transfer(asset: asset, recipient: receiver, units: units)))]
        )
        let signer = try Fixture.signer(Market.firstKey + (signer ?? giver))
        let signature = try signer.sign(body.id.digest)
        return SignedTransaction(
            body: body,
            signatures: [TransactionSignature(key: signer.publicKey.encoded, signature: signature)]
        )
    }

    /// `count` transfers, by all people in turn; sequences from `first` on.
    func transfers(_ count: Int, firstSequence first: UInt64 = 0) async throws -> [[UInt8]] {
        var transactions: [[UInt8]] = []
        for number in 0..<count {
            let giver = number % people.count
            let sequence = first + UInt64(number / people.count)
            transactions.append(try await transfer(from: giver, sequence: sequence).bytes)
        }
        return transactions
    }

    /// Submits transfers and gives their receipts.
    @discardableResult
    func run(_ count: Int, firstSequence: UInt64 = 0) async throws -> [Receipt] {
        var receipts: [Receipt] = []
        for result in await ledger.submit(try await transfers(count, firstSequence: firstSequence)) {
            receipts.append(try result.get())
        }
        return receipts
    }
}
