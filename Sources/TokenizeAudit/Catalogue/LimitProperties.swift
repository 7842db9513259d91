import Tokenize

/// Limits of what travels (3.8): as much as they say is read, and one more is not. The numbers stand here once more.
enum LimitProperties {
    static let all = [AuditCatalogue.Entry(limits, usualCaseCount: 2)]

    static let limits = Property(
        "PRP-050",
        "What travels is read up to each limit of chapters 3 and 4, and refused one above; so is a genesis that founds nothing.",
        coverage: [.init("every limit", perMille: 1_000), .init("every genesis", perMille: 1_000)]
    ) { trial in
        for limit in try table() {
            for isAbove in [false, true] {
                let count = limit.most + (isAbove ? 1 : 0)
                let isRead = try limit.isRead(count)
                try trial.require(isRead == !isAbove, "\(limit.name): \(count) read: \(isRead)")
            }
        }
        trial.label("every limit")
        try genesis(&trial)
        trial.label("every genesis")
    }

    private struct Limit: Sendable {
        let name: String
        let most: Int
        let isRead: @Sendable (Int) throws -> Bool
    }

    private static func table() throws -> [Limit] {
        let cast = try Cast()
        guard let date = Cast.firstDate, let identification = AssetIdentification(.other, "limits") else {
            throw AuditFailure(reason: "a date or a name is malformed")
        }
        let alice = cast.members[Cast.alice]
        @Sendable func accounts(_ count: Int) -> [AccountID] {
            (0..<count).map { AccountID(digest: Cast.digest(of: "name \($0)")) }.sorted()
        }
        @Sendable func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 7, count: count) }
        @Sendable func body(
            _ operations: [Operation],
            principals: [Principal]? = nil,
            memo: String = ""
        ) -> TransactionBody {
            TransactionBody(
                ledger: cast.genesis.ledger,
                principals: principals ?? [Principal(account: alice.account, sequence: 0)],
                lastValidDate: date,
                operations: operations,
                memo: memo
            )
        }
        /// As it travels, with so many signatures.
        @Sendable func isSigned(_ body: TransactionBody, count: Int) -> Bool {
            read({ try SignedTransaction(bytes: $0) }) { encoder in
                encoder.encodeArray(count: 2)
                encoder.encode(bytes: body.canonicalBytes)
                encoder.encodeArray(count: count)
                for key in 0..<count {
                    encoder.encodeArray(count: 3)
                    encoder.encode(1 as UInt64)
                    encoder.encode(bytes: [2] + [UInt8](repeating: UInt8(key + 1), count: 32))
                    encoder.encode(bytes: [UInt8](repeating: 1, count: 64))
                }
            }
        }
        @Sendable func isBody(
            _ operations: [Operation],
            principals: [Principal]? = nil,
            memo: String = ""
        ) -> Bool {
            let body = body(operations, principals: principals, memo: memo)
            return (try? TransactionBody(canonicalBytes: body.canonicalBytes)) == body && isSigned(body, count: 1)
        }
        @Sendable func size(of operations: [Operation]) -> Int { body(operations).canonicalBytes.count }
        @Sendable func creation(terms: Int, charter: Int) -> Operation {
            let creation = AssetCreation(
                nonce: 1,
                identification: identification,
                terms: bytes(terms),
                charter: bytes(charter),
                cap: 1
            )
            return Operation(.createAsset(creation, under: AuthorityReference(.issuer)))
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
            Limit(name: "bytes of terms", most: 16_384) { isBody([creation(terms: $0, charter: 0)]) },
            Limit(name: "bytes of a charter", most: 16_384) { isBody([creation(terms: 0, charter: $0)]) },
            Limit(name: "bytes of an act in a proposal", most: 40_000) { count in
                isBody([Operation(.control(.propose(Proposal(act: bytes(count), until: date)), under: nil))])
            },
            Limit(name: "subjects of a document", most: 16) { count in
                let subjects = (0..<count).map { DocumentSubject.asset(AssetID(digest: Cast.digest(of: "\($0)"))) }
                let filing = DocumentFiling(digest: Cast.digest(4), type: .notice, about: subjects)
                return isBody([Operation(.control(.fileDocument(filing), under: AuthorityReference(.court)))])
            },
            Limit(name: "bytes of a body", most: 60_000) { count in
                // Three creations at their limit, and one that fills up what is left.
                let full = (0..<3).map { _ in creation(terms: 16_384, charter: 0) }
                let least = size(of: full + [creation(terms: 1_000, charter: 0)])
                let operations = full + [creation(terms: 1_000 + count - least, charter: 0)]
                return size(of: operations) == count && isBody(operations)
            },
            Limit(name: "signatures", most: 32) { isSigned(body([Operation(.cancelSequence)]), count: $0) },
            Limit(name: "bytes of a reference", most: 64) { count in
                read({ try OrderReference(canonicalBytes: $0) }) { encoder in
                    encoder.encodeArray(count: 2)
                    encoder.encode(text: String(repeating: "r", count: count))
                    encoder.encode(bytes: Cast.digest(4).bytes)
                }
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
        _ decode: ([UInt8]) throws -> Value,
        _ write: (inout CanonicalEncoder) -> Void
    ) -> Bool {
        var encoder = CanonicalEncoder()
        write(&encoder)
        return (try? decode(encoder.bytes)) != nil
    }

    private static func isPolicy(keys: Int, weight: UInt64, threshold: UInt64) -> Bool {
        read({ try KeyPolicy(canonicalBytes: $0) }) { encoder in
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
        read({ try AuthorityAppointment(canonicalBytes: $0) }) { encoder in
            encoder.encodeArray(count: 3)
            AuthorityReference(.court).encode(into: &encoder)
            encoder.encode(quorum)
            encoder.encodeArray(count: members.count)
            for member in members { encoder.encode(bytes: member.digest.bytes) }
        }
    }

    private static func isMandate(days: UInt64, seconds: UInt64) -> Bool {
        read({ try Mandate(canonicalBytes: $0) }) { encoder in
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

    private static func genesis(_ trial: inout Trial) throws {
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
        for (name, ofParties, ofAccounts, ofAuthorities, isSound) in founded {
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
        }
    }
}
