import Tokenize

/// Limits of what travels (3.8): as much as they say is read, and one more is not. The numbers stand here once more.
enum LimitProperties {
    static let all = [AuditCatalogue.Entry(limits, usualCaseCount: 150)]

    static let limits = Property(
        "PRP-050",
        "What travels is read up to each limit of chapters 3 and 4, and refused one above; so is a genesis that founds nothing.",
        coverage: [.init("at the limit", perMille: 300), .init("above", perMille: 300), .init("genesis", perMille: 30)]
    ) { trial in
        let limit = try trial.draw(.element(of: try table()))
        let isAbove = try trial.draw(.bool)
        let count = limit.most + (isAbove ? 1 : 0)
        let isRead = try limit.isRead(count)
        try trial.require(isRead == !isAbove, "\(limit.name): \(count) read: \(isRead)")
        trial.label(isAbove ? "above" : "at the limit")
        if try trial.number(0...9) == 0 { try await genesis(&trial) }
    }

    private struct Limit: Sendable {
        let name: String
        let most: Int
        let isRead: @Sendable (Int) throws -> Bool
    }

    private static func table() throws -> [Limit] {
        let cast = try Cast()
        guard let date = Cast.firstDate else { throw AuditFailure(reason: "the first date is malformed") }
        let alice = cast.members[Cast.alice]
        @Sendable func accounts(_ count: Int) -> [AccountID] {
            (0..<count).map { AccountID(digest: Cast.digest(of: "name \($0)")) }.sorted()
        }
        @Sendable func isBody(
            _ operations: [Operation],
            principals: [Principal]? = nil,
            memo: String = ""
        ) -> Bool {
            let body = TransactionBody(
                ledger: cast.genesis.ledger,
                principals: principals ?? [Principal(account: alice.account, sequence: 0)],
                lastValidDate: date,
                operations: operations,
                memo: memo
            )
            return (try? TransactionBody(canonicalBytes: body.canonicalBytes)) == body
        }
        let asset = AssetID(digest: Cast.digest(3))
        return [
            Limit(name: "operations", most: 64) { count in
                isBody((0..<count).map { _ in Operation(.cancelSequence) })
            },
            Limit(name: "principals", most: 16) { count in
                isBody(
                    [Operation(.cancelSequence)],
                    principals: accounts(count).map { .init(account: $0, sequence: 0) }
                )
            },
            Limit(name: "bytes of a memo", most: 140) { count in
                isBody([Operation(.cancelSequence)], memo: String(repeating: "m", count: count))
            },
            Limit(name: "the number of a lane", most: 255) { lane in
                let principal = Principal(account: alice.account, lane: UInt16(lane), sequence: 0)
                return isBody([Operation(.cancelSequence)], principals: [principal])
            },
            Limit(name: "recipients", most: 512) { count in
                let legs = accounts(count).map { BatchTransfer.Leg(recipient: $0, units: 1) }
                return isBody([Operation(.batchTransfer(BatchTransfer(asset: asset, partition: 0, legs: legs)))])
            },
            Limit(name: "keys of a policy", most: 16) { count in isPolicy(keys: count, weight: 1, threshold: 1) },
            Limit(name: "the weight of a key", most: 65_535) { isPolicy(keys: 1, weight: UInt64($0), threshold: 1) },
            Limit(name: "the threshold of a policy", most: 12) { isPolicy(keys: 4, weight: 3, threshold: UInt64($0)) },
            Limit(name: "members of an authority", most: 16) { isAppointment(members: accounts($0), quorum: 1) },
            Limit(name: "the quorum of an authority", most: 5) {
                isAppointment(members: accounts(5), quorum: UInt64($0))
            },
            Limit(name: "days of a notice", most: 366) { isMandate(days: UInt64($0), seconds: 0) },
            Limit(name: "seconds of a notice", most: 31_622_400) { isMandate(days: 0, seconds: UInt64($0)) },
        ]
    }

    // MARK: Forms, written here

    private static func read<Value>(
        _ type: Value.Type,
        _ write: (inout CanonicalEncoder) -> Void
    ) -> Bool where Value: CanonicalCodable {
        var encoder = CanonicalEncoder()
        write(&encoder)
        return (try? Value(canonicalBytes: encoder.bytes)) != nil
    }

    private static func isPolicy(keys: Int, weight: UInt64, threshold: UInt64) -> Bool {
        read(KeyPolicy.self) { encoder in
            encoder.encodeArray(count: 2)
            encoder.encode(threshold)
            encoder.encodeArray(count: keys)
            for key in 0..<keys {
                encoder.encodeArray(count: 2)
                encoder.encodeArray(count: 2)
                encoder.encode(1 as UInt64)
                encoder.encode(bytes: [2] + [UInt8](repeating: UInt8(key + 1), count: 32))
                encoder.encode(weight)
            }
        }
    }

    private static func isAppointment(members: [AccountID], quorum: UInt64) -> Bool {
        read(AuthorityAppointment.self) { encoder in
            encoder.encodeArray(count: 3)
            AuthorityReference(.court).encode(into: &encoder)
            encoder.encode(quorum)
            encoder.encodeArray(count: members.count)
            for member in members { encoder.encode(bytes: member.digest.bytes) }
        }
    }

    private static func isMandate(days: UInt64, seconds: UInt64) -> Bool {
        read(Mandate.self) { encoder in
            encoder.encodeArray(count: 4)
            encoder.encodeArray(count: 0)
            encoder.encodeArray(count: 0)
            encoder.encodeArray(count: 1)
            encoder.encodeArray(count: 2)
            encoder.encode(ActCode.issue.rawValue)
            encoder.encodeArray(count: 2)
            encoder.encode(days)
            encoder.encode(seconds)
            encoder.encode(0 as UInt64)
        }
    }

    // MARK: Genesis

    private static func genesis(_ trial: inout Trial) async throws {
        let cast = try Cast()
        let whole = cast.genesis
        let asset = AssetID(digest: Cast.digest(3))
        let members = [cast.members[Cast.ministry].account]
        guard let scoped = AuthorityAppointment(AuthorityReference(.issuer, asset: asset), quorum: 1, members: members)
        else { throw AuditFailure(reason: "an appointment is malformed") }
        let withoutGovernor = whole.authorities.filter { $0.reference.role != .governor }
        let (parties, accounts, authorities) = (whole.parties, whole.accounts, whole.authorities)
        let founded: [(String, [PartyRegistration], [AccountOpening], [AuthorityAppointment], Bool)] = [
            ("as it is", parties, accounts, authorities, true),
            ("without a governor", parties, accounts, withoutGovernor, false),
            ("with an authority over an asset", parties, accounts, authorities + [scoped], false),
            ("with a party twice", parties + [parties[0]], accounts, authorities, false),
            ("with an account twice", parties, accounts + [accounts[0]], authorities, false),
            ("without a party", Array(parties.dropFirst()), accounts, authorities, false),
            ("without an account", parties, Array(accounts.dropFirst()), authorities, false),
        ]
        let (name, ofParties, ofAccounts, ofAuthorities, isSound) = try trial.draw(.element(of: founded))
        let changed = Genesis(
            name: whole.name,
            parameters: whole.parameters,
            logKeys: whole.logKeys,
            disclosureCommitment: whole.disclosureCommitment,
            parties: ofParties,
            accounts: ofAccounts,
            authorities: ofAuthorities
        )
        let state = try? LedgerState(genesis: changed)
        try trial.require((state != nil) == isSound, "a genesis \(name) founds: \(state != nil)")
        trial.label("genesis")
    }
}
