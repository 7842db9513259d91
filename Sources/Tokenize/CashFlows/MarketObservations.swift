/// What was observed of the market: values by name and time.
public struct MarketObservations: Sendable {
    /// One value at one time.
    public struct Point: Hashable, Sendable {
        /// From when on the value holds.
        public let time: ContractTime
        /// A rate, an index, an amount.
        public let value: Ratio

        /// One value at one time.
        public init(_ time: ContractTime, _ value: Ratio) {
            self.time = time
            self.value = value
        }
    }

    private let series: [String: [Point]]

    /// Series by the name of the market object, in any order; of two values at one time the later in the list holds.
    public init(_ series: [String: [Point]] = [:]) {
        // Equal times keep their order.
        self.series = series.mapValues { points in
            points.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        }
    }

    /// The last value at or before a time; nil if there is none.
    public func value(of marketObject: String, at time: ContractTime) -> Ratio? {
        guard let points = series[marketObject] else { return nil }
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? points[low - 1].value : nil
    }
}

/// Something that others did or saw: a call notice (XD), a prepayment (PP), a credit event (CE), a report wanted (AD).
///
/// Events of other kinds, and kinds that a contract has no use for, change nothing.
public struct ObservedEvent: Hashable, Sendable {
    /// When it happened.
    public let time: ContractTime
    /// What happened.
    public let type: CashFlowType
    /// The amount of a prepayment, without sign; unused otherwise.
    public let value: Ratio

    /// Something that happened.
    public init(_ type: CashFlowType, at time: ContractTime, value: Ratio = .zero) {
        self.time = time
        self.type = type
        self.value = value
    }
}
