import Tokenize

/// A store whose appends wait as long as it is shut; they can be let through one by one.
actor GateStore: StoreOverlay {
    let base: MemoryStore
    private var isShut = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watchers: [(count: Int, CheckedContinuation<Void, Never>)] = []
    /// Appends that have been asked for since it was shut.
    private var askedCount = 0

    init(base: MemoryStore) { self.base = base }

    func shut() {
        isShut = true
        askedCount = 0
    }

    func open() {
        isShut = false
        for one in waiting { one.resume() }
        waiting.removeAll()
    }

    /// Lets the append that waits go on, and no other.
    func letOneThrough() {
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }

    /// Returns once so many appends have been asked for since it was shut.
    func waitUntilAsked(count: Int = 1) async {
        guard askedCount < count else { return }
        await withCheckedContinuation { watchers.append((count, $0)) }
    }

    func append(_ group: EntryGroup) async throws(LedgerFailure) {
        if isShut {
            askedCount += 1
            for (count, watcher) in watchers where count <= askedCount { watcher.resume() }
            watchers.removeAll { $0.count <= askedCount }
            await withCheckedContinuation { waiting.append($0) }
        }
        try await base.append(group)
    }
}

/// What was told, in which of several phases.
actor ToldByPhase {
    private var phases: [Set<String>] = [[]]
    private var startedCount = 0
    private var waitingForStarts: [(count: Int, CheckedContinuation<Void, Never>)] = []
    private var waitingForNames: [(name: String, CheckedContinuation<Void, Never>)] = []

    /// What was told in a phase, counted from 0.
    func names(in phase: Int) -> Set<String> { phase < phases.count ? phases[phase] : [] }

    func nextPhase() { phases.append([]) }

    /// Somebody is about to ask.
    func start() {
        startedCount += 1
        for (count, one) in waitingForStarts where count <= startedCount { one.resume() }
        waitingForStarts.removeAll { $0.count <= startedCount }
    }

    func note(_ name: String) {
        phases[phases.count - 1].insert(name)
        for (wanted, one) in waitingForNames where wanted == name { one.resume() }
        waitingForNames.removeAll { $0.name == name }
    }

    func waitUntilStarted(count: Int) async {
        guard startedCount < count else { return }
        await withCheckedContinuation { waitingForStarts.append((count, $0)) }
    }

    func waitUntilTold(_ name: String) async {
        guard !phases.contains(where: { $0.contains(name) }) else { return }
        await withCheckedContinuation { waitingForNames.append((name, $0)) }
    }
}
