/// Who may sign for an account: weighted keys and the weight that their signatures must reach.
public struct KeyPolicy: Hashable, Sendable {
    /// Why a policy is not one.
    public enum Fault: Error, Hashable, Sendable {
        case keyCount(Int)
        case zeroWeight
        case duplicateKey
        case thresholdOutOfRange(threshold: UInt64, weightSum: UInt64)
    }

    /// The weight that signatures must reach, 1 ... sum of weights.
    public let threshold: UInt64
    /// Keys in ascending order, each once.
    public let keys: [WeightedKey]

    /// A key and what its signature weighs.
    public struct WeightedKey: Hashable, Sendable {
        /// The key as it travels; a stored one is a point.
        public let key: EncodedPublicKey
        /// 1 ... ``TransactionLimits/keyWeightMax``.
        public let weight: UInt64

        /// A key and its weight, 1 if nothing is said.
        public init(key: EncodedPublicKey, weight: UInt64 = 1) {
            self.key = key
            self.weight = weight
        }
    }

    /// A policy over weighted keys, in any order.
    public init(threshold: UInt64, keys: [WeightedKey]) throws(Fault) {
        guard (1...TransactionLimits.policyKeyCountMax).contains(keys.count) else { throw .keyCount(keys.count) }
        let ordered = keys.sorted { $0.key < $1.key }
        var weightSum: UInt64 = 0
        for (index, entry) in ordered.enumerated() {
            guard entry.weight >= 1, entry.weight <= UInt64(TransactionLimits.keyWeightMax) else { throw .zeroWeight }
            if index > 0, ordered[index - 1].key == entry.key { throw .duplicateKey }
            weightSum += entry.weight
        }
        guard threshold >= 1, threshold <= weightSum else {
            throw .thresholdOutOfRange(threshold: threshold, weightSum: weightSum)
        }
        self.threshold = threshold
        self.keys = ordered
    }

    /// One key that signs alone.
    public init(_ key: PublicKey) {
        threshold = 1
        keys = [WeightedKey(key: key.encoded)]
    }

    /// The weight of `key`, or nil if the policy does not know it.
    @inline(__always)
    func weight(of key: EncodedPublicKey) -> UInt64? {
        for entry in keys where entry.key == key { return entry.weight }
        return nil
    }
}

extension KeyPolicy: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(threshold)
        encoder.encodeArray(count: keys.count)
        for entry in keys {
            encoder.encodeArray(count: 2)
            entry.key.encode(into: &encoder)
            encoder.encode(entry.weight)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        let threshold = try decoder.unsigned()
        let count = try decoder.arrayCount(max: TransactionLimits.policyKeyCountMax)
        var entries: [WeightedKey] = []
        for index in 0..<count {
            try decoder.array(count: 2)
            let key = try EncodedPublicKey(from: &decoder)
            if index > 0, !(entries[index - 1].key < key) { throw decoder.failure(.keyOrder) }
            entries.append(WeightedKey(key: key, weight: try decoder.unsigned()))
            decoder.leave()
        }
        decoder.leave()
        decoder.leave()
        do {
            self = try KeyPolicy(threshold: threshold, keys: entries)
        } catch {
            throw decoder.failure(.outOfRange)
        }
    }
}
