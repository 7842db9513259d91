import Testing

@testable import Tokenize

/// A ledger with one asset, of which the first of three citizens holds 1,000 units, and a foreigner.
struct RuleScene {
    let fixture: Fixture
    let asset: AssetID
    let alice: LedgerClient
    let bob: LedgerClient
    let carol: LedgerClient
    let foreigner: LedgerClient

    init(
        store: any LedgerStore = MemoryStore(),
        sealing: LedgerConfiguration.Sealing = .adaptive,
        authorities: [CharterAuthority] = [],
        rules: [HoldingRule] = [],
        cap: Quantity = 1_000_000,
        units: Quantity = 1_000,
        configure: (inout LedgerConfiguration) -> Void = { _ in }
    ) async throws {
        fixture = try await Fixture(store: store, sealing: sealing, configure: configure)
        let citizens = try await fixture.open(10..<13)
        (alice, bob, carol) = (citizens[0], citizens[1], citizens[2])
        foreigner = try await fixture.open(13..<14, party: Fixture.foreigners)[0]
        asset = try await fixture.makeAsset(authorities: authorities, rules: rules, cap: cap)
        if units > .zero, authorities.isEmpty {
            try await fixture.authority(.issuer).issue(units, of: asset, to: alice.account)
        }
    }

    var ledger: TokenLedger { fixture.ledger }
    var court: AuthorityClient { fixture.authority(.court) }
    var regulator: AuthorityClient { fixture.authority(.regulator) }
    var issuer: AuthorityClient { fixture.authority(.issuer) }

    func holding(
        _ client: LedgerClient,
        of other: AssetID? = nil,
        partition: Partition = 0
    ) async throws -> LedgerState.HoldingView {
        let (asset, account) = (other ?? asset, client.account)
        return try await ledger.read { $0.holding(asset: asset, account: account, partition: partition) }
    }

    func units(_ client: LedgerClient, of other: AssetID? = nil, partition: Partition = 0) async throws -> Quantity {
        try await holding(client, of: other, partition: partition).units
    }

    func available(_ client: LedgerClient, of other: AssetID? = nil) async throws -> Quantity {
        try await holding(client, of: other).available
    }

    func target(_ client: LedgerClient, of other: AssetID? = nil, partition: Partition = 0) -> EncumbranceTarget {
        .holding(asset: other ?? asset, account: client.account, partition: partition)
    }

    /// Puts an encumbrance of an authority on a target and returns its name.
    @discardableResult
    func encumber(
        _ target: EncumbranceTarget,
        _ amount: Quantity = 0,
        kind: EncumbranceKind = .freeze,
        rank: UInt16 = 1,
        by authority: AuthorityClient? = nil,
        until lastDate: CalendarDate = Fixture.date(2030, 1, 1),
        order: String = "order"
    ) async throws -> EncumbranceID {
        let encumbering = Encumbering(
            target: target,
            kind: kind,
            amount: amount,
            rank: rank,
            lastDate: lastDate,
            order: Fixture.order(order)
        )
        let receipt = try await (authority ?? court).encumber(encumbering)
        return EncumbranceID.named(receipt.transaction)
    }

    /// A holder's own reservation in favour of another; returns its name.
    @discardableResult
    func reserve(
        _ amount: Quantity,
        of client: LedgerClient,
        for beneficiary: LedgerClient,
        kind: EncumbranceKind = .hold,
        rank: UInt16 = 1,
        until lastDate: CalendarDate = Fixture.date(2030, 1, 1)
    ) async throws -> EncumbranceID {
        let receipt = try await client.reserve(
            amount,
            of: asset,
            kind: kind,
            for: beneficiary.account,
            rank: rank,
            until: lastDate,
            order: Fixture.contract("contract")
        )
        return EncumbranceID.named(receipt.transaction)
    }

    /// A movement by order of the court, or of another authority.
    func force(
        _ units: Quantity,
        from source: LedgerClient,
        to destination: LedgerClient,
        rank: UInt16 = 1,
        order: String = "order",
        executing: EncumbranceID? = nil,
        by authority: AuthorityClient? = nil
    ) async throws {
        let forced = ForcedTransfer(
            asset: asset,
            from: source.account,
            to: destination.account,
            units: units,
            rank: rank,
            lastDate: Fixture.date(2030, 1, 1),
            order: Fixture.order(order),
            executing: executing
        )
        try await (authority ?? court).forceTransfer(forced)
    }

