import Testing

@testable import Tokenize

/// The tree against its definition, over random histories with deletions.
@Suite("State tree properties")
struct StateTreePropertyTests {
    @Test("batches, single updates and a rebuild give one root", arguments: [4, 40, 400, 4_000])
    func histories(keyCount: Int) {
        var generator = SeededGenerator("state tree of \(keyCount) keys")
        let keys = Self.keys(keyCount, using: &generator)
        var batched = StateTree()
        var single = StateTree()
        var model: [Digest: Digest] = [:]
        for round in 0..<(keyCount > 1_000 ? 6 : 60) {
            let count = Int.random(in: 1...keyCount, using: &generator)
            let deletesOften = Bool.random(using: &generator)
            var updates = keys.shuffled(using: &generator).prefix(count).map { key in
                let deletes = Int.random(in: 0..<10, using: &generator) < (deletesOften ? 8 : 2)
                return StateTree.Update(keyHash: key, valueHash: deletes ? nil : Self.digest(using: &generator))
            }
            for update in updates {
                single.apply(update)
                model[update.keyHash] = update.valueHash
            }
            batched.apply(&updates)
            let expected = StateTree.root(of: Self.leaves(model))
            #expect(batched.root == expected, "round \(round), seed \(generator.seed)")
            #expect(single.root == expected, "round \(round), seed \(generator.seed)")
            #expect(batched.leafCount == model.count, "round \(round), seed \(generator.seed)")
        }
    }

    @Test("several tasks give the root that one gives", arguments: [1, 2, 3, 16, 40])
    func concurrent(taskCount: Int) async {
        var generator = SeededGenerator("state tree of \(taskCount) tasks")
        let keys = Self.keys(2_000, using: &generator)
        var tree = StateTree()
        var expected = StateTree()
        for round in 0..<8 {
            let count = round == 0 ? 0 : Int.random(in: 0...keys.count, using: &generator)
            var updates = keys.shuffled(using: &generator).prefix(count).map { key in
                let deletes = Int.random(in: 0..<3, using: &generator) == 0
                return StateTree.Update(keyHash: key, valueHash: deletes ? nil : Self.digest(using: &generator))
            }
            let before = tree
            tree = await StateTree.applying(updates, to: tree, taskCount: taskCount)
            #expect(before.root == expected.root, "round \(round), seed \(generator.seed)")
            expected.apply(&updates)
            #expect(tree.root == expected.root, "round \(round), seed \(generator.seed)")
            #expect(tree.leafCount == expected.leafCount, "round \(round), seed \(generator.seed)")
        }
    }

    @Test("a copy keeps its state")
    func copies() {
        var generator = SeededGenerator("state tree copies")
        let keys = Self.keys(500, using: &generator)
        var tree = StateTree()
        var model: [Digest: Digest] = [:]
        var copies: [(StateTree, Digest)] = []
        for _ in 0..<20 {
            for key in keys.shuffled(using: &generator).prefix(100) {
                let value = Bool.random(using: &generator) ? Self.digest(using: &generator) : nil
                tree.apply(StateTree.Update(keyHash: key, valueHash: value))
                model[key] = value
            }
            copies.append((tree, StateTree.root(of: Self.leaves(model))))
        }
        for (copy, root) in copies {
            #expect(copy.root == root)
            var again = copy
            again.apply(StateTree.Update(keyHash: keys[0], valueHash: copy.valueHash(of: keys[0])))
            #expect(again.root == root)
        }
    }

    @Test("deleting everything leaves the empty root")
    func emptied() {
        var generator = SeededGenerator("emptied state tree")
        let keys = Self.keys(300, using: &generator)
        var tree = StateTree()
        var inserts = keys.map { StateTree.Update(keyHash: $0, valueHash: $0) }
        tree.apply(&inserts)
        var deletes = keys.map { StateTree.Update(keyHash: $0, valueHash: nil) }
        tree.apply(&deletes)
        #expect(tree.root == .zero)
        #expect(tree.leafCount == 0)
    }

    @Test("keys that part at the last bit")
    func deepest() throws {
        let left = try #require(Digest([UInt8](repeating: 0xA5, count: 31) + [0x5A]))
        let right = try #require(Digest([UInt8](repeating: 0xA5, count: 31) + [0x5B]))
        var tree = StateTree()
        var updates = [left, right].map { StateTree.Update(keyHash: $0, valueHash: .zero) }
        tree.apply(&updates)
        #expect(tree.path(of: left).siblings.count == StateHashing.depthMax)
        #expect(tree.root == StateTree.root(of: Self.leaves([left: .zero, right: .zero])))
        tree.apply(StateTree.Update(keyHash: left, valueHash: nil))
        #expect(tree.path(of: right).siblings.isEmpty)
        #expect(tree.root == StateTree.root(of: Self.leaves([right: .zero])))
    }

    /// Keys of which many share long prefixes, so that deep paths and collapses occur in small trees too.
    static func keys(_ count: Int, using generator: inout SeededGenerator) -> [Digest] {
        var keys: [Digest] = []
        var known: Set<Digest> = []
        while keys.count < count {
            var bytes = digest(using: &generator).bytes
            if let near = keys.randomElement(using: &generator), Bool.random(using: &generator) {
                let shared = Int.random(in: 1...30, using: &generator)
                bytes = Array(near.bytes.prefix(shared) + bytes.dropFirst(shared))
            }
            if let key = Digest(bytes), known.insert(key).inserted { keys.append(key) }
        }
        return keys.sorted()
    }

    static func digest(using generator: inout SeededGenerator) -> Digest {
        Digest(words: (generator.next(), generator.next(), generator.next(), generator.next()))
    }

    static func leaves(_ model: [Digest: Digest]) -> [StateProofPath.Leaf] {
        model.sorted { $0.key < $1.key }.map { StateProofPath.Leaf(keyHash: $0.key, valueHash: $0.value) }
    }
}
