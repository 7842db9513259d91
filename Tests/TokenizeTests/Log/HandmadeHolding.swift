@testable import Tokenize

/// A value of a holding put together field by field, so that each can be what no ledger writes; and a proof of it.
struct HandmadeHolding: Sendable {
    static let asset = AssetID(digest: MerkleTree.leafHash([1]))
    static let account = AccountID(digest: MerkleTree.leafHash([2]))

    /// Writes one item.
    typealias Item = @Sendable (inout CanonicalEncoder) -> Void

    /// An encumbrance's fields; as they stand here they are in order.
    struct Encumbrance: Sendable {
        var id: UInt8 = 1
        var kind: UInt64 = 1
        var owner: Item = HandmadeHolding.array([.number(2), .digest(9)])
        var amount = Quantity(5)
        var rank: UInt64 = 1
        var lastDate: Int64 = 20_000
        var order: Item = HandmadeHolding.array([.text("contract 1"), .digest(8)])
        var layer: UInt64?
    }

    /// A field that is written as it is.
    enum Field: Sendable {
        case number(UInt64)
        case digest(UInt8)
        case bytes(Int)
        case text(String)
        case list([Field])
    }

    var saltByteCount = 16
    var units = Quantity(7)
    var encumbrances: [Encumbrance] = []

    static func array(_ fields: [Field]) -> Item { { write(.list(fields), &$0) } }

    private static func write(_ field: Field, _ encoder: inout CanonicalEncoder) {
        switch field {
        case .number(let number): encoder.encode(number)
        case .digest(let byte): encoder.encode(MerkleTree.leafHash([byte]))
        case .bytes(let count): encoder.encode(bytes: [UInt8](repeating: 3, count: count))
        case .text(let text): encoder.encode(text: text)
        case .list(let fields):
            encoder.encodeArray(count: fields.count)
            for field in fields { write(field, &encoder) }
        }
    }

    /// `[salt, [units, encumbrances]]`.
    var value: [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encodeArray(count: 2)
        encoder.encode(bytes: [UInt8](repeating: 0x5A, count: saltByteCount))
        encoder.encodeArray(count: 2)
        encoder.encode(units)
        encoder.encodeArray(count: encumbrances.count)
        for encumbrance in encumbrances {
            encoder.encodeArray(count: encumbrance.layer == nil ? 7 : 8)
            encoder.encode(MerkleTree.leafHash([encumbrance.id]))
            encoder.encode(encumbrance.kind)
            encumbrance.owner(&encoder)
            encoder.encode(encumbrance.amount)
            encoder.encode(encumbrance.rank)
            encoder.encode(integer: encumbrance.lastDate)
            encumbrance.order(&encoder)
            if let layer = encumbrance.layer { encoder.encode(layer) }
        }
        return encoder.bytes
    }

    /// A proof in which all is right but perhaps the value: of a log of one header, under a state of one record.
    func proof(signedBy signer: borrowing NoteSigner) throws -> OwnershipProof {
        let key = StateKey.holding(asset: Self.asset, account: Self.account, partition: 0).canonicalBytes
        var tree = StateTree()
        var updates = [StateTree.Update(keyHash: Hashing.sha256(key), valueHash: Hashing.sha256(value))]
        tree.apply(&updates)
        let header = BlockHeader(
            height: 1,
            previousSize: 0,
            stateRoot: tree.root,
            businessDate: Fixture.firstDate,
            sealingTime: 0
        )
        let entry = LogEntry.header(header).canonicalBytes
        let checkpoint = Checkpoint(origin: signer.verifierKey.name, size: 1, root: MerkleTree.leafHash(entry))
        return OwnershipProof(
            state: StateProof(key: key, claim: .present(value: value), siblings: []),
            header: entry,
            inclusion: LogInclusionProof(index: 0, size: 1, path: []),
            checkpoint: try signer.sign(checkpoint).bytes
        )
    }
}
