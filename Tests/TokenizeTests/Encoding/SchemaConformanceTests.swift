import Foundation
import Testing

@testable import Tokenize

/// Specs/schema/ledger.cddl says what the code does: what is encoded is as the schema says, and what is not as the
/// schema says is not decoded.
@Suite struct SchemaConformanceTests {
    static let schema = Result {
        try SchemaLanguage(
            String(contentsOf: Conformance.package.appendingPathComponent("Specs/schema/ledger.cddl"), encoding: .utf8)
        )
    }
    static let names = SchemaStrictnessTests.names
    /// Forms that are stored within others only.
    static let parts = [
        "party-record", "lane-window", "holding-record", "record-value", "order-record", "mandate", "proposal-record",
        "document-record",
        "recovery-record", "allowance-record", "rulebook-name", "rulebook-record", "attestation-record",
        "volume-record", "request-record",
    ]

    @Test func schemaIsRead() throws {
        #expect(try Self.schema.get().rules.count > 80)
    }

    @Test(arguments: names)
    func samplesAreAsTheSchemaSays(rule: String) throws {
        let schema = try Self.schema.get()
        for sample in try SchemaStrictnessTests.samples.get() where sample.rule == rule {
            let value = try CanonicalValue(decoding: sample.bytes)
            #expect(schema.matches(value, rule: rule), "\(value)")
            let isOfSomeForm = schema.matches(value, rule: "ledger-bytes")
            #expect(isOfSomeForm == !Self.parts.contains(rule))
        }
    }

    @Test("Bytes with one wrong bit that are still decoded are still as the schema says", arguments: names)
    func decodedBytesAreAsTheSchemaSays(rule: String) throws {
        var schema = try Self.schema.get()
        schema.readsByteStrings = false
        for sample in try SchemaStrictnessTests.samples.get() where sample.rule == rule {
            var bytes = sample.bytes
            // One bit of each byte, another for each neighbour; 9 and 8 have no common divisor.
            for bit in stride(from: 0, to: bytes.count * 8, by: 9) {
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                if (try? sample.recode(bytes)) != nil, let value = try? CanonicalValue(decoding: bytes),
                    !schema.matches(value, rule: rule)
                {
                    Issue.record("bit \(bit) is decoded and not in the schema: \(value)")
                }
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            }
        }
    }

    @Test("A field more, a field less or a field of another type is not as the schema says", arguments: names)
    func schemaIsNotLoose(rule: String) throws {
        let schema = try Self.schema.get()
        for sample in try SchemaStrictnessTests.samples.get() where sample.rule == rule {
            guard case .array(let fields) = try CanonicalValue(decoding: sample.bytes) else { continue }
            #expect(!schema.matches(.array(fields + [.bool(false)]), rule: rule))
            for index in fields.indices {
                var changed = fields
                if case .bool = fields[index] { changed[index] = .text("false") } else { changed[index] = .bool(false) }
                #expect(!schema.matches(.array(changed), rule: rule), "field \(index)")
            }
            // Without its last field it is in the schema only if that may be left out: then it is read, too.
            let shorter = CanonicalValue.array(fields.dropLast())
            let bytes = try shorter.encoded()
            #expect(!schema.matches(shorter, rule: rule) || (try? sample.recode(bytes)) == bytes)
        }
    }
}
