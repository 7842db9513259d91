import Metrics

/// What operators watch (swift-metrics).
struct LedgerMetrics: Sendable {
    let committed = Counter(label: "tokenize_transactions_committed_total")
    let rejected = Counter(label: "tokenize_transactions_rejected_total")
    let groups = Counter(label: "tokenize_groups_total")
    let blocks = Counter(label: "tokenize_blocks_total")
    let entriesPerGroup = Recorder(label: "tokenize_entries_per_group")
}
