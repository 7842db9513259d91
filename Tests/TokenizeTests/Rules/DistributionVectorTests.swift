import Foundation
import Testing

@testable import Tokenize

/// The cases of `Specs/vectors/distribution.json`, which `Specs/vectors/make/distribution.py` wrote.
struct DistributionVectors: Decodable {
    struct ShareCase: Decodable, Sendable, CustomTestStringConvertible {
        struct Holder: Decodable, Sendable {
            let account: UInt64
            let partition: UInt32
            let units: VectorQuantity
            let share: VectorQuantity
        }

        let name: String
        let total: VectorQuantity
        let holders: [Holder]

        var testDescription: String { name }
    }

    struct TaxCase: Decodable, Sendable, CustomTestStringConvertible {
        struct Payment: Decodable, Sendable {
            let gross: VectorQuantity
            let taxedPart: VectorRatio
            let `class`: String
            let tax: VectorQuantity
            let net: VectorQuantity
        }

        let name: String
        let rates: [String: String]
        let rounding: String
        let payments: [Payment]
        let sums: [String]

        var testDescription: String { name }
    }

    let shares: [ShareCase]
    let withholding: [TaxCase]

    static let file: Result<DistributionVectors, any Error> = Result {
        let url = Conformance.package.appendingPathComponent("Specs/vectors/distribution.json")
        return try JSONDecoder().decode(DistributionVectors.self, from: Data(contentsOf: url))
    }
}

/// A quantity as the vectors write it: decimal digits, because 128 bits are more than JSON readers keep.
struct VectorQuantity: Decodable, Sendable {
    let quantity: Quantity

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let units = UInt128(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a quantity")
        }
        quantity = Quantity(units)
    }
}

@Suite("Vectors of distributions and of tax")
struct DistributionVectorTests {
    static let shareCases = (try? DistributionVectors.file.get().shares) ?? []
    static let taxCases = (try? DistributionVectors.file.get().withholding) ?? []

    @Test("the file is read")
    func fileIsRead() throws {
        let file = try DistributionVectors.file.get()
        #expect(file.shares.count >= 60 && file.withholding.count >= 22)
    }

    @Test("shares are those of another implementation, to the last unit", arguments: shareCases)
    func shares(_ vector: DistributionVectors.ShareCase) throws {
        let ordered = vector.holders.sorted { ($0.account, $0.partition) < ($1.account, $1.partition) }
        let shares = ProportionalShares.split(vector.total.quantity, over: ordered.map(\.units.quantity))
        #expect(shares == ordered.map(\.share.quantity))
        #expect(try sum(shares) == vector.total.quantity)
    }

    @Test("tax and net are those of another implementation, and add up to the gross", arguments: taxCases)
    func withholding(_ vector: DistributionVectors.TaxCase) throws {
        let rule = TaxRule(
            rates: try HolderClass.allCases.map { holderClass in
                TaxRule.Rate(holderClass, try #require(vector.rates["\(holderClass)"].flatMap { BondDecimal($0) }))
            },
            income: .all,
            classDate: .recordDate,
            rounding: try .named(vector.rounding),
            treasury: nil
        )
        let payments = try vector.payments.map { payment in
            let withheld = try rule.withholding(
                from: payment.gross.quantity,
                taxedPart: payment.taxedPart.ratio,
                .named(payment.class)
            )
            #expect(withheld.tax == payment.tax.quantity, "\(payment.gross.quantity) \(payment.class)")
            #expect(withheld.net == payment.net.quantity, "\(payment.gross.quantity) \(payment.class)")
            #expect(withheld.net.adding(withheld.tax) == payment.gross.quantity)
            return withheld
        }
        let sums = try [sum(payments.map(\.gross)), sum(payments.map(\.tax)), sum(payments.map(\.net))]
        #expect(sums.map(\.description) == vector.sums)
    }

    private func sum(_ quantities: [Quantity]) throws -> Quantity {
        try quantities.reduce(.zero) { try #require($0.adding($1)) }
    }
}
