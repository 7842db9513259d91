import Foundation
import Testing

@testable import Tokenize

/// Every form that is signed, hashed or stored has one encoding: damaged bytes are refused, or are the encoding of what
/// is read from them.
@Suite struct SchemaStrictnessTests {
    static let samples = Result { try SchemaSample.all() }
    static let names = Set(((try? samples.get()) ?? []).map(\.rule)).sorted()

    @Test func samplesAreThere() throws {
        #expect(try Self.samples.get().count > 60)
        #expect(Set(try SampleActs.all().map(\.code.rawValue)) == Set(ActCode.allCases.map(\.rawValue)))
    }

    @Test(arguments: names)
    func comesBack(rule: String) throws {
        for sample in try Self.of(rule) { #expect(try sample.recode(sample.bytes) == sample.bytes) }
    }

    @Test(arguments: names)
    func everyTruncationIsRefused(rule: String) throws {
        for sample in try Self.of(rule) {
            for count in 0..<sample.bytes.count {
                #expect(throws: DecodingFailure.self, "\(count) bytes of \(sample.bytes.hexadecimal)") {
                    try sample.recode(Array(sample.bytes[..<count]))
                }
            }
            #expect(throws: DecodingFailure.self) { try sample.recode(sample.bytes + [0]) }
        }
    }

    @Test(arguments: names)
    func everyFlippedBitIsRefusedOrEncodesToItself(rule: String) throws {
        for sample in try Self.of(rule) {
            var bytes = sample.bytes
            for bit in 0..<(bytes.count * 8) {
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                if let again = try? sample.recode(bytes), again != bytes {
                    Issue.record("bit \(bit): \(bytes.hexadecimal) is read, and written as \(again.hexadecimal)")
                }
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            }
        }
    }

    private static func of(_ rule: String) throws -> [SchemaSample] {
        try samples.get().filter { $0.rule == rule }
    }
}
