/// The sequences of one lane, as the client that owns the lane counts them.
struct LaneSequences {
    /// What became of a sequence that was taken.
    enum Outcome: Hashable, Sendable {
        /// A committed transaction has used it.
        case used
        /// Its transaction never came to be, or was refused: it can be taken again.
        case free
        /// Somebody else uses the lane, so that the ledger must be asked again.
        case unknown
    }

    /// False until the ledger has been asked.
    private(set) var isKnown = false
    /// The first sequence that was never taken.
    private var next: UInt64 = 0
    /// Sequences before `next` that can be taken.
    private var free: Set<UInt64> = []
    /// Sequences of transactions that have no outcome yet.
    private var underWay: Set<UInt64> = []

    /// Takes over what the ledger says. What is under way stays taken.
    mutating func learn(_ window: LaneWindow) {
        guard !isKnown else { return }
        isKnown = true
        let usedEnd = window.next + UInt64(UInt64.bitWidth - window.used.leadingZeroBitCount)
        next = max(usedEnd, (underWay.max() ?? 0) + (underWay.isEmpty ? 0 : 1))
        let last = min(next, window.next + UInt64(TransactionLimits.laneWindowWidth))
        free = Set((window.next..<last).filter { window.standing(of: $0) == .free && !underWay.contains($0) })
    }

    /// The lowest sequence that can be taken, or nil while all that the lane's window holds are taken.
    mutating func take() -> UInt64? {
        if let lowest = free.min() {
            free.remove(lowest)
            underWay.insert(lowest)
            return lowest
        }
        guard next - (underWay.min() ?? next) < UInt64(TransactionLimits.laneWindowWidth) else { return nil }
        underWay.insert(next)
        defer { next += 1 }
        return next
    }

    /// Takes this sequence, which a signed transaction names; nothing happens if it cannot be taken any more or is far
    /// ahead: the ledger answers for it.
    mutating func take(_ sequence: UInt64) {
        guard isKnown, !underWay.contains(sequence) else { return }
        if free.remove(sequence) == nil {
            let lowest = min(underWay.min() ?? next, free.min() ?? next)
            guard sequence >= next, sequence - lowest < UInt64(TransactionLimits.laneWindowWidth) else { return }
            free.formUnion(next..<sequence)
            next = sequence + 1
        }
        underWay.insert(sequence)
    }

    /// Ends what a sequence was taken for.
    mutating func settle(_ sequence: UInt64, _ outcome: Outcome) {
        guard underWay.remove(sequence) != nil else {
            // It was not taken here, so that this count of the lane may be wrong.
            isKnown = false
            return
        }
        switch outcome {
        case .used: break
        case .free: if isKnown { free.insert(sequence) }
        case .unknown: isKnown = false
        }
    }
}

extension LaneSequences.Outcome {
    /// What a failed submission did to the sequences that it took.
    init(after error: SubmissionError) {
        switch error {
        case .rejected(let rejection):
            let isTaken = rejection.code == .sequenceUsed || rejection.code == .sequenceBeyondWindow
            self = isTaken ? .unknown : .free
        case .signing: self = .free
        // Whether the transaction is committed is not known.
        case .failed, .outcomeUnknown: self = .unknown
        }
    }
}

extension LedgerState {
    /// The window of a lane, or nil if there is no such account.
    func laneWindow(of id: AccountID, lane: UInt16) -> LaneWindow? {
        accounts.index(of: id).map { self.lane(AccountIndex($0), lane) }
    }
}
