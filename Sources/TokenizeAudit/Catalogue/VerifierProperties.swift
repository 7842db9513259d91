import Tokenize

/// Who verifies accepts what chapters 6 and 7 accept, and nothing else.
enum VerifierProperties {
    static let all = [AuditCatalogue.Entry(verifiers, usualCaseCount: 400)]

    static let verifiers = Property(
        "PRP-026",
        "A verifier of inclusion, consistency or state accepts exactly what the steps of chapters 6 and 7 accept.",
        coverage: [
            .init("inclusion", perMille: 100), .init("consistency", perMille: 100), .init("state", perMille: 100),
            .init("accepted", perMille: 100), .init("refused", perMille: 100), .init("too long", perMille: 5),
        ]
    ) { trial in
        switch try trial.draw(Generator<Int>.integer(in: 0...2)) {
        case 0: try inclusion(&trial)
        case 1: try consistency(&trial)
        default: try state(&trial)
        }
    }

    private static func require(_ isAccepted: Bool, _ isRight: Bool, _ kind: String, _ trial: inout Trial) throws {
        trial.label(kind)
        trial.label(isRight ? "accepted" : "refused")
        try trial.require(isAccepted == isRight, "\(kind): accepted \(isAccepted), by the steps \(isRight)")
    }

    private static func digest(_ trial: inout Trial) throws -> Digest {
        ModelHash.digest(ModelHash.sha256([try trial.draw(Generator<UInt8>.integer(in: 0...255))]))
    }

    private static func leaves(_ trial: inout Trial) throws -> [[UInt8]] {
        (0..<(try trial.draw(Generator<Int>.integer(in: 1...20)))).map { [UInt8($0)] }
    }

    /// Some hashes left out, put in, exchanged, or none.
    private static func altered(_ path: [Digest], _ trial: inout Trial) throws -> [Digest] {
        var path = path
        switch try trial.draw(Generator<Int>.integer(in: 0...5)) {
        case 0 where !path.isEmpty: path.removeLast()
        case 1 where !path.isEmpty: path.removeFirst()
        case 2: path.append(try digest(&trial))
        case 3 where !path.isEmpty: path[try trial.draw(.integer(in: 0...path.count - 1))] = try digest(&trial)
        default: break
        }
        return path
    }

    /// The size or index as it is, or one beside it.
    private static func near(_ value: UInt64, _ trial: inout Trial) throws -> UInt64 {
        switch try trial.number(0...11) {
        case 0: value + 1
        case 1: value > 0 ? value - 1 : 0
        case 2: value + 4
        // Nothing may overflow (7.2.2).
        case 3: .max - UInt64(try trial.number(0...1))
        default: value
        }
    }

    private static func inclusion(_ trial: inout Trial) throws {
        let leaves = try leaves(&trial)
        let place = try trial.draw(.integer(in: 0...leaves.count - 1))
        let path = try altered(ModelLogTree(leaves).path(of: place).map { ModelHash.digest($0) }, &trial)
        let index = try near(UInt64(place), &trial)
        let size = try near(UInt64(leaves.count), &trial)
        let leaf = ModelHash.sha256([0] + leaves[place])
        let fold = ModelProofs.inclusion(leaf, index: index, size: size, path: path.map { $0.bytes })
        // The root that the steps lead to, so that nothing but the rules stands in the way; or the tree's.
        let root = try trial.draw(.bool) ? fold.hash : ModelHash.merkleRoot(leaves)
        let proof = LogInclusionProof(index: index, size: size, path: path)
        let verdict = (try? proof.verify(entry: leaves[place], root: ModelHash.digest(root))) != nil
        try require(verdict, !fold.isRefused && fold.hash == root, "inclusion", &trial)
    }

    private static func consistency(_ trial: inout Trial) throws {
        let leaves = try leaves(&trial)
        let count = try trial.draw(.integer(in: 1...leaves.count))
        let oldRoot = ModelHash.merkleRoot(Array(leaves[..<count]))
        let whole = ModelLogTree(leaves).consistencyPath(from: count)
        let path = try altered(whole.map { ModelHash.digest($0) }, &trial)
        let oldSize = try near(UInt64(count), &trial)
        let newSize = try near(UInt64(leaves.count), &trial)
        let isFolded = try trial.draw(.bool)
        var (older, newer) = (oldRoot, ModelHash.merkleRoot(leaves))
        if try trial.draw(Generator<Int>.integer(in: 0...4)) == 0 { older = newer }
        var isRight: Bool
        if oldSize == newSize {
            isRight = path.isEmpty && older == newer && (oldSize > 0 || older == ModelHash.sha256([]))
        } else if oldSize > newSize || oldSize == 0 {
            isRight = false
        } else {
            let bytes = path.map { $0.bytes }
            let fold = ModelProofs.consistency(oldSize: oldSize, oldRoot: older, newSize: newSize, path: bytes)
            if isFolded, oldSize & (oldSize - 1) != 0, !fold.hash.isEmpty { (older, newer) = (fold.oldHash, fold.hash) }
            if isFolded, !fold.hash.isEmpty { newer = fold.hash }
            isRight = !fold.isRefused && fold.oldHash == older && fold.hash == newer
        }
        let proof = LogConsistencyProof(oldSize: oldSize, newSize: newSize, path: path)
        let roots = (ModelHash.digest(older), ModelHash.digest(newer))
        let verdict = (try? proof.verify(oldRoot: roots.0, newRoot: roots.1)) != nil
        try require(verdict, isRight, "consistency", &trial)
    }

    private static func state(_ trial: inout Trial) throws {
        let key = [try trial.draw(Generator<UInt8>.integer(in: 0...255))]
        let value: [UInt8] = [1, 2, 3]
        // A path has a step for each bit of a hash at most.
        let isLong = try trial.number(0...2) == 0
        let depth = isLong ? try trial.number(255...258) : try trial.draw(Generator<Int>.integer(in: 0...9))
        trial.label("too long", when: depth > 256)
        var siblings: [Digest] = []
        for _ in 0..<depth { siblings.append(try digest(&trial)) }
        if try trial.draw(Generator<Int>.integer(in: 0...3)) == 0, depth > 0 { siblings[0] = .zero }
        let claim: StateProof.Claim
        switch try trial.draw(Generator<Int>.integer(in: 0...4)) {
        case 0: claim = .present(value: value)
        case 1: claim = .absentEmpty
        default:
            // Another key whose path begins alike for some bits, or the key itself.
            var other = ModelHash.sha256(key)
            let part = try trial.draw(Generator<Int>.integer(in: 0...11))
            if part < 11 { other[part / 8] ^= 0x80 >> UInt8(part % 8) }
            claim = .absentOther(keyHash: ModelHash.digest(other), valueHash: try digest(&trial))
        }
        let proof = StateProof(key: key, claim: claim, siblings: siblings)
        let fold = ModelProofs.state(proof)
        let root = try trial.draw(Generator<Int>.integer(in: 0...3)) > 0 ? fold.hash : ModelHash.sha256(fold.hash)
        let verdict = (try? proof.verify(root: ModelHash.digest(root))) != nil
        try require(verdict, !fold.isRefused && fold.hash == root, "state", &trial)
    }
}
