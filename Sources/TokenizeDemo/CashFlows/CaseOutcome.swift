import Tokenize

/// What became of one case.
struct CaseOutcome {
    let identifier: String
    let quirks: Set<Quirk>
    /// The terms, where they are sound.
    private(set) var terms: ContractTerms?
    /// The events; none if there is a failure.
    private(set) var flows: [CashFlow] = []
    /// Why there are no events, in a sentence.
    private(set) var failure: String?
    private let expected: Result<[CashFlow], ContractCaseFailure>?

    /// Calculates a case. Without a mode, test cases are calculated as their expected values were.
    init(
        _ identifier: String,
        _ contract: Result<ContractCase, ContractCaseFailure>,
        mode: CashFlowsCommand.Mode?,
        isSingle: Bool,
        instalment: InstalmentRounding?
    ) {
        self.identifier = identifier
        let content = try? contract.get()
        expected = content?.expected
        let isTestCase = !isSingle || content?.identifier != nil || content?.expected != nil
        let isConforming = mode.map { $0 == .conformance } ?? isTestCase
        quirks = isConforming ? Quirk.conformance : []
        do {
            let projection = try contract.get().projection(quirks: quirks, instalment: instalment)
            terms = projection.terms
            flows = try projection.cashFlows()
        } catch CashFlowFailure.arithmetic(.tooLarge) where terms?.type == .annuity && instalment == nil {
            failure = "\(ArithmeticFailure.tooLarge); long annuities need --instalment-decimals"
        } catch {
            failure = "\(error)"
        }
    }

    /// The first difference from the expected events, in a clause; nil if there is none.
    func difference() throws -> String? {
        guard let expected else { return "there are no 'results' to compare with" }
        switch expected {
        case .success(let expected):
            return try CashFlowDifference.first(expected: expected, found: flows).map { "\($0)" }
        case .failure(let failure): return "\(failure)"
        }
    }
}
