import Testing

@testable import Tokenize

/// The largest, the deepest and the most that anybody can send: taken or refused, with a type, within bounds.
@Suite("Resource limits")
struct ResourceLimitTests {
    /// A transaction by the first person whose body has exactly so many bytes: batches of transfers, and a memo that
    /// makes up the rest.
    private func transaction(_ market: Market, bodyByteCount: Int) throws -> SignedTransaction {
        func body(_ legCounts: [Int], _ memoCount: Int) -> TransactionBody {
            TransactionBody(
                ledger: market.ledger.id,
                principals: [Principal(account: market.people[0].account, sequence: 0)],
                lastValidDate: Fixture.date(2026, 1, 12),
                operations: legCounts.map { count in
                    let leg = BatchTransfer.Leg(recipient: market.people[1].account, units: 1)
                    let legs = [BatchTransfer.Leg](repeating: leg, count: count)
                    return Operation(.batchTransfer(BatchTransfer(asset: market.asset, legs: legs)))
                },
                memo: String(repeating: "m", count: memoCount)
            )
        }
        let full = TransactionLimits.recipientCountMax
        var counts = [full, full, full]
        while body(counts + [1], 30).canonicalBytes.count > bodyByteCount { counts.removeLast() }
        var last = 1
        while body(counts + [last + 1], 30).canonicalBytes.count <= bodyByteCount { last += 1 }
        let found = try #require(
            (0...TransactionLimits.memoByteCountMax).first { memoCount in
                body(counts + [last], memoCount).canonicalBytes.count == bodyByteCount
            }
        )
        let whole = body(counts + [last], found)
        let signer = try Fixture.signer(Market.firstKey)
        let signature = TransactionSignature(key: signer.publicKey.encoded, signature: try signer.sign(whole.id.digest))
        return SignedTransaction(body: whole, signatures: [signature])
    }

    @Test(
        "the largest body is committed, proved and found again; one byte more is refused",
        arguments: StoreKind.allCases
    )
    func largestEntry(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open())
        let issuer = market.fixture.authority(.issuer)
        try await issuer.issue(5_000, of: market.asset, to: market.people[0].account)
        let largest = try transaction(market, bodyByteCount: TransactionLimits.bodyByteCountMax)
        let larger = try transaction(market, bodyByteCount: TransactionLimits.bodyByteCountMax + 1)
        #expect(largest.bytes.count > 60_000)
        #expect(try await refusal { _ = try await market.ledger.submit(larger.bytes) } == .malformed)
        let receipt = try await market.ledger.submit(largest.bytes)
        let proof = try await market.ledger.proveInclusion(of: receipt.position)
        #expect(try TransparencyProof(parsing: proof.bytes) == proof)
        try await market.ledger.close()
        let report = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(report.assetsOutOfBalance.isEmpty)
    }

    @Test("eight levels are read, and not nine, nor a million", arguments: [0x81, 0xA1] as [UInt8])
    func deepestNesting(_ head: UInt8) throws {
        func nested(_ depth: Int) -> [UInt8] {
            (0..<depth).flatMap { _ in head == 0x81 ? [head] : [head, 0x00] } + [0x00]
        }
        let deepest = nested(EncodingLimits.nestingDepthMax)
        #expect(try CanonicalValue(decoding: deepest).encoded() == deepest)
        for depth in [EncodingLimits.nestingDepthMax + 1, 1_000_000] {
            #expect(throws: DecodingFailure.self) { try CanonicalValue(decoding: nested(depth)) }
            #expect(throws: DecodingFailure.self) { try SignedTransaction(bytes: nested(depth)) }
        }
    }

    @Test("a submission of a million items: an answer for each, in its place, and nothing left behind")
    func millionItems() async throws {
        let market = try await Market()
        let ledger = market.ledger
        let good = try await market.transfers(1_000)
        let stride = 1_000
        var items = [[UInt8]](repeating: [0x80], count: 1_000_000)
        for (number, bytes) in good.enumerated() { items[number * stride] = bytes }
        let results = await ledger.submit(items)
        #expect(results.count == items.count)
        var receiptCount = 0
        var refusedCount = 0
        for (number, result) in results.enumerated() {
            switch result {
            case .success: receiptCount += number % stride == 0 ? 1 : 0
            case .failure(.rejected(let rejection)): refusedCount += rejection.code == .malformed ? 1 : 0
            case .failure(let failure): Issue.record("\(failure)")
            }
        }
        #expect(receiptCount == good.count)
        #expect(refusedCount == items.count - good.count)
        #expect(await ledger.unfinishedCount == 0)
        #expect(await ledger.submissions.isEmpty)
        #expect(ledger.queue.undecidedCount == 0)
        try await ledger.close()
    }
}
