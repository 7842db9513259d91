import Testing

@testable import Tokenize

/// Proofs that claim what is not so.
@Suite("Forged state proofs")
struct StateProofAttackTests {
    private static func key(_ index: Int) -> [UInt8] { Array("key \(index)".utf8) }
    private static func value(_ index: Int) -> [UInt8] { Array("value \(index)".utf8) }

    private let tree: StateTree
    private let leafCount = 300

    init() {
        var tree = StateTree()
        var updates = (0..<300).map { index in
            StateTree.Update(
                keyHash: Hashing.sha256(Self.key(index)),
                valueHash: Hashing.sha256(Self.value(index))
            )
        }
        tree.apply(&updates)
        self.tree = tree
    }

    @Test("every key is proven, present or absent, with its own value only")
    func honest() throws {
        for index in 0..<leafCount {
            let proof = try #require(tree.proof(key: Self.key(index), value: Self.value(index)))
            try proof.verify(root: tree.root)
            #expect(tree.proof(key: Self.key(index), value: Self.value(index + 1)) == nil)
            #expect(tree.proof(key: Self.key(index), value: nil) == nil)
        }
        for index in leafCount..<leafCount + 300 {
            let proof = try #require(tree.proof(key: Self.key(index), value: nil))
            try proof.verify(root: tree.root)
            #expect(tree.proof(key: Self.key(index), value: []) == nil)
        }
    }

    @Test("every altered byte is refused")
    func altered() throws {
        for index in [0, leafCount, leafCount + 1, leafCount + 2, leafCount + 3] {
            let value = index < leafCount ? Self.value(index) : nil
            let proof = try #require(tree.proof(key: Self.key(index), value: value))
            for position in proof.siblings.indices {
                for byte in 0..<Digest.byteCount {
                    var siblings = proof.siblings
                    siblings[position] = try Self.altered(siblings[position], byte: byte)
                    let forged = StateProof(key: proof.key, claim: proof.claim, siblings: siblings)
                    #expect(throws: ProofFailure.self) { try forged.verify(root: tree.root) }
                }
            }
            for byte in proof.key.indices {
                var key = proof.key
                key[byte] ^= 1
                let forged = StateProof(key: key, claim: proof.claim, siblings: proof.siblings)
                // An absent neighbour key may share the path; a present one may not.
                if value != nil { #expect(throws: ProofFailure.self) { try forged.verify(root: tree.root) } }
            }
            for claim in try Self.alterations(of: proof.claim) {
                let forged = StateProof(key: proof.key, claim: claim, siblings: proof.siblings)
                #expect(throws: ProofFailure.self) { try forged.verify(root: tree.root) }
            }
            for byte in 0..<Digest.byteCount {
                #expect(throws: ProofFailure.self) { try proof.verify(root: Self.altered(tree.root, byte: byte)) }
            }
        }
    }

    @Test("no present key is shown absent with another's leaf, an inner node or a shortened path")
    func presentShownAbsent() throws {
        for index in 0..<leafCount {
            let key = Self.key(index)
            let keyHash = Hashing.sha256(key)
            let path = tree.path(of: keyHash)
            var claims: [StateProof.Claim] = [
                .absentEmpty, .absentOther(keyHash: keyHash, valueHash: Hashing.sha256(Self.value(index))),
            ]
            for other in [(index + 1) % leafCount, (index + 7) % leafCount] {
                let otherHash = Hashing.sha256(Self.key(other))
                let claim = StateProof.Claim.absentOther(
                    keyHash: otherHash,
                    valueHash: Hashing.sha256(Self.value(other))
                )
                claims.append(claim)
                // The other's own path proves nothing about this key.
                let borrowed = StateProof(key: key, claim: claim, siblings: tree.path(of: otherHash).siblings)
                #expect(throws: ProofFailure.leafOffPath) { try borrowed.verify(root: tree.root) }
            }
            for claim in claims {
                for dropped in 0...path.siblings.count {
                    let siblings = Array(path.siblings.dropFirst(dropped))
                    let forged = StateProof(key: key, claim: claim, siblings: siblings)
                    #expect(throws: ProofFailure.self) { try forged.verify(root: tree.root) }
                }
            }
        }
    }

    @Test("an inner node does not pass for a leaf")
    func innerAsLeaf() throws {
        // A leaf hashes a prefix of its own, so the halves of a node cannot be its key and value hashes.
        let path = tree.path(of: Hashing.sha256(Self.key(0)))
        let terminal = try #require(path.terminal)
        let leaf = StateHashing.leaf(keyHash: terminal.keyHash, valueHash: terminal.valueHash)
        let goesRight = terminal.keyHash.bit(path.siblings.count - 1)
        let left = goesRight ? path.siblings[0] : leaf
        let right = goesRight ? leaf : path.siblings[0]
        let claim = StateProof.Claim.absentOther(keyHash: left, valueHash: right)
        let forged = StateProof(key: Self.key(0), claim: claim, siblings: Array(path.siblings.dropFirst()))
        #expect(throws: ProofFailure.self) { try forged.verify(root: tree.root) }
    }

    @Test("a path that a compact tree would not have is refused, whatever its root")
    func notCompact() {
        let key = Self.key(1)
        let keyHash = Hashing.sha256(key)
        let leaf = StateHashing.leaf(keyHash: keyHash, valueHash: Hashing.sha256([1]))
        let root = keyHash.bit(0) ? StateHashing.node(.zero, leaf) : StateHashing.node(leaf, .zero)
        let proof = StateProof(key: key, claim: .present(value: [1]), siblings: [.zero])
        #expect(throws: ProofFailure.notCompact) { try proof.verify(root: root) }
        let tooLong = StateProof(
            key: key,
            claim: .absentEmpty,
            siblings: Array(repeating: root, count: StateProof.siblingCountMax + 1)
        )
        #expect(throws: ProofFailure.limitExceeded(limit: "StateProof.siblingCountMax", maximum: 256)) {
            try tooLong.verify(root: root)
        }
    }

    private static func alterations(of claim: StateProof.Claim) throws -> [StateProof.Claim] {
        switch claim {
        case .present(let value):
            return value.indices.map { index in
                var value = value
                value[index] ^= 1
                return .present(value: value)
            } + [.present(value: value + [0]), .absentEmpty]
        case .absentEmpty:
            return [.present(value: [])]
        case .absentOther(let keyHash, let valueHash):
            return try (0..<Digest.byteCount).flatMap { byte -> [StateProof.Claim] in
                [
                    .absentOther(keyHash: try altered(keyHash, byte: byte), valueHash: valueHash),
                    .absentOther(keyHash: keyHash, valueHash: try altered(valueHash, byte: byte)),
                ]
            } + [.absentEmpty]
        }
    }

    private static func altered(_ digest: Digest, byte: Int) throws -> Digest {
        var bytes = digest.bytes
        bytes[byte] ^= 1
        return try #require(Digest(bytes))
    }
}
