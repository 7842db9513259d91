import Tokenize

/// Cash flows for people: amounts to a hundredth, rates to a hundredth of a percent, both rounded half to even.
struct FlowPage {
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// One contract: its events, and a chart of what is paid.
    func show(_ outcome: CaseOutcome) throws {
        guard let terms = outcome.terms else { return }
        console.title("Cash flows: \(FlowPage.name(of: terms.type))")
        let side = terms.role.sign == 1 ? "Amounts received are positive" : "Seen by the side that owes"
        let mode = outcome.quirks.isEmpty ? "product mode" : "conformance mode"
        console.say("\(side), in \(terms.currency); \(mode).")
        guard !outcome.flows.isEmpty else { return console.say("Nothing happens.") }
        var table = Table("date", "event", ">amount", ">notional after", ">rate", ">accrued")
        for flow in outcome.flows {
            table.add(
                Table.Cell(FlowPage.date(flow.eventDate)),
                Table.Cell(FlowPage.name(of: flow.eventType)),
                Table.Cell(try FlowPage.amount(flow.payoff), flow.payoff.sign < 0 ? .bad : .plain),
                Table.Cell(try FlowPage.amount(flow.notionalPrincipal)),
                Table.Cell(try FlowPage.percent(flow.nominalInterestRate)),
                Table.Cell(try FlowPage.amount(flow.accruedInterest))
            )
        }
        let sum = try outcome.flows.reduce(Ratio.zero) { try $0 + $1.payoff }
        table.addSum("", "together", Table.Cell(try FlowPage.amount(sum)))
        console.show(table)
        try showChart(outcome.flows)
    }

    /// Several cases: a line each.
    func show(_ outcomes: [CaseOutcome]) throws {
        var table = Table("case", "contract", ">events", "last", ">paid together")
        for outcome in outcomes {
            let sum = try outcome.flows.reduce(Ratio.zero) { try $0 + $1.payoff }
            table.add(
                Table.Cell(outcome.identifier),
                Table.Cell(outcome.terms.map { FlowPage.name(of: $0.type) } ?? ""),
                Table.Cell("\(outcome.flows.count)"),
                Table.Cell(outcome.flows.last.map { FlowPage.date($0.eventDate) } ?? "-"),
                Table.Cell(try FlowPage.amount(sum))
            )
        }
        console.show(table)
    }

    private func showChart(_ flows: [CashFlow]) throws {
        let chart = try FlowChart(flows)
        guard !chart.lines.isEmpty else { return }
        let span = chart.isByYear ? ", a bar a year" : ""
        console.say("Paid (◄) and received (►)\(span); the length is the square root of the amount:")
        console.skipLine()
        for line in chart.lines { console.quote(line) }
        console.skipLine()
    }

    /// The day; the time too, unless it is the beginning or the end of the day.
    static func date(_ time: ContractTime) -> String {
        let isPlain = time.second == 0 || time.second == ContractTime.secondCount - 1
        return isPlain ? "\(time.date)" : "\(time)"
    }

    static func amount(_ ratio: Ratio) throws -> String {
        let text = try ratio.decimalText(decimals: 2, .halfEven)
        let parts = text.split(separator: ".")
        let digits = parts[0].drop { $0 == "-" }
        let whole = UInt128(digits).map { Amounts.grouped($0) } ?? String(digits)
        return (text.hasPrefix("-") ? "-" : "") + whole + "." + parts[1]
    }

    static func percent(_ ratio: Ratio) throws -> String {
        try (ratio * 100).decimalText(decimals: 2, .halfEven) + "%"
    }

    static func name(of type: ContractType) -> String {
        switch type {
        case .principalAtMaturity: "principal at maturity (PAM)"
        case .linearAmortiser: "linear amortiser (LAM)"
        case .negativeAmortiser: "negative amortiser (NAM)"
        case .annuity: "annuity (ANN)"
        case .exoticLinearAmortiser: "exotic linear amortiser (LAX)"
        case .callMoney: "call money (CLM)"
        case .undefinedMaturity: "undefined maturity (UMP)"
        case .cash: "cash (CSH)"
        case .stock: "stock (STK)"
        case .commodity: "commodity (COM)"
        }
    }

    static func name(of type: CashFlowType) -> String {
        let word =
            switch type {
            case .initialExchange: "exchange"
            case .feePayment: "fee"
            case .principalRedemption: "redemption"
            case .principalIncrease: "increase"
            case .penaltyPayment: "penalty"
            case .principalPrepayment: "prepayment"
            case .interestPayment: "interest"
            case .interestCapitalisation: "capitalised"
            case .creditEvent: "credit event"
            case .rateResetFixed, .rateReset: "rate reset"
            case .redemptionFixing: "level fixed"
            case .dividend: "dividend"
            case .purchase: "purchase"
            case .termination: "termination"
            case .scalingFixing: "index"
            case .interestBaseFixing: "base fixed"
            case .maturity: "maturity"
            case .exercise: "notice"
            case .settlement: "settlement"
            case .monitoring: "report"
            }
        return "\(type.rawValue) \(word)"
    }
}
