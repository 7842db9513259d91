import Synchronization

/// Keys that some account knows, in the library's parsed form; parsing costs a seventh of a verification.
final class KeyDirectory: Sendable {
    private struct Contents {
        /// Side by side, since whoever finds a key wants its point.
        var entries: [(key: EncodedPublicKey, parsed: ParsedPublicKey)] = []
        var index = SlotIndex()

        @inline(__always)
        func lookUp(_ key: EncodedPublicKey) -> ParsedPublicKey? {
            index.find(key.indexHash) { entries[$0].key == key }.map { entries[$0].parsed }
        }

        mutating func add(_ key: EncodedPublicKey) {
            guard lookUp(key) == nil, let point = try? ParsedPublicKey(key) else { return }
            index.insert(entries.count, key.indexHash) { [entries] in entries[$0].key.indexHash }
            entries.append((key, point))
        }
    }

    private let contents = Mutex(Contents())

    /// Takes note of a policy's keys. Keys stay known after rotation: the writer checks the policy as it stands.
    func add(_ policies: [KeyPolicy]) {
        contents.withLock { contents in
            for policy in policies {
                for entry in policy.keys { contents.add(entry.key) }
            }
        }
    }

    func reserveCapacity(_ count: Int) {
        contents.withLock { $0.entries.reserveCapacity(count) }
    }

    /// The parsed form of each key, or nil if no account knows it. Under one lock, and with the waits for memory that
    /// nobody has read for a while side by side.
    func lookUp(_ keys: [EncodedPublicKey]) -> [ParsedPublicKey?] {
        contents.withLock { contents in
            var found: [ParsedPublicKey?] = []
            found.reserveCapacity(keys.count)
            for key in keys { found.append(contents.lookUp(key)) }
            return found
        }
    }

    /// The parsed form of a key, or nil if no account knows it.
    func lookUp(_ key: EncodedPublicKey) -> ParsedPublicKey? { contents.withLock { $0.lookUp(key) } }
}
