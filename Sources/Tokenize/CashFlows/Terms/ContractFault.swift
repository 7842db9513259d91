/// One thing that is wrong with a set of contract terms.
public enum ContractFault: Hashable, Sendable {
    /// A term is absent that the contract needs.
    case missing(term: String, reason: String)
    /// A term's text is not what the term is.
    case malformed(term: String, text: String, expected: String)
    /// Terms that do not go together.
    case contradiction(terms: [String], reason: String)
}

extension ContractFault: CustomStringConvertible {
    /// A clause that names the terms.
    public var description: String {
        switch self {
        case .missing(let term, let reason): "\(term) is missing: \(reason)"
        case .malformed(let term, let text, let expected): "\(term) is '\(text.prefix(40))', not \(expected)"
        case .contradiction(let terms, let reason): "\(terms.joined(separator: " and ")): \(reason)"
        }
    }
}

/// Terms that are incomplete or contradict one another, with every fault there is.
public struct ContractTermsFailure: Error, Hashable, Sendable {
    /// What is wrong, in the order of the terms; at least one.
    public let faults: [ContractFault]
}

extension ContractTermsFailure: CustomStringConvertible {
    /// Faults that the description names; the others it counts.
    private static let namedCountMax = 20

    /// The faults in one line.
    public var description: String {
        let named = faults.prefix(Self.namedCountMax).map(\.description).joined(separator: "; ")
        let rest = faults.count - Self.namedCountMax
        return rest > 0 ? "\(named); and \(rest) more" : named
    }
}
