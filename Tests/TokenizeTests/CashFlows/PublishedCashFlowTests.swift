import Foundation
import Testing
import Tokenize

/// The public ACTUS test cases of the ten contract types, every case of every file.
@Suite("Published cash flows", .needs("actus"))
struct PublishedCashFlowTests {
    @Test("every case, in conformance mode", arguments: PublishedCase.all)
    func conformance(_ published: PublishedCase) throws {
        let contract = try published.content.get()
        let expected = try #require(contract.expected).get()
        let flows = try contract.projection(quirks: Quirk.conformance).cashFlows()
        let difference = try CashFlowDifference.first(expected: expected, found: flows)
        #expect(difference == nil, "\(published): \(difference.map(\.description) ?? "")")
    }

    @Test("there is a file of each contract type, and none is empty")
    func files() {
        let types = Set(PublishedCase.all.compactMap { try? $0.content.get().projection(quirks: []).terms.type })
        #expect(types == Set(ContractType.allCases))
    }
}

/// One case of a published file.
struct PublishedCase: Sendable, CustomTestStringConvertible {
    let identifier: String
    let content: Result<ContractCase, ContractCaseFailure>

    var testDescription: String { identifier }

    /// The cases of all files, in the order of their names.
    static let all: [PublishedCase] = {
        let folder = Conformance.root.appendingPathComponent("actus")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().flatMap { name -> [PublishedCase] in
            do {
                let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
                return try ContractCaseFile(bytes).cases.map {
                    PublishedCase(identifier: $0.identifier, content: $0.content)
                }
            } catch {
                preconditionFailure("\(name): \(error)")
            }
        }
    }()
}
