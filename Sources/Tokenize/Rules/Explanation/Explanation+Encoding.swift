/// An explanation in bytes, for its digest: what a signed refusal binds.
extension Explanation {
    /// The tagged hash of the encoded explanation.
    public var digest: Digest { Tags.explanation.hash(encodedBytes) }

    /// The encoding (Specs/schema/ledger.cddl, `explanation`); written, never read.
    public var encodedBytes: [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 512)
        encoder.encodeArray(count: 6)
        encoder.encode(bytes: transaction?.digest.bytes ?? [])
        encoder.encode(isDraft)
        businessDate.encode(into: &encoder)
        encoder.encode(height)
        encoder.encode(findings: findings)
        encoder.encodeArray(count: operations.count)
        for operation in operations { operation.encode(into: &encoder) }
        return encoder.bytes
    }
}

extension OperationExplanation {
    fileprivate func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(UInt64(position))
        encoder.encode(act.rawValue)
        encoder.encode(UInt64(verdict.rawValue))
        encoder.encode(followsRefusal)
        encoder.encode(findings: findings)
    }
}

extension CanonicalEncoder {
    fileprivate mutating func encode(findings: [RuleFinding]) {
        encodeArray(count: findings.count)
        for finding in findings {
            encodeArray(count: 5)
            encode(UInt64(finding.code.rawValue))
            encode(finding.version)
            encode(finding.isWithheld)
            encodeArray(count: finding.facts.count)
            for fact in finding.facts {
                encodeArray(count: 2)
                encode(text: fact.fact.name.rawValue)
                encode(text: "\(fact.fact.value)")
            }
            encode(text: finding.remedy.map { "\($0)" } ?? "")
        }
    }
}

extension Remedy: CustomStringConvertible {
    /// Its name and its values, apart by blanks: `amountThatFits 300`.
    public var description: String {
        switch self {
        case .amountThatFits(let units): "amountThatFits \(units)"
        case .amountAtLeast(let units): "amountAtLeast \(units)"
        case .attestationMissing(let topic, let party): "attestationMissing \(topic) \(party)"
        case .opensOn(let date): "opensOn \(date)"
        case .approvalMissing(let accounts, let needed):
            "approvalMissing \(needed) " + accounts.map { "\($0)" }.joined(separator: " ")
        case .listing(let party): "listing \(party)"
        case .admission(let account): "admission \(account)"
        case .optIn(let party): "optIn \(party)"
        case .memo: "memo"
        case .payment(let amount, let cash, let account): "payment \(amount) \(cash) \(account)"
        case .signatures(let count, let authority): "signatures \(count) \(authority)"
        case .weight(let weight, let account): "weight \(weight) \(account)"
        case .sequence(let sequence): "sequence \(sequence)"
        case .openedDays(let days): "openedDays \(days)"
        }
    }
}
