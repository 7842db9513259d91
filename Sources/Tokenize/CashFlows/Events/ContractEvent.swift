/// One thing that will happen in a contract, before anything is calculated.
struct ContractEvent: Sendable {
    let type: CashFlowType
    let date: ContractDate
    /// The amount of a redemption, increase or prepayment that carries its own, without sign; nil if the state has it.
    var amount: Ratio?
    /// The rate that a fixed reset sets, or the spread of an observed one that carries its own.
    var rate: Ratio?

    init(_ type: CashFlowType, _ date: ContractDate, amount: Ratio? = nil, rate: Ratio? = nil) {
        self.type = type
        self.date = date
        self.amount = amount
        self.rate = rate
    }
}

/// Where an event stands in a contract's order: by time, then by kind.
struct EventOrder: Comparable, Sendable {
    let time: ContractTime
    let sequence: Int

    init(_ type: CashFlowType, at time: ContractTime, in contract: ContractType) {
        self.time = time
        sequence = type.sequence(in: contract)
    }

    init(_ event: ContractEvent, in contract: ContractType) {
        self.init(event.type, at: event.date.event, in: contract)
    }

    static func < (left: EventOrder, right: EventOrder) -> Bool {
        (left.time, left.sequence) < (right.time, right.sequence)
    }
}
