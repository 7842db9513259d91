@testable import Tokenize

/// All records of a state, but for the moments of sealing in them: what no clock may change.
///
/// A clock's readings reach the state as the sealing time of the last header, and as that of the block in which a notice
/// began. Whether such a block is sealed is kept.
struct TimelessPicture: Hashable, Sendable {
    /// Over the rows of a snapshot.
    let rows: Digest
    /// Over all leaves of the state tree.
    let root: Digest

    init(_ state: LedgerState) {
        let state = Self.timeless(state)
        var encoder = SnapshotEncoder(state, clock: state.clock, chunkByteCount: 1 << 20)
        var rows: [UInt8] = []
        while let chunk = encoder.nextChunk() { rows += chunk }
        self.rows = Hashing.sha256(rows)
        root = Self.root(of: state)
    }

    private static func timeless(_ state: LedgerState) -> LedgerState {
        var state = state
        state.clock.sealingTime = 0
        for (key, record) in state.control.records {
            switch record {
            case .proposal(var record):
                if record.ready?.sealingTime != nil { record.ready?.sealingTime = 0 }
                state.applyControl(.proposal(record), under: key)
            case .recovery(var record):
                if record.since.sealingTime != nil { record.since.sealingTime = 0 }
                state.applyControl(.recovery(record), under: key)
            default: break
            }
        }
        for (key, record) in state.rules.records {
            guard case .request(var record) = record else { continue }
            if record.since.sealingTime != nil { record.since.sealingTime = 0 }
            state.applyRule(.request(record), under: key)
        }
        return state
    }

    private static func root(of state: LedgerState) -> Digest {
        var state = state
        state.changes.removeAll()
        state.markEverythingChanged()
        var updates = StateLeaves(secret: Fixture.secret).updates(for: state.changes, in: state)
        var tree = StateTree()
        tree.apply(&updates)
        return tree.root
    }
}
