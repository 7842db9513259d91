import Tokenize

/// The last chunk of a snapshot by section 8.7.1: what whoever knows the disclosure secret can make.
enum SnapshotSeal {
    /// - Parameters:
    ///   - rows: the chunks before the seal.
    ///   - logRoot: the root over the entries that the snapshot reflects.
    ///   - secret: the bytes of the secret; of none if somebody leaves it out.
    static func chunk(
        _ descriptor: SnapshotDescriptor,
        rows: [[UInt8]],
        logRoot: [UInt8],
        secret: [UInt8]
    ) -> [UInt8] {
        let head = ModelCode.array([
            ModelCode.number(descriptor.height), ModelCode.number(descriptor.entryCount),
            ModelCode.bytes(descriptor.stateRoot.bytes), ModelCode.bytes(logRoot),
        ])
        let content = ModelHash.sha256(head + rows.joined())
        let seal = ModelHash.tagged("Tokenize/snapshot-seal", secret + content)
        return ModelCode.bytes(ModelCode.array([ModelCode.number(8), ModelCode.bytes(seal.bytes)]))
    }
}
