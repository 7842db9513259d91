extension LogInclusionProof: CanonicalCodable {
    /// `[index, size, [hash, …]]`.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(index)
        encoder.encode(size)
        encoder.encode(digests: path)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        let index = try decoder.unsigned()
        let size = try decoder.unsigned()
        let path = try decoder.digests(max: MerkleTree.inclusionHashCountMax)
        decoder.leave()
        self.init(index: index, size: size, path: path)
    }
}

extension LogConsistencyProof: CanonicalCodable {
    /// `[old size, new size, [hash, …]]`.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(oldSize)
        encoder.encode(newSize)
        encoder.encode(digests: path)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        let oldSize = try decoder.unsigned()
        let newSize = try decoder.unsigned()
        let path = try decoder.digests(max: MerkleTree.consistencyHashCountMax)
        decoder.leave()
        self.init(oldSize: oldSize, newSize: newSize, path: path)
    }
}
