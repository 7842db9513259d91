import Tokenize
import TokenizeAudit

/// What the log in a store says and the specification does not, or nil.
func differenceFromModel(
    of store: any LedgerStore,
    genesis: Genesis,
    secret: DisclosureSecret
) async throws -> String? {
    // The log says when a block is closed.
    var model = try LedgerModel(genesis: genesis, sealing: .max, time: nil)
    for try await entry in LogEntries(of: store) {
        switch entry {
        case .genesis(let bytes):
            guard bytes == genesis.canonicalBytes else { return "another genesis" }
        case .transaction(let bytes, let effectsRoot, _):
            let answer = model.submit(bytes, time: 0)
            guard case .committed(let receipt) = answer else { return "a transaction: \(answer)" }
            let leaves = receipt.effects.map { MerkleTree.leafHash($0.canonicalBytes) }
            let root = MerkleTree.root(ofLeafHashes: leaves)
            guard root == effectsRoot else { return "entry \(receipt.position): the effects" }
        case .header(let header):
            let root = model.stateRoot(secret: secret.reveal())
            guard root == header.stateRoot else { return "block \(header.height): the state root" }
            model.seal(time: header.sealingTime)
        }
    }
    return nil
}
