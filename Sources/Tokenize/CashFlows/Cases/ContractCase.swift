/// A contract with its surroundings, and perhaps the cash flows that are expected of it, in the form of the public ACTUS
/// test cases: `terms`, `dataObserved`, `eventsObserved`, `to`, `results`.
///
/// Numbers may be JSON numbers or texts with blanks around them; their decimal text is read exactly.
public struct ContractCase: Sendable {
    /// The identifier that test cases have; nil if there is none.
    public let identifier: String?
    /// The terms by name, as written.
    public let fields: [String: ContractField]
    /// What was observed of the market.
    public let observations: MarketObservations
    /// What others did or saw.
    public let events: [ObservedEvent]
    /// The last time of which events are wanted.
    public let horizon: ContractTime?
    /// The cash flows that are expected; nil if the case says nothing about them. Ones that cannot be read do not keep
    /// the contract from being calculated.
    public let expected: Result<[CashFlow], ContractCaseFailure>?

    init(_ document: JSONDocument) throws(ContractCaseFailure) {
        identifier = document["identifier"]?.scalar
        fields = try ContractCase.fields(document)
        observations = try ContractCase.observations(document)
        events = try ContractCase.events(document)
        horizon = try document.time("to", "to")
        expected = document["results"] == nil ? nil : ContractCase.expected(document)
    }

    /// The projection that the case asks for.
    ///
    /// - Throws: ``ContractTermsFailure``.
    public func projection(
        quirks: Set<Quirk>,
        instalment: InstalmentRounding? = nil
    ) throws(ContractTermsFailure) -> CashFlowProjection {
        CashFlowProjection(
            terms: try ContractTerms(fields),
            observations: observations,
            events: events,
            horizon: horizon,
            quirks: quirks,
            instalment: instalment
        )
    }
}

/// A file with one case, or with several by their identifiers.
public struct ContractCaseFile: Sendable {
    /// True if the file is itself a case, false if its members are.
    public let isSingle: Bool
    /// The cases in the order of the file. One that cannot be read does not keep the others from being read.
    public let cases: [(identifier: String, content: Result<ContractCase, ContractCaseFailure>)]

    /// Reads a JSON text.
    ///
    /// - Throws: ``ContractCaseFailure``.
    public init(_ bytes: [UInt8]) throws(ContractCaseFailure) {
        let document = try JSONDocument(bytes)
        guard case .object(let members) = document, !members.isEmpty else { throw .noCases }
        isSingle = document["terms"] != nil
        guard !isSingle else {
            cases = [(document["identifier"]?.scalar ?? "contract", ContractCaseFile.content(document))]
            return
        }
        guard members.contains(where: { $0.value["terms"] != nil }) else { throw .noCases }
        cases = members.map { ($0.name, ContractCaseFile.content($0.value)) }
    }

    private static func content(_ document: JSONDocument) -> Result<ContractCase, ContractCaseFailure> {
        do { return .success(try ContractCase(document)) } catch { return .failure(error) }
    }
}

/// Why a text holds no case.
public enum ContractCaseFailure: Error, Hashable, Sendable {
    /// The text is not JSON, in this line.
    case notJSON(line: Int)
    /// The text is neither a case, with `terms`, nor cases by their identifiers.
    case noCases
    /// A member is not what it should be.
    case malformed(member: String, expected: String)
}

extension ContractCaseFailure: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .notJSON(let line): "it is not JSON in line \(line)"
        case .noCases: "it has neither 'terms' nor cases with 'terms' in them"
        case .malformed(let member, let expected): "\(member) is not \(expected)"
        }
    }
}
