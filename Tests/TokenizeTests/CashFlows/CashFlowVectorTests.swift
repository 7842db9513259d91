import Foundation
import Testing
import Tokenize

/// The cases of `Specs/vectors/cashflows.json`, which `Specs/vectors/make/cashflows.py` wrote.
///
/// The file has the form of the published cases. `results` are those of conformance mode; where product mode has others,
/// they are `productResults`. Numbers are rounded half to even at 12 decimals.
struct CashFlowVector: Sendable, CustomTestStringConvertible {
    let identifier: String
    /// The case with the results of a mode as its results, as a file of one case.
    let conformance: [UInt8]
    let product: [UInt8]

    var testDescription: String { identifier }

    static let file: Result<[CashFlowVector], any Error> = Result {
        let url = Conformance.package.appendingPathComponent("Specs/vectors/cashflows.json")
        let root = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        let cases = try #require(root as? [String: [String: Any]])
        return try cases.sorted { $0.key < $1.key }.map { identifier, content in
            var product = content
            product["results"] = content["productResults"] ?? content["results"]
            return CashFlowVector(
                identifier: identifier,
                // Numbers of these cases are whole or text, so nothing is lost on the way.
                conformance: Array(try JSONSerialization.data(withJSONObject: content)),
                product: Array(try JSONSerialization.data(withJSONObject: product))
            )
        }
    }
}

@Suite("Vectors of cash flows")
struct CashFlowVectorTests {
    static let cases = (try? CashFlowVector.file.get()) ?? []

    @Test("the file is read, and has every contract type")
    func fileIsRead() throws {
        let cases = try CashFlowVector.file.get()
        #expect(cases.count >= 200)
        let types = try Set(cases.map { try single($0.product).projection(quirks: []).terms.type })
        #expect(types == Set(ContractType.allCases))
    }

    @Test("product mode gives the events of another implementation, to the twelfth decimal", arguments: cases)
    func product(_ vector: CashFlowVector) throws { try compare(single(vector.product), []) }

    @Test("so does conformance mode", arguments: cases)
    func conformance(_ vector: CashFlowVector) throws { try compare(single(vector.conformance), Quirk.conformance) }

    private func single(_ bytes: [UInt8]) throws -> ContractCase {
        try #require(try ContractCaseFile(bytes).cases.first).content.get()
    }

    private func compare(_ contract: ContractCase, _ quirks: Set<Quirk>) throws {
        let expected = try #require(contract.expected).get()
        let found = try contract.projection(quirks: quirks).cashFlows()
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) {
            #expect(try rounded(found) == expected, "\(expected.eventDate) \(expected.eventType)")
        }
    }

    private func rounded(_ flow: CashFlow) throws -> CashFlow {
        CashFlow(
            eventDate: flow.eventDate,
            eventType: flow.eventType,
            payoff: try rounded(flow.payoff),
            currency: flow.currency,
            notionalPrincipal: try rounded(flow.notionalPrincipal),
            nominalInterestRate: try rounded(flow.nominalInterestRate),
            accruedInterest: try rounded(flow.accruedInterest)
        )
    }

    private func rounded(_ number: Ratio) throws -> Ratio {
        try Ratio(decimal: number.decimalText(decimals: 12, .halfEven))
    }
}
