extension ContractCase {
    static func fields(_ document: JSONDocument) throws(ContractCaseFailure) -> [String: ContractField] {
        guard case .object(let members)? = document["terms"] else {
            throw .malformed(member: "terms", expected: "an object")
        }
        var fields: [String: ContractField] = [:]
        for (name, value) in members {
            switch value {
            case .null: break
            case .array(let elements): fields[name] = .list(elements.map { $0.scalar ?? "a list or an object" })
            // A term that the engine reads refuses this text; others may be what they like.
            case .object: fields[name] = .text("an object")
            case .text, .number, .truth: fields[name] = .text(value.scalar ?? "")
            }
        }
        return fields
    }

    static func observations(_ document: JSONDocument) throws(ContractCaseFailure) -> MarketObservations {
        guard let data = document["dataObserved"] else { return MarketObservations() }
        // Where there is nothing, some write an empty list.
        if case .array(let elements) = data, elements.isEmpty { return MarketObservations() }
        guard case .object(let members) = data else { throw .malformed(member: "dataObserved", expected: "an object") }
        var series: [String: [MarketObservations.Point]] = [:]
        for (name, value) in members {
            let path = "dataObserved.\(name).data"
            guard case .array(let elements)? = value["data"] else { throw .malformed(member: path, expected: "a list") }
            var points: [MarketObservations.Point] = []
            for (index, element) in elements.enumerated() {
                let path = "\(path)[\(index)]"
                guard let time = try element.time("timestamp", "\(path).timestamp") else {
                    throw .malformed(member: "\(path).timestamp", expected: TermReader.timeForm)
                }
                points.append(.init(time, try element.number("value", "\(path).value")))
            }
            series[name] = points
        }
        return MarketObservations(series)
    }

    static func events(_ document: JSONDocument) throws(ContractCaseFailure) -> [ObservedEvent] {
        var events: [ObservedEvent] = []
        for (index, element) in try document.list("eventsObserved").enumerated() {
            let path = "eventsObserved[\(index)]"
            guard let time = try element.time("time", "\(path).time") else {
                throw .malformed(member: "\(path).time", expected: TermReader.timeForm)
            }
            let hasValue = element["value"]?.scalar.map { !$0.trimmingBlanks.isEmpty } ?? false
            events.append(
                ObservedEvent(
                    try element.eventType("type", "\(path).type"),
                    at: time,
                    value: hasValue ? try element.number("value", "\(path).value") : .zero
                )
            )
        }
        return events
    }

    static func expected(_ document: JSONDocument) -> Result<[CashFlow], ContractCaseFailure> {
        do { return .success(try results(document)) } catch { return .failure(error) }
    }

    private static func results(_ document: JSONDocument) throws(ContractCaseFailure) -> [CashFlow] {
        var flows: [CashFlow] = []
        for (index, element) in try document.list("results").enumerated() {
            let path = "results[\(index)]"
            guard let date = try element.time("eventDate", "\(path).eventDate") else {
                throw .malformed(member: "\(path).eventDate", expected: TermReader.timeForm)
            }
            guard let currency = element["currency"]?.scalar else {
                throw .malformed(member: "\(path).currency", expected: "a text")
            }
            flows.append(
                CashFlow(
                    eventDate: date,
                    eventType: try element.eventType("eventType", "\(path).eventType"),
                    payoff: try element.number("payoff", "\(path).payoff"),
                    currency: currency,
                    notionalPrincipal: try element.number("notionalPrincipal", "\(path).notionalPrincipal"),
                    nominalInterestRate: try element.number("nominalInterestRate", "\(path).nominalInterestRate"),
                    accruedInterest: try element.number("accruedInterest", "\(path).accruedInterest")
                )
            )
        }
        return flows
    }
}

extension JSONDocument {
    /// A member's time; nil if absent or empty.
    func time(_ name: String, _ path: String) throws(ContractCaseFailure) -> ContractTime? {
        guard let member = self[name] else { return nil }
        let text = member.scalar?.trimmingBlanks
        if text?.isEmpty == true { return nil }
        guard let time = text.flatMap({ ContractTime($0) }) else {
            throw .malformed(member: path, expected: TermReader.timeForm)
        }
        return time
    }

    /// A member's number, exact.
    fileprivate func number(_ name: String, _ path: String) throws(ContractCaseFailure) -> Ratio {
        guard let text = self[name]?.scalar, let number = try? Ratio(decimal: text.trimmingBlanks) else {
            throw .malformed(member: path, expected: TermReader.numberForm)
        }
        return number
    }

    fileprivate func eventType(_ name: String, _ path: String) throws(ContractCaseFailure) -> CashFlowType {
        guard let text = self[name]?.scalar, let type = CashFlowType(rawValue: text.trimmingBlanks) else {
            throw .malformed(member: path, expected: "a kind of event such as IP")
        }
        return type
    }

    /// A member's elements; none if absent.
    fileprivate func list(_ name: String) throws(ContractCaseFailure) -> [JSONDocument] {
        guard let member = self[name] else { return [] }
        guard case .array(let elements) = member else { throw .malformed(member: name, expected: "a list") }
        return elements
    }
}
