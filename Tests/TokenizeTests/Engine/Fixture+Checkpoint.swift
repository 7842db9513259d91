import Tokenize

extension Fixture {
    /// Whom an outsider believes about this ledger.
    var policy: CheckpointPolicy {
        get throws {
            let signer = try SoftwareCheckpointSigner(ledger: genesis.ledger, name: genesis.name, seed: Fixture.logSeed)
            return try CheckpointPolicy(origin: signer.verifierKey.name, logKeys: [signer.verifierKey])
        }
    }

    /// The ledger's checkpoint as an outsider reads it.
    func checkpoint() async throws -> Checkpoint {
        try await ledger.checkpoint().verify(under: policy).checkpoint
    }
}
