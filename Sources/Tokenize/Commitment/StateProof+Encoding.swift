extension StateProof: CanonicalCodable {
    /// `[key, claim, [sibling, …]]` with claim `[1, value]`, `[2]` for an empty place, or `[3, key hash, value hash]`
    /// for another leaf.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(bytes: key)
        switch claim {
        case .present(let value):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(bytes: value)
        case .absentEmpty:
            encoder.encodeArray(count: 1)
            encoder.encode(2 as UInt64)
        case .absentOther(let keyHash, let valueHash):
            encoder.encodeArray(count: 3)
            encoder.encode(3 as UInt64)
            encoder.encode(keyHash)
            encoder.encode(valueHash)
        }
        encoder.encode(digests: siblings)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        let key = try decoder.bytes(countMax: StateProof.keyByteCountMax)
        let claim: Claim
        let count = try decoder.arrayCount(max: 3)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (1, 2): claim = .present(value: try decoder.bytes(countMax: StateProof.valueByteCountMax))
        case (2, 1): claim = .absentEmpty
        case (3, 3):
            let keyHash = try decoder.digest()
            claim = .absentOther(keyHash: keyHash, valueHash: try decoder.digest())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
        let siblings = try decoder.digests(max: StateProof.siblingCountMax)
        decoder.leave()
        self.init(key: key, claim: claim, siblings: siblings)
    }
}

extension CanonicalEncoder {
    /// An array of digests.
    mutating func encode(digests: [Digest]) {
        encodeArray(count: digests.count)
        for digest in digests { encode(digest) }
    }
}

extension CanonicalDecoder {
    /// An array of at most `max` digests.
    mutating func digests(max: Int) throws(DecodingFailure) -> [Digest] {
        let count = try arrayCount(max: max)
        var digests: [Digest] = []
        for _ in 0..<count { digests.append(try digest()) }
        leave()
        return digests
    }
}