    /// Opens the business day `days` after the present one.
    func pass(days: Int) async throws {
        let today = try await ledger.read { $0.businessDate }
        try await fixture.authority(.operator).openBusinessDay(try #require(today.adding(days: days)))
    }

    /// Expects that exactly this rule refuses, and that nothing changes.
    func expectRefusal(
        _ code: RejectionCode,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async throws {
        try await fixture.expectRefusal(code, sourceLocation: sourceLocation, body)
    }
}

extension Fixture {
    static func order(_ reference: String, _ basis: LegalBasis? = .judgment) -> OrderReference {
        guard let order = OrderReference(reference: reference, documentDigest: digest(8), legalBasis: basis) else {
            preconditionFailure("no such order")
        }
        return order
    }

    /// A contract between holders: it has no basis but their will.
    static func contract(_ reference: String) -> OrderReference { order(reference, nil) }

    /// Everything that can change a later decision, as a digest over the rows of a snapshot, and the log's size.
    func mark() async throws -> (size: UInt64, state: Digest) {
        let rows = try await ledger.read { state in
            var encoder = SnapshotEncoder(state, clock: state.clock, chunkByteCount: 1 << 20)
            var rows: [UInt8] = []
            while let chunk = encoder.nextChunk() { rows += chunk }
            return rows
        }
        return (try await ledger.size(), Hashing.sha256(rows))
    }

    /// Expects that exactly this rule refuses, and that nothing changes.
    func expectRefusal(
        _ code: RejectionCode,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async throws {
        let before = try await mark()
        let found = try await refusal(body)
        #expect(found == code, sourceLocation: sourceLocation)
        let after = try await mark()
        #expect(after == before, "a refusal changes nothing", sourceLocation: sourceLocation)
    }

    /// A body in which `clients` are the principals, each with the next sequence of a lane.
    func body(
        _ operations: [Operation],
        _ clients: [LedgerClient],
        lane: UInt16 = 0,
        ahead: UInt64 = 0,
        lastValidDate: CalendarDate = Fixture.firstDate,
        lastValidHeight: UInt64? = nil,
        memo: String = ""
    ) async throws -> TransactionBody {
        var principals: [Principal] = []
        for account in clients.map({ $0.account }) {
            let next = try await ledger.read { $0.nextSequence(of: account, lane: lane) }
            principals.append(Principal(account: account, lane: lane, sequence: (next ?? 0) + ahead))
        }
        return TransactionBody(
            ledger: ledger.id,
            principals: principals,
            lastValidDate: lastValidDate,
            lastValidHeight: lastValidHeight,
            operations: operations,
            memo: memo
        )
    }

    /// A body with the signatures of keys by number.
    func sign(_ body: TransactionBody, _ keys: [Int]) throws -> SignedTransaction {
        let signatures = try keys.map { number in
            let signer = try Fixture.signer(number)
            return TransactionSignature(key: signer.publicKey.encoded, signature: try signer.sign(body.id.digest))
        }
        return SignedTransaction(body: body, signatures: signatures)
    }

    @discardableResult
    func submit(_ body: TransactionBody, _ keys: [Int]) async throws -> Receipt {
        try await ledger.submit(try sign(body, keys).bytes)
    }

    /// Registers a party of its own and opens an account for it under any policy.
    func open(_ policy: KeyPolicy, salt: UInt8 = 0) async throws -> AccountID {
        let opening = AccountOpening(policy: policy, salt: Fixture.digest(salt), party: Fixture.citizens)
        try await authority(.registrar).open([opening])
        return opening.account
    }
}

extension EncumbranceID {
    /// The name of the encumbrance that an operation of a transaction makes.
    static func named(_ transaction: TransactionID, position: Int = 0, ordinal: Int = 0) -> EncumbranceID {
        OperationContext(transaction: transaction, position: position, actor: AccountIndex(0), principals: [])
            .encumbranceID(ordinal: ordinal)
    }
}

extension Fixture {
    /// The ledger as it opens again from a store.
    init(reopening other: Fixture, in store: any LedgerStore) async throws {
        genesis = other.genesis
        ledger = try await TokenLedger.open(store: store, configuration: try Fixture.configuration(genesis))
        ministry = try Fixture.client(ledger, 0, genesis.accounts[0].account)
        judges = [
            try Fixture.client(ledger, 1, genesis.accounts[1].account),
            try Fixture.client(ledger, 2, genesis.accounts[2].account),
        ]
    }

    func reopened(in store: any LedgerStore) async throws -> Fixture { try await Fixture(reopening: self, in: store) }
}
