import Tokenize

/// Where one ledger of a property lives: it is opened again and again, as restarts do.
public protocol AuditStorePlace: Sendable {
    /// The store as its last opener left it, who must have closed it; empty the first time.
    func open() async throws -> any LedgerStore

    /// Removes what the store has left behind. Called once, last.
    func remove() async
}

/// A place in memory.
actor MemoryPlace: AuditStorePlace {
    private(set) var store = MemoryStore()

    func open() async -> any LedgerStore {
        store = await MemoryStore(reopening: store)
        return store
    }

    /// What the place holds now, to be opened beside it.
    func fork() async -> MemoryStore { await MemoryStore(reopening: store) }

    func remove() {}
}
