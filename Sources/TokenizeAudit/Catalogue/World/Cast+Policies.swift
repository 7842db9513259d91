import Tokenize

/// Policies that accounts of the cast are given in the course of a history.
extension Cast.Member {
    /// Another policy of the same keys, all of which must sign: what is to replace the keys replaces something, and the
    /// cast signs as ever.
    func policy(weighing weight: UInt64) throws -> KeyPolicy {
        try KeyPolicy(
            threshold: weight * UInt64(signers.count),
            keys: signers.map { KeyPolicy.WeightedKey(key: $0.publicKey.encoded, weight: weight) }
        )
    }

    /// Everything that the account commits to in a history: keys that weigh one or two, one that is no point, with
    /// another commitment after it and without.
    func precommitments() -> [PrecommittedRotation] {
        let policies = [try? policy(weighing: 1), try? policy(weighing: 2), Cast.offCurve()].compactMap { $0 }
        return policies.flatMap { policy in
            [nil, Cast.digest(of: "the next commitment")].map { next in
                PrecommittedRotation(account: account, policy: policy, salt: .zero, next: next)
            }
        }
    }
}

extension Cast {
    /// A policy of a key that has the form of a point and is none: x = 5 is not on secp256k1.
    static func offCurve() -> KeyPolicy? {
        let bytes = [UInt8](repeating: 0, count: 31)
        guard let key = try? EncodedPublicKey(algorithm: .ecdsaSecp256k1, bytes: [2] + bytes + [5]) else { return nil }
        return try? KeyPolicy(threshold: 1, keys: [KeyPolicy.WeightedKey(key: key)])
    }
}
